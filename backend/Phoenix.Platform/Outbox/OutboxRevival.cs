using Microsoft.EntityFrameworkCore;

namespace Phoenix.Platform.Outbox;

/// <summary>Brings dead rows back, with their attempts counted anew, in the caller's own transaction: for an operator, after the cause is gone.</summary>
public static class OutboxRevival
{
    /// <summary>One row; false if there is no such dead row in the community.</summary>
    public static async Task<bool> One(DbContext context, int communityId, Guid id, DateTimeOffset now, CancellationToken cancel) =>
        await Revive(Dead(context, communityId).Where(m => m.Id == id), now, cancel) == 1;

    /// <summary>The oldest dead rows of one kind in the community, up to <see cref="OutboxLimits.RequeueBatch"/>; how many.</summary>
    public static async Task<int> All(DbContext context, int communityId, string kind, DateTimeOffset now, CancellationToken cancel)
    {
        var ids = await Dead(context, communityId).Where(m => m.Kind == kind)
            .OrderBy(m => m.DeadAt).ThenBy(m => m.Id).Select(m => m.Id).Take(OutboxLimits.RequeueBatch).ToListAsync(cancel);
        return await Revive(Dead(context, communityId).Where(m => ids.Contains(m.Id)), now, cancel);
    }

    private static IQueryable<OutboxMessage> Dead(DbContext context, int communityId) =>
        context.Set<OutboxMessage>().AsNoTracking().IgnoreQueryFilters().Where(m => m.CommunityId == communityId && m.DeadAt != null);

    private static Task<int> Revive(IQueryable<OutboxMessage> dead, DateTimeOffset now, CancellationToken cancel) =>
        dead.ExecuteUpdateAsync(set => set.SetProperty(m => m.DeadAt, (DateTimeOffset?)null).SetProperty(m => m.Attempts, 0).SetProperty(m => m.DueAt, now), cancel);
}
