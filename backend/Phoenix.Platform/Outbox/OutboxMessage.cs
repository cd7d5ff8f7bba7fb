using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.Platform.Outbox;

/// <summary>
/// Something to be done outside the database (a message to a person, a call to another system), written in the transaction that decided it
/// and carried out later, at least once, by <see cref="OutboxRelay{TContext}"/>.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The community it belongs to.</summary>
    public required int CommunityId { get; init; }

    /// <summary>Which <see cref="IOutboxHandler"/> takes it, up to <see cref="OutboxLimits.KindLength"/> characters.</summary>
    public required string Kind { get; init; }

    /// <summary>Unique in the community: the same event is written once. Up to <see cref="OutboxLimits.DedupeKeyLength"/> characters.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>JSON, up to <see cref="OutboxLimits.PayloadLength"/> characters: ids and facts, personal data only where the kind needs it.</summary>
    public required string Payload { get; init; }

    /// <summary>The person it is about, for erasure on request; null if none.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before this instant; moved on by each retry.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>How often a handler was begun, the present time included.</summary>
    public int Attempts { get; set; }

    /// <summary>Until when <see cref="Claim"/> holds; a killed node's rows come back after it.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>The sweep that holds the row, or null.</summary>
    public Guid? Claim { get; set; }

    /// <summary>When it was done, or null.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When it was given up, or null; <see cref="OutboxRevival"/> brings it back.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    /// <summary>The code of the latest failure: a stable word, never a text that could hold personal data.</summary>
    public string? LastError { get; set; }
}

/// <summary>How rows of the outbox are stored. Column names come from the context's snake_case convention.</summary>
public sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    /// <summary>The table.</summary>
    public const string Table = "outbox_messages";

    /// <inheritdoc />
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable(Table, t => t.HasComment("What is to be done outside the database, written in the transaction that decided it."));
        builder.HasKey(m => m.Id);
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Kind).HasMaxLength(OutboxLimits.KindLength);
        builder.Property(m => m.DedupeKey).HasMaxLength(OutboxLimits.DedupeKeyLength);
        builder.Property(m => m.Payload).HasMaxLength(OutboxLimits.PayloadLength);
        builder.Property(m => m.LastError).HasMaxLength(OutboxLimits.ErrorLength);
        builder.HasIndex(m => new { m.CommunityId, m.DedupeKey }).IsUnique();
        builder.HasIndex(m => m.DueAt).HasFilter("done_at is null and dead_at is null");
    }
}

/// <summary>Every limit of the outbox.</summary>
public static class OutboxLimits
{
    /// <summary>Longest kind, in characters.</summary>
    public const int KindLength = 64;

    /// <summary>Longest dedupe key, in characters.</summary>
    public const int DedupeKeyLength = 200;

    /// <summary>Longest payload, in characters.</summary>
    public const int PayloadLength = 16_384;

    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorLength = 100;

    /// <summary>Rows that one sweep claims at most.</summary>
    public const int Batch = 32;

    /// <summary>Handlers begun for one row before it is given up.</summary>
    public const int MaxAttempts = 10;

    /// <summary>Rows that one call of <see cref="OutboxRevival.All"/> brings back at most.</summary>
    public const int RequeueBatch = 500;

    /// <summary>How long a claim holds, counted anew for each row as its handler begins.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>How long one handler may take before it counts as a retry. Well under <see cref="Lease"/>.</summary>
    public static readonly TimeSpan HandlerTimeout = TimeSpan.FromSeconds(20);

    /// <summary>The wait after the first failure; each further one waits twice as long.</summary>
    public static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts.</summary>
    public static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);
}
