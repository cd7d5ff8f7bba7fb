using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community.Approvals;

/// <summary>Ends what nobody decided in time, every hour.</summary>
public sealed class ExpireApprovals(ICommunities communities, Clock clock) : ISweep
{
    /// <inheritdoc />
    public string Name => "approvals.expire";

    /// <inheritdoc />
    public string Cron => "15 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var now = clock.Now;
        var before = now - Approval.Lifetime;
        await services.GetRequiredService<PhoenixDb>().Set<Approval>().Where(a => a.State == ApprovalState.Pending && a.CreatedAt <= before)
            .ExecuteUpdateAsync(u => u.SetProperty(a => a.State, ApprovalState.Expired).SetProperty(a => a.DecidedAt, now), cancel);
    }, cancel);
}
