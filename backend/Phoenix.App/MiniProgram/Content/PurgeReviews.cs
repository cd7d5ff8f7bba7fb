using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>Forgets decided reviews after <see cref="ContentReview.Retention"/>, every night, some at a time.</summary>
public sealed class PurgeReviews(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Rows deleted in one statement.</summary>
    public const int BatchSize = 1000;

    /// <inheritdoc />
    public string Name => "content.purge";

    /// <inheritdoc />
    public string Cron => "40 4 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var before = clock.Now - ContentReview.Retention;
        var reviews = services.GetRequiredService<PhoenixDb>().Set<ContentReview>();
        int deleted;
        do
        {
            var oldest = reviews.Where(r => r.DecidedAt < before).OrderBy(r => r.Id).Select(r => r.Id).Take(BatchSize);
            deleted = await reviews.Where(r => oldest.Contains(r.Id)).ExecuteDeleteAsync(cancel);
        }
        while (deleted == BatchSize);
    }, cancel);
}
