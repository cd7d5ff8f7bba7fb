using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Text;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>五彩合伙人: which kind of partner a merchant is. A new kind is a new word here, at the end.</summary>
public enum PartnerKind
{
    /// <summary>商家合伙人.</summary>
    Merchant,

    /// <summary>红色合伙人.</summary>
    Red,
}

/// <summary>Whether a merchant takes coins.</summary>
public enum MerchantState
{
    /// <summary>Not now: entered and not opened yet, or paused.</summary>
    Paused,

    /// <summary>It does.</summary>
    Active,

    /// <summary>Never again; its statements stay.</summary>
    Left,
}

/// <summary>A partner merchant at which coins are exchanged.</summary>
public sealed class Merchant : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>Longest address, in characters.</summary>
    public const int MaxAddressLength = 100;

    /// <summary>Longest telephone number, in characters.</summary>
    public const int MaxPhoneLength = 20;

    /// <summary>Longest text on opening hours, in characters.</summary>
    public const int MaxOpeningLength = 100;

    /// <summary>All seven days.</summary>
    public const int AllDays = 127;

    /// <summary>Minutes of a day.</summary>
    public const int DayMinutes = 1440;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The name; unique among merchants that haven't left.</summary>
    public required string Name { get; set; }

    /// <summary>Where it stands in a list: <see cref="ChineseOrder"/> of the name.</summary>
    public required string SortKey { get; set; }

    /// <summary>Which kind of partner.</summary>
    public PartnerKind Kind { get; set; }

    /// <summary>Where it is.</summary>
    public required string Address { get; set; }

    /// <summary>Its telephone for residents.</summary>
    public required string Phone { get; set; }

    /// <summary>When it is open, in words.</summary>
    public required string OpeningHours { get; set; }

    /// <summary>On which days of the week it is open: bit 0 is Monday, bit 6 Sunday.</summary>
    public int OpenDays { get; set; } = AllDays;

    /// <summary>From when in the day, in minutes from midnight.</summary>
    public int OpensAt { get; set; }

    /// <summary>Until when in the day, in minutes from midnight.</summary>
    public int ClosesAt { get; set; } = DayMinutes;

    /// <summary>Until when its owner takes a rest; null or past for not.</summary>
    public DateTimeOffset? RestsUntil { get; set; }

    /// <summary>Whether it takes coins.</summary>
    public MerchantState State { get; set; }

    /// <summary>When staff entered it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Merchant>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Merchant> builder)
        {
            builder.ToTable("merchants", t =>
            {
                t.HasComment("Partner merchants at which coins are exchanged; those that left stay for their statements.");
                t.HasCheckConstraint("ck_merchants_hours", "open_days between 1 and 127 and opens_at >= 0 and opens_at < closes_at and closes_at <= 1440");
            });
            builder.HasKey(m => new { m.CommunityId, m.Id });
            builder.Property(m => m.Name).HasMaxLength(MaxNameLength);
            builder.Property(m => m.SortKey).HasMaxLength(ChineseOrder.MaxKeyLength(MaxNameLength));
            builder.Property(m => m.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(m => m.Address).HasMaxLength(MaxAddressLength);
            builder.Property(m => m.Phone).HasMaxLength(MaxPhoneLength);
            builder.Property(m => m.OpeningHours).HasMaxLength(MaxOpeningLength);
            builder.Property(m => m.OpenDays).HasDefaultValue(AllDays);
            builder.Property(m => m.ClosesAt).HasDefaultValue(DayMinutes);
            builder.Property(m => m.State).HasConversion<string>().HasMaxLength(10);
            builder.HasIndex(m => new { m.CommunityId, m.Name }).IsUnique().HasFilter("state <> 'Left'");
            builder.HasIndex(m => new { m.CommunityId, m.SortKey, m.Id });
            builder.BelongsToCommunity();
        }
    }
}
