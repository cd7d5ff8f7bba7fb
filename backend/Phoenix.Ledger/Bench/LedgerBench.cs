using System.Globalization;
using Phoenix.Ledger.Reads;

namespace Phoenix.Ledger.Bench;

/// <summary>
/// Measures the ledger beside pgbench's tpcb-like, a set-based ledger in SQL (the ceiling), the bare writing of the same rows (the replay) and a stored function per transfer, in interleaved passes on one
/// PostgreSQL that it starts itself with fsync on, and on SQLite. Prints medians, ranges and ratios.
/// </summary>
public static class LedgerBench
{
    private const int Passes = 5;

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">Passes of 1.5 s rather than 6 s.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="spendLock">The lease around one member's spending, to be measured too; null leaves that out.</param>
    public static async Task Run(bool quick, string? jsonFile, TextWriter output, ISpendLock? spendLock)
    {
        var seconds = quick ? 1.5 : 6;
        await using var workloads = await LedgerWorkloads.Start(seconds, spendLock);
        var table = new BenchTable();
        for (var pass = 0; pass < Passes; pass++)
            foreach (var (name, run) in workloads.All)
                table.Add(name, await run());
        await table.Write(output, "tps");
        var ratios = Ratios(table);
        await BenchTable.WriteRatios(output, ratios, decimals: 2);
        var compared = await workloads.CheckRepeated();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The {compared} postings of ceiling and replay are ours, row for row."));
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, table.Json(ratios));
    }

    private static Dictionary<string, double> Ratios(BenchTable table)
    {
        double Tps(string name) => table.PerSecond(name);
        var ratios = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["ours64OverCeiling"] = Tps("ours64") / Tps("ceiling"),
            ["ours256OverCeiling"] = Tps("ours256") / Tps("ceiling"),
            ["ours64OverReplay"] = Tps("ours64") / Tps("replay"),
            ["ours256OverReplay"] = Tps("ours256") / Tps("replay"),
            ["hotOverRandom"] = Tps("ours64Hot") / Tps("ours64"),
            ["hot256OverRandom256"] = Tps("ours256Hot") / Tps("ours256"),
            ["ours64OverTpcb"] = Tps("ours64") / Tps("tpcb"),
            ["ours64OverFunction"] = Tps("ours64") / Tps("function"),
        };
        if (table.Names.Contains("ours64Leased", StringComparer.Ordinal))
            ratios["leasedOverOurs64"] = Tps("ours64Leased") / Tps("ours64");
        return ratios;
    }
}
