using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Notifications.Inbox;

/// <summary>What became of a message outside the inbox.</summary>
public enum DeliveryState
{
    /// <summary>The kind is for the inbox only, or its template isn't usable.</summary>
    InboxOnly,

    /// <summary>In the outbox.</summary>
    Waiting,

    /// <summary>WeChat took it.</summary>
    Sent,

    /// <summary>The person agreed to none, or WeChat says so.</summary>
    NotAgreed,

    /// <summary>The person switched the group off.</summary>
    SwitchedOff,

    /// <summary>It would have come too late.</summary>
    TooLate,

    /// <summary>The person read it in the inbox before its turn came.</summary>
    ReadBefore,

    /// <summary>The till page was open: the clerk sees it there.</summary>
    AtTheTill,

    /// <summary>The person has no WeChat account any more.</summary>
    NoAccount,

    /// <summary>It is among the dead letters.</summary>
    Failed,
}

/// <summary>A message in a person's inbox.</summary>
public sealed class InboxMessage : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 40;

    /// <summary>Longest body, in characters.</summary>
    public const int MaxBodyLength = 500;

    private const int FamilyKeyLength = 40;
    private const int FamilyPageLength = 60;

    /// <summary>How long a message is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(180);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; ids of later messages are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose inbox.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The kind.</summary>
    public NoticeKind Kind { get; init; }

    /// <summary>The event it tells of.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>As the person reads it.</summary>
    public required string Title { get; init; }

    /// <summary>As the person reads it.</summary>
    public required string Body { get; init; }

    /// <summary>The page that opens the exact record.</summary>
    public required string Page { get; init; }

    /// <summary>When it was told.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person read it, or null.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>What became of it outside the inbox.</summary>
    public DeliveryState Delivery { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<InboxMessage>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<InboxMessage> builder)
        {
            builder.ToTable("inbox_messages", t => t.HasComment("What people were told, as they read it; kept 180 days."));
            builder.HasKey(m => new { m.CommunityId, m.Id });
            builder.Property(m => m.Kind).HasConversion<string>().HasMaxLength(30);
            builder.Property(m => m.DedupeKey).HasMaxLength(NoticeLimits.DedupeKeyLength + FamilyKeyLength);
            builder.Property(m => m.Title).HasMaxLength(MaxTitleLength);
            builder.Property(m => m.Body).HasMaxLength(MaxBodyLength);
            builder.Property(m => m.Page).HasMaxLength(NoticeLimits.PageLength + FamilyPageLength);
            builder.Property(m => m.Delivery).HasConversion<string>().HasMaxLength(12);
            builder.HasIndex(m => new { m.CommunityId, m.PersonId, m.DedupeKey }).IsUnique();
            builder.HasIndex(m => new { m.PersonId, m.Id });
            builder.HasIndex(m => m.PersonId, "ix_inbox_messages_unread").HasFilter("read_at is null");
            builder.HasIndex(m => m.CreatedAt);
            builder.BelongsToCommunity();
        }
    }
}
