using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Phoenix.Ledger.Bench;

namespace Phoenix.App.Cli;

/// <summary>
/// Measures holding and handing over, over HTTP with a signed-in caller each time, at 64 and 256 connections, at random merchants and at one hot one, on a
/// PostgreSQL (fsync on) and a Redis that it starts itself, interleaved with pgbench's tpcb-like on the same server. What a hold pass held, the next pass
/// hands over. Server and client share the machine. Prints medians, ranges and ratios.
/// </summary>
internal static class RedemptionBench
{
    private const double WarmUpSeconds = 6;

    private static readonly int[] s_connections = [64, 256];

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">3 passes of 1.5 s rather than 5 of 5 s.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where PostgreSQL or Redis isn't installed.</returns>
    public static async Task<bool> Run(bool quick, string? jsonFile, TextWriter output, CancellationToken cancel)
    {
        if (await RedemptionBenchHost.TryStart(cancel) is not { } started)
        {
            await output.WriteLineAsync("PostgreSQL or Redis isn't installed on this machine: nothing was measured.");
            return false;
        }

        await using var host = started;
        var (seconds, passes) = quick ? (1.5, 3) : (5, 5);
        var table = new BenchTable();
        // Until the compiler has seen what is hot.
        foreach (var isHot in (bool[])[false, true])
            await Pair(host, 256, isHot, WarmUpSeconds, (_, _) => { }, cancel);
        for (var pass = 0; pass < passes; pass++)
        {
            table.Add("oneWriter", await host.OneWriter());
            table.Add("tpcb", await host.Tpcb(seconds));
            foreach (var connections in s_connections)
                foreach (var isHot in (bool[])[false, true])
                    await Pair(host, connections, isHot, seconds, table.Add, cancel);
        }

        await table.Write(output, "req/s");
        await BenchTable.WriteRatios(output, Ratios(table), decimals: 2);
        await output.WriteLineAsync("oneWriter: pgbench simple-update, 1 client: the disk. tpcb: tpcb-like, scale 20, 8 clients. Each request: token, session and role from the database, rate limit and lease in Redis, one ledger posting with its counters, exchange and outbox row.");
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, table.Json(Ratios(table)), cancel);
        return true;
    }

    private static async Task Pair(RedemptionBenchHost host, int connections, bool isHot, double seconds, Action<string, BenchPass> add, CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{connections}{(isHot ? "Hot" : "")}");
        var held = new ConcurrentQueue<BenchHold>();
        var ticks = (long)(seconds * Stopwatch.Frequency);
        add("hold" + name, await Measure(connections, ticks, async connection =>
        {
            held.Enqueue(await host.Hold(connection, isHot, cancel));
            return true;
        }, host));
        add("capture" + name, await Measure(connections, long.MaxValue, async connection =>
        {
            if (!held.TryDequeue(out var hold))
                return false;
            await host.HandOver(connection, hold, cancel);
            return true;
        }, host));
    }

    private static async Task<BenchPass> Measure(int connections, long ticks, Func<BenchConnection, Task<bool>> call, RedemptionBenchHost host)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => host.Connect()));
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(open.Select(connection => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetTimestamp() - started < ticks)
            {
                var sent = Stopwatch.GetTimestamp();
                if (!await call(connection))
                    break;
                own.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return own;
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        foreach (var connection in open)
            connection.Dispose();
        return BenchPass.Of([.. times.SelectMany(t => t)], elapsed);
    }

    private static Dictionary<string, double> Ratios(BenchTable table) => new(StringComparer.Ordinal)
    {
        ["holdOverTpcb"] = table.PerSecond("hold64") / table.PerSecond("tpcb"),
        ["hold256OverTpcb"] = table.PerSecond("hold256") / table.PerSecond("tpcb"),
        ["captureOverTpcb"] = table.PerSecond("capture64") / table.PerSecond("tpcb"),
        ["hotOverRandom"] = table.PerSecond("hold64Hot") / table.PerSecond("hold64"),
        ["hot256OverRandom256"] = table.PerSecond("hold256Hot") / table.PerSecond("hold256"),
        ["captureHotOverRandom"] = table.PerSecond("capture64Hot") / table.PerSecond("capture64"),
    };
}
