using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Ids;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>
/// What repeated 没来 leads to: the first ones are only noted; the third within 90 days limits signing up for 14 days, and counting begins anew. Never coins. The person sees
/// it with the reason; an appeal that was right lifts it again.
/// </summary>
internal sealed class NoShowLimits(PhoenixDb db, IAuditLog audit, IIds ids)
{
    /// <summary>So many within <see cref="Within"/> lead to a limit.</summary>
    public const int Count = 3;

    /// <summary>For so many days.</summary>
    public const int Days = 14;

    /// <summary>The time in which they count together.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(90);

    /// <summary>After a no-show was noted and saved: the limit that follows, or null. Under the community's lock, so that two at once are both counted.</summary>
    public async Task<SignupLimit?> Follow(Guid person, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.Set<SignupLimit>().Where(l => l.PersonId == person).OrderByDescending(l => l.From).Select(l => (DateTimeOffset?)l.From).FirstOrDefaultAsync(cancel);
        var since = last is { } from && from > now - Within ? from : now - Within;
        var times = await db.Set<Signup>().CountAsync(s => s.PersonId == person && s.State == SignupState.NoShow && s.ChangedAt > since, cancel);
        if (times < Count)
            return null;
        var limit = new SignupLimit { CommunityId = db.Scope.CommunityId, Id = ids.New(), PersonId = person, Reason = $"90 天内 {times} 次报了名没来", From = now, Until = now.AddDays(Days) };
        db.Add(limit);
        audit.Write("signup.limited", $"signup-limit:{limit.Id:N}", person, limit.Reason);
        return limit;
    }

    /// <summary>After a no-show of that time was taken back and saved: lifts the limit that stands if it would not have come without it.</summary>
    public async Task Lift(Guid person, DateTimeOffset notedAt, DateTimeOffset now, string reason, CancellationToken cancel)
    {
        var limit = await db.Set<SignupLimit>().Where(l => l.PersonId == person && l.LiftedAt == null && l.Until > now && l.From >= notedAt).OrderBy(l => l.From).FirstOrDefaultAsync(cancel);
        if (limit is null || notedAt <= limit.From - Within)
            return;
        var since = limit.From - Within;
        if (await db.Set<Signup>().CountAsync(s => s.PersonId == person && s.State == SignupState.NoShow && s.ChangedAt > since && s.ChangedAt <= limit.From, cancel) >= Count)
            return;
        (limit.LiftedAt, limit.LiftReason) = (now, reason);
        audit.Write("signup.limit_lifted", $"signup-limit:{limit.Id:N}", person, reason);
    }
}
