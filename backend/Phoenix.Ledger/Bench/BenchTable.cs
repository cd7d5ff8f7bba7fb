using System.Globalization;
using System.Text.Json;

namespace Phoenix.Ledger.Bench;

/// <summary>The passes of a benchmark's workloads, in the order in which they first came: medians, ranges, ratios, as a table and as JSON.</summary>
public sealed class BenchTable
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, List<BenchPass>> _passes = new(StringComparer.Ordinal);

    /// <summary>The workloads.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds a pass.</summary>
    public void Add(string name, BenchPass pass)
    {
        if (!_passes.TryGetValue(name, out var passes))
        {
            _passes.Add(name, passes = []);
            _names.Add(name);
        }

        passes.Add(pass);
    }

    /// <summary>How many a second, the median of the workload's passes.</summary>
    public double PerSecond(string name) => Median(name, p => p.PerSecond);

    /// <summary>Writes a line for each workload.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="unit">What is counted: "tps", "req/s".</param>
    public async Task Write(TextWriter output, string unit)
    {
        await output.WriteLineAsync($"{"workload",-24} {unit + " median",12} {"min",8} {"max",8} {"p50 ms",8} {"p99 ms",8}");
        foreach (var name in _names)
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-24} {PerSecond(name),12:f0} {_passes[name].Min(p => p.PerSecond),8:f0} {_passes[name].Max(p => p.PerSecond),8:f0} {Median(name, p => p.P50Ms),8:f2} {Median(name, p => p.P99Ms),8:f2}"));
    }

    /// <summary>Writes a line for each ratio, with so many decimals.</summary>
    public static async Task WriteRatios(TextWriter output, IEnumerable<KeyValuePair<string, double>> ratios, int decimals)
    {
        foreach (var (name, ratio) in ratios)
            await output.WriteLineAsync($"{name,-24} {ratio.ToString("f" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),12}");
    }

    /// <summary>The figures as a JSON object with a line's end: each ratio, whatever else is given, and the workloads.</summary>
    public string Json(IEnumerable<KeyValuePair<string, double>> ratios, IReadOnlyDictionary<string, long>? more = null)
    {
        var all = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, ratio) in ratios)
            all[name] = Math.Round(ratio, 3);
        foreach (var (name, number) in more ?? new Dictionary<string, long>(StringComparer.Ordinal))
            all[name] = number;
        all["workloads"] = _names.ToDictionary(name => name, name => new
        {
            perSecond = Math.Round(PerSecond(name)),
            min = Math.Round(_passes[name].Min(p => p.PerSecond)),
            max = Math.Round(_passes[name].Max(p => p.PerSecond)),
            p50Ms = Math.Round(Median(name, p => p.P50Ms), 3),
            p99Ms = Math.Round(Median(name, p => p.P99Ms), 3),
        }, StringComparer.Ordinal);
        return JsonSerializer.Serialize(all, JsonSerializerOptions.Web) + "\n";
    }

    private double Median(string name, Func<BenchPass, double> value)
    {
        var sorted = _passes[name].Select(value).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
