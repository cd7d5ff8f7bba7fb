namespace Phoenix.WeChat.Simulator.State;

/// <summary>The faults that are on.</summary>
internal sealed class FaultBoard
{
    private readonly List<Fault> _faults = [];
    private int _last;

    public IReadOnlyList<Fault> All => _faults;

    /// <summary>Switches a fault on; null when too many are on already.</summary>
    public Fault? Add(Fault fault)
    {
        if (_faults.Count == SimulatorLimits.Faults)
            return null;
        var on = fault with { Id = ++_last, Delay = fault.Delay > SimulatorLimits.Delay ? SimulatorLimits.Delay : fault.Delay };
        _faults.Add(on);
        return on;
    }

    public bool Remove(int id) => _faults.RemoveAll(fault => fault.Id == id) > 0;

    public void Clear() => _faults.Clear();

    /// <summary>What strikes this call: the oldest fault of each of the two sorts, a delay and something worse. Counts them down.</summary>
    public FaultPlan Strike(string endpoint) => new(
        Take(fault => fault.Kind == FaultKind.Delay && Meets(fault, endpoint)),
        Take(fault => fault.Kind != FaultKind.Delay && Meets(fault, endpoint)));

    private static bool Meets(Fault fault, string endpoint) => fault.Endpoint == Fault.Everywhere || fault.Endpoint == endpoint;

    private Fault? Take(Predicate<Fault> meets)
    {
        var at = _faults.FindIndex(meets);
        if (at < 0)
            return null;
        var fault = _faults[at];
        if (fault.Times is 1)
            _faults.RemoveAt(at);
        else if (fault.Times is { } times)
            _faults[at] = fault with { Times = times - 1 };
        return fault;
    }
}

/// <summary>What strikes one call.</summary>
internal sealed record FaultPlan(Fault? Late, Fault? Worse)
{
    public TimeSpan Before => Late is { IsDelayedFirst: true } ? Late.Delay : TimeSpan.Zero;

    public TimeSpan After => (Late is { IsDelayedFirst: false } ? Late.Delay : TimeSpan.Zero) + (Worse?.Delay ?? TimeSpan.Zero);

    public bool IsEffective => Worse?.IsEffective ?? true;

    public string? Name => (Late, Worse) switch
    {
        (null, null) => null,
        (_, null) => Late.ToString(),
        (null, _) => Worse.ToString(),
        _ => $"{Late}, {Worse}",
    };
}
