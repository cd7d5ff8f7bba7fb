using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>A head count beside the list.</summary>
/// <param name="People">What the leader counted; null where nobody has.</param>
/// <param name="Listed">How many are on the list now: checked in, or out again.</param>
/// <param name="Matches">Whether somebody counted, and as many as are listed. Where it doesn't match, that is shown before verifying, and scans are grade B.</param>
public sealed record HeadCount(int? People, int Listed, bool Matches);

/// <summary>The head counts, for the list and for whoever verifies.</summary>
internal sealed class HeadCounts(PhoenixDb db)
{
    /// <summary>A shift's, as it stands now.</summary>
    public async Task<HeadCount> Of(Guid shiftId, CancellationToken cancel)
    {
        var count = await db.Set<ShiftCount>().AsNoTracking().FirstOrDefaultAsync(c => c.ShiftId == shiftId, cancel);
        var listed = await Listed(shiftId, cancel);
        return new HeadCount(count?.People, listed, count?.People == listed);
    }

    /// <summary>How many are on the list.</summary>
    public Task<int> Listed(Guid shiftId, CancellationToken cancel) => db.Set<Attendance>().CountAsync(a => a.ShiftId == shiftId && a.State != AttendanceState.NotCounted, cancel);
}

/// <summary>The leader counts heads: what keeps a code that was passed on from counting as somebody who came.</summary>
public static class CountHeads
{
    /// <summary>How many.</summary>
    /// <param name="People">People who serve; the leader only where on the list.</param>
    public sealed record Request(int People);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A number.</summary>
        public Limits() => RuleFor(r => r.People).InclusiveBetween(0, Shift.MaxCapacity).WithName("人数");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/shifts/{id:guid}/head-count", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("countHeads").WithSummary("登记现场人数");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Entrance entrance, HeadCounts counts, Clock clock)
    {
        /// <summary>The count beside the list, or <see cref="UnknownShift"/>, <see cref="DoorClosed"/>.</summary>
        public Task<Result<HeadCount>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<HeadCount>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, _))
                return new UnknownShift();
            var now = clock.Now;
            if (now < shift.StartsAt - AttendanceRules.OpensBefore || now >= shift.EndsAt + AttendanceRules.EntryAfter)
                return new DoorClosed();
            var count = await db.Set<ShiftCount>().FirstOrDefaultAsync(c => c.ShiftId == id, cancel);
            if (count is null)
                db.Add(count = new ShiftCount { CommunityId = shift.CommunityId, ShiftId = id });
            (count.People, count.Listed, count.CountedBy, count.CountedAt) = (body.People, await counts.Listed(id, cancel), caller.PersonId, now);
            await db.SaveChangesAsync(cancel);
            return await counts.Of(id, cancel);
        }, cancel);
    }
}
