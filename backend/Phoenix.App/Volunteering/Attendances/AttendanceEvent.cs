using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>What happened at the door. The names are stored.</summary>
public enum AttendanceEventKind
{
    /// <summary>签到.</summary>
    In,

    /// <summary>签退.</summary>
    Out,

    /// <summary>回来了.</summary>
    Back,

    /// <summary>The leader entered or put right both times.</summary>
    PutRight,

    /// <summary>撤销签到.</summary>
    Undone,

    /// <summary>A phone kept it without network and it changed nothing, since the same was known.</summary>
    Same,

    /// <summary>A phone kept it without network and it doesn't fit what is known: for people to look at.</summary>
    Conflict,
}

/// <summary>
/// The evidence behind an attendance, one row for each thing that happened, never changed. Names people by pseudonym only, so that erasing somebody leaves it whole.
/// For what a phone kept without network the id is the phone's, so that an upload counts once.
/// </summary>
public sealed class AttendanceEvent : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The shift.</summary>
    public Guid ShiftId { get; init; }

    /// <summary>About whom, by pseudonym; null where the phone's scan named nobody.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The attendance; null where there is none.</summary>
    public Guid? AttendanceId { get; init; }

    /// <summary>What happened.</summary>
    public AttendanceEventKind Kind { get; init; }

    /// <summary>How it is known.</summary>
    public CheckWay Way { get; init; }

    /// <summary>The time that counts.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The time as the phone's clock had it; null unless a phone kept it.</summary>
    public DateTimeOffset? DeviceAt { get; init; }

    /// <summary>When the server heard of it.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>Who did it, a person.</summary>
    public Guid By { get; init; }

    /// <summary>The refusal's code of a conflict, or the reason for putting right; null otherwise.</summary>
    public string? Note { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<AttendanceEvent>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("attendance_events")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<AttendanceEvent> builder)
        {
            builder.ToTable("attendance_events", t =>
            {
                t.HasComment("What happened at a shift's door and what phones kept without network: the evidence behind attendances, only ever added to.");
                t.HasCheckConstraint("ck_attendance_events_conflict", "kind <> 'Conflict' or note is not null");
            });
            builder.HasKey(e => new { e.CommunityId, e.Id });
            builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(e => e.Way).HasConversion<string>().HasMaxLength(16);
            builder.Property(e => e.Note).HasMaxLength(Attendance.MaxReasonLength);
            builder.HasIndex(e => new { e.CommunityId, e.ShiftId, e.Kind });
            builder.BelongsToCommunity();
        }
    }
}
