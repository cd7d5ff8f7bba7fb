namespace Phoenix.Ledger;

/// <summary>The ledger's settings, one set per process.</summary>
public sealed record LedgerOptions
{
    /// <summary>Minutes between UTC and the community's time. China has had no summer time since 1991, so an offset is enough (Asia/Shanghai).</summary>
    public int UtcOffsetMinutes { get; init; } = 480;

    /// <summary>Requests that may wait; the next is refused as busy.</summary>
    public int QueueCapacity { get; init; } = 8192;

    /// <summary>PostgreSQL: how long a transaction may stand idle before the server ends it and frees the head lock, in seconds.</summary>
    public int IdleInTransactionSeconds { get; init; } = 5;
}
