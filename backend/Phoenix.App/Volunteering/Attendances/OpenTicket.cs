using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// A scanned code is exchanged at once for a ticket: the mini program does it before anything else, signed in or not, since the code is over within a minute and
/// a cold start, login and consent take longer. A venue's printed code gives tickets for what the person is on the list of there now.
/// </summary>
public static class OpenTicket
{
    /// <summary>By address: a whole activity may stand behind one router.</summary>
    public static readonly RatePolicy Limit = new("check-in-tickets", 600, TimeSpan.FromMinutes(1));

    /// <summary>What was scanned.</summary>
    /// <param name="Code">The link of the leader's code, or what stands in it behind <c>/q/</c>.</param>
    public sealed record Request(string Code);

    /// <summary>What was scanned at a venue.</summary>
    /// <param name="Scene">The scene of the printed mini program code.</param>
    public sealed record VenueRequest(string Scene);

    /// <summary>A ticket.</summary>
    /// <param name="Ticket">To be kept until it is used.</param>
    /// <param name="ExpiresAt">Until when it may be.</param>
    /// <param name="ShiftId">Of which shift.</param>
    /// <param name="Activity">Its activity.</param>
    /// <param name="StartsAt">The shift's first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    public sealed record Response(string Ticket, DateTimeOffset ExpiresAt, Guid ShiftId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt);

    /// <summary>What goes on at a venue.</summary>
    /// <param name="Tickets">One for each shift of the person's there; one at most, unless shifts touch.</param>
    public sealed record VenueResponse(IReadOnlyList<Response> Tickets);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A length.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(512).WithName("码");
    }

    /// <summary>The limits of a request.</summary>
    public sealed class VenueLimits : AbstractValidator<VenueRequest>
    {
        /// <summary>A length.</summary>
        public VenueLimits() => RuleFor(r => r.Scene).NotEmpty().MaximumLength(64).WithName("码");
    }

    /// <summary>The routes. They write nothing, so a repeat does no harm: each call gives another ticket, and each ticket works once.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/check-in/tickets", (Request body, RequestId _, Handler handler, CancellationToken cancel) => handler.Run(body.Code, cancel).ToHttp())
            .AllowAnyone().WithMetadata(new RateLimit(Limit))
            .WithName("openCheckInTicket").WithSummary("扫签到码，换 10 分钟有效的签到凭据");
        community.MapPost("/check-in/venue-tickets", (VenueRequest body, RequestId _, Caller caller, Handler handler, CancellationToken cancel) => handler.AtVenue(body.Scene, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("openVenueTickets").WithSummary("负责人不在时，扫场地码签到");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, ICodes codes, Tickets tickets, Clock clock)
    {
        /// <summary>The ticket; <see cref="UnknownShift"/>, <see cref="ShiftOff"/>, and as <see cref="ICodes.Read"/>.</summary>
        public async Task<Result<Response>> Run(string code, CancellationToken cancel)
        {
            if (!codes.Read(code, CodePurpose.CheckIn, CodeAudience.Resident, db.Scope.CommunityId).TryGet(out var binding, out var error))
                return error;
            if (await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == binding.Subject, cancel) is not { } shift)
                return new UnknownShift();
            return shift.State == ShiftState.Cancelled ? new ShiftOff() : await Issue(shift, CheckWay.Scan, cancel);
        }

        /// <summary>The tickets, or <see cref="CodeUnknown"/>, <see cref="NothingAtVenue"/>.</summary>
        public async Task<Result<VenueResponse>> AtVenue(string scene, Caller caller, CancellationToken cancel)
        {
            if (!(await codes.SubjectOf(FixedCode.Venue, scene, cancel)).TryGet(out var place, out var error))
                return error;
            var (now, held) = (clock.Now, SignupStates.Holding.ToArray());
            var (from, until) = (now + AttendanceRules.OpensBefore, now - AttendanceRules.OnTimeAfter);
            var shifts = await db.Set<Shift>().AsNoTracking().Where(s => s.PlaceId == place && s.State == ShiftState.Open && s.StartsAt <= from && s.EndsAt >= until
                && db.Set<Signup>().Any(u => u.ShiftId == s.Id && u.PersonId == caller.PersonId && held.Contains(u.State))).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(10).ToListAsync(cancel);
            var open = new List<Response>();
            foreach (var shift in shifts)
                if (shift.EndsAt > now || await db.Set<Attendance>().AnyAsync(a => a.ShiftId == shift.Id && a.PersonId == caller.PersonId && a.State == AttendanceState.Open, cancel))
                    open.Add(await Issue(shift, CheckWay.VenueCode, cancel));
            return open.Count == 0 ? new NothingAtVenue() : new VenueResponse(open);
        }

        private async Task<Response> Issue(Shift shift, CheckWay way, CancellationToken cancel)
        {
            var title = await db.Set<Activity>().Where(a => a.Id == shift.ActivityId).Select(a => a.Title).SingleAsync(cancel);
            var (ticket, at) = tickets.Issue(db.Scope.CommunityId, shift.Id, way);
            return new Response(ticket, at + Tickets.Lifetime, shift.Id, title, shift.StartsAt, shift.EndsAt);
        }
    }
}
