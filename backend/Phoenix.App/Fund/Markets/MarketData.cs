using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>
/// What is kept here about somebody's stalls and thanks: given out, and taken away when they go. Who answered for a stall stays under the pseudonym, since the
/// fund's book rests on it; what they wrote, and that a child took part, goes with the account.
/// </summary>
internal sealed class MarketData(PhoenixDb db) : IPersonalData, IClosingCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var stalls = await db.Set<MarketStall>().AsNoTracking().Where(s => s.AdultId == personId || s.ChildId == personId)
            .Join(db.Set<Market>(), s => s.MarketId, m => m.Id, (s, m) => new { Stall = s, m.Title, m.StartsAt }).OrderBy(s => s.Stall.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        var thanks = await db.Set<StallThanks>().AsNoTracking().Where(t => t.PersonId == personId)
            .Join(db.Set<MarketStall>(), t => t.StallId, s => s.Id, (t, s) => new { t.At, s.Title, s.Id }).OrderBy(t => t.At).ThenBy(t => t.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        return
        [
            .. Section("我的摊位", ["集市", "日期", "摊位", "说明", "身份", "状态", "捐赠比例", "收入"], stalls.ConvertAll(s => (IReadOnlyList<string>)
            [
                s.Title, Day(s.StartsAt), s.Stall.Title, s.Stall.Description, s.Stall.AdultId == personId ? "负责的大人" : "孩子", StaffStalls.WordOf(s.Stall.State),
                $"{s.Stall.PledgePercent}%", s.Stall.TakingsFen is { } fen ? $"{Yuan.Of(fen)} 元" : "",
            ])),
            .. Section("我感谢过的摊位", ["摊位", "日期"], thanks.ConvertAll(t => (IReadOnlyList<string>)[t.Title, Day(t.At)])),
        ];
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var coming = db.Set<Market>().Where(m => m.State == MarketState.Open).Select(m => m.Id);
        var stalls = await db.Set<MarketStall>().Where(s => s.AdultId == personId || s.ChildId == personId).ToListAsync(cancel);
        var open = (await coming.ToListAsync(cancel)).ToHashSet();
        foreach (var stall in stalls)
        {
            if (open.Contains(stall.MarketId) && stall.State is StallState.Applied or StallState.Approved)
                stall.State = StallState.Withdrawn;
            if (stall.ChildId == personId)
                stall.ChildId = null;
            if (departure == Departure.Account && stall.AdultId == personId)
                (stall.Title, stall.Description, stall.Reason, stall.ChildId) = (stall.Kind == StallKind.Family ? "家庭摊" : "便民摊", "（已注销）", null, null);
        }

        db.RemoveRange(await db.Set<StallThanks>().Where(t => t.PersonId == personId).ToListAsync(cancel));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel)
    {
        var waiting = await db.Set<MarketStall>().Where(s => s.AdultId == personId && s.State == StallState.Approved && s.DeclaredAt == null)
            .Join(db.Set<Market>().Where(m => m.State == MarketState.Closed), s => s.MarketId, m => m.Id, (s, m) => new { s.Title, Market = m.Title }).OrderBy(s => s.Title).ToListAsync(cancel);
        return waiting.ConvertAll(w => $"您在“{w.Market}”的摊位“{w.Title}”还没申报收入，请先申报。");
    }

    private static IEnumerable<PersonalSection> Section(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        rows.Count == 0 ? [] : [new PersonalSection(title, columns, rows)];

    private static string Day(DateTimeOffset at) => CommunityTime.Shanghai.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
