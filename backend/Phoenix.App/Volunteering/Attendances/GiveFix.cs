using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// After a scan the phone says where it is, if its owner agrees. Supporting evidence only: nothing waits for it and nothing fails without it. Of somebody under
/// 14 nothing is kept.
/// </summary>
public static class GiveFix
{
    /// <summary>From this age on a person agrees alone (PIPL art 31).</summary>
    public const int OwnConsentAge = 14;

    /// <summary>So long after a scan it still says something.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Where the phone is.</summary>
    /// <param name="Latitude">Degrees north (GCJ-02), as coarse as WeChat's getFuzzyLocation gives it.</param>
    /// <param name="Longitude">Degrees east.</param>
    /// <param name="Agrees">That the person agrees to it for this scan.</param>
    public sealed record Request(double Latitude, double Longitude, bool Agrees);

    /// <summary>What came of it.</summary>
    /// <param name="IsKept">Whether a distance was kept, for 30 days.</param>
    public sealed record Response(bool IsKept);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A point on earth, and a yes.</summary>
        public Limits()
        {
            RuleFor(r => r.Latitude).InclusiveBetween(-90, 90).WithName("纬度");
            RuleFor(r => r.Longitude).InclusiveBetween(-180, 180).WithName("经度");
            RuleFor(r => r.Agrees).Equal(true).WithMessage("没有同意就不用提供位置，签到照样有效。");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/attendances/{id:guid}/fix", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("giveFix").WithSummary("自愿提供大致位置，作签到佐证");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>Whether it was kept, or <see cref="UnknownAttendance"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<Attendance>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.PersonId == caller.PersonId, cancel) is not { } attendance)
                return new UnknownAttendance();
            var shift = await db.Set<Shift>().AsNoTracking().SingleAsync(s => s.Id == attendance.ShiftId, cancel);
            var (at, now) = (attendance.CheckedOutAt ?? attendance.BackAt ?? attendance.CheckedInAt, clock.Now);
            if (shift.Latitude is not { } latitude || shift.Longitude is not { } longitude || now >= at + Window
                || await people.AgeOn(caller.PersonId, calendar.Time.DayOf(now), cancel) < OwnConsentAge
                || await db.Set<AttendanceFix>().AnyAsync(f => f.AttendanceId == id && f.At == at, cancel))
                return new Response(false);
            var distance = AttendanceFix.Distance(body.Latitude, body.Longitude, latitude, longitude);
            db.Add(new AttendanceFix { CommunityId = attendance.CommunityId, AttendanceId = id, At = at, DistanceMetres = distance, IsNear = distance <= Math.Max(AttendanceFix.StepMetres, shift.RadiusMetres ?? Shift.MaxRadiusMetres) });
            return new Response(true);
        }, cancel);
    }
}
