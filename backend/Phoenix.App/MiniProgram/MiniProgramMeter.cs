using System.Diagnostics.Metrics;

namespace Phoenix.App.MiniProgram;

/// <summary>What the operator watches of the WeChat platform: counts by outcome, without persons.</summary>
public sealed class MiniProgramMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Phoenix.MiniProgram";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _pushes;
    private readonly Counter<long> _content;

    /// <summary>Makes the counters.</summary>
    public MiniProgramMeter()
    {
        _pushes = _meter.CreateCounter<long>("phoenix.push.received", description: "Pushes by outcome: stored, repeated, handled, unknown_trace, dead, or the refusal's code.");
        _content = _meter.CreateCounter<long>("phoenix.content.checked", description: "Texts and pictures by outcome: pass, review, risky, or why WeChat couldn't judge.");
    }

    /// <summary>Counts a push.</summary>
    public void Push(string outcome) => _pushes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Counts a check.</summary>
    public void Content(string outcome) => _content.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
