using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Tells people what the ledger's transaction decided about an exchange: the rows were written with it, so nothing is told that didn't happen, and nothing forgotten.</summary>
internal sealed class TellRedemption(IServiceScopeFactory scopes) : IOutboxHandler
{
    public const string Name = "redemption.event";

    public string Kind => Name;

    public async Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(message.CommunityId);
        await scope.ServiceProvider.GetRequiredService<Teller>().Tell(RedemptionNews.Read(message.Payload), cancel);
        return new OutboxResult.Sent();
    }

    /// <summary>Does it, in the community's scope.</summary>
    internal sealed class Teller(PhoenixDb db, UnitOfWork work, INotifications notifications, IPeople people, LedgerReads reads)
    {
        /// <summary>Tells everybody whom it concerns; once, however often it is run.</summary>
        public Task Tell(RedemptionNews news, CancellationToken cancel) => work.Job(async () =>
        {
            var row = await db.Set<RedemptionRow>().AsNoTracking().SingleAsync(r => r.Id == news.Id, cancel);
            if (!(await people.OfMembers([row.MemberId], cancel)).TryGetValue(row.MemberId, out var member) || member.HasLeft)
                return;
            var title = await db.Set<OfferVersion>().Where(v => v.OfferId == row.OfferId && v.Version == row.OfferVersion).Select(v => v.Title).SingleAsync(cancel);
            var merchant = await db.Set<Merchant>().Where(m => m.Id == row.MerchantId).Select(m => m.Name).SingleAsync(cancel);
            var key = RedemptionNews.KeyOf(news.Id, news.What, news.RefundId);
            if (await FactsOf(news, row, title, merchant, cancel) is { } facts)
                await notifications.Tell(new Notice(member.PersonId, key, facts, PageOf(row.Id)), cancel);
            if (news.What == RedemptionEvent.Captured && (row.Channel == RedemptionChannel.Card || row.IsForFamily))
                await TellFamily(row, member, title, merchant, cancel);
            if (news.What == RedemptionEvent.Held && row.Channel == RedemptionChannel.Home)
                await TellTill(row, title, merchant, cancel);
        }, cancel);

        /// <summary>The member's page of an exchange.</summary>
        internal static string PageOf(Guid id) => $"pages/held/held?id={id}";

        private async Task<NoticeFacts?> FactsOf(RedemptionNews news, RedemptionRow row, string title, string merchant, CancellationToken cancel)
        {
            var coins = new Coins(row.Coins);
            switch (news.What)
            {
                case RedemptionEvent.Held when row.NeedsConsent:
                    return new RedemptionToConfirm(title, coins, merchant, row.PlacedAt, row.HeldUntil);
                case RedemptionEvent.Held when row.Channel == RedemptionChannel.Home:
                    return new RedemptionHeld(title, row.Quantity, row.Number, row.HeldUntil, merchant);
                case RedemptionEvent.Captured:
                    var left = (await reads.CoinsNow(row.CommunityId, row.MemberId, Asset.Coin, cancel)).AvailableOn(row.Day);
                    return new RedemptionDone(title, coins, new Coins(left), merchant, row.ResolvedAt!.Value);
                case RedemptionEvent.Refused:
                    return new RedemptionRefused(title, coins, row.Reason ?? "商家给不了", row.ResolvedAt!.Value);
                case RedemptionEvent.Expired:
                    return new RedemptionExpired(title, coins, row.ResolvedAt!.Value);
                case RedemptionEvent.Refunded:
                    var refund = await db.Set<RedemptionRefund>().AsNoTracking().SingleAsync(r => r.Id == news.RefundId, cancel);
                    return new RedemptionRefunded(title, new Coins(refund.Coins), refund.Reason, refund.MadeAt);
                default:
                    return null;
            }
        }

        private async Task TellFamily(RedemptionRow row, MemberHead member, string title, string merchant, CancellationToken cancel)
        {
            foreach (var reader in (await people.NoticesGoTo(member.PersonId, cancel)).Where(p => p != member.PersonId))
                await notifications.Tell(new Notice(reader, $"card-used:{row.Id:N}", new CardUsed(member.Name, title, new Coins(row.Coins), merchant, row.ResolvedAt!.Value), PageOf(row.Id)), cancel);
        }

        private async Task TellTill(RedemptionRow row, string title, string merchant, CancellationToken cancel)
        {
            var staff = await db.Set<MerchantStaff>().Where(s => s.MerchantId == row.MerchantId && s.EndedAt == null).Select(s => s.PersonId).Take(MerchantStaff.MaxPeople).ToListAsync(cancel);
            await notifications.TellAll(
                [.. staff.Select(person => new Notice(person, $"till-order:{row.Id:N}", new TillOrder(title, row.Quantity, row.Number, row.HeldUntil, merchant), $"packages/merchant/counter/counter?merchant={row.MerchantId}"))], cancel);
        }
    }
}
