using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Teams;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Whether a shift takes place.</summary>
public enum ShiftState
{
    /// <summary>It does, as far as its activity does.</summary>
    Open,

    /// <summary>已取消.</summary>
    Cancelled,
}

/// <summary>
/// A 时段: a time, a place, so many people. <see cref="Taken"/> is counted by the database itself with every sign-up that takes or gives back a place, and may
/// never exceed <see cref="Capacity"/>: no race and no bug above it can let one person too many in.
/// </summary>
public sealed class Shift : ICommunityOwned
{
    /// <summary>The shortest shift, in minutes.</summary>
    public const int MinMinutes = 10;

    /// <summary>The longest 微志愿, in minutes.</summary>
    public const int MaxMicroMinutes = 30;

    /// <summary>The longest shift, in minutes: twelve hours.</summary>
    public const int MaxMinutes = 12 * 60;

    /// <summary>The most people in one shift.</summary>
    public const int MaxCapacity = 10_000;

    /// <summary>The most shifts of an activity that isn't standing.</summary>
    public const int MaxPerActivity = 60;

    /// <summary>Longest address, list of skills or lines on its impact, in characters.</summary>
    public const int MaxTextLength = 100;

    /// <summary>Smallest and largest radius around the place, in metres.</summary>
    public const int MinRadiusMetres = 50, MaxRadiusMetres = 5_000;

    /// <summary>Longest lines on its impact, in characters.</summary>
    public const int MaxLinesLength = 500;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Its activity.</summary>
    public Guid ActivityId { get; init; }

    /// <summary>Whether it takes place.</summary>
    public ShiftState State { get; set; }

    /// <summary>Its first instant.</summary>
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>The instant after its last; may be on another day.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>How many people.</summary>
    public int Capacity { get; set; }

    /// <summary>Places that are taken. Written by the database's trigger on sign-ups only.</summary>
    public int Taken { get; private set; }

    /// <summary>Where in the place tree; null where it is in none of its places.</summary>
    public Guid? PlaceId { get; set; }

    /// <summary>Where to come, in words.</summary>
    public required string Address { get; set; }

    /// <summary>Degrees north of the meeting point (GCJ-02, as WeChat gives them); null where not said.</summary>
    public double? Latitude { get; set; }

    /// <summary>Degrees east of the meeting point (GCJ-02).</summary>
    public double? Longitude { get; set; }

    /// <summary>How far from the meeting point still counts as there, in metres.</summary>
    public int? RadiusMetres { get; set; }

    /// <summary>Who leads it, a person; needed before publishing.</summary>
    public Guid? LeaderId { get; set; }

    /// <summary>The youngest age that may take part, in full years on the shift's day; null for no limit.</summary>
    public int? MinAge { get; set; }

    /// <summary>Whether a minor takes part only with a guardian who is signed up too. Under-eights always do.</summary>
    public bool IsGuardianNeeded { get; set; }

    /// <summary>Skills that are wanted, in words.</summary>
    public string? Skills { get; set; }

    /// <summary>The coin rule that counts for it, fixed when it was published; null while a draft or for hours only.</summary>
    public int? CoinRuleVersion { get; set; }

    /// <summary>The line of a rota that made it; null for one made by hand.</summary>
    public Guid? RotaLineId { get; init; }

    /// <summary>The day for which the rota made it.</summary>
    public DateOnly? RotaDate { get; init; }

    /// <summary>People served, as the leader entered it.</summary>
    public int? PeopleServed { get; set; }

    /// <summary>Problems solved, as the leader entered it.</summary>
    public int? ProblemsSolved { get; set; }

    /// <summary>Lines on what was done, as the leader entered them.</summary>
    public string? ImpactLines { get; set; }

    /// <summary>Counts the edits from 1.</summary>
    public int Version { get; set; }

    /// <summary>Its length, in whole minutes.</summary>
    public int Minutes => (int)(EndsAt - StartsAt).TotalMinutes;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Shift>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Shift> builder)
        {
            builder.ToTable("shifts", t =>
            {
                t.HasComment("When and where an activity takes place, and how many people have a place in it.");
                t.HasCheckConstraint("ck_shifts_capacity", $"capacity between 1 and {MaxCapacity} and taken between 0 and capacity");
                t.HasCheckConstraint("ck_shifts_time", "ends_at > starts_at");
                t.HasCheckConstraint("ck_shifts_point", "(latitude is null) = (longitude is null) and (radius_metres is null or latitude is not null)");
                t.HasCheckConstraint("ck_shifts_rota", "(rota_line_id is null) = (rota_date is null)");
            });
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(s => s.Address).HasMaxLength(MaxTextLength);
            builder.Property(s => s.Skills).HasMaxLength(MaxTextLength);
            builder.Property(s => s.ImpactLines).HasMaxLength(MaxLinesLength);
            builder.HasIndex(s => new { s.CommunityId, s.ActivityId, s.StartsAt });
            builder.HasIndex(s => new { s.CommunityId, s.StartsAt });
            builder.HasIndex(s => new { s.CommunityId, s.LeaderId });
            builder.HasIndex(s => new { s.CommunityId, s.RotaLineId, s.RotaDate }).IsUnique().HasFilter("rota_line_id is not null");
            builder.BelongsToCommunity();
            builder.HasOne<Activity>().WithMany().HasForeignKey(s => new { s.CommunityId, s.ActivityId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_shifts_activities");
            builder.HasOne<Place>().WithMany().HasForeignKey(s => new { s.CommunityId, s.PlaceId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_shifts_places");
            builder.HasOne<CoinRule>().WithMany().HasForeignKey(s => new { s.CommunityId, s.CoinRuleVersion }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_shifts_coin_rules");
            builder.HasOne<RotaLine>().WithMany().HasForeignKey(s => new { s.CommunityId, s.RotaLineId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_shifts_rota_lines");
        }
    }
}
