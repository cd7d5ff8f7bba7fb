using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http.Papers;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity;
using Phoenix.App.Redemption;
using Phoenix.App.Settlement.Payouts;
using Phoenix.Platform.Text;

namespace Phoenix.App.Settlement.Papers;

/// <summary>The papers of a payout: the form that is signed and stamped, and the list by which the bank pays. Accounts are in full: for the treasurer only.</summary>
public sealed class PayoutPapers(PhoenixDb db, IMerchantDirectory merchants, IMerchantPayees payees, IExchangeLines exchanges, IPeople people, ICommunities communities, ICommunityCalendar calendar)
{
    private static readonly string[] s_bank = ["序号", "户名", "账号", "开户行", "金额（元）", "用途"];
    private static readonly string[] s_form = ["序号", "商家", "月份", "协议", "枚数", "金额（元）", "发票"];
    private static readonly double[] s_formWidths = [34, 120, 56, 105, 50, 66, 52];

    private sealed record Row(PayoutItem Item, Statement Statement, string Merchant, Payee Payee);

    /// <summary>The list for the bank as XLSX.</summary>
    public async Task<byte[]> BankSheet(Payout payout, CancellationToken cancel) => Sheet.Write("付款清单", s_bank, await BankRows(payout, cancel));

    /// <summary>The list for the bank as CSV (UTF-8 with its mark, as Excel wants it), each text in quotes.</summary>
    public async Task<byte[]> BankCsv(Payout payout, CancellationToken cancel)
    {
        var text = new StringBuilder();
        foreach (var row in (IReadOnlyList<object?>[])[s_bank, .. await BankRows(payout, cancel)])
            text.AppendJoin(',', row.Select(c => $"\"{Convert.ToString(c, CultureInfo.InvariantCulture)?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>The form (拨付审批表); null where the font isn't installed.</summary>
    public async Task<byte[]?> Form(Payout payout, CancellationToken cancel)
    {
        var community = await communities.NameOf(payout.CommunityId, cancel);
        Guid[] persons = [payout.MakerId, .. new[] { payout.FirstCheckerId, payout.CheckerId }.OfType<Guid>()];
        var names = await people.OfPersons(persons, cancel);
        string Name(Guid? person) => person is { } p && names.TryGetValue(p, out var member) ? member.Name : "____________";
        var rows = await Rows(payout, cancel);
        var statements = rows.ConvertAll(r => r.Statement.Id);
        var used = await db.Set<StatementLine>().Where(l => statements.Contains(l.StatementId) && l.AgreementId != null).Select(l => new { l.StatementId, l.AgreementId }).Distinct().ToListAsync(cancel);
        var terms = await exchanges.Terms([.. used.Select(u => u.AgreementId!.Value).Distinct()], cancel);
        var papersOf = used.ToLookup(u => u.StatementId, u => terms[u.AgreementId!.Value].Paper);
        return PaperPrinter.Print($"{payout.Name} 拨付申请", payout.Name, payout.PreparedAt, paper => Write(paper, community, payout, rows, papersOf, Name), payout.Name);
    }

    private void Write(Paper paper, string community, Payout payout, List<Row> rows, ILookup<Guid, string> papersOf, Func<Guid?, string> name)
    {
        var (text, bold, cell) = (Paper.Font(11), Paper.Font(9, bold: true), Paper.Font(9));
        paper.Centre("凤凰币兑换资金拨付申请（审批表）", Paper.Font(19, bold: true));
        paper.Skip(4);
        paper.AtRight($"编号：{payout.Name}", Paper.Font(9));
        paper.Skip(8);
        paper.Paragraph($"{payout.Payer}：", text);
        paper.Paragraph($"按照社区与商家合伙人的签约协议，现申请拨付 {rows.Count} 张对账单的兑换资金，共 {Yuan.Of(payout.Fen)} 元。明细如下，请审核拨付。", text, indented: true);
        paper.Skip(8);
        StatementPapers.Table(paper, s_form, s_formWidths, rows.Select((r, i) => (string[])
        [
            $"{i + 1}", r.Merchant, r.Statement.Month.ToString(), string.Join("、", papersOf[r.Statement.Id].Order(StringComparer.Ordinal)), $"{r.Item.Coins}", Yuan.Of(r.Item.Fen),
            r.Item.Invoice switch { InvoiceState.Received => r.Item.InvoiceNumber ?? "已收到", InvoiceState.NotNeeded => "不需要", _ => "未收到" },
        ]), bold, cell, 4, 5);
        string[] total = ["合计", "", "", "", $"{payout.Coins}", Yuan.Of(payout.Fen), ""];
        paper.Ensure(paper.RowHeight(total, s_formWidths, bold));
        paper.Row(total, s_formWidths, bold, 4, 5);
        paper.Skip(16);
        paper.Ensure(170);
        var (y, slot) = (paper.Y, 100);
        paper.Put($"申请单位：{community}", text, Paper.Left, y);
        paper.Put($"经办：{name(payout.MakerId)}　{Day(payout.PreparedAt)}", text, Paper.Left, y + 24);
        paper.Put($"复核：{name(payout.FirstCheckerId ?? payout.CheckerId)}", text, Paper.Left, y + 48);
        if (payout.FirstCheckerId is not null)
            paper.Put($"复核（二）：{name(payout.CheckerId)}", text, Paper.Left, y + 72);
        paper.Put("拨付单位意见：", text, Paper.Left, y + 100);
        paper.Slot("（社区盖章）", Paper.Font(8), Paper.Right - 2 * slot - 20, y, slot);
        paper.Slot("（拨付单位盖章）", Paper.Font(8), Paper.Right - slot, y, slot);
    }

    private async Task<List<IReadOnlyList<object?>>> BankRows(Payout payout, CancellationToken cancel) =>
        [.. (await Rows(payout, cancel)).Where(r => r.Item.Fen > 0).Select((r, i) => (IReadOnlyList<object?>)
            [i + 1, r.Payee.AccountName, r.Payee.AccountNumber, r.Payee.BankName, Yuan.Number(r.Item.Fen), $"{r.Statement.Month} 凤凰币兑换结算 {payout.Name}"])];

    private async Task<List<Row>> Rows(Payout payout, CancellationToken cancel)
    {
        var items = await db.Set<PayoutItem>().AsNoTracking().Where(i => i.PayoutId == payout.Id).Join(db.Set<Statement>(), i => i.StatementId, s => s.Id, (i, s) => new { Item = i, Statement = s }).ToListAsync(cancel);
        var heads = await merchants.Of([.. items.Select(i => i.Item.MerchantId).Distinct()], cancel);
        var accounts = await payees.Versions([.. items.Select(i => i.Item.PayeeId).Distinct()], cancel);
        return [.. items.Select(i => new Row(i.Item, i.Statement, heads[i.Item.MerchantId].Name, accounts[i.Item.PayeeId]))
            .OrderBy(r => r.Statement.Period).ThenBy(r => r.Merchant, StringComparer.Ordinal).ThenBy(r => r.Statement.Id)];
    }

    private string Day(DateTimeOffset at) => calendar.Time.DayOf(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
