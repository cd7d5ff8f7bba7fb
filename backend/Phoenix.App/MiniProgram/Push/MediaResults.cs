using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.MiniProgram.Content;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Push;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>
/// WeChat's judgement of a picture. It counts only for a trace id that a picture waits for, whatever its community; others are ignored and counted. One that
/// comes before we have stored its trace id is tried again for <see cref="Patience"/>.
/// </summary>
internal sealed class MediaResults(PhoenixDb db, IServiceScopeFactory scopes, Clock clock, MiniProgramMeter meter)
{
    /// <summary>How long a result may be ahead of our own note that we asked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<string> Take(MediaCheckedEvent media, StoredPush stored, CancellationToken cancel)
    {
        var now = clock.Now;
        var review = await db.Set<ContentReview>().IgnoreQueryFilters().AsNoTracking().FirstOrDefaultAsync(r => r.TraceId == media.TraceId && r.State == ReviewState.Checking, cancel);
        if (review is null && now < stored.ReceivedAt + Patience)
            return "early";
        if (review is null)
        {
            await HandlePushes.Done(db, stored, now, cancel);
            return "unknown_trace";
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(review.CommunityId);
        var own = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        await using var transaction = await own.Database.BeginTransactionAsync(cancel);
        if (!await HandlePushes.Done(own, stored, now, cancel))
            return "handled";
        await Apply(media, review, scope.ServiceProvider, own, cancel);
        await own.SaveChangesAsync(cancel);
        await transaction.CommitAsync(CancellationToken.None);
        meter.Content(media.Suggestion.ToString().ToLowerInvariant());
        return "handled";
    }

    private static async Task Apply(MediaCheckedEvent media, ContentReview review, IServiceProvider services, PhoenixDb db, CancellationToken cancel)
    {
        if (media.Suggestion == Suggestion.Review)
            await db.Set<ContentReview>().Where(r => r.Id == review.Id && r.State == ReviewState.Checking)
                .ExecuteUpdateAsync(u => u.SetProperty(r => r.State, ReviewState.Waiting).SetProperty(r => r.Cause, "review"), cancel);
        else
            await services.GetRequiredService<ReviewBook>().End(review, ReviewState.Checking, media.Suggestion == Suggestion.Pass, by: null, reason: null, cancel);
    }
}
