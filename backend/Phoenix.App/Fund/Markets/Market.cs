using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Fund.Markets;

/// <summary>Draft → open → closed → settled; a draft or an open one may be cancelled.</summary>
public enum MarketState
{
    /// <summary>草稿: only staff see it.</summary>
    Draft,

    /// <summary>招摊中: members apply for stalls until it begins.</summary>
    Open,

    /// <summary>已收摊: takings are declared, receipts come.</summary>
    Closed,

    /// <summary>已结清.</summary>
    Settled,

    /// <summary>已取消.</summary>
    Cancelled,
}

/// <summary>公益集市: families and helpers set up stalls, and a part of what the stalls take goes, by way of the charity, into the fund.</summary>
public sealed class Market : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 40;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionLength = 1_000;

    /// <summary>Longest address, in characters.</summary>
    public const int MaxAddressLength = 100;

    /// <summary>The most stalls of a market.</summary>
    public const int MostStalls = 200;

    /// <summary>The longest market.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromHours(16);

    /// <summary>Longest reason or note, in characters.</summary>
    public const int MaxNoteLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public MarketState State { get; set; }

    /// <summary>秋日公益集市.</summary>
    public required string Title { get; set; }

    /// <summary>What it is about, for residents.</summary>
    public required string Description { get; set; }

    /// <summary>Its first instant.</summary>
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>The instant after its last.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Where to come, in words.</summary>
    public required string Address { get; set; }

    /// <summary>How many stalls there is room for.</summary>
    public int MaxStalls { get; set; }

    /// <summary>Whether its text waits for a person's look, so that it can't be opened.</summary>
    public bool IsTextHeld { get; set; }

    /// <summary>Why it was cancelled, or was settled with less than was pledged.</summary>
    public string? Note { get; set; }

    /// <summary>Who made it, a person.</summary>
    public Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was settled or cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Counts the edits from 1; an edit names the one it began from.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Market>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Market> builder)
        {
            builder.ToTable("markets", t =>
            {
                t.HasComment("公益集市: markets whose stalls give a part of their takings, by way of the charity, to the fund.");
                t.HasCheckConstraint("ck_markets_time", "ends_at > starts_at");
                t.HasCheckConstraint("ck_markets_stalls", $"max_stalls between 1 and {MostStalls}");
                t.HasCheckConstraint("ck_markets_finished", "(state in ('Settled', 'Cancelled')) = (finished_at is not null) and (state <> 'Cancelled' or note is not null)");
            });
            builder.HasKey(m => new { m.CommunityId, m.Id });
            builder.Property(m => m.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(m => m.Title).HasMaxLength(MaxTitleLength);
            builder.Property(m => m.Description).HasMaxLength(MaxDescriptionLength);
            builder.Property(m => m.Address).HasMaxLength(MaxAddressLength);
            builder.Property(m => m.Note).HasMaxLength(MaxNoteLength);
            builder.HasIndex(m => new { m.CommunityId, m.StartsAt });
            builder.BelongsToCommunity();
        }
    }
}
