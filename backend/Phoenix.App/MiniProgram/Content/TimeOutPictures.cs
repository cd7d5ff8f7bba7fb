using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>Gives pictures on which WeChat kept silent to a person, every five minutes.</summary>
public sealed class TimeOutPictures(ICommunities communities, Clock clock) : ISweep
{
    /// <inheritdoc />
    public string Name => "content.time-out";

    /// <inheritdoc />
    public string Cron => "*/5 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var before = clock.Now - ContentReview.CheckWithin;
        await services.GetRequiredService<PhoenixDb>().Set<ContentReview>()
            .Where(r => r.State == ReviewState.Checking && ((r.AskedAt != null && r.AskedAt <= before) || (r.AskedAt == null && r.CreatedAt <= before)))
            .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, ReviewState.Waiting).SetProperty(r => r.Cause, "late"), cancel);
    }, cancel);
}
