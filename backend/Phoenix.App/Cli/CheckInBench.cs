using System.Globalization;
using Phoenix.Ledger.Bench;

namespace Phoenix.App.Cli;

/// <summary>
/// Measures checking in: 10,000 volunteers of one shift over HTTP from 64 connections, beside pgbench's tpcb-like on the same PostgreSQL (fsync on), in
/// interleaved passes of one run; then the same with Redis stopped half-way. One volunteer in twenty checks in on two phones at once and one in twenty sends
/// twice. Server, client, PostgreSQL and Redis share the machine.
/// </summary>
internal static class CheckInBench
{
    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">Three passes rather than seven.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task Run(bool quick, string? jsonFile, TextWriter output, CancellationToken cancel)
    {
        var (passes, seconds) = quick ? (3, 5) : (7, 10);
        await using var host = await CheckInBenchHost.Start(cancel);
        var table = new BenchTable();
        // Code that is still being compiled is nobody's figure: twice the whole crowd, and what it called often is compiled well while pgbench runs. Then the
        // tables are vacuumed and analysed once, as pgbench does with its own after filling them.
        for (var warm = 0; warm < 2; warm++)
        {
            await host.CheckIn(CheckInBenchHost.Volunteers, stopRedis: false, cancel);
            await host.Tpcb(1);
        }

        await host.Vacuum(cancel);

        for (var pass = 0; pass < passes; pass++)
        {
            table.Add("tpcb", await host.Tpcb(seconds));
            table.Add("checkIns", await host.CheckIn(CheckInBenchHost.Volunteers, stopRedis: false, cancel));
            if (pass % 2 == 0)
                table.Add("checkInsRedisStopped", await host.CheckIn(CheckInBenchHost.Volunteers, stopRedis: true, cancel));
        }

        var doubles = await host.DoubleEntries(cancel);
        var ratios = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["checkinsOverTpcb"] = table.PerSecond("checkIns") / table.PerSecond("tpcb"),
            ["checkinsRedisStoppedOverTpcb"] = table.PerSecond("checkInsRedisStopped") / table.PerSecond("tpcb"),
        };
        await table.Write(output, "/s");
        await BenchTable.WriteRatios(output, ratios, decimals: 2);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"double entries {doubles}"));
        if (jsonFile is not null)
            await File.WriteAllTextAsync(
                jsonFile,
                table.Json(ratios, new Dictionary<string, long>(StringComparer.Ordinal) { ["doubleEntries"] = doubles, ["volunteers"] = CheckInBenchHost.Volunteers, ["connections"] = CheckInBenchHost.Connections }),
                cancel);
        if (doubles != 0)
            throw new InvalidOperationException($"{doubles} double entries.");
    }
}
