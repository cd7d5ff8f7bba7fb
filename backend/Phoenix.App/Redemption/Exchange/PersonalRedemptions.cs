using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>A member's exchanges and disputes, for the person. The exchanges stay under the pseudonym, for the settlements; what was written is erased with the account.</summary>
internal sealed class PersonalRedemptions(PhoenixDb db, IPeople people, ICommunityCalendar calendar) : IPersonalData
{
    private const string Erased = "（已删除）";

    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var sections = new List<PersonalSection>();
        if ((await people.OfPersons([personId], cancel)).TryGetValue(personId, out var member))
        {
            var rows = await db.Set<RedemptionRow>().AsNoTracking().Where(r => r.MemberId == member.MemberId)
                .Join(db.Set<OfferVersion>(), r => new { r.OfferId, Version = r.OfferVersion }, v => new { v.OfferId, v.Version }, (r, v) => new { Row = r, v.Title })
                .Join(db.Set<Merchant>(), r => r.Row.MerchantId, m => m.Id, (r, m) => new { r.Row, r.Title, m.Name })
                .OrderByDescending(r => r.Row.Hold).Take(PersonalSection.MaxRows).ToListAsync(cancel);
            if (rows.Count > 0)
                sections.Add(new PersonalSection("我的兑换", ["时间", "商家", "项目", "份数", "枚数", "结果", "退回枚数"], [.. rows.Select(r => (IReadOnlyList<string>)
                    [At(r.Row.PlacedAt), r.Name, r.Title, Number(r.Row.Quantity), Number(r.Row.Coins), Word(r.Row.State), Number(r.Row.RefundedCoins)])]));
        }

        var disputes = await db.Set<RedemptionDispute>().AsNoTracking().Where(d => d.AskedBy == personId).OrderBy(d => d.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        if (disputes.Count > 0)
            sections.Add(new PersonalSection("我对兑换的疑问", ["时间", "内容", "答复"], [.. disputes.Select(d => (IReadOnlyList<string>)[At(d.AskedAt), d.Text, d.Answer ?? ""])]));
        return sections;
    }

    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure == Departure.Account)
            await db.Set<RedemptionDispute>().Where(d => d.AskedBy == personId).ExecuteUpdateAsync(u => u.SetProperty(d => d.Text, Erased), cancel);
    }

    private static string Word(RedemptionState state) => state switch
    {
        RedemptionState.Held => "留着",
        RedemptionState.Captured => "已兑换",
        RedemptionState.Refused => "商家给不了",
        RedemptionState.Cancelled => "自己退回",
        _ => "到时退回",
    };

    private string At(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{calendar.Time.DayOf(at):yyyy-MM-dd} {calendar.Time.TimeOf(at):HH\\:mm}");

    private static string Number(long amount) => amount.ToString(CultureInfo.InvariantCulture);
}
