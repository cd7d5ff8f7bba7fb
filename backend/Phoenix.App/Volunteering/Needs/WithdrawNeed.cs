using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Whom it is for, or who signs up for them, takes a need back while it is open; volunteers who were to come are told.</summary>
public static class WithdrawNeed
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/needs/{id:guid}/withdrawal", (
            Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member).WithName("withdrawNeed").WithSummary("撤回求助");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, NeedDesk desk, NeedShifts shifts, NeedNotices notices, NeedReader reader, IAuditLog audit, Clock clock)
    {
        /// <summary>The need as withdrawn, or <see cref="UnknownNeed"/>, <see cref="NeedStateWrong"/>.</summary>
        public Task<Result<NeedView>> Run(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<NeedView>(requestId, async () =>
        {
            if (!(await desk.LockForFamily(id, caller.PersonId, cancel)).TryGet(out var need, out var error))
                return error;
            if (!need.IsOpen)
                return new NeedStateWrong(NeedWords.Of(need.State));
            var wasArranged = need.State == NeedState.Arranged;
            need.End(NeedState.Withdrawn, caller.PersonId, clock.Now);
            audit.Write("need.withdrawn", $"need:{id:N}", need.HelpedId);
            await notices.Progress(need, caller.PersonId, null, null, cancel);
            await notices.Staff(need, caller.PersonId, wasArranged ? "撤回了，看看时段还要不要" : "撤回了，不用办了", cancel);
            if (wasArranged && await shifts.Of(need, cancel) is { } visit)
                await notices.Dropped(need, visit.Activity, visit.Shift, cancel);
            return await reader.Show(need, cancel);
        }, cancel);
    }
}
