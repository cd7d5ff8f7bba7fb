using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Places;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>The two kinds of stations.</summary>
public enum StationKind
{
    /// <summary>志愿服务站.</summary>
    Volunteering,

    /// <summary>新时代文明实践站.</summary>
    CivilizationPractice,
}

/// <summary>A door behind which volunteers are at home: 志愿服务站 or 新时代文明实践站.</summary>
public sealed class Station : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>Longest address or opening hours, in characters.</summary>
    public const int MaxTextLength = 100;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which kind.</summary>
    public StationKind Kind { get; set; }

    /// <summary>Unique in the community.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is in the place tree; null where it is in none of its places.</summary>
    public Guid? PlaceId { get; set; }

    /// <summary>As one would tell a visitor.</summary>
    public required string Address { get; set; }

    /// <summary>When it is open, in words.</summary>
    public string? OpeningHours { get; set; }

    /// <summary>Whom to call; null for the community's own number.</summary>
    public string? Phone { get; set; }

    /// <summary>Whether it is closed for good.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Counts the edits from 1.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Station>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Station> builder)
        {
            builder.ToTable("stations", t => t.HasComment("Volunteer stations and civilization practice stations of a community."));
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.Kind).HasConversion<string>().HasMaxLength(24);
            builder.Property(s => s.Name).HasMaxLength(MaxNameLength);
            builder.Property(s => s.Address).HasMaxLength(MaxTextLength);
            builder.Property(s => s.OpeningHours).HasMaxLength(MaxTextLength);
            builder.Property(s => s.Phone).HasMaxLength(20);
            builder.HasIndex(s => new { s.CommunityId, s.Name }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Place>().WithMany().HasForeignKey(s => new { s.CommunityId, s.PlaceId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_stations_places");
        }
    }
}
