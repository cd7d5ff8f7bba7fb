using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Offers;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Where an exchange stands. From Held it goes to exactly one of the others, once (product.md, hard rule 12).</summary>
public enum RedemptionState
{
    /// <summary>留着.</summary>
    Held,

    /// <summary>已兑换.</summary>
    Captured,

    /// <summary>The merchant can't give it.</summary>
    Refused,

    /// <summary>The member took it back.</summary>
    Cancelled,

    /// <summary>Its time was over.</summary>
    Expired,
}

/// <summary>How an exchange began.</summary>
public enum RedemptionChannel
{
    /// <summary>From home, until the offer's closing time today.</summary>
    Home,

    /// <summary>The member scanned the merchant's code, at the till.</summary>
    MerchantCode,

    /// <summary>The clerk scanned 我的码.</summary>
    MyCode,

    /// <summary>The clerk read a printed card, with a witness.</summary>
    Card,
}

/// <summary>
/// 兑换: coins held for a merchant and what became of them. Written only inside the ledger's transactions, so that it and the hold never differ. Its id is the
/// request id of the hold: sent twice it is one exchange.
/// </summary>
public sealed class RedemptionRow : ICommunityOwned
{
    /// <summary>Longest reason of a merchant, in characters.</summary>
    public const int MaxReasonLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The ledger's hold; of two exchanges the later has the greater.</summary>
    public long Hold { get; init; }

    /// <summary>The community's day on which it was held, and so captured: no hold outlives its day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Where.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>What.</summary>
    public Guid OfferId { get; init; }

    /// <summary>In which version.</summary>
    public int OfferVersion { get; init; }

    /// <summary>The merchant's terms in force, for the settlement.</summary>
    public Guid AgreementId { get; init; }

    /// <summary>What a coin was worth by them, in fen.</summary>
    public long FenPerCoin { get; init; }

    /// <summary>How much of it the fund pays, in percent.</summary>
    public int FundSharePercent { get; init; }

    /// <summary>Whose coins: the member's pseudonym.</summary>
    public Guid MemberId { get; init; }

    /// <summary>How many.</summary>
    public int Quantity { get; init; }

    /// <summary>Coins in all.</summary>
    public long Coins { get; init; }

    /// <summary>The daily number at the merchant, from 1.</summary>
    public int Number { get; init; }

    /// <summary>How it began.</summary>
    public RedemptionChannel Channel { get; init; }

    /// <summary>Where it stands.</summary>
    public RedemptionState State { get; set; }

    /// <summary>Whether the member must say yes on the phone before it is captured.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>When they did.</summary>
    public DateTimeOffset? ConsentedAt { get; set; }

    /// <summary>When it was held.</summary>
    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>Until when it was held at first.</summary>
    public DateTimeOffset HeldUntil { get; init; }

    /// <summary>From when on it can only expire.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Whether it was given more time, which happens once.</summary>
    public bool IsExtended { get; set; }

    /// <summary>Who began it, a person: the member or the clerk.</summary>
    public Guid PlacedBy { get; init; }

    /// <summary>The printed card, where one was read.</summary>
    public Guid? CardId { get; init; }

    /// <summary>The helper who stood by, a member's pseudonym.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>When it went from Held to what it is.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Who did that, a person; null for the system.</summary>
    public Guid? ResolvedBy { get; set; }

    /// <summary>Why the merchant couldn't give it.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether family collected it (代取).</summary>
    public bool IsForFamily { get; set; }

    /// <summary>Coins that came back after the capture.</summary>
    public long RefundedCoins { get; set; }

    /// <summary>One of its own.</summary>
    internal RedemptionRow Copy() => (RedemptionRow)MemberwiseClone();

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RedemptionRow>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("redemptions", "community_id", "id", "hold", "day", "merchant_id", "offer_id", "offer_version", "agreement_id", "fen_per_coin", "fund_share_percent", "member_id", "quantity", "coins", "number", "channel", "held_until"),
            Forward,
        ];

        // Held becomes one of the others once; what is back only grows.
        private static Guard Forward => new(
            """
            create or replace trigger redemptions_forward before update on redemptions for each row
              when ((old.state <> 'Held' and (new.state <> old.state or new.resolved_at is distinct from old.resolved_at)) or new.refunded_coins < old.refunded_coins) execute function phoenix_refuse();
            """,
            """
            drop trigger if exists redemptions_forward;
            create trigger redemptions_forward before update on redemptions
              when (old.state <> 'Held' and (new.state <> old.state or new.resolved_at is not old.resolved_at)) or new.refunded_coins < old.refunded_coins
            begin select raise(abort, 'redemptions: update is refused'); end;
            """);

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RedemptionRow> builder)
        {
            builder.ToTable("redemptions", t =>
            {
                t.HasComment("Exchanges of coins at merchants, beside the ledger's holds and in the same transactions; settlements are made of the captured ones.");
                t.HasCheckConstraint("ck_redemptions_end", "(state = 'Held') = (resolved_at is null)");
                t.HasCheckConstraint("ck_redemptions_amounts", "coins > 0 and quantity > 0 and number > 0 and refunded_coins between 0 and coins and (refunded_coins = 0 or state = 'Captured')");
            });
            builder.HasKey(r => new { r.CommunityId, r.Id });
            builder.Property(r => r.Channel).HasConversion<string>().HasMaxLength(12);
            builder.Property(r => r.State).HasConversion<string>().HasMaxLength(10);
            builder.Property(r => r.Reason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(r => new { r.CommunityId, r.Hold }).IsUnique();
            builder.HasIndex(r => new { r.CommunityId, r.MerchantId, r.Day, r.Number }).IsUnique();
            builder.HasIndex(r => new { r.CommunityId, r.MemberId, r.Hold });
            builder.BelongsToCommunity();
            builder.HasOne<OfferVersion>().WithMany().HasForeignKey(r => new { r.CommunityId, r.OfferId, r.OfferVersion }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_redemptions_offer_versions");
            builder.HasOne<MerchantAgreement>().WithMany().HasForeignKey(r => new { r.CommunityId, r.AgreementId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_redemptions_merchant_agreements");
        }
    }
}

/// <summary>A merchant's day: the last number it gave out.</summary>
public sealed class TillDay : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The merchant.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>The day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The last number; 0 for none.</summary>
    public int LastNumber { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<TillDay>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<TillDay> builder)
        {
            builder.ToTable("till_days", t => t.HasComment("The last daily number that each merchant gave out on each day; written with the exchange that takes it."));
            builder.HasKey(d => new { d.CommunityId, d.MerchantId, d.Day });
            builder.BelongsToCommunity();
        }
    }
}
