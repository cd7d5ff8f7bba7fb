using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>The leader, or staff, enter what a shift brought about: people served, problems solved, a few lines. Once it has begun; until its activity is closed.</summary>
public static class EnterFigures
{
    /// <summary>The figures.</summary>
    /// <param name="PeopleServed">0 to 100,000.</param>
    /// <param name="ProblemsSolved">0 to 100,000.</param>
    /// <param name="Lines">At most 500 characters.</param>
    public sealed record Request(int? PeopleServed, int? ProblemsSolved, string? Lines);

    /// <summary>As entered.</summary>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="PeopleServed">People served.</param>
    /// <param name="ProblemsSolved">Problems solved.</param>
    /// <param name="Lines">Lines.</param>
    public sealed record Response(Guid ShiftId, int? PeopleServed, int? ProblemsSolved, string? Lines);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers and a length.</summary>
        public Limits()
        {
            RuleFor(r => r.PeopleServed).InclusiveBetween(0, 100_000).WithName("服务人数");
            RuleFor(r => r.ProblemsSolved).InclusiveBetween(0, 100_000).WithName("解决问题数");
            RuleFor(r => r.Lines).MaximumLength(Shift.MaxLinesLength).WithName("小结");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/shifts/{id:guid}/figures", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("enterShiftFigures").WithSummary("填写服务成效");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Leaderships leaderships, Clock clock)
    {
        /// <summary>The figures, or <see cref="UnknownShift"/>, <see cref="FiguresTooEarly"/>, <see cref="ActivityFinished"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.LockShift(id, cancel) is not { } shift || (!caller.Is(Role.Staff) && !caller.Is(Role.SocialWorker) && !await leaderships.Leads(caller.PersonId, shift, cancel)))
                return new UnknownShift();
            var activity = (await db.Set<Activity>().FindAsync([shift.CommunityId, shift.ActivityId], cancel))!;
            if (shift.State == ShiftState.Cancelled || activity.State is ActivityState.Closed or ActivityState.Cancelled)
                return new ActivityFinished();
            if (activity.State == ActivityState.Draft || shift.StartsAt > clock.Now)
                return new FiguresTooEarly();
            (shift.PeopleServed, shift.ProblemsSolved, shift.ImpactLines) = (body.PeopleServed, body.ProblemsSolved, Text.OrNull(body.Lines));
            return new Response(id, shift.PeopleServed, shift.ProblemsSolved, shift.ImpactLines);
        }, cancel);
    }
}
