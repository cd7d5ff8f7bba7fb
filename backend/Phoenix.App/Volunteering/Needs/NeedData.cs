using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>
/// A person's needs, to be given out, and to be taken away when they go: what is open is withdrawn, words, address and phone go whether the person leaves the community
/// or the platform; that there was a need stays under the pseudonym. Of one raised for somebody else only the phone was the raiser's, and that goes.
/// </summary>
internal sealed class NeedData(PhoenixDb db, KeyRing keys, NeedShifts shifts, NeedNotices notices, ICommunityCalendar calendar, Clock clock) : IPersonalData
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var mine = await db.Set<Need>().AsNoTracking().Where(n => n.HelpedId == personId).OrderByDescending(n => n.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var others = await db.Set<Need>().AsNoTracking().Where(n => n.RaisedBy == personId && n.HelpedId != personId).OrderByDescending(n => n.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            new PersonalSection("我的求助", ["日期", "哪方面", "内容", "地址", "时间", "联系人", "联系电话", "状态", "答复", "感谢的话"], mine.ConvertAll(n => Row(n, n.Open(keys)))),
            new PersonalSection("我替别人提的求助", ["日期", "哪方面", "状态"], others.ConvertAll(n => (IReadOnlyList<string>)[Day(n.RaisedAt), HelpFigures.WordOf(n.Category), NeedWords.Of(n.State)])),
        ];
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        foreach (var need in await db.Set<Need>().Where(n => n.HelpedId == personId).ToListAsync(cancel))
        {
            if (need.IsOpen)
            {
                var wasArranged = need.State == NeedState.Arranged;
                need.End(NeedState.Withdrawn, personId, clock.Now);
                if (wasArranged && await shifts.Of(need, cancel) is { } visit)
                    await notices.Dropped(need, visit.Activity, visit.Shift, cancel);
            }

            (need.Details, need.Thanks) = (null, null);
        }

        foreach (var need in await db.Set<Need>().Where(n => n.RaisedBy == personId && n.HelpedId != personId && n.Details != null).ToListAsync(cancel))
            if (need.Source == NeedSource.Family && need.Open(keys) is { } details)
                need.Seal(keys, details with { ContactName = null, ContactPhone = "" });
    }

    private IReadOnlyList<string> Row(Need n, NeedDetails? d) =>
    [
        Day(n.RaisedAt), HelpFigures.WordOf(n.Category), d?.What ?? "", d?.Address ?? "", d?.When ?? "", d?.ContactName ?? "", d?.ContactPhone ?? "", NeedWords.Of(n.State), n.Answer ?? "", n.Thanks ?? "",
    ];

    private string Day(DateTimeOffset at) => $"{calendar.Time.DayOf(at):yyyy-MM-dd}";
}
