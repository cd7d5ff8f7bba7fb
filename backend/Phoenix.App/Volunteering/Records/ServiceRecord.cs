using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records;

/// <summary>Why a version of a record counts no longer.</summary>
public enum RecordEnding
{
    /// <summary>已更正: a later version stands in its place.</summary>
    Corrected,

    /// <summary>已作废: the service wasn't so; nothing stands in its place.</summary>
    Voided,
}

/// <summary>
/// 志愿服务记录 (民政部令67号 art 7): one version of it. What is in a version never changes; a correction ends it and adds the next, voiding ends it without one.
/// Kept at least 10 years: no route and no job removes it, and the database refuses to.
/// </summary>
public sealed class ServiceRecord : ICommunityOwned
{
    /// <summary>Longest name of an activity, organiser or unit, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Longest place, in characters.</summary>
    public const int MaxPlaceLength = 80;

    /// <summary>Longest content, in characters.</summary>
    public const int MaxContentLength = 200;

    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Minutes are rounded down to this.</summary>
    public const int MinuteStep = 5;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The version's id.</summary>
    public Guid Id { get; init; }

    /// <summary>The record's id: that of its first version.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Counted from 1.</summary>
    public int Version { get; init; }

    /// <summary>Who served.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Their pseudonym here.</summary>
    public Guid MemberId { get; init; }

    /// <summary>The activity.</summary>
    public Guid? ActivityId { get; init; }

    /// <summary>Its name then.</summary>
    public required string ActivityName { get; init; }

    /// <summary>The shift.</summary>
    public Guid? ShiftId { get; init; }

    /// <summary>The attendance.</summary>
    public Guid? AttendanceId { get; init; }

    /// <summary>From when.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>Until when, exclusive.</summary>
    public DateTimeOffset EndAt { get; init; }

    /// <summary>The community's day of the start.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Where.</summary>
    public required string Place { get; init; }

    /// <summary>What was done.</summary>
    public required string Content { get; init; }

    /// <summary>Minutes given.</summary>
    public int Minutes { get; init; }

    /// <summary>The organising unit.</summary>
    public required string Organiser { get; init; }

    /// <summary>The person in charge, by name.</summary>
    public required string PersonInCharge { get; init; }

    /// <summary>How sure it is.</summary>
    public EvidenceGrade Grade { get; init; }

    /// <summary>只记时长.</summary>
    public bool HoursOnly { get; init; }

    /// <summary>Coins for it.</summary>
    public long Coins { get; init; }

    /// <summary>By which version of the coin rule.</summary>
    public int? CoinRuleVersion { get; init; }

    /// <summary>For which unit the person served.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>Its name then.</summary>
    public string? UnitName { get; init; }

    /// <summary>Who verified or corrected it.</summary>
    public Guid WrittenBy { get; init; }

    /// <summary>When this version was written.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>The last day for the first version (令67 art 11).</summary>
    public DateOnly Deadline { get; init; }

    /// <summary>Whether the first version was written by then.</summary>
    public bool InTime { get; init; }

    /// <summary>Why the version counts no longer; null while it does.</summary>
    public RecordEnding? Ending { get; set; }

    /// <summary>Since when it counts no longer.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who ended it.</summary>
    public Guid? EndedBy { get; set; }

    /// <summary>Why, in words for the person.</summary>
    public string? EndReason { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ServiceRecord>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("service_records", "community_id", "id", "record_id", "version", "person_id", "member_id", "activity_id", "activity_name", "shift_id", "attendance_id", "start_at",
                "end_at", "day", "place", "content", "minutes", "organiser", "person_in_charge", "grade", "hours_only", "coins", "coin_rule_version", "unit_id", "unit_name", "written_by",
                "written_at", "deadline", "in_time"),
            Guard.DoneWhen("service_records", "old.ended_at is not null"),
            s_minuteCountsOnce,
        ];

        // Hard rule 9. The one constraint across communities: it keys on the person, not on the community.
        private static readonly Guard s_minuteCountsOnce = new(
            """
            create extension if not exists btree_gist;
            do $$ begin
              if not exists (select 1 from pg_constraint where conname = 'ex_service_records_minute' and conrelid = 'service_records'::regclass) then
                alter table service_records add constraint ex_service_records_minute
                  exclude using gist (person_id with =, tstzrange(start_at, end_at) with &&) where (ended_at is null);
              end if;
            end $$;
            """,
            """
            drop trigger if exists service_records_minute;
            create trigger service_records_minute before insert on service_records
            when new.ended_at is null and exists (
              select 1 from service_records r where r.person_id = new.person_id and r.ended_at is null and r.start_at < new.end_at and new.start_at < r.end_at)
            begin select raise(abort, 'service_records: a minute counts once'); end;
            """);

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ServiceRecord> builder)
        {
            builder.ToTable("service_records", t =>
            {
                t.HasComment("Service records, a row per version; what a version says never changes, and no row goes.");
                t.HasCheckConstraint("ck_service_records_minutes", $"minutes > 0 and minutes % {MinuteStep} = 0 and start_at < end_at");
                t.HasCheckConstraint("ck_service_records_coins", "coins >= 0 and (coins = 0 or not hours_only)");
                t.HasCheckConstraint("ck_service_records_own", "written_by <> person_id and coalesce(ended_by, written_by) <> person_id");
                t.HasCheckConstraint("ck_service_records_ended", "(ending is null) = (ended_at is null) and (ending is null) = (ended_by is null) and (ending is null) = (end_reason is null)");
            });
            builder.HasKey(r => new { r.CommunityId, r.Id });
            builder.Property(r => r.ActivityName).HasMaxLength(MaxNameLength);
            builder.Property(r => r.Place).HasMaxLength(MaxPlaceLength);
            builder.Property(r => r.Content).HasMaxLength(MaxContentLength);
            builder.Property(r => r.Organiser).HasMaxLength(MaxNameLength);
            builder.Property(r => r.PersonInCharge).HasMaxLength(MaxNameLength);
            builder.Property(r => r.UnitName).HasMaxLength(MaxNameLength);
            builder.Property(r => r.Grade).HasConversion<string>().HasMaxLength(1);
            builder.Property(r => r.Ending).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
            builder.Property(r => r.EndReason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(r => new { r.CommunityId, r.RecordId, r.Version }).IsUnique();
            builder.HasIndex(r => new { r.CommunityId, r.AttendanceId }).IsUnique().HasFilter("ended_at is null");
            builder.HasIndex(r => new { r.CommunityId, r.StartAt, r.Id });
            builder.HasIndex(r => new { r.CommunityId, r.ActivityId });
            builder.HasIndex(r => new { r.PersonId, r.StartAt });
            builder.BelongsToCommunity();
        }
    }
}
