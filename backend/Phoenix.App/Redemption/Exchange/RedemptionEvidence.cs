using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Offers;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What stands behind an exchange, for an auditor: held, handed over or given back, by whom, at which merchant, and what the member said about it.</summary>
internal sealed class RedemptionEvidence(PhoenixDb db, IMerchantDirectory merchants, IPeople people) : IPostingEvidence
{
    private const string Prefix = "redemption:";

    public async Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        var ids = PostingReferences.Ids(references, Prefix);
        var rows = await db.Set<RedemptionRow>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancel);
        var offers = rows.Select(r => r.OfferId).Distinct().ToList();
        var titles = await db.Set<OfferVersion>().AsNoTracking().Where(v => offers.Contains(v.OfferId)).ToDictionaryAsync(v => (v.OfferId, v.Version), v => v.Title, cancel);
        var shops = await merchants.Of([.. rows.Select(r => r.MerchantId).Distinct()], cancel);
        var members = await people.OfMembers([.. rows.Select(r => r.MemberId).Distinct()], cancel);
        var refunds = (await db.Set<RedemptionRefund>().AsNoTracking().Where(r => ids.Contains(r.RedemptionId)).ToListAsync(cancel)).ToLookup(r => r.RedemptionId);
        var disputes = (await db.Set<RedemptionDispute>().AsNoTracking().Where(d => ids.Contains(d.RedemptionId)).ToListAsync(cancel)).ToLookup(d => d.RedemptionId);
        return rows.ToDictionary(
            r => $"{Prefix}{r.Id:N}",
            r => new Evidence(
                $"兑换：{titles[(r.OfferId, r.OfferVersion)]}，{shops[r.MerchantId].Name}", [.. Facts(r, refunds[r.Id], disputes[r.Id])], members.GetValueOrDefault(r.MemberId)?.PersonId),
            StringComparer.Ordinal);
    }

    private static IEnumerable<EvidenceFact> Facts(RedemptionRow r, IEnumerable<RedemptionRefund> refunds, IEnumerable<RedemptionDispute> disputes)
    {
        yield return new("居民", Who: r.MemberId);
        yield return new("换了", string.Create(CultureInfo.InvariantCulture, $"{r.Quantity} 份，{r.Coins} 枚，{r.Number} 号"));
        yield return new("留着", WordOf(r.Channel), r.PlacedAt, r.PlacedBy);
        if (r.WitnessId is { } witness)
            yield return new("见证人", Who: witness);
        if (r.ConsentedAt is { } consented)
            yield return new("居民在手机上确认", At: consented);
        if (r.ResolvedAt is { } resolved)
            yield return new(WordOf(r.State), r.Reason, resolved, r.ResolvedBy);
        else
            yield return new("留到", At: r.ExpiresAt);
        foreach (var refund in refunds.OrderBy(x => x.MadeAt))
            yield return new(refund.IsUndo ? "点错撤回" : "退回", string.Create(CultureInfo.InvariantCulture, $"{refund.Coins} 枚，{refund.Reason}"), refund.MadeAt, refund.MadeBy);
        foreach (var dispute in disputes.OrderBy(d => d.AskedAt))
            yield return new("居民有疑问", dispute.AnsweredAt is null ? "还没有答复" : "已经答复", dispute.AskedAt);
    }

    private static string WordOf(RedemptionChannel channel) => channel switch
    {
        RedemptionChannel.Home => "在家换的",
        RedemptionChannel.MerchantCode => "扫商家的码",
        RedemptionChannel.MyCode => "店员扫我的码",
        _ => "店员读志愿者卡",
    };

    private static string WordOf(RedemptionState state) => state switch
    {
        RedemptionState.Captured => "已兑换",
        RedemptionState.Refused => "商家给不了，已退回",
        RedemptionState.Cancelled => "居民取消，已退回",
        _ => "没来取，已退回",
    };
}
