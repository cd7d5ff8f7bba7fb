using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Phoenix.Ledger.Bench;

/// <summary>PostgreSQL's own benchmark, as the yardstick of ours.</summary>
public static partial class PgBench
{
    private const string TpcbDatabase = "tpcb";
    private const int TpcbScale = 20;
    private const int TpcbClients = 8;

    private static string Tool => Path.Combine(TemporaryPostgres.Binaries, "pgbench");

    /// <summary>Makes the database of tpcb-like, scale 20.</summary>
    public static async Task MakeTpcb(TemporaryPostgres server)
    {
        await Execute(server, "postgres", $"create database {TpcbDatabase}");
        await TemporaryPostgres.Run(Tool, [.. Where(server), "-i", "-q", "-s", TpcbScale.ToString(CultureInfo.InvariantCulture), TpcbDatabase]);
    }

    /// <summary>One pass of tpcb-like with 8 clients.</summary>
    public static Task<BenchPass> Tpcb(TemporaryPostgres server, double seconds) =>
        Run(server, TpcbDatabase, "-b", "tpcb-like", "-c", TpcbClients.ToString(CultureInfo.InvariantCulture), Time(seconds));

    /// <summary>One second of one client's simple updates: its median time is a commit's, and a disk that is slow for a while shows here.</summary>
    public static Task<BenchPass> OneWriter(TemporaryPostgres server) => Run(server, TpcbDatabase, "-b", "simple-update", "-c", "1", Time(1));

    /// <summary>The argument for so long a pass: whole seconds, one at least.</summary>
    public static string Time(double seconds) => string.Create(CultureInfo.InvariantCulture, $"--time={Math.Max(1, (int)Math.Round(seconds))}");

    /// <summary>One pass on a database after a checkpoint, two threads, prepared statements.</summary>
    public static async Task<BenchPass> Run(TemporaryPostgres server, string database, params string[] arguments)
    {
        await Execute(server, database, "checkpoint");
        var folder = Directory.CreateTempSubdirectory("phoenix-pgbench-");
        try
        {
            var output = await TemporaryPostgres.Run(Tool, [.. Where(server), "-n", "-M", "prepared", "-j", "2", "-l", "--log-prefix", Path.Combine(folder.FullName, "log"), .. arguments, database]);
            var times = new List<double>();
            foreach (var file in folder.GetFiles())
                foreach (var line in await File.ReadAllLinesAsync(file.FullName))
                    times.Add(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000);
            return BenchPass.Of(times, double.Parse(TpsLine().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Where(TemporaryPostgres server) => ["-h", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"];

    private static async Task Execute(TemporaryPostgres server, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = database, CommandTimeout = 300 }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TpsLine();
}
