namespace Phoenix.Ledger.Commands;

/// <summary>A limit on everything the ledger takes.</summary>
public static class LedgerLimits
{
    /// <summary>Largest amount of one leg, in units.</summary>
    public const long MaxAmount = 1_000_000_000_000_000;

    /// <summary>Legs that a command may name.</summary>
    public const int MaxLegs = 64;

    /// <summary>Legs that a posting may come to have when members' lots are spelled out.</summary>
    public const int MaxPostingLegs = 256;

    /// <summary>Linked postings of one request through the queue.</summary>
    public const int MaxLinked = 16;

    /// <summary>Postings of one transaction: a batch of the queue, or one <c>PostIn</c>.</summary>
    public const int MaxBatch = 256;

    /// <summary>Characters of a reference, a rule, a route or a counter's key.</summary>
    public const int MaxName = 64;

    /// <summary>Characters (UTF-16) of a reason.</summary>
    public const int MaxReason = 200;

    /// <summary>Counters one request may use.</summary>
    public const int MaxCounters = 8;

    /// <summary>How long a hold may live from now, in days.</summary>
    public const int MaxHoldDays = 31;

    /// <summary>The longest grace of lapsed coins that come back, in days.</summary>
    public const int MaxGraceDays = 366;

    /// <summary>How far in the future a lot may expire, in days.</summary>
    public const int MaxLotDays = 3700;
}
