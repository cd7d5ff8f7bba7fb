using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>退回: coins of a captured exchange went back to the member. Its id is its request id.</summary>
public sealed class RedemptionRefund : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Of which exchange.</summary>
    public Guid RedemptionId { get; init; }

    /// <summary>The ledger's posting.</summary>
    public long Seq { get; init; }

    /// <summary>Coins.</summary>
    public long Coins { get; init; }

    /// <summary>Who did it, a person.</summary>
    public Guid MadeBy { get; init; }

    /// <summary>When: it belongs to the settlement of this month.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it took back a slip of the finger within ten seconds.</summary>
    public bool IsUndo { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RedemptionRefund>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("redemption_refunds")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RedemptionRefund> builder)
        {
            builder.ToTable("redemption_refunds", t =>
            {
                t.HasComment("Coins that merchants gave back after an exchange; written in the ledger's transactions, read by settlements.");
                t.HasCheckConstraint("ck_redemption_refunds_coins", "coins > 0");
            });
            builder.HasKey(r => new { r.CommunityId, r.Id });
            builder.Property(r => r.Reason).HasMaxLength(RedemptionRow.MaxReasonLength);
            builder.HasIndex(r => new { r.CommunityId, r.RedemptionId });
            builder.HasIndex(r => new { r.CommunityId, r.MadeAt });
            builder.BelongsToCommunity();
            builder.HasOne<RedemptionRow>().WithMany().HasForeignKey(r => new { r.CommunityId, r.RedemptionId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_redemption_refunds_redemptions");
        }
    }
}
