using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <inheritdoc />
internal sealed class CommunityCalendar(PhoenixDb db) : ICommunityCalendar
{
    public CommunityTime Time => CommunityTime.Shanghai;

    public async Task<WorkingDays> WorkingDays(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var days = await db.Set<CalendarEntry>().AsNoTracking()
            .Where(d => d.Date >= from && d.Date <= to)
            .ToDictionaryAsync(d => d.Date, d => (d.IsWorking, (string?)d.Note), cancel);
        return new WorkingDays(days);
    }
}
