using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>活动小结: the published one for every member; the one that is being made, with the exact figures, for who runs the activity.</summary>
public static class GetSummary
{
    /// <summary>What everybody reads.</summary>
    /// <param name="ActivityId">The activity.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Text">The text, a paragraph a line.</param>
    /// <param name="PublishedAt">When it was published.</param>
    public sealed record Response(Guid ActivityId, string Title, string Text, DateTimeOffset PublishedAt);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/activities/{id:guid}/summary", (Guid id, PhoenixDb db, CancellationToken cancel) => Read(id, db, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("getSummary").WithSummary("活动小结（公开的）");
        community.MapGet("/activities/{id:guid}/summary/draft", (Guid id, Caller caller, SummaryDesk desk, CancellationToken cancel) => Draft(id, caller, desk, cancel).ToHttp())
            .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithName("getSummaryDraft").WithSummary("活动小结和数字（负责人、工作人员）");
    }

    private static async Task<Result<Response>> Read(Guid id, PhoenixDb db, CancellationToken cancel) =>
        await db.Set<ActivitySummary>().AsNoTracking().Where(s => s.ActivityId == id && s.PublishedText != null && !s.IsHeld)
            .Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (s, a) => new Response(a.Id, a.Title, s.PublishedText!, s.PublishedAt!.Value)).FirstOrDefaultAsync(cancel) is { } found
            ? found
            : new UnknownSummary();

    private static async Task<Result<SummaryDraft>> Draft(Guid id, Caller caller, SummaryDesk desk, CancellationToken cancel) =>
        (await desk.Gather(id, caller, cancel)).TryGet(out var matter, out var error) ? desk.Show(matter, await desk.Kept(id, cancel), caller) : error;
}
