using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>What is kept here about somebody who works at merchants: given out, and ended when they go. An active merchant's last owner hands over first.</summary>
internal sealed class MerchantData(PhoenixDb db, MerchantBook book) : IPersonalData, IClosingCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var places = await db.Set<MerchantStaff>().AsNoTracking().Where(s => s.PersonId == personId)
            .Join(db.Set<Merchant>(), s => s.MerchantId, m => m.Id, (s, m) => new { Place = s, m.Name })
            .OrderBy(p => p.Place.JoinedAt).ThenBy(p => p.Place.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return places.Count == 0
            ? []
            : [new PersonalSection("我在商家的身份", ["商家", "身份", "开始", "结束", "最近操作"], [.. places.Select(p => (IReadOnlyList<string>)
                [p.Name, p.Place.Post == MerchantPost.Owner ? "负责人" : "店员", Day(p.Place.JoinedAt), p.Place.EndedAt is { } end ? Day(end) : "", Day(p.Place.LastUsedAt)])])];
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        foreach (var place in await db.Set<MerchantStaff>().Where(s => s.PersonId == personId && s.EndedAt == null).ToListAsync(cancel))
        {
            if (await book.End(place, MerchantEnd.Quit, null, cancel) is null)
                continue;
            // Became the last owner after the check: the shop is paused rather than left open without one.
            (await db.Set<Merchant>().SingleAsync(m => m.Id == place.MerchantId, cancel)).State = MerchantState.Paused;
            await db.SaveChangesAsync(cancel);
            await book.End(place, MerchantEnd.Quit, null, cancel);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel)
    {
        var places = db.Set<MerchantStaff>();
        var names = await places.Where(s => s.PersonId == personId && s.Post == MerchantPost.Owner && s.EndedAt == null
                && !places.Any(o => o.MerchantId == s.MerchantId && o.Post == MerchantPost.Owner && o.EndedAt == null && o.PersonId != personId))
            .Join(db.Set<Merchant>().Where(m => m.State == MerchantState.Active), s => s.MerchantId, m => m.Id, (_, m) => m.Name).Order().ToListAsync(cancel);
        return names.ConvertAll(name => $"您是“{name}”唯一的负责人，请先请社区办理负责人变更。");
    }

    private static string Day(DateTimeOffset at) => CommunityTime.Shanghai.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
