using System.Diagnostics;
using Phoenix.Ledger.Bench;

namespace Phoenix.App.Cli;

/// <summary>
/// Measures closing a month by the product's sweep beside bare set-based SQL that writes the same lines and sums into the same tables, without batches, proofs and
/// notices, interleaved on a PostgreSQL (fsync on) that it starts itself. Prints medians, ranges, the ratio and the most memory that this process took.
/// </summary>
internal static class SettlementBench
{
    private const int Passes = 3;

    private const double Mebi = 1024 * 1024;

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">100,000 exchanges rather than 1,000,000.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where PostgreSQL or Redis isn't installed.</returns>
    public static async Task<bool> Run(bool quick, string? jsonFile, TextWriter output, CancellationToken cancel)
    {
        var exchanges = quick ? 100_000 : 1_000_000;
        if (await SettlementBenchHost.TryStart(exchanges, cancel) is not { } started)
        {
            await output.WriteLineAsync("PostgreSQL or Redis isn't installed on this machine: nothing was measured.");
            return false;
        }

        await using var host = started;
        await output.WriteLineAsync($"{(quick ? "--quick: " : "")}{exchanges:N0} exchanges and {exchanges / SettlementBenchHost.RefundEach:N0} refunds of one month, at {SettlementBenchHost.Merchants} merchants.");
        var (table, before) = (new BenchTable(), Peak());
        for (var pass = 0; pass < Passes; pass++)
        {
            // Neither is always the first.
            var isOursFirst = pass % 2 == 0;
            foreach (var isOurs in (bool[])[isOursFirst, !isOursFirst])
                table.Add(isOurs ? "ours" : "bareSql", await Measure(host, isOurs, exchanges, cancel));
        }

        var ratios = new Dictionary<string, double>(StringComparer.Ordinal) { ["oursOverBareSql"] = table.PerSecond("bareSql") / table.PerSecond("ours") };
        var memory = new Dictionary<string, long>(StringComparer.Ordinal) { ["exchanges"] = exchanges, ["peakMiB"] = Peak(), ["peakBeforeMiB"] = before };
        await table.Write(output, "lines/s");
        await BenchTable.WriteRatios(output, ratios, decimals: 2);
        await output.WriteLineAsync($"{"peak memory",-24} {memory["peakMiB"],8} MiB ({before} before the first closing)");
        await output.WriteLineAsync("oursOverBareSql: times as long. bareSql: one transaction, lines by insert-select, statements by grouped sums. Ours: the same in batches, each statement proven against the ledger and sent to its owner.");
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, table.Json(ratios, memory), cancel);
        return true;
    }

    private static async Task<BenchPass> Measure(SettlementBenchHost host, bool isOurs, int exchanges, CancellationToken cancel)
    {
        await host.Empty(cancel);
        var began = Stopwatch.GetTimestamp();
        await (isOurs ? host.Close(cancel) : host.CloseBare(cancel));
        var took = Stopwatch.GetElapsedTime(began);
        await host.Check(cancel);
        return BenchPass.Of([took.TotalMilliseconds], (exchanges + exchanges / SettlementBenchHost.RefundEach) / took.TotalSeconds);
    }

    private static long Peak()
    {
        using var own = Process.GetCurrentProcess();
        return (long)(own.PeakWorkingSet64 / Mebi);
    }
}
