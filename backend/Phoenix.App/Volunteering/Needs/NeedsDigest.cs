using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>What of needs waits for staff, in their digest.</summary>
internal sealed class NeedsDigest(PhoenixDb db, ICommunityCalendar calendar, Clock clock) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var (now, today) = (clock.Now, calendar.Time.DayOf(clock.Now));
        var raised = await db.Set<Need>().CountAsync(n => n.State == NeedState.Raised, cancel);
        var overdue = await db.Set<Need>().CountAsync(n => n.State == NeedState.Raised && n.TriageBy < today, cancel);
        var accepted = await db.Set<Need>().CountAsync(n => n.State == NeedState.Accepted, cancel);
        var over = await db.Set<Need>().CountAsync(n => n.State == NeedState.Arranged && db.Set<Shift>().Any(s => s.Id == n.ShiftId && s.EndsAt <= now), cancel);
        return [.. DigestLine.ForStaff(raised, overdue == 0 ? "条求助等受理" : $"条求助等受理，{overdue} 条已过期限"), .. DigestLine.ForStaff(accepted, "条求助等安排时段"), .. DigestLine.ForStaff(over, "条求助的时段过了，等确认帮好没有")];
    }
}
