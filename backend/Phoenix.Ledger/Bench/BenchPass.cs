namespace Phoenix.Ledger.Bench;

/// <summary>What one pass of one workload came to.</summary>
/// <param name="PerSecond">What was done a second.</param>
/// <param name="P50Ms">Median time of an answer, in milliseconds.</param>
/// <param name="P99Ms">99th percentile, in milliseconds.</param>
public sealed record BenchPass(double PerSecond, double P50Ms, double P99Ms)
{
    /// <summary>Of the time of every answer, in milliseconds and any order; there is one at least.</summary>
    public static BenchPass Of(IEnumerable<double> times, double perSecond)
    {
        var all = times.Order().ToArray();
        return new BenchPass(perSecond, all[all.Length / 2], all[Math.Min(all.Length - 1, all.Length * 99 / 100)]);
    }

    /// <summary>Of everything that was answered within so many seconds.</summary>
    public static BenchPass Of(IReadOnlyCollection<double> times, TimeSpan elapsed) => Of(times, times.Count / elapsed.TotalSeconds);
}
