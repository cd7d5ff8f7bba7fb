using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Settlement.Payouts;

namespace Phoenix.App.Settlement;

/// <summary>What somebody said and did about statements and payouts, for the person. The acts stay under the person's id, as accounts do; what was written is erased with the account.</summary>
internal sealed class PersonalSettlement(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var sections = new List<PersonalSection>();
        var words = await db.Set<DisputeWord>().AsNoTracking().Where(w => w.SaidBy == personId).OrderBy(w => w.Id).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        if (words.Count > 0)
            sections.Add(new PersonalSection("我在对账单疑问里说的话", ["时间", "内容"], [.. words.Select(w => (IReadOnlyList<string>)[At(w.SaidAt), w.Text])]));
        var confirmed = await db.Set<Statement>().AsNoTracking().Where(s => s.ConfirmedBy == personId).OrderBy(s => s.ConfirmedAt).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        if (confirmed.Count > 0)
            sections.Add(new PersonalSection("我确认的对账单", ["时间", "月份"], [.. confirmed.Select(s => (IReadOnlyList<string>)[At(s.ConfirmedAt!.Value), s.Month.ToString()])]));
        var payouts = await db.Set<Payout>().AsNoTracking().Where(p => p.MakerId == personId).OrderBy(p => p.Number).Take(PersonalSection.MaxRows).ToListAsync(cancel);
        if (payouts.Count > 0)
            sections.Add(new PersonalSection("我编制的拨付申请", ["时间", "编号"], [.. payouts.Select(p => (IReadOnlyList<string>)[At(p.PreparedAt), p.Name])]));
        return sections;
    }

    /// <inheritdoc />
    public async Task Erase(Guid personId, Departure departure, CancellationToken cancel)
    {
        if (departure == Departure.Account)
            await db.Set<DisputeWord>().Where(w => w.SaidBy == personId).ExecuteUpdateAsync(u => u.SetProperty(w => w.Text, DisputeWord.Erased), cancel);
    }

    private string At(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{calendar.Time.DayOf(at):yyyy-MM-dd} {calendar.Time.TimeOf(at):HH\\:mm}");
}

/// <summary>离任交接: the payouts that a leaving colleague takes care of are the successor's; who prepared them stays.</summary>
internal sealed class MovePayouts(PhoenixDb db) : IHandOverPart
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Move(Guid from, Guid to, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var open = await db.Set<Payout>().Where(p => p.KeeperId == from && p.State != PayoutState.Closed && p.State != PayoutState.Void).ToListAsync(cancel);
        foreach (var payout in open)
            payout.KeeperId = to;
        return open.Count == 0 ? [] : [$"拨付批次：{open.Count} 个"];
    }
}

/// <summary>Monday's digest: doubts to answer, payments to enter, debts that grew too far.</summary>
internal sealed class SettlementDigest(PhoenixDb db) : IDigestPart
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
    {
        var lines = new List<DigestLine>();
        Role[] office = [Role.Staff, Role.Treasurer];
        if (await db.Set<LineDispute>().CountAsync(d => d.Source == DoubtSource.Merchant && d.State == DoubtState.Open, cancel) is > 0 and var doubts)
            lines.Add(new DigestLine($"{doubts} 笔对账疑问等答复", office));
        if (await db.Set<PayoutItem>().CountAsync(i => i.State == PaymentState.Waiting && db.Set<Payout>().Any(p => p.Id == i.PayoutId && p.State == PayoutState.Submitted), cancel) is > 0 and var payments)
            lines.Add(new DigestLine($"{payments} 笔拨付等登记回单", [Role.Treasurer]));
        if (await db.Set<Statement>().CountAsync(s => s.State == StatementState.Confirmed || s.State == StatementState.Resolved, cancel) is > 0 and var ready)
            lines.Add(new DigestLine($"{ready} 张对账单可以拨付", [Role.Treasurer]));
        var floor = (await SettlementPolicy.Current(db, cancel)).ReceivableFloorFen;
        if (await db.Set<Statement>().CountAsync(s => s.FinalFen < floor && s.DebtIn == null, cancel) is > 0 and var debts)
            lines.Add(new DigestLine($"{debts} 家商家欠款超过下限，请线下收回", [Role.Treasurer]));
        return lines;
    }
}
