using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>Whoever asked takes the question back while nobody has answered.</summary>
public static class WithdrawCorrection
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/record-corrections/{id:guid}/withdrawal", (
            Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("withdrawCorrection").WithSummary("撤回更正申请");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The question, or <see cref="UnknownCorrection"/>, <see cref="CorrectionEnded"/>.</summary>
        public Task<Result<CorrectionItem>> Run(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<CorrectionItem>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Correction>().FirstOrDefaultAsync(c => c.Id == id && c.AskedBy == caller.PersonId, cancel) is not { } found)
                return new UnknownCorrection();
            if (found.State != CorrectionState.Asked)
                return new CorrectionEnded();
            (found.State, found.EndedAt) = (CorrectionState.Withdrawn, clock.Now);
            return CorrectionItem.Of(found, calendar.Time.DayOf(clock.Now));
        }, cancel);
    }
}
