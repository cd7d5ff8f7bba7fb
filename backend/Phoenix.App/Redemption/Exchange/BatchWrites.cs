using Phoenix.App.Data;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What one batch writes for the exchanges in it, with a row of the outbox for everything that is to be told.</summary>
internal sealed class BatchWrites(DatabaseKind database, IIds ids)
{
    private const string ResolveSql = """
        update redemptions as r set state = k.state, resolved_at = k.at, resolved_by = k.by_person, reason = k.reason, is_for_family = k.for_family
        from {k} where r.community_id = k.community and r.id = k.id and r.state = 'Held'
        """;

    private const string ExtendSql = "update redemptions as r set expires_at = k.until, is_extended = k.yes from {k} where r.community_id = k.community and r.id = k.id and r.state = 'Held'";

    private const string RefundSql = "update redemptions as r set refunded_coins = r.refunded_coins + k.coins from {k} where r.community_id = k.community and r.id = k.id";

    private const string NumberSql = """
        insert into till_days (community_id, merchant_id, day, last_number) select k.community, k.merchant, k.day, k.last from {k} where true
        on conflict (community_id, merchant_id, day) do update set last_number = excluded.last_number
        """;

    private readonly KeyedRows _placed = new(
        database,
        ("community_id", ColumnType.Integer), ("id", ColumnType.Uuid), ("hold", ColumnType.BigInt), ("day", ColumnType.Date), ("merchant_id", ColumnType.Uuid), ("offer_id", ColumnType.Uuid),
        ("offer_version", ColumnType.Integer), ("agreement_id", ColumnType.Uuid), ("fen_per_coin", ColumnType.BigInt), ("fund_share_percent", ColumnType.Integer), ("member_id", ColumnType.Uuid),
        ("quantity", ColumnType.Integer), ("coins", ColumnType.BigInt), ("number", ColumnType.Integer), ("channel", ColumnType.Text), ("state", ColumnType.Text), ("needs_consent", ColumnType.Boolean),
        ("placed_at", ColumnType.Instant), ("held_until", ColumnType.Instant), ("expires_at", ColumnType.Instant), ("is_extended", ColumnType.Boolean), ("placed_by", ColumnType.Uuid), ("card_id", ColumnType.Uuid), ("witness_id", ColumnType.Uuid),
        ("resolved_at", ColumnType.Instant), ("resolved_by", ColumnType.Uuid), ("is_for_family", ColumnType.Boolean), ("refunded_coins", ColumnType.BigInt));

    private readonly KeyedRows _resolved = new(
        database,
        ("community", ColumnType.Integer), ("id", ColumnType.Uuid), ("state", ColumnType.Text), ("at", ColumnType.Instant), ("by_person", ColumnType.Uuid), ("reason", ColumnType.Text), ("for_family", ColumnType.Boolean));

    private readonly KeyedRows _extended = new(database, ("community", ColumnType.Integer), ("id", ColumnType.Uuid), ("until", ColumnType.Instant), ("yes", ColumnType.Boolean));

    private readonly KeyedRows _refunds = new(
        database,
        ("community_id", ColumnType.Integer), ("id", ColumnType.Uuid), ("redemption_id", ColumnType.Uuid), ("seq", ColumnType.BigInt), ("coins", ColumnType.BigInt), ("made_by", ColumnType.Uuid), ("made_at", ColumnType.Instant),
        ("reason", ColumnType.Text), ("is_undo", ColumnType.Boolean));

    private readonly Dictionary<(int Community, Guid Id), long> _refunded = [];

    private readonly KeyedRows _outbox = new(
        database,
        ("id", ColumnType.Uuid), ("community_id", ColumnType.Integer), ("kind", ColumnType.Text), ("dedupe_key", ColumnType.Text), ("payload", ColumnType.Text), ("created_at", ColumnType.Instant), ("due_at", ColumnType.Instant),
        ("attempts", ColumnType.Integer));

    public void Place(RedemptionRow r)
    {
        _placed.Add(
            r.CommunityId, r.Id, r.Hold, r.Day, r.MerchantId, r.OfferId, r.OfferVersion, r.AgreementId, r.FenPerCoin, r.FundSharePercent, r.MemberId, r.Quantity, r.Coins, r.Number, r.Channel.ToString(), r.State.ToString(),
            r.NeedsConsent, r.PlacedAt, r.HeldUntil, r.ExpiresAt, false, r.PlacedBy, r.CardId, r.WitnessId, r.ResolvedAt, r.ResolvedBy, false, 0L);
        Tell(r.CommunityId, r.Id, r.State == RedemptionState.Captured ? RedemptionEvent.Captured : RedemptionEvent.Held, null, r.PlacedAt);
    }

    public void Resolve(int community, Resolving change, DateTimeOffset at)
    {
        _resolved.Add(community, change.Id, change.To.ToString(), at, change.By, change.Reason, change.IsForFamily);
        var told = change.To switch
        {
            RedemptionState.Captured => RedemptionEvent.Captured,
            RedemptionState.Refused => RedemptionEvent.Refused,
            RedemptionState.Expired => RedemptionEvent.Expired,
            _ => (RedemptionEvent?)null,
        };
        if (told is { } what)
            Tell(community, change.Id, what, null, at);
    }

    public void Extend(int community, Extending change) => _extended.Add(community, change.Id, change.ExpiresAt, true);

    public void Refund(int community, Refunding change, PostingReceipt posting)
    {
        _refunds.Add(community, change.RefundId, change.Id, posting.Seq, change.Coins, change.By, posting.At, change.Reason, change.IsUndo);
        _refunded[(community, change.Id)] = _refunded.GetValueOrDefault((community, change.Id)) + change.Coins;
        Tell(community, change.Id, RedemptionEvent.Refunded, change.RefundId, posting.At);
    }

    public IEnumerable<SqlStatement> Statements(BatchReads reads)
    {
        var numbers = new KeyedRows(database, ("community", ColumnType.Integer), ("merchant", ColumnType.Uuid), ("day", ColumnType.Date), ("last", ColumnType.Integer));
        foreach (var (community, merchant, day, last) in reads.GivenNumbers())
            numbers.Add(community, merchant, day, last);
        var sums = new KeyedRows(database, ("community", ColumnType.Integer), ("id", ColumnType.Uuid), ("coins", ColumnType.BigInt));
        foreach (var ((community, id), coins) in _refunded)
            sums.Add(community, id, coins);
        return
        [
            .. _placed.Insert("redemptions"), .. numbers.Statements(NumberSql), .. _resolved.Statements(ResolveSql), .. _extended.Statements(ExtendSql),
            .. _refunds.Insert("redemption_refunds"), .. sums.Statements(RefundSql), .. _outbox.Insert("outbox_messages"),
        ];
    }

    private void Tell(int community, Guid redemption, RedemptionEvent what, Guid? refund, DateTimeOffset at) =>
        _outbox.Add(ids.New(), community, TellRedemption.Name, RedemptionNews.KeyOf(redemption, what, refund), RedemptionNews.Write(redemption, what, refund), at, at, 0);
}
