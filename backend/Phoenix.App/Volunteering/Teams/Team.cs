using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>A 志愿服务队: 助残扶老, 文明劝导, 社区平安, 环保科普.</summary>
public sealed class Team : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>Longest purpose, in characters.</summary>
    public const int MaxPurposeLength = 200;

    /// <summary>Most leaders of one team.</summary>
    public const int MaxLeaders = 10;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Unique in the community.</summary>
    public required string Name { get; set; }

    /// <summary>What it does, for residents.</summary>
    public required string Purpose { get; set; }

    /// <summary>The station where it is at home; null for none.</summary>
    public Guid? StationId { get; set; }

    /// <summary>Whether it is dissolved.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Counts the edits from 1.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Team>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Team> builder)
        {
            builder.ToTable("teams", t => t.HasComment("The volunteer teams of a community."));
            builder.HasKey(t => new { t.CommunityId, t.Id });
            builder.Property(t => t.Name).HasMaxLength(MaxNameLength);
            builder.Property(t => t.Purpose).HasMaxLength(MaxPurposeLength);
            builder.HasIndex(t => new { t.CommunityId, t.Name }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Station>().WithMany().HasForeignKey(t => new { t.CommunityId, t.StationId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_teams_stations");
        }
    }
}

/// <summary>Who leads a team now.</summary>
public sealed class TeamLeader : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The team.</summary>
    public Guid TeamId { get; init; }

    /// <summary>The leader, a person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<TeamLeader>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<TeamLeader> builder)
        {
            builder.ToTable("team_leaders", t => t.HasComment("Who leads which volunteer team, now."));
            builder.HasKey(l => new { l.CommunityId, l.TeamId, l.PersonId });
            builder.HasIndex(l => new { l.CommunityId, l.PersonId });
            builder.BelongsToCommunity();
            builder.HasOne<Team>().WithMany().HasForeignKey(l => new { l.CommunityId, l.TeamId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_team_leaders_teams");
        }
    }
}
