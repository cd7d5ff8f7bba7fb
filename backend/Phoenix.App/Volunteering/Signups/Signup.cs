using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>How a sign-up came about.</summary>
public enum SignupSource
{
    /// <summary>The person tapped.</summary>
    Self,

    /// <summary>A guardian or 家人 did.</summary>
    Family,

    /// <summary>The leader did, from a 接龙 or a call.</summary>
    Leader,

    /// <summary>The person stood at the door.</summary>
    WalkIn,
}

/// <summary>
/// A person's sign-up for a shift. It carries the shift's time, so that the database itself refuses two that overlap, in whichever communities they are
/// (hard rule 9): an exclusion constraint on PostgreSQL, triggers on SQLite. The same triggers count the places of the shift.
/// </summary>
public sealed class Signup : ICommunityOwned
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

    /// <summary>Who comes.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The person's pseudonym here.</summary>
    public Guid MemberId { get; init; }

    /// <summary>Who signed up: the person, a guardian, 家人, the leader.</summary>
    public Guid SignedBy { get; init; }

    /// <summary>How it came about.</summary>
    public SignupSource Source { get; init; }

    /// <summary>What was signed up in one call: offered together, accepted together. The id of the first.</summary>
    public Guid GroupId { get; init; }

    /// <summary>The shift's first instant.</summary>
    public DateTimeOffset StartsAt { get; set; }

    /// <summary>The instant after the shift's last.</summary>
    public DateTimeOffset EndsAt { get; set; }

    /// <summary>Where it stands; changed by <see cref="Become"/> only.</summary>
    public SignupState State { get; private set; }

    /// <summary>Whether the person wants hours only, no coins (hard rule 6).</summary>
    public bool IsHoursOnly { get; set; }

    /// <summary>When it was made: the waitlist's order.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state changed last.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Until when a place is kept; null unless offered.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    /// <summary>Why it was rejected, excused or cancelled.</summary>
    public string? Reason { get; private set; }

    /// <summary>A new one.</summary>
    public static Signup New(Guid id, Guid group, Shift shift, (Guid Person, Guid Member) who, (Guid By, SignupSource How) signed, SignupState state, bool isHoursOnly, DateTimeOffset now) => new()
    {
        CommunityId = shift.CommunityId,
        Id = id,
        ShiftId = shift.Id,
        ActivityId = shift.ActivityId,
        PersonId = who.Person,
        MemberId = who.Member,
        SignedBy = signed.By,
        Source = signed.How,
        GroupId = group,
        StartsAt = shift.StartsAt,
        EndsAt = shift.EndsAt,
        State = state,
        IsHoursOnly = isHoursOnly,
        CreatedAt = now,
        ChangedAt = now,
    };

    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    internal const string Columns = "community_id, id, shift_id, activity_id, person_id, member_id, signed_by, source, group_id, starts_at, ends_at, state, is_hours_only, created_at, changed_at, answer_by, reason";

    /// <summary>A row as the batch writer reads it on PostgreSQL, where a query of EF's would cost more than the look-up.</summary>
    /// <param name="row">With <see cref="Columns"/>.</param>
    /// <param name="at">The first one's place.</param>
    internal static Signup Read(DbDataReader row, int at) => new()
    {
        CommunityId = row.GetInt32(at),
        Id = row.GetGuid(at + 1),
        ShiftId = row.GetGuid(at + 2),
        ActivityId = row.GetGuid(at + 3),
        PersonId = row.GetGuid(at + 4),
        MemberId = row.GetGuid(at + 5),
        SignedBy = row.GetGuid(at + 6),
        Source = Enum.Parse<SignupSource>(row.GetString(at + 7)),
        GroupId = row.GetGuid(at + 8),
        StartsAt = row.GetFieldValue<DateTimeOffset>(at + 9),
        EndsAt = row.GetFieldValue<DateTimeOffset>(at + 10),
        State = Enum.Parse<SignupState>(row.GetString(at + 11)),
        IsHoursOnly = row.GetBoolean(at + 12),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(at + 13),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(at + 14),
        AnswerBy = row.IsDBNull(at + 15) ? null : row.GetFieldValue<DateTimeOffset>(at + 15),
        Reason = row.IsDBNull(at + 16) ? null : row.GetString(at + 16),
    };

    /// <summary>Goes on to another state.</summary>
    /// <param name="next">Which.</param>
    /// <param name="now">When.</param>
    /// <param name="reason">Why; kept where given.</param>
    /// <exception cref="InvalidOperationException">There is no such way: a bug of the caller, which refuses before.</exception>
    public void Become(SignupState next, DateTimeOffset now, string? reason = null)
    {
        if (!SignupStates.MayBecome(State, next) || next == SignupState.Offered)
            throw new InvalidOperationException($"A sign-up that is {State} can't become {next}.");
        (State, ChangedAt, AnswerBy, Reason) = (next, now, null, reason ?? Reason);
    }

    /// <summary>A freed place is kept for the person until an instant.</summary>
    public void Offer(DateTimeOffset now, DateTimeOffset answerBy)
    {
        if (!SignupStates.MayBecome(State, SignupState.Offered) || answerBy <= now)
            throw new InvalidOperationException($"A sign-up that is {State} can't be offered a place until {answerBy:O}.");
        (State, ChangedAt, AnswerBy) = (SignupState.Offered, now, answerBy);
    }

    /// <summary>The state at an instant: an offer whose time is over has lapsed, whether or not a sweep has noted it.</summary>
    public SignupState StateAt(DateTimeOffset now) => State == SignupState.Offered && AnswerBy <= now ? SignupState.Lapsed : State;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Signup>, IGuarded
    {
        private static readonly string Held = SignupStates.Sql(SignupStates.Holding);

        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [new Guard(PostgresOverlap, SqliteOverlap), new Guard(PostgresTaken, SqliteTaken)];

        private static string PostgresOverlap => $"""
            create extension if not exists btree_gist;
            do $$ begin
              if not exists (select from pg_constraint where conname = 'ex_signups_overlap') then
                alter table signups add constraint ex_signups_overlap
                  exclude using gist (person_id with =, tstzrange(starts_at, ends_at) with &&) where (state in ({Held}));
              end if;
            end $$;
            """;

        private static string SqliteOverlap => string.Concat(((string[])["insert", "update of state, starts_at, ends_at"]).Select((what, n) => $"""
            drop trigger if exists signups_overlap_{n};
            create trigger signups_overlap_{n} before {what} on signups when new.state in ({Held})
            begin
              select raise(abort, 'ex_signups_overlap') where exists (
                select 1 from signups s where s.person_id = new.person_id and s.id <> new.id and s.state in ({Held}) and s.starts_at < new.ends_at and s.ends_at > new.starts_at);
            end;

            """));

        private static string PostgresTaken => $"""
            create or replace function signups_take() returns trigger language plpgsql as $$
            begin
              if tg_argv[0] = '+' then
                update shifts set taken = taken + 1 where community_id = new.community_id and id = new.shift_id;
              else
                update shifts set taken = taken - 1 where community_id = old.community_id and id = old.shift_id;
              end if;
              return null;
            end $$;
            create or replace trigger signups_take_new after insert on signups for each row when (new.state in ({Held})) execute function signups_take('+');
            create or replace trigger signups_take_changed after update of state on signups for each row
              when (new.state in ({Held}) and old.state not in ({Held})) execute function signups_take('+');
            create or replace trigger signups_give_changed after update of state on signups for each row
              when (old.state in ({Held}) and new.state not in ({Held})) execute function signups_take('-');
            create or replace trigger signups_give_gone after delete on signups for each row when (old.state in ({Held})) execute function signups_take('-');
            """;

        private static string SqliteTaken => string.Concat(
            Take("new", "insert", $"new.state in ({Held})", "new", '+'),
            Take("taken", "update of state", $"new.state in ({Held}) and old.state not in ({Held})", "new", '+'),
            Take("given", "update of state", $"old.state in ({Held}) and new.state not in ({Held})", "old", '-'),
            Take("gone", "delete", $"old.state in ({Held})", "old", '-'));

        private static string Take(string name, string what, string when, string row, char sign) => $"""
            drop trigger if exists signups_{name};
            create trigger signups_{name} after {what} on signups when {when}
            begin
              update shifts set taken = taken {sign} 1 where community_id = {row}.community_id and id = {row}.shift_id;
            end;

            """;

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Signup> builder)
        {
            builder.ToTable("signups", t =>
            {
                t.HasComment("Who signed up for which shift and what became of it; nobody's overlap, and none is more than the shift has places.");
                t.HasCheckConstraint("ck_signups_offer", "(state = 'Offered') = (answer_by is not null)");
                t.HasCheckConstraint("ck_signups_reason", "state not in ('Rejected', 'Excused') or reason is not null");
                t.HasCheckConstraint("ck_signups_time", "ends_at > starts_at");
            });
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
            builder.Property(s => s.Source).HasConversion<string>().HasMaxLength(8);
            builder.Property(s => s.Reason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(s => new { s.CommunityId, s.ShiftId, s.PersonId }).IsUnique().HasFilter($"state in ({SignupStates.Sql(SignupStates.Live)})");
            builder.HasIndex(s => new { s.CommunityId, s.ShiftId, s.State });
            builder.HasIndex(s => new { s.PersonId, s.StartsAt });
            builder.HasIndex(s => s.AnswerBy).HasFilter("state = 'Offered'");
            builder.BelongsToCommunity();
            builder.HasOne<Shift>().WithMany().HasForeignKey(s => new { s.CommunityId, s.ShiftId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_signups_shifts");
        }
    }
}
