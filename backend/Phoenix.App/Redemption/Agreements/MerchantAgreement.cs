using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Merchants;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>
/// 签约协议: one version of a merchant's terms of money. The only place of the yuan rate (product.md, hard rule 4): nothing of it is in an answer to a
/// resident. A change is another version, from a later day on.
/// </summary>
public sealed class MerchantAgreement : ICommunityOwned
{
    /// <summary>Most fen that a coin may be worth.</summary>
    public const long MaxFenPerCoin = 10_000;

    /// <summary>The largest cap of a month, in fen.</summary>
    public const long MaxMonthlyCapFen = 100_000_000_000;

    /// <summary>Longest number of the paper, in characters.</summary>
    public const int MaxPaperLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The merchant.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>Counted from 1 for each merchant.</summary>
    public int Version { get; init; }

    /// <summary>What a coin is worth in the settlement, in fen.</summary>
    public long FenPerCoin { get; init; }

    /// <summary>How much of that the fund pays, in percent; the merchant gives the rest.</summary>
    public int FundSharePercent { get; init; }

    /// <summary>The most that may be exchanged in a month, in fen; null for no cap.</summary>
    public long? MonthlyCapFen { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly StartsOn { get; init; }

    /// <summary>The last day; null for no end.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>The number of the signed paper.</summary>
    public required string Paper { get; init; }

    /// <summary>Who prepared it, a person.</summary>
    public Guid ProposedBy { get; init; }

    /// <summary>The proposal on which the treasurer decides.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>When the treasurer signed it; null where not.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MerchantAgreement>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("merchant_agreements", "community_id", "id", "merchant_id", "version", "fen_per_coin", "fund_share_percent", "monthly_cap_fen", "starts_on", "ends_on"),
            Guard.DoneWhen("merchant_agreements", "old.signed_at is not null"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MerchantAgreement> builder)
        {
            builder.ToTable("merchant_agreements", t =>
            {
                t.HasComment("Versions of merchants' terms of money, signed by two; never changed, since settlements refer to them.");
                t.HasCheckConstraint("ck_merchant_agreements_terms", "fen_per_coin between 1 and 10000 and fund_share_percent between 0 and 100 and (monthly_cap_fen is null or monthly_cap_fen > 0)");
                t.HasCheckConstraint("ck_merchant_agreements_days", "ends_on is null or ends_on >= starts_on");
            });
            builder.HasKey(a => new { a.CommunityId, a.Id });
            builder.Property(a => a.Paper).HasMaxLength(MaxPaperLength);
            builder.HasIndex(a => new { a.CommunityId, a.MerchantId, a.Version }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Merchant>().WithMany().HasForeignKey(a => new { a.CommunityId, a.MerchantId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_merchant_agreements_merchants_merchant_id");
        }
    }
}
