namespace Phoenix.WeChat.Simulator;

/// <summary>How a call goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Answers <see cref="Fault.ErrCode"/>.</summary>
    Error,

    /// <summary>Answers late, by <see cref="Fault.Delay"/>, and rightly.</summary>
    Delay,

    /// <summary>Cuts the connection before anything has happened.</summary>
    DropBefore,

    /// <summary>Does what was asked, then cuts the connection.</summary>
    DropAfter,

    /// <summary>Answers a page of HTML, as a proxy would.</summary>
    Garbage,

    /// <summary>Answers nothing, with HTTP 200.</summary>
    Empty,

    /// <summary>Answers HTTP 500.</summary>
    Http500,

    /// <summary>Does what was asked, and answers half of its JSON.</summary>
    Truncated,
}

/// <summary>A fault switched on by somebody who tests.</summary>
public sealed record Fault
{
    /// <summary>Every endpoint.</summary>
    public const string Everywhere = "*";

    /// <summary>Its number, given when it is switched on.</summary>
    public int Id { get; init; }

    /// <summary>A path of the platform such as <c>/cgi-bin/message/subscribe/send</c>, or <see cref="Everywhere"/>.</summary>
    public string Endpoint { get; init; } = Everywhere;

    /// <summary>What happens.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>For <see cref="FaultKind.Error"/>: -1, 40001, 42001, 45009, 43108, ...</summary>
    public int ErrCode { get; init; } = -1;

    /// <summary>For <see cref="FaultKind.Error"/>: the text; null takes WeChat's own.</summary>
    public string? ErrMsg { get; init; }

    /// <summary>How much later the answer comes; with every kind.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How many calls it strikes; null strikes until it is switched off.</summary>
    public int? Times { get; init; }

    /// <summary>
    /// Whether what was asked is done all the same; null takes what the kind says (<see cref="FaultKind.DropAfter"/>,
    /// <see cref="FaultKind.Truncated"/> and <see cref="FaultKind.Delay"/> do it, the others don't).
    /// </summary>
    public bool? TakesEffect { get; init; }

    /// <summary>Whether what was asked is done.</summary>
    public bool IsEffective => Kind switch
    {
        FaultKind.DropAfter or FaultKind.Truncated or FaultKind.Delay => true,
        FaultKind.DropBefore => false,
        _ => TakesEffect ?? false,
    };

    /// <summary>Whether the delay comes first, so that a caller who gives up has changed nothing. Only a plain delay with <see cref="TakesEffect"/> false.</summary>
    public bool IsDelayedFirst => Kind == FaultKind.Delay && TakesEffect == false;

    /// <inheritdoc />
    public override string ToString() => Kind == FaultKind.Error ? $"{Kind} {ErrCode}" : $"{Kind}";
}
