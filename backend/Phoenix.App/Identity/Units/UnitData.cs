using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>What is kept about somebody's units: given out, and ended when they go. Records keep the unit that they were written with.</summary>
internal sealed class UnitData(PhoenixDb db, UnitBook book) : IPersonalData
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var places = await db.Set<UnitMember>().AsNoTracking().Where(m => m.PersonId == personId)
            .Join(db.Set<Unit>(), m => m.UnitId, u => u.Id, (m, u) => new { Place = m, u.Name })
            .OrderBy(p => p.Place.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var spoken = await db.Set<UnitContact>().Where(c => c.PersonId == personId).Join(db.Set<Unit>(), c => c.UnitId, u => u.Id, (c, u) => new { u.Name, c.NamedAt })
            .OrderBy(c => c.NamedAt).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            .. Section("我的单位", ["单位", "加入", "退出", "单位可看时长"], places.ConvertAll(p => (IReadOnlyList<string>)
                [p.Name, Day(p.Place.JoinedAt), Day(p.Place.EndedAt), p.Place.SharesHoursSince is null ? "否" : "是"])),
            .. Section("我联系的单位", ["单位", "开始"], spoken.ConvertAll(c => (IReadOnlyList<string>)[c.Name, Day(c.NamedAt)])),
        ];
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        // Places other than the primary unit's first, so that none of them becomes the primary one on the way out.
        var primary = await db.Set<UnitPrimary>().Where(p => p.PersonId == personId && p.EndedAt == null).Select(p => (Guid?)p.UnitId).FirstOrDefaultAsync(cancel);
        foreach (var place in (await db.Set<UnitMember>().Where(m => m.PersonId == personId && m.EndedAt == null).ToListAsync(cancel)).OrderBy(p => p.UnitId == primary))
            await book.End(place.UnitId, [place], place.JoinedAt is null ? "unit.declined" : "unit.left", null, cancel);
        foreach (var contact in await db.Set<UnitContact>().Where(c => c.PersonId == personId).ToListAsync(cancel))
            await book.RemoveContact(contact, null, cancel);
    }

    private static IEnumerable<PersonalSection> Section(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        rows.Count == 0 ? [] : [new PersonalSection(title, columns, rows)];

    private static string Day(DateTimeOffset? at) => at is { } instant ? CommunityTime.Shanghai.DayOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}
