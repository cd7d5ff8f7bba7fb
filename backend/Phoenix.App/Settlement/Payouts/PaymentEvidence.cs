using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Data;
using Phoenix.App.Redemption;
using Phoenix.Platform.Text;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>What stands behind the settling of a statement, for an auditor: who prepared and approved the payout, and the bank's receipt.</summary>
internal sealed class PaymentEvidence(PhoenixDb db, IMerchantDirectory merchants) : IPostingEvidence
{
    private const string Prefix = "statement:";

    public async Task<IReadOnlyDictionary<string, Evidence>> Behind(IReadOnlyCollection<string> references, CancellationToken cancel)
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var id in PostingReferences.Ids(references, Prefix))
        {
            if (await db.Set<PayoutItem>().AsNoTracking().FirstOrDefaultAsync(i => i.StatementId == id && i.State == PaymentState.Paid, cancel) is not { } item)
                continue;
            var (payout, statement) = (await db.Set<Payout>().AsNoTracking().SingleAsync(p => p.Id == item.PayoutId, cancel), await db.Set<Statement>().AsNoTracking().SingleAsync(s => s.Id == id, cancel));
            var shops = await merchants.Of([item.MerchantId], cancel);
            found[$"{Prefix}{id:N}"] = new Evidence($"和商家结清：{shops[item.MerchantId].Name}，{statement.Month} 对账单",
            [
                new("结清", $"{item.SettledCoins} 枚，{Yuan.Of(item.Fen)} 元"),
                new("经办", payout.Name, payout.PreparedAt, payout.MakerId),
                new("复核", At: payout.ApprovedAt, Who: payout.CheckerId ?? payout.FirstCheckerId),
                new("银行回单", item.BankReference),
                new("登记", At: item.RecordedAt, Who: item.RecordedBy),
            ]);
        }

        return found;
    }
}
