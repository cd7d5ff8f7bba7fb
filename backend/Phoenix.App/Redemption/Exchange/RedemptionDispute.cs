using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Where a dispute stands.</summary>
public enum DisputeState
{
    /// <summary>Staff haven't answered.</summary>
    Open,

    /// <summary>The member was right.</summary>
    Accepted,

    /// <summary>The exchange stands.</summary>
    Rejected,
}

/// <summary>A member says that a captured exchange isn't right. One waits at a time for each exchange; settlements move disputed ones out.</summary>
public sealed class RedemptionDispute : ICommunityOwned
{
    /// <summary>Longest text and answer, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which exchange.</summary>
    public Guid RedemptionId { get; init; }

    /// <summary>Whose merchant it is.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>Who asked, a person.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>What isn't right, as they wrote it; erased with the account.</summary>
    public required string Text { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public DisputeState State { get; set; }

    /// <summary>Who answered, a person.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>What.</summary>
    public string? Answer { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Coins that the answer gave back.</summary>
    public long RefundedCoins { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RedemptionDispute>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RedemptionDispute> builder)
        {
            builder.ToTable("redemption_disputes", t =>
            {
                t.HasComment("What members say isn't right about exchanges, and what staff answered.");
                t.HasCheckConstraint("ck_redemption_disputes_answer", "(state = 'Open') = (answered_at is null)");
            });
            builder.HasKey(d => new { d.CommunityId, d.Id });
            builder.Property(d => d.Text).HasMaxLength(MaxTextLength);
            builder.Property(d => d.Answer).HasMaxLength(MaxTextLength);
            builder.Property(d => d.State).HasConversion<string>().HasMaxLength(10);
            builder.HasIndex(d => new { d.CommunityId, d.RedemptionId }).IsUnique().HasFilter("state = 'Open'");
            builder.HasIndex(d => new { d.CommunityId, d.MerchantId, d.AskedAt });
            builder.HasIndex(d => new { d.CommunityId, d.AskedBy });
            builder.BelongsToCommunity();
            builder.HasOne<RedemptionRow>().WithMany().HasForeignKey(d => new { d.CommunityId, d.RedemptionId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_redemption_disputes_redemptions");
        }
    }
}
