using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Text;

namespace Phoenix.App.Identity.Units;

/// <summary>What a unit is.</summary>
public enum UnitKind
{
    /// <summary>企业: a firm, as 红色合伙人.</summary>
    Firm,

    /// <summary>党组织: a party branch, as 红色合伙人.</summary>
    PartyBranch,

    /// <summary>社会组织.</summary>
    SocialOrganisation,

    /// <summary>社区队伍.</summary>
    CommunityTeam,

    /// <summary>学校.</summary>
    School,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>A unit (单位) that brings its people. Units stand in alphabetical order everywhere and are never ranked.</summary>
public sealed class Unit : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The name; unique among units that aren't closed.</summary>
    public required string Name { get; set; }

    /// <summary>Where it stands in a list: <see cref="ChineseOrder"/> of the name.</summary>
    public required string SortKey { get; set; }

    /// <summary>What it is.</summary>
    public UnitKind Kind { get; set; }

    /// <summary>When staff entered it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was closed, or null.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>A name as it is stored: without spaces at the ends, and with single ones inside, so that one name isn't entered twice.</summary>
    public static string NameOf(string typed) => string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Unit>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Unit> builder)
        {
            builder.ToTable("units", t => t.HasComment("Firms, party branches, social organisations and teams whose people volunteer; closed ones stay for the records that name them."));
            builder.HasKey(u => new { u.CommunityId, u.Id });
            builder.Property(u => u.Name).HasMaxLength(MaxNameLength);
            builder.Property(u => u.SortKey).HasMaxLength(ChineseOrder.MaxKeyLength(MaxNameLength));
            builder.Property(u => u.Kind).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(u => new { u.CommunityId, u.Name }).IsUnique().HasFilter("closed_at is null");
            builder.HasIndex(u => new { u.CommunityId, u.SortKey, u.Id });
            builder.BelongsToCommunity();
        }
    }
}
