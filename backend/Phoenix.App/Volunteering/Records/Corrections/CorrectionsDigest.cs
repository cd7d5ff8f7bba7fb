using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>Monday morning's line about questions that wait for an answer.</summary>
internal sealed class CorrectionsDigest(PhoenixDb db, ICommunityCalendar calendar, Clock clock) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var days = await db.Set<Correction>().Where(c => c.State == CorrectionState.Asked).Select(c => c.AnswerBy).ToListAsync(cancel);
        if (days.Count == 0)
            return [];
        var today = calendar.Time.DayOf(clock.Now);
        var overdue = days.Count(d => d < today);
        return [new DigestLine(overdue == 0 ? $"{days.Count} 个记录更正申请等答复" : $"{days.Count} 个记录更正申请等答复，{overdue} 个已过期限", [Role.Staff, Role.SocialWorker])];
    }
}
