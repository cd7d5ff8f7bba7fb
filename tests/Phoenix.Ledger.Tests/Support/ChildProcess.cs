using System.Diagnostics;
using System.Globalization;
using Phoenix.Ledger.Tests.Faults;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests.Support;

/// <summary>This test program once more, as a process of its own that does one piece of work on a database: to be killed, or to compete.</summary>
internal static class ChildProcess
{
    private const string Order = "PHOENIX_LEDGER_CHILD";

    /// <summary>Starts a child. Its work speaks on standard error, because the runner writes to standard output.</summary>
    /// <param name="work">crash or race.</param>
    /// <param name="kind">Which database.</param>
    /// <param name="address">File or connection string.</param>
    /// <param name="argument">For the work.</param>
    public static Process Start(string work, DatabaseKind kind, string address, string argument)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) is "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (var part in (string[])["--filter-class", typeof(FirstPathTests).FullName!])
            start.ArgumentList.Add(part);
        start.Environment[Order] = $"{work}\t{kind}\t{address}\t{argument}";
        return Process.Start(start)!;
    }

    /// <summary>In a child process: does its work. Elsewhere: nothing. The run's own fixture calls it, before any test and before any server is started.</summary>
    public static async Task WorkIfChild()
    {
        if (Environment.GetEnvironmentVariable(Order) is not { Length: > 0 } order)
            return;
        var parts = order.Split('\t');
        Database database = string.Equals(parts[1], nameof(DatabaseKind.Sqlite), StringComparison.Ordinal) ? new SqliteDatabase(parts[2]) : PostgresDatabase.Create(parts[2]);
        await (parts[0] is "crash" ? CrashTests.Load(database, int.Parse(parts[3], CultureInfo.InvariantCulture)) : TwoProcessTests.Race(database, parts[3]));
    }
}
