using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Merchants;

namespace Phoenix.App.Redemption.Offers;

/// <summary>Whether an offer can be exchanged.</summary>
public enum OfferState
{
    /// <summary>No version of it was approved yet.</summary>
    Proposed,

    /// <summary>It can.</summary>
    Active,

    /// <summary>Not now: the merchant or staff paused it.</summary>
    Paused,

    /// <summary>Never again.</summary>
    Ended,
}

/// <summary>兑换项目: something a merchant gives for coins. What it is stands in its versions; the approved one with the highest number counts.</summary>
public sealed class Offer : ICommunityOwned
{
    /// <summary>Most offers of a merchant that haven't ended.</summary>
    public const int MaxPerMerchant = 50;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>Whether it can be exchanged.</summary>
    public OfferState State { get; set; }

    /// <summary>The version that counts; 0 before the first is approved.</summary>
    public int Version { get; set; }

    /// <summary>Whether it is the one of the merchant's rush hour: pre-selected, and done in one scan.</summary>
    public bool IsPinned { get; set; }

    /// <summary>When it was first proposed.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Offer>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Offer> builder)
        {
            builder.ToTable("offers", t => t.HasComment("What merchants give for coins; what each is stands in offer_versions."));
            builder.HasKey(o => new { o.CommunityId, o.Id });
            builder.Property(o => o.State).HasConversion<string>().HasMaxLength(10);
            builder.HasIndex(o => new { o.CommunityId, o.MerchantId, o.Id });
            builder.HasIndex(o => new { o.CommunityId, o.MerchantId }, "ix_offers_pinned").IsUnique().HasFilter("is_pinned");
            builder.BelongsToCommunity();
            builder.HasOne<Merchant>().WithMany().HasForeignKey(o => new { o.CommunityId, o.MerchantId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_offers_merchants_merchant_id");
        }
    }
}
