using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Verifying.Appeals;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>Monday morning's lines about time that waits to be verified, lists that are missing, and appeals.</summary>
internal sealed class VerifyDigest(PhoenixDb db, RecordDeadlines deadlines, ICommunityCalendar calendar, Clock clock) : IDigestPart
{
    private static readonly Role[] s_staff = [Role.Staff, Role.SocialWorker];

    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var (lines, now) = (new List<DigestLine>(), clock.Now);
        var today = calendar.Time.DayOf(now);
        var ends = await WatchDeadlines.Waiting(db, now).Where(a => a.State != AttendanceState.Proposed).Select(a => new { a.ShiftId, a.EndsAt }).Distinct().ToListAsync(cancel);
        var overdue = 0;
        foreach (var end in ends)
            overdue += await deadlines.OfRecord(end.EndsAt, cancel) < today ? 1 : 0;
        Add(ends.Count, overdue == 0 ? $"{ends.Count} 个时段等核时长" : $"{ends.Count} 个时段等核时长，{overdue} 个已过期限");
        var second = await db.Set<Attendance>().CountAsync(a => a.State == AttendanceState.Proposed, cancel);
        Add(second, $"{second} 人的补录时长等第二人复核");
        var listless = await NoteNoShows.Due(db, now).Where(s => !db.Set<Attendance>().Any(a => a.ShiftId == s.Id) && !db.Set<ShiftCount>().Any(c => c.ShiftId == s.Id)).CountAsync(cancel);
        Add(listless, $"{listless} 个时段结束了还没有签到名单");
        var appeals = await db.Set<NoShowAppeal>().CountAsync(a => a.AnsweredAt == null, cancel);
        Add(appeals, $"{appeals} 条没来的申诉等答复");
        return lines;

        void Add(int count, string text)
        {
            if (count > 0)
                lines.Add(new DigestLine(text, s_staff));
        }
    }
}
