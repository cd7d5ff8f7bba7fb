using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Shifts whose work is a need, for those who change shifts and sign people up.</summary>
internal sealed class NeedShifts(PhoenixDb db, NeedNotices notices)
{
    /// <summary>A need's shift with its activity; null where it has none.</summary>
    public async Task<(Shift Shift, Activity Activity)?> Of(Need need, CancellationToken cancel)
    {
        if (need.ShiftId is not { } id)
            return null;
        var shift = await db.Set<Shift>().SingleAsync(s => s.Id == id, cancel);
        return (shift, await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel));
    }

    /// <summary>Those of the persons whom a shift helps, or who asked for it: they don't serve there, and earn nothing by it.</summary>
    public async Task<IReadOnlySet<Guid>> Helped(Guid shiftId, IReadOnlyCollection<Guid> persons, CancellationToken cancel)
    {
        var needs = await db.Set<Need>().AsNoTracking().Where(n => n.ShiftId == shiftId && n.State != NeedState.Withdrawn && (persons.Contains(n.HelpedId) || persons.Contains(n.RaisedBy)))
            .Select(n => new { n.HelpedId, n.RaisedBy }).ToListAsync(cancel);
        return needs.SelectMany(n => (Guid[])[n.HelpedId, n.RaisedBy]).Where(persons.Contains).ToHashSet();
    }

    /// <summary>The shift is at another time: the families are told. Under the community's lock.</summary>
    public async Task Moved(Shift shift, CancellationToken cancel)
    {
        foreach (var need in await db.Set<Need>().Where(n => n.ShiftId == shift.Id && n.State == NeedState.Arranged).ToListAsync(cancel))
        {
            need.Become(NeedState.Arranged);
            await notices.Progress(need, Guid.Empty, shift.StartsAt, "时间改了，不方便请打电话给社区", cancel);
        }
    }

    /// <summary>The shift is off: its needs wait for another, and family and staff are told. Under the community's lock.</summary>
    public async Task Off(Guid shiftId, CancellationToken cancel)
    {
        foreach (var need in await db.Set<Need>().Where(n => n.ShiftId == shiftId && n.State == NeedState.Arranged).ToListAsync(cancel))
        {
            need.Become(NeedState.Accepted);
            (need.ShiftId, need.ArrangedAt) = (null, null);
            await notices.Progress(need, Guid.Empty, null, "原来约的时段取消了，社区正在重新安排", cancel);
            await notices.Staff(need, null, "时段取消了，请重新安排", cancel);
        }
    }
}
