using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Markets;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund.Book;

/// <summary>What stands behind an entry of the fund's book, for an auditor: the receipt, the market's stall that brought it, and the two people.</summary>
internal sealed class FundEvidence(PhoenixDb db, IApprovals approvals) : IPostingEvidence
{
    private const string Prefix = "fund-entry:";

    public async Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        var ids = PostingReferences.Ids(references, Prefix);
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var entry in await db.Set<FundEntry>().AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(cancel))
        {
            var facts = new List<EvidenceFact> { new("金额", $"{Yuan.Of(entry.AmountFen)} 元"), new("说明", entry.Reason) };
            if (entry.ReceiptNumber is { } receipt)
                facts.Add(new("收据", string.Create(CultureInfo.InvariantCulture, $"{entry.CharityName}，{receipt}，{entry.ReceiptOn:yyyy-MM-dd}，备案 {entry.FilingNumber}")));
            if (entry.MarketId is { } market)
                facts.Add(await OfMarket(market, entry.StallId, cancel));
            facts.Add(new("凭据图片", entry.FileId is null ? "冲正，没有新的凭据" : "账本里可以看"));
            facts.Add(new("经办", At: entry.CreatedAt, Who: entry.MakerId));
            facts.Add(new("复核", At: entry.PostedAt, Who: await approvals.CheckerOf(entry.ApprovalId, cancel)));
            found[$"{Prefix}{entry.Id:N}"] = new Evidence($"基金：{WordOf(entry.Kind)}", facts);
        }

        if (references.Contains(OpenFund.Approved.Name, StringComparer.Ordinal) && await db.Set<FundContribution>().AsNoTracking().FirstOrDefaultAsync(c => c.IsOpening, cancel) is { } opening)
            found[OpenFund.Approved.Name] = new Evidence("基金：期初", [new("金额", $"{Yuan.Of(opening.AmountFen)} 元"), new("凭据", opening.Evidence), new("经办", At: opening.CreatedAt, Who: opening.MakerId)]);
        return found;
    }

    private async Task<EvidenceFact> OfMarket(Guid marketId, Guid? stallId, CancellationToken cancel)
    {
        var title = await db.Set<Market>().Where(m => m.Id == marketId).Select(m => m.Title).SingleAsync(cancel);
        if (await db.Set<MarketStall>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == stallId, cancel) is not { } stall)
            return new EvidenceFact("集市", title);
        var takings = stall.TakingsFen is { } fen ? $"，收入 {Yuan.Of(fen)} 元，承诺捐 {stall.PledgePercent}%" : "";
        return new EvidenceFact("集市摊位", string.Create(CultureInfo.InvariantCulture, $"{title}，{stall.Number} 号{takings}"), stall.DeclaredAt, stall.DeclaredBy);
    }

    private static string WordOf(FundEntryKind kind) => kind switch
    {
        FundEntryKind.Contribution => "捐赠入账",
        FundEntryKind.AdjustmentIn => "调增",
        FundEntryKind.AdjustmentOut => "调减",
        _ => "冲正",
    };
}
