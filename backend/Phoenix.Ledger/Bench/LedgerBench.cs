using System.Globalization;
using System.Text.Json;

namespace Phoenix.Ledger.Bench;

/// <summary>
/// Measures the ledger beside pgbench's tpcb-like, a set-based ceiling in SQL and a stored function per transfer, in interleaved passes on one
/// PostgreSQL that it starts itself with fsync on, and on SQLite. Prints medians, ranges and ratios.
/// </summary>
public static class LedgerBench
{
    private const int Passes = 5;

    /// <summary>Runs all passes and reports.</summary>
    /// <param name="quick">Passes of 1.5 s rather than 6 s.</param>
    /// <param name="jsonFile">Where the figures go, or null.</param>
    /// <param name="output">Where the table goes.</param>
    public static async Task Run(bool quick, string? jsonFile, TextWriter output)
    {
        var seconds = quick ? 1.5 : 6;
        await using var workloads = await LedgerWorkloads.Start(seconds);
        var results = workloads.All.ToDictionary(w => w.Name, _ => new List<BenchPass>(), StringComparer.Ordinal);
        for (var pass = 0; pass < Passes; pass++)
            foreach (var (name, run) in workloads.All)
                results[name].Add(await run());
        await output.WriteLineAsync($"{"workload",-22} {"tps median",10} {"min",8} {"max",8} {"p50 ms",8} {"p99 ms",8}");
        foreach (var (name, passes) in results)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {Median(passes, p => p.PerSecond),10:f0} {passes.Min(p => p.PerSecond),8:f0} {passes.Max(p => p.PerSecond),8:f0} {Median(passes, p => p.P50Ms),8:f2} {Median(passes, p => p.P99Ms),8:f2}"));
        var ratios = Ratios(results);
        foreach (var (name, ratio) in ratios)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {ratio,10:f2}"));
        await workloads.CheckCeilingRows();
        if (jsonFile is not null)
            await File.WriteAllTextAsync(jsonFile, Json(results, ratios));
    }

    private static Dictionary<string, double> Ratios(Dictionary<string, List<BenchPass>> results)
    {
        double Tps(string name) => Median(results[name], p => p.PerSecond);
        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["ours64OverCeiling"] = Tps("ours64") / Tps("ceiling"),
            ["ours256OverCeiling"] = Tps("ours256") / Tps("ceiling"),
            ["hotOverRandom"] = Tps("ours64Hot") / Tps("ours64"),
            ["hot256OverRandom256"] = Tps("ours256Hot") / Tps("ours256"),
            ["ours64OverTpcb"] = Tps("ours64") / Tps("tpcb"),
            ["ours64OverFunction"] = Tps("ours64") / Tps("function"),
        };
    }

    private static string Json(Dictionary<string, List<BenchPass>> results, Dictionary<string, double> ratios)
    {
        var all = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, ratio) in ratios)
            all[name] = Math.Round(ratio, 3);
        all["workloads"] = results.ToDictionary(r => r.Key, r => new
        {
            perSecond = Math.Round(Median(r.Value, p => p.PerSecond)),
            min = Math.Round(r.Value.Min(p => p.PerSecond)),
            max = Math.Round(r.Value.Max(p => p.PerSecond)),
            p50Ms = Math.Round(Median(r.Value, p => p.P50Ms), 3),
            p99Ms = Math.Round(Median(r.Value, p => p.P99Ms), 3),
        }, StringComparer.Ordinal);
        return JsonSerializer.Serialize(all, JsonSerializerOptions.Web) + "\n";
    }

    private static double Median(List<BenchPass> passes, Func<BenchPass, double> value)
    {
        var sorted = passes.Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

/// <summary>What one pass of one workload came to.</summary>
/// <param name="PerSecond">Transfers a second.</param>
/// <param name="P50Ms">Median time of an answer, in milliseconds; NaN-free: 0 where the tool doesn't tell.</param>
/// <param name="P99Ms">99th percentile, in milliseconds; 0 where the tool doesn't tell.</param>
internal sealed record BenchPass(double PerSecond, double P50Ms, double P99Ms);
