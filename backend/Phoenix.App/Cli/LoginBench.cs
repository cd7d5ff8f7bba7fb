using System.Diagnostics;
using Phoenix.Ledger.Bench;

namespace Phoenix.App.Cli;

/// <summary>
/// Measures signing in and refreshing over HTTP, on both databases, beside an endpoint that does nothing but sign a token, in interleaved passes of one
/// run. Prints medians, ranges and ratios. Server, client and simulator share the machine.
/// </summary>
internal static class LoginBench
{
    /// <summary>Callers of each workload: each sends its next request when it has the answer.</summary>
    public const int Callers = 16;

    private const int Passes = 5;
    private const string Bare = "bareJwt";

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">Passes of 1.5 s rather than 5 s.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task Run(bool quick, string? jsonFile, TextWriter output, CancellationToken cancel)
    {
        await using var bare = await BareTokenHost.Start(cancel);
        await using var lite = await BenchHost.OnSqlite(cancel);
        await using var pg = await BenchHost.OnPostgres(cancel);
        List<(string Name, Func<int, Task> Call)> workloads = [(Bare, _ => bare.Sign(cancel))];
        foreach (var (host, name) in ((BenchHost?, string)[])[(lite, "Sqlite"), (pg, "Postgres")])
            if (host is not null)
                workloads.AddRange([("login" + name, _ => host.LogIn(cancel)), ("refresh" + name, caller => host.Refresh(caller, cancel))]);

        var table = new BenchTable();
        foreach (var (_, call) in workloads)
            await Measure(call, 1);
        for (var pass = 0; pass < Passes; pass++)
            foreach (var (name, call) in workloads)
                table.Add(name, await Measure(call, quick ? 1.5 : 5));
        var ratios = table.Names.Where(n => n != Bare).Select(n => KeyValuePair.Create(n + "OverBareJwt", table.PerSecond(n) / table.PerSecond(Bare))).ToList();
        await table.Write(output, "req/s");
        await BenchTable.WriteRatios(output, ratios, decimals: 3);
        if (pg is null)
            await output.WriteLineAsync("Without PostgreSQL or Redis on this machine: SQLite and Garnet only.");
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, table.Json(ratios, new Dictionary<string, long>(StringComparer.Ordinal) { ["callers"] = Callers }), cancel);
    }

    private static async Task<BenchPass> Measure(Func<int, Task> call, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var ticks = (long)(seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetTimestamp() - started < ticks)
            {
                var sent = Stopwatch.GetTimestamp();
                await call(caller);
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return own;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return BenchPass.Of([.. times.SelectMany(t => t)], elapsed);
    }
}
