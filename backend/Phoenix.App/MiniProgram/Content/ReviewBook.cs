using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>Ends reviews, in the caller's transaction, and tells the module that owns the content.</summary>
internal sealed class ReviewBook(PhoenixDb db, IEnumerable<IReviewedContent> owners, Clock clock)
{
    /// <summary>Ends the review if it is still in the state from which the caller decides; false if somebody was faster.</summary>
    public async Task<bool> End(ContentReview review, ReviewState from, bool mayBeShown, Guid? by, string? reason, CancellationToken cancel)
    {
        var (now, state) = (clock.Now, mayBeShown ? ReviewState.Passed : ReviewState.Refused);
        var ended = await db.Set<ContentReview>().Where(r => r.Id == review.Id && r.State == from).ExecuteUpdateAsync(u => u
            .SetProperty(r => r.State, state).SetProperty(r => r.Text, (string?)null).SetProperty(r => r.DecidedAt, now)
            .SetProperty(r => r.DecidedBy, by).SetProperty(r => r.Reason, reason), cancel);
        if (ended == 0)
            return false;
        await owners.Single(o => o.Kind == review.Kind).Decided(new ContentDecision(review.Subject, review.FileId, mayBeShown, reason), cancel);
        return true;
    }
}
