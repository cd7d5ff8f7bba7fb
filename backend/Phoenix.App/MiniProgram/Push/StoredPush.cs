using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.Platform.Keys;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>A push as it was taken: stored before it is answered, acted on afterwards, once. The text goes when it was acted on.</summary>
public sealed class StoredPush
{
    /// <summary>How long a push is remembered. WeChat repeats within seconds, and older ones are refused by their timestamp.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <summary>Times it is tried before it is given up.</summary>
    public const int MaxAttempts = 8;

    /// <summary>The keyed hash's scope of <see cref="DedupeHash"/>.</summary>
    public const string DedupeScope = "push_events.dedupe";

    /// <summary>The keyed hash's scope of <see cref="SenderHash"/>.</summary>
    public const string SenderScope = "push_events.sender";

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Keyed hash of what is the same for a push and its repetitions.</summary>
    public required string DedupeHash { get; init; }

    /// <summary>Keyed hash of the sender's openid.</summary>
    public required string SenderHash { get; init; }

    /// <summary>The event's name, or the kind of a message.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened, as WeChat says, to the second.</summary>
    public DateTimeOffset HappenedAt { get; init; }

    /// <summary>When it came.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The decrypted message, encrypted with our key; null where nothing is done about it, and when that is done.</summary>
    public string? Payload { get; set; }

    /// <summary>When it was acted on.</summary>
    public DateTimeOffset? HandledAt { get; set; }

    /// <summary>Not before this; moved on by each try.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Tries begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    /// <summary>The latest failure, by type.</summary>
    public string? LastError { get; set; }

    /// <summary>Where the message is encrypted for.</summary>
    public static FieldPlace PayloadPlace(Guid id) => new("push_events", "payload", id.ToString("N"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<StoredPush>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<StoredPush> builder)
        {
            builder.ToTable("push_events", t => t.HasComment("Pushes of WeChat: stored before they are answered, acted on once; sender hashed, text encrypted until then; 30 days."));
            builder.HasKey(p => p.Id);
            builder.Property(p => p.DedupeHash).HasMaxLength(100);
            builder.Property(p => p.SenderHash).HasMaxLength(100);
            builder.Property(p => p.Kind).HasMaxLength(128);
            builder.Property(p => p.LastError).HasMaxLength(100);
            builder.HasIndex(p => p.DedupeHash).IsUnique();
            builder.HasIndex(p => p.DueAt).HasFilter("handled_at is null and dead_at is null");
            builder.HasIndex(p => p.ReceivedAt);
        }
    }
}
