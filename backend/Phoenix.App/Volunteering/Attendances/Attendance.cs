using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// 签到签退: that somebody came to a shift, when they came and went, how that is known, and what was verified of it. One for a sign-up, and the database
/// itself refuses two whose shifts overlap for one person, in whichever communities (hard rule 9).
/// </summary>
public sealed class Attendance : ICommunityOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The shift.</summary>
    public Guid ShiftId { get; init; }

    /// <summary>Its activity.</summary>
    public Guid ActivityId { get; init; }

    /// <summary>The sign-up.</summary>
    public Guid SignupId { get; init; }

    /// <summary>Who came.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The person's pseudonym here.</summary>
    public Guid MemberId { get; init; }

    /// <summary>The shift's first instant: minutes before it don't count.</summary>
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>The instant after the shift's last: minutes from it on don't count.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Where it stands; changed by the methods below only.</summary>
    public AttendanceState State { get; private set; }

    /// <summary>When the person came first, by the server's clock; for what a phone kept without network, by the phone's.</summary>
    public DateTimeOffset CheckedInAt { get; private set; }

    /// <summary>How.</summary>
    public CheckWay CheckedInWay { get; private set; }

    /// <summary>By whom, a person: themselves, a guardian, the leader.</summary>
    public Guid CheckedInBy { get; private set; }

    /// <summary>When the person went last; null while there.</summary>
    public DateTimeOffset? CheckedOutAt { get; private set; }

    /// <summary>How.</summary>
    public CheckWay? CheckedOutWay { get; private set; }

    /// <summary>By whom, a person.</summary>
    public Guid? CheckedOutBy { get; private set; }

    /// <summary>When the person came back last, having left in between; null for who stayed.</summary>
    public DateTimeOffset? BackAt { get; private set; }

    /// <summary>Seconds of the shift for which the person was away in between (left and came back).</summary>
    public int AwaySeconds { get; private set; }

    /// <summary>Minutes as worked out: clipped to the shift, without the time away, rounded down to 5; null while there.</summary>
    public int? Minutes { get; private set; }

    /// <summary>How sure it is, by the weaker of coming and going. A head count that is missing or doesn't match may still lower A to B when it is verified.</summary>
    public EvidenceGrade Grade { get; private set; }

    /// <summary>Minutes as verified, a multiple of 5; null before that.</summary>
    public int? VerifiedMinutes { get; private set; }

    /// <summary>Who verified, or decided that it doesn't count: a person.</summary>
    public Guid? VerifiedBy { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>Why the minutes differ from what was worked out, or why it doesn't count.</summary>
    public string? Reason { get; private set; }

    /// <summary>Who was the second to approve it (grade C), a person.</summary>
    public Guid? SecondBy { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset? SecondAt { get; private set; }

    /// <summary>Counts the changes from 1; two at the same moment can't both be made.</summary>
    public int Version { get; private set; }

    /// <summary>Somebody comes.</summary>
    public static Attendance CheckIn(Guid id, Signup signup, Check check) => new()
    {
        CommunityId = signup.CommunityId,
        Id = id,
        ShiftId = signup.ShiftId,
        ActivityId = signup.ActivityId,
        SignupId = signup.Id,
        PersonId = signup.PersonId,
        MemberId = signup.MemberId,
        StartsAt = signup.StartsAt,
        EndsAt = signup.EndsAt,
        CheckedInAt = check.At,
        CheckedInWay = check.Way,
        CheckedInBy = check.By,
        Grade = AttendanceRules.GradeOf(check.Way),
        Version = 1,
    };

    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    internal const string Columns = "community_id, id, shift_id, activity_id, signup_id, person_id, member_id, starts_at, ends_at, state, checked_in_at, checked_in_way, checked_in_by, checked_out_at, checked_out_way, checked_out_by, back_at, away_seconds, minutes, grade, verified_minutes, verified_by, verified_at, reason, second_by, second_at, version";

    /// <summary>A row as the batch writer reads it on PostgreSQL, where a query of EF's would cost more than the look-up.</summary>
    /// <param name="row">With <see cref="Columns"/>.</param>
    /// <param name="at">The first one's place.</param>
    internal static Attendance Read(DbDataReader row, int at) => new()
    {
        CommunityId = row.GetInt32(at),
        Id = row.GetGuid(at + 1),
        ShiftId = row.GetGuid(at + 2),
        ActivityId = row.GetGuid(at + 3),
        SignupId = row.GetGuid(at + 4),
        PersonId = row.GetGuid(at + 5),
        MemberId = row.GetGuid(at + 6),
        StartsAt = row.GetFieldValue<DateTimeOffset>(at + 7),
        EndsAt = row.GetFieldValue<DateTimeOffset>(at + 8),
        State = Enum.Parse<AttendanceState>(row.GetString(at + 9)),
        CheckedInAt = row.GetFieldValue<DateTimeOffset>(at + 10),
        CheckedInWay = Enum.Parse<CheckWay>(row.GetString(at + 11)),
        CheckedInBy = row.GetGuid(at + 12),
        CheckedOutAt = row.IsDBNull(at + 13) ? null : row.GetFieldValue<DateTimeOffset>(at + 13),
        CheckedOutWay = row.IsDBNull(at + 14) ? null : Enum.Parse<CheckWay>(row.GetString(at + 14)),
        CheckedOutBy = row.IsDBNull(at + 15) ? null : row.GetGuid(at + 15),
        BackAt = row.IsDBNull(at + 16) ? null : row.GetFieldValue<DateTimeOffset>(at + 16),
        AwaySeconds = row.GetInt32(at + 17),
        Minutes = row.IsDBNull(at + 18) ? null : row.GetInt32(at + 18),
        Grade = Enum.Parse<EvidenceGrade>(row.GetString(at + 19)),
        VerifiedMinutes = row.IsDBNull(at + 20) ? null : row.GetInt32(at + 20),
        VerifiedBy = row.IsDBNull(at + 21) ? null : row.GetGuid(at + 21),
        VerifiedAt = row.IsDBNull(at + 22) ? null : row.GetFieldValue<DateTimeOffset>(at + 22),
        Reason = row.IsDBNull(at + 23) ? null : row.GetString(at + 23),
        SecondBy = row.IsDBNull(at + 24) ? null : row.GetGuid(at + 24),
        SecondAt = row.IsDBNull(at + 25) ? null : row.GetFieldValue<DateTimeOffset>(at + 25),
        Version = row.GetInt32(at + 26),
    };

    /// <summary>The person goes.</summary>
    public void CheckOut(Check check)
    {
        Expect(AttendanceState.Open);
        if (check.At < (BackAt ?? CheckedInAt))
            throw new InvalidOperationException("Nobody leaves before they come.");
        (State, CheckedOutAt, CheckedOutWay, CheckedOutBy) = (AttendanceState.CheckedOut, check.At, check.Way, check.By);
        WorkOut();
    }

    /// <summary>The person comes back: the time away doesn't count.</summary>
    public void ComeBack(Check check)
    {
        Expect(AttendanceState.CheckedOut);
        AwaySeconds += AttendanceRules.SecondsWithin(CheckedOutAt!.Value, check.At, StartsAt, EndsAt);
        (State, BackAt, CheckedOutAt, CheckedOutWay, CheckedOutBy, Minutes) = (AttendanceState.Open, check.At, null, null, null, null);
        Grade = AttendanceRules.Weaker(Grade, AttendanceRules.GradeOf(check.Way));
        Version++;
    }

    /// <summary>The leader puts right when the person came and went.</summary>
    /// <param name="inAt">When they came.</param>
    /// <param name="outAt">When they went; null while there.</param>
    /// <param name="check">Who says so and how; its time isn't used.</param>
    public void PutRight(DateTimeOffset inAt, DateTimeOffset? outAt, Check check)
    {
        if (State is not (AttendanceState.Open or AttendanceState.CheckedOut))
            throw new InvalidOperationException($"An attendance that is {State} isn't put right.");
        (State, CheckedInAt, CheckedInWay, CheckedInBy, BackAt, AwaySeconds, Grade) = (AttendanceState.Open, inAt, check.Way, check.By, null, 0, AttendanceRules.GradeOf(check.Way));
        (CheckedOutAt, CheckedOutWay, CheckedOutBy, Minutes) = (null, null, null, null);
        if (outAt is { } at)
            CheckOut(check with { At = at });
        else
            Version++;
    }

    /// <summary>The first (grade A and B: the only) person verifies.</summary>
    /// <param name="minutes">A multiple of 5.</param>
    /// <param name="by">Who, a person; never the attendance's own.</param>
    /// <param name="now">When.</param>
    /// <param name="reason">Why the minutes aren't those that were worked out.</param>
    /// <param name="grade">How sure it is in the end, by head count and policy; never better than it was.</param>
    public void Verify(int minutes, Guid by, DateTimeOffset now, string? reason, EvidenceGrade grade)
    {
        Expect(AttendanceState.CheckedOut);
        if (by == PersonId || grade < Grade)
            throw new InvalidOperationException("Nobody verifies their own, and no evidence gets better by being looked at.");
        (State, VerifiedMinutes, VerifiedBy, VerifiedAt, Reason, Grade) =
            (grade == EvidenceGrade.C ? AttendanceState.Proposed : AttendanceState.Verified, minutes, by, now, reason, grade);
        Version++;
    }

    /// <summary>The second approver agrees (grade C).</summary>
    public void Second(Guid by, DateTimeOffset now)
    {
        Expect(AttendanceState.Proposed);
        if (by == PersonId || by == VerifiedBy)
            throw new InvalidOperationException("The second is another.");
        (State, SecondBy, SecondAt) = (AttendanceState.Verified, by, now);
        Version++;
    }

    /// <summary>It doesn't count.</summary>
    public void NotCount(Guid by, DateTimeOffset now, string reason)
    {
        if (State is AttendanceState.Verified or AttendanceState.NotCounted)
            throw new InvalidOperationException($"An attendance that is {State} can't be left out.");
        (State, VerifiedMinutes, VerifiedBy, VerifiedAt, Reason) = (AttendanceState.NotCounted, null, by, now, reason);
        Version++;
    }

    /// <summary>It waits to be verified again.</summary>
    public void Reopen()
    {
        if (State is not (AttendanceState.Proposed or AttendanceState.Verified or AttendanceState.NotCounted))
            throw new InvalidOperationException($"An attendance that is {State} needn't be reopened.");
        State = CheckedOutAt is null ? AttendanceState.Open : AttendanceState.CheckedOut;
        (VerifiedMinutes, VerifiedBy, VerifiedAt, Reason, SecondBy, SecondAt) = (null, null, null, null, null, null);
        Version++;
    }

    private void WorkOut()
    {
        Minutes = AttendanceRules.Minutes(CheckedInAt, CheckedOutAt!.Value, AwaySeconds, StartsAt, EndsAt);
        Grade = AttendanceRules.Weaker(Grade, AttendanceRules.GradeOf(CheckedOutWay!.Value));
        Version++;
    }

    private void Expect(AttendanceState state)
    {
        if (State != state)
            throw new InvalidOperationException($"An attendance that is {State} isn't {state}: a bug of the caller, which refuses before.");
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Attendance>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [new Guard(PostgresOverlap, SqliteOverlap), new Guard(PostgresAssert, "select 1;")];

        private static string PostgresOverlap => """
            create extension if not exists btree_gist;
            do $$ begin
              if not exists (select from pg_constraint where conname = 'ex_attendances_overlap') then
                alter table attendances add constraint ex_attendances_overlap
                  exclude using gist (person_id with =, tstzrange(starts_at, ends_at) with &&) where (state <> 'NotCounted');
              end if;
            end $$;
            """;

        // For set-based writes: fewer rows than were decided about mean that somebody was there before, and the batch is run again (40001).
        private static string PostgresAssert => """
            create or replace function phoenix_assert(got bigint, want bigint) returns void language plpgsql as $$
            begin
              if got <> want then
                raise exception '% rows where % were expected', got, want using errcode = '40001';
              end if;
            end $$;
            """;

        private static string SqliteOverlap => string.Concat(((string[])["insert", "update of state, starts_at, ends_at"]).Select((what, n) => $"""
            drop trigger if exists attendances_overlap_{n};
            create trigger attendances_overlap_{n} before {what} on attendances when new.state <> 'NotCounted'
            begin
              select raise(abort, 'ex_attendances_overlap') where exists (
                select 1 from attendances a where a.person_id = new.person_id and a.id <> new.id and a.state <> 'NotCounted' and a.starts_at < new.ends_at and a.ends_at > new.starts_at);
            end;

            """));

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("attendances", t =>
            {
                t.HasComment("Who came to which shift and went when, how that is known, and what was verified of it; nobody is at two shifts at once.");
                t.HasCheckConstraint("ck_attendances_out", "(checked_out_at is null) = (checked_out_way is null) and (checked_out_at is null) = (checked_out_by is null) and (checked_out_at is null) = (minutes is null)");
                t.HasCheckConstraint("ck_attendances_open", "(state <> 'Open' or checked_out_at is null) and (state not in ('CheckedOut', 'Proposed', 'Verified') or checked_out_at >= checked_in_at)");
                t.HasCheckConstraint("ck_attendances_minutes", "away_seconds >= 0 and minutes >= 0 and minutes % 5 = 0 and verified_minutes >= 0 and verified_minutes % 5 = 0");
                t.HasCheckConstraint("ck_attendances_verified", "(verified_by is null) = (verified_at is null) and (state in ('Proposed', 'Verified')) = (verified_minutes is not null) and (state in ('Proposed', 'Verified', 'NotCounted')) = (verified_by is not null) and (state <> 'NotCounted' or reason is not null)");
                t.HasCheckConstraint("ck_attendances_own", "verified_by <> person_id and second_by <> person_id and second_by <> verified_by");
                t.HasCheckConstraint("ck_attendances_second", "(second_by is null) = (second_at is null) and (state <> 'Verified' or grade <> 'C' or second_by is not null)");
                t.HasCheckConstraint("ck_attendances_time", "ends_at > starts_at");
            });
            builder.HasKey(a => new { a.CommunityId, a.Id });
            builder.Property(a => a.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(a => a.CheckedInWay).HasConversion<string>().HasMaxLength(16);
            builder.Property(a => a.CheckedOutWay).HasConversion<string>().HasMaxLength(16);
            builder.Property(a => a.Grade).HasConversion<string>().HasMaxLength(1);
            builder.Property(a => a.Reason).HasMaxLength(MaxReasonLength);
            builder.Property(a => a.Version).IsConcurrencyToken();
            builder.HasIndex(a => new { a.CommunityId, a.SignupId }).IsUnique();
            builder.HasIndex(a => new { a.CommunityId, a.ShiftId, a.PersonId }).IsUnique();
            builder.HasIndex(a => new { a.CommunityId, a.ActivityId, a.State });
            builder.HasIndex(a => new { a.CommunityId, a.EndsAt }).HasFilter("state in ('Open', 'CheckedOut', 'Proposed')");
            builder.HasIndex(a => new { a.PersonId, a.StartsAt });
            builder.BelongsToCommunity();
            builder.HasOne<Shift>().WithMany().HasForeignKey(a => new { a.CommunityId, a.ShiftId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_attendances_shifts");
            builder.HasOne<Signup>().WithMany().HasForeignKey(a => new { a.CommunityId, a.SignupId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_attendances_signups");
        }
    }
}
