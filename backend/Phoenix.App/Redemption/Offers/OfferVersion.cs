using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Offers;

/// <summary>One version of an offer as the merchant proposed it and staff approved it. It never changes: exchanges refer to it.</summary>
public sealed class OfferVersion : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxTitleLength = 20;

    /// <summary>Longest description and longest 到店另付, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Most coins for one.</summary>
    public const long MaxCoins = 10_000;

    /// <summary>Most of one exchange.</summary>
    public const int MaxQuantityAtOnce = 20;

    /// <summary>The largest stock or limit.</summary>
    public const int MaxStock = 1_000_000;

    /// <summary>All seven days.</summary>
    public const int AllDays = 127;

    /// <summary>Minutes of a day.</summary>
    public const int DayMinutes = 1440;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The offer.</summary>
    public Guid OfferId { get; init; }

    /// <summary>Counted from 1 for each offer.</summary>
    public int Version { get; init; }

    /// <summary>The name: 爱心午餐.</summary>
    public required string Title { get; init; }

    /// <summary>What it is, in words; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>到店另付: what is paid at the till beside coins, in words; empty for nothing. The only text in which an amount of yuan may stand.</summary>
    public required string ExtraText { get; init; }

    /// <summary>Its picture, one of the community's files.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Coins for one.</summary>
    public long Coins { get; init; }

    /// <summary>How many there are in all; null for no limit.</summary>
    public int? StockTotal { get; init; }

    /// <summary>How many there are each day; null for no limit.</summary>
    public int? StockPerDay { get; init; }

    /// <summary>How many a person may have each day; null for no limit.</summary>
    public int? PerPersonDay { get; init; }

    /// <summary>How many a person may have each week, from Monday; null for no limit.</summary>
    public int? PerPersonWeek { get; init; }

    /// <summary>How many a person may have each month; null for no limit.</summary>
    public int? PerPersonMonth { get; init; }

    /// <summary>How many at once.</summary>
    public int MaxQuantity { get; init; }

    /// <summary>On which days of the week: bit 0 is Monday, bit 6 Sunday.</summary>
    public int Weekdays { get; init; }

    /// <summary>From when in the day it is given, in minutes from midnight.</summary>
    public int FromMinute { get; init; }

    /// <summary>Until when, in minutes from midnight; what is held ends here.</summary>
    public int ToMinute { get; init; }

    /// <summary>The first day; null for at once.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last day; null for no end.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Who proposed it, a person.</summary>
    public Guid ProposedBy { get; init; }

    /// <summary>The proposal on which staff decide.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>When staff approved it; null where not.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>Whether it is given on a day at all.</summary>
    public bool IsOn(DateOnly day) =>
        (Weekdays & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0 && (ValidFrom is null || ValidFrom <= day) && (ValidTo is null || ValidTo >= day);

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<OfferVersion>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("offer_versions", "community_id", "offer_id", "version", "title", "extra_text", "coins", "stock_total", "stock_per_day", "per_person_day", "per_person_week", "per_person_month"),
            Guard.DoneWhen("offer_versions", "old.approved_at is not null"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<OfferVersion> builder)
        {
            builder.ToTable("offer_versions", t =>
            {
                t.HasComment("Versions of offers as proposed and approved; never changed, since exchanges refer to them.");
                t.HasCheckConstraint("ck_offer_versions_amounts", "coins > 0 and max_quantity > 0 and weekdays between 1 and 127");
                t.HasCheckConstraint("ck_offer_versions_hours", "from_minute >= 0 and from_minute < to_minute and to_minute <= 1440");
            });
            builder.HasKey(v => new { v.CommunityId, v.OfferId, v.Version });
            builder.Property(v => v.Title).HasMaxLength(MaxTitleLength);
            builder.Property(v => v.Description).HasMaxLength(MaxTextLength);
            builder.Property(v => v.ExtraText).HasMaxLength(MaxTextLength);
            builder.BelongsToCommunity();
            builder.HasOne<Offer>().WithMany().HasForeignKey(v => new { v.CommunityId, v.OfferId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_offer_versions_offers_offer_id");
        }
    }
}
