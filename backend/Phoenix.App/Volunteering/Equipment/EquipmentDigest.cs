using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Notifications;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>What of the items waits for staff, in their digest.</summary>
internal sealed class EquipmentDigest(PhoenixDb db, ICommunityCalendar calendar, Clock clock) : IDigestPart
{
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var today = calendar.Time.DayOf(clock.Now);
        var late = await db.Set<EquipmentLoan>().CountAsync(l => l.ReturnedAt == null && l.DueOn < today, cancel);
        var repair = await db.Set<EquipmentItem>().CountAsync(i => i.State == EquipmentState.Repair, cancel);
        return [.. DigestLine.ForStaff(late, "件器材过了归还日"), .. DigestLine.ForStaff(repair, "件器材等维修")];
    }
}
