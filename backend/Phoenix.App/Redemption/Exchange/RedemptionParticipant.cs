using System.Data.Common;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// The exchange's part of the ledger's transaction. Under the community's head lock it reads which version of an offer counts, whether offer and merchant take
/// coins and which terms are in force; it gives the daily numbers; and it writes exchanges and what is to be told, all with the coins or not at all.
/// </summary>
internal sealed class RedemptionParticipant(IIds ids) : ILedgerParticipant
{
    public bool Takes(object attachment) => attachment is HoldOrder or Resolving or Extending or Refunding;

    public IParticipantBatch Begin(DatabaseKind database) => new Batch(database, ids);

    private sealed class Batch(DatabaseKind database, IIds ids) : IParticipantBatch
    {
        private readonly BatchReads _reads = new(database);
        private readonly BatchWrites _writes = new(database, ids);

        public void Plan(LedgerRequest request, object attachment)
        {
            switch (attachment)
            {
                case HoldOrder order:
                    _reads.Add(request.Community, order);
                    break;
                case Resolving change:
                    _reads.Add(request.Community, change.Id);
                    break;
                case Extending change:
                    _reads.Add(request.Community, change.Id);
                    break;
                case Refunding change:
                    _reads.Add(request.Community, change.Id);
                    break;
                default:
                    break;
            }
        }

        public IReadOnlyList<SqlStatement> Reads() => _reads.Statements();

        public void Take(int read, DbDataReader rows) => _reads.Take(read, rows);

        public Error? Check(LedgerRequest request, object attachment, DateTimeOffset at) => attachment switch
        {
            HoldOrder order => CheckOrder(request.Community, order, at),
            Resolving change => CheckResolving(request.Community, change),
            Extending change => _reads.Of(request.Community, change.Id) is null ? new UnknownRedemption() : null,
            Refunding change => CheckRefunding(request.Community, change, at),
            _ => null,
        };

        public void Accept(LedgerRequest request, object attachment, Posted posted)
        {
            switch (attachment)
            {
                case HoldOrder order:
                    order.Placed = Place(request.Community, order, posted);
                    _writes.Place(order.Placed);
                    break;
                case Resolving change:
                    _writes.Resolve(request.Community, change, posted.First.At);
                    break;
                case Extending change:
                    _writes.Extend(request.Community, change);
                    break;
                case Refunding change:
                    _writes.Refund(request.Community, change, posted.First);
                    break;
                default:
                    break;
            }
        }

        public IReadOnlyList<SqlStatement> Writes() => [.. _writes.Statements(_reads)];

        private Error? CheckOrder(int community, HoldOrder order, DateTimeOffset at)
        {
            if (_reads.OfferOf(community, order) is not { } now)
                return new UnknownOffer();
            var time = CommunityTime.Shanghai;
            if (time.DayOf(at) != order.Day)
                return new StaleGuess();
            if (!now.IsMerchantActive)
                return new MerchantNotActive();
            if (now.RestsUntil is { } rest && at < rest)
                return new MerchantResting();
            if (!now.IsActive)
                return new OfferNotActive();
            if (now.Version != order.Version.Version)
                return new OfferChanged();
            if (now.Agreement != order.Terms.Id)
                return new StaleGuess();
            var minute = (int)time.TimeOf(at).ToTimeSpan().TotalMinutes;
            var isAtTill = order.Channel != RedemptionChannel.Home;
            if (!order.Version.IsOn(order.Day) || !now.IsOpenOn(order.Day) || at >= order.ExpiresAt || minute >= Math.Min(order.Version.ToMinute, now.ClosesAt))
                return new OfferClosed();
            return isAtTill && minute < Math.Max(order.Version.FromMinute, now.OpensAt) ? new OfferClosed() : null;
        }

        private Error? CheckResolving(int community, Resolving change)
        {
            if (_reads.Of(community, change.Id) is not { } now)
                return new UnknownRedemption();
            if (change.To != RedemptionState.Captured || now.State != RedemptionState.Held)
                return null;
            if (!now.IsMerchantActive)
                return new MerchantNotActive();
            return now.AwaitsConsent ? new AwaitsMember() : null;
        }

        private Error? CheckRefunding(int community, Refunding change, DateTimeOffset at)
        {
            if (_reads.Of(community, change.Id) is not { } now)
                return new UnknownRedemption();
            return change.IsUndo && (now.RefundedCoins > 0 || now.ResolvedAt is not { } resolved || at > resolved + ExchangeLimits.UndoWithin) ? new UndoLate() : null;
        }

        private RedemptionRow Place(int community, HoldOrder order, Posted posted)
        {
            var at = posted.First.At;
            return new RedemptionRow
            {
                CommunityId = community,
                Id = order.Id,
                Hold = posted.First.Seq,
                Day = order.Day,
                MerchantId = order.MerchantId,
                OfferId = order.Version.OfferId,
                OfferVersion = order.Version.Version,
                AgreementId = order.Terms.Id,
                FenPerCoin = order.Terms.FenPerCoin,
                FundSharePercent = order.Terms.FundSharePercent,
                MemberId = order.MemberId,
                Quantity = order.Quantity,
                Coins = order.Coins,
                Number = _reads.NextNumber(community, order),
                Channel = order.Channel,
                State = order.IsCapture ? RedemptionState.Captured : RedemptionState.Held,
                NeedsConsent = order.NeedsConsent,
                PlacedAt = at,
                HeldUntil = order.ExpiresAt,
                ExpiresAt = order.ExpiresAt,
                PlacedBy = order.PlacedBy,
                CardId = order.CardId,
                WitnessId = order.WitnessId,
                ResolvedAt = order.IsCapture ? at : null,
                ResolvedBy = order.IsCapture ? order.PlacedBy : null,
            };
        }
    }
}
