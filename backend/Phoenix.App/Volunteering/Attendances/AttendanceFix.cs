using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// How far from the meeting point a phone said it was when somebody scanned: supporting evidence, never wanted. Kept is the distance in steps of
/// <see cref="StepMetres"/>, not the position; of under-14s nothing (PIPL arts 28-31); after <see cref="Retention"/> nothing of anybody.
/// </summary>
public sealed class AttendanceFix : ICommunityOwned
{
    /// <summary>How coarse a distance is, in metres.</summary>
    public const int StepMetres = 100;

    /// <summary>The longest distance that is told from longer ones, in metres.</summary>
    public const int FarMetres = 10_000;

    /// <summary>How long it is kept: long enough to verify.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The attendance.</summary>
    public Guid AttendanceId { get; init; }

    /// <summary>When the code was scanned.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How far, rounded up to <see cref="StepMetres"/>, at most <see cref="FarMetres"/>.</summary>
    public int DistanceMetres { get; init; }

    /// <summary>Whether that is within the shift's radius.</summary>
    public bool IsNear { get; init; }

    /// <summary>The coarse distance between two points (GCJ-02 both), by the haversine formula.</summary>
    public static int Distance(double latitude, double longitude, double toLatitude, double toLongitude)
    {
        const double EarthMetres = 6_371_000;
        static double Radians(double degrees) => degrees * Math.PI / 180;
        var (north, east) = (Math.Sin(Radians(toLatitude - latitude) / 2), Math.Sin(Radians(toLongitude - longitude) / 2));
        var h = north * north + Math.Cos(Radians(latitude)) * Math.Cos(Radians(toLatitude)) * east * east;
        var metres = 2 * EarthMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
        return Math.Min(FarMetres, (int)Math.Ceiling(metres / StepMetres) * StepMetres);
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<AttendanceFix>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<AttendanceFix> builder)
        {
            builder.ToTable("attendance_fixes", t => t.HasComment("How far from the meeting point a phone was, in steps of 100 metres, where its owner agreed; 30 days."));
            builder.HasKey(f => new { f.CommunityId, f.AttendanceId, f.At });
            builder.HasIndex(f => f.At);
            builder.BelongsToCommunity();
            builder.HasOne<Attendance>().WithMany().HasForeignKey(f => new { f.CommunityId, f.AttendanceId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_attendance_fixes_attendances");
        }
    }
}

/// <summary>Every night: distances go after their time.</summary>
internal sealed class PurgeFixes(PhoenixDb db, Clock clock) : ISweep
{
    public string Name => "attendance.purge_fixes";

    public string Cron => "35 4 * * *";

    public async Task Run(CancellationToken cancel)
    {
        var before = clock.Now - AttendanceFix.Retention;
        await db.Set<AttendanceFix>().IgnoreQueryFilters().Where(f => f.At < before).ExecuteDeleteAsync(cancel);
    }
}
