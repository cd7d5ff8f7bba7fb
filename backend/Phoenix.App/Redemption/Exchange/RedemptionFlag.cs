using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What looks odd.</summary>
public enum FlagKind
{
    /// <summary>One member exchanged many times at one merchant within minutes.</summary>
    Burst,

    /// <summary>Two people hand over each other's exchanges.</summary>
    Reciprocal,
}

/// <summary>A pattern of exchanges that staff should look at. It blocks nothing: it may be a birthday.</summary>
public sealed class RedemptionFlag : ICommunityOwned
{
    /// <summary>Longest note, in characters.</summary>
    public const int MaxNoteLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>What looks odd.</summary>
    public FlagKind Kind { get; init; }

    /// <summary>The event: the same one is noted once.</summary>
    public required string Key { get; init; }

    /// <summary>At which merchant; null where at several.</summary>
    public Guid? MerchantId { get; init; }

    /// <summary>About which member.</summary>
    public Guid MemberId { get; init; }

    /// <summary>And which other.</summary>
    public Guid? OtherMemberId { get; init; }

    /// <summary>On which day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>How many exchanges.</summary>
    public int Count { get; init; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>Who looked at it, a person.</summary>
    public Guid? ReviewedBy { get; set; }

    /// <summary>What they found.</summary>
    public string? Note { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? ReviewedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RedemptionFlag>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RedemptionFlag> builder)
        {
            builder.ToTable("redemption_flags", t => t.HasComment("Patterns of exchanges that look odd, and what staff made of them."));
            builder.HasKey(f => new { f.CommunityId, f.Id });
            builder.Property(f => f.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(f => f.Key).HasMaxLength(120);
            builder.Property(f => f.Note).HasMaxLength(MaxNoteLength);
            builder.HasIndex(f => new { f.CommunityId, f.Key }).IsUnique();
            builder.BelongsToCommunity();
        }
    }
}
