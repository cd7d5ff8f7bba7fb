using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Places;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>The two kinds of posts.</summary>
public enum PostKind
{
    /// <summary>志愿服务岗.</summary>
    Ordinary,

    /// <summary>示范服务岗, such as guiding patients at a clinic: its figures per shift are wanted.</summary>
    Demonstration,
}

/// <summary>A 志愿服务岗: something that is done week after week at one place. It may own a building. Its standing activity and rota make its shifts.</summary>
public sealed class Post : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>Longest description of its duties, in characters.</summary>
    public const int MaxDutiesLength = 500;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which kind.</summary>
    public PostKind Kind { get; set; }

    /// <summary>Unique in the community.</summary>
    public required string Name { get; set; }

    /// <summary>What is done there.</summary>
    public required string Duties { get; set; }

    /// <summary>The team that stands there; null for none.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>The building that it looks after, which no other post does; null for none.</summary>
    public Guid? BuildingId { get; set; }

    /// <summary>Who leads it, a person; also leads the shifts of its rota.</summary>
    public Guid? LeaderId { get; set; }

    /// <summary>Whether it is given up.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Counts the edits from 1.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Post>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Post> builder)
        {
            builder.ToTable("posts", t => t.HasComment("Standing volunteer posts of a community, some of which look after a building."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(16);
            builder.Property(p => p.Name).HasMaxLength(MaxNameLength);
            builder.Property(p => p.Duties).HasMaxLength(MaxDutiesLength);
            builder.HasIndex(p => new { p.CommunityId, p.Name }).IsUnique();
            builder.HasIndex(p => new { p.CommunityId, p.BuildingId }).IsUnique().HasFilter("building_id is not null and not is_archived");
            builder.HasIndex(p => new { p.CommunityId, p.LeaderId });
            builder.BelongsToCommunity();
            builder.HasOne<Team>().WithMany().HasForeignKey(p => new { p.CommunityId, p.TeamId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_posts_teams");
            builder.HasOne<Place>().WithMany().HasForeignKey(p => new { p.CommunityId, p.BuildingId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_posts_places");
        }
    }
}

/// <summary>A line of a post's weekly rota: every Tuesday from 9:00, two hours, three people. Changed by ending it and adding another.</summary>
public sealed class RotaLine : ICommunityOwned
{
    /// <summary>Most lines of one post that go on.</summary>
    public const int MaxLines = 28;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The post.</summary>
    public Guid PostId { get; init; }

    /// <summary>The day of the week on which the shift begins.</summary>
    public DayOfWeek Weekday { get; init; }

    /// <summary>When it begins, by the community's clock.</summary>
    public TimeOnly StartsAt { get; init; }

    /// <summary>How long it is; it may go over midnight.</summary>
    public int Minutes { get; init; }

    /// <summary>How many people.</summary>
    public int Capacity { get; init; }

    /// <summary>First day on which it counts.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day on which it counts; null while it goes on.</summary>
    public DateOnly? To { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RotaLine>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RotaLine> builder)
        {
            builder.ToTable("rota_lines", t =>
            {
                t.HasComment("The weekly rota of standing posts, line by line, from which shifts are made four weeks ahead.");
                t.HasCheckConstraint("ck_rota_lines_numbers", "minutes between 10 and 720 and capacity between 1 and 10000");
            });
            builder.HasKey(l => new { l.CommunityId, l.Id });
            builder.Property(l => l.Weekday).HasConversion<string>().HasMaxLength(12);
            builder.HasIndex(l => new { l.CommunityId, l.PostId });
            builder.BelongsToCommunity();
            builder.HasOne<Post>().WithMany().HasForeignKey(l => new { l.CommunityId, l.PostId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_rota_lines_posts");
        }
    }
}
