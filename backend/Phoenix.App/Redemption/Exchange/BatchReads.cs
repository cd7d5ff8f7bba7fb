using System.Data.Common;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger.Apply;
using Phoenix.Platform.Data;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>An offer and its merchant under the lock.</summary>
internal sealed class OfferNow
{
    public required int Version { get; init; }

    public required bool IsActive { get; init; }

    public required bool IsMerchantActive { get; init; }

    public required DateTimeOffset? RestsUntil { get; init; }

    public required int OpenDays { get; init; }

    public required int OpensAt { get; init; }

    public required int ClosesAt { get; init; }

    public required Guid? Agreement { get; init; }

    public bool IsOpenOn(DateOnly day) => (OpenDays & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0;
}

/// <summary>An exchange under the lock.</summary>
internal sealed record RedemptionNow(RedemptionState State, bool AwaitsConsent, bool IsMerchantActive, DateTimeOffset? ResolvedAt, long RefundedCoins);

/// <summary>What one batch reads for the exchanges in it.</summary>
internal sealed class BatchReads(DatabaseKind database)
{
    private const string Offers = """
        select k.community, k.offer, o.version, o.state, m.state, m.rests_until, m.open_days, m.opens_at, m.closes_at,
          (select a.id from merchant_agreements a where a.community_id = k.community and a.merchant_id = o.merchant_id and a.signed_at is not null
             and a.starts_on <= k.day and (a.ends_on is null or a.ends_on >= k.day) order by a.version desc limit 1)
        from {k} join offers o on o.community_id = k.community and o.id = k.offer join merchants m on m.community_id = k.community and m.id = o.merchant_id
        """;

    private const string Numbers = "select k.community, k.merchant, d.last_number from {k} join till_days d on d.community_id = k.community and d.merchant_id = k.merchant and d.day = k.day";

    private const string Redemptions = """
        select k.community, r.id, r.state, case when r.needs_consent and r.consented_at is null then 1 else 0 end, m.state, r.resolved_at, r.refunded_coins
        from {k} join redemptions r on r.community_id = k.community and r.id = k.id join merchants m on m.community_id = k.community and m.id = r.merchant_id
        """;

    private readonly Dictionary<(int, Guid), DateOnly> _offers = [];
    private readonly Dictionary<(int, Guid), DateOnly> _tills = [];
    private readonly HashSet<(int, Guid)> _redemptions = [];
    private readonly Dictionary<(int, Guid), OfferNow> _offersNow = [];
    private readonly Dictionary<(int, Guid), (int Last, bool IsChanged)> _numbers = [];
    private readonly Dictionary<(int, Guid), RedemptionNow> _redemptionsNow = [];
    private readonly List<Action<DbDataReader>> _takes = [];

    public void Add(int community, HoldOrder order)
    {
        // In one batch the day may turn; whoever has the other day is told to look again, and is in another batch then.
        _offers.TryAdd((community, order.Version.OfferId), order.Day);
        _tills.TryAdd((community, order.MerchantId), order.Day);
    }

    public void Add(int community, Guid redemption) => _redemptions.Add((community, redemption));

    public OfferNow? OfferOf(int community, HoldOrder order) =>
        _offers.GetValueOrDefault((community, order.Version.OfferId)) == order.Day && _tills.GetValueOrDefault((community, order.MerchantId)) == order.Day
            ? _offersNow.GetValueOrDefault((community, order.Version.OfferId))
            : null;

    public RedemptionNow? Of(int community, Guid redemption) => _redemptionsNow.GetValueOrDefault((community, redemption));

    public int NextNumber(int community, HoldOrder order)
    {
        var next = _numbers.GetValueOrDefault((community, order.MerchantId)).Last + 1;
        _numbers[(community, order.MerchantId)] = (next, true);
        return next;
    }

    /// <summary>The numbers that were given out: community, merchant, day, last number.</summary>
    public IEnumerable<(int Community, Guid Merchant, DateOnly Day, int Last)> GivenNumbers() =>
        _numbers.Where(n => n.Value.IsChanged).Select(n => (n.Key.Item1, n.Key.Item2, _tills[n.Key], n.Value.Last));

    public IReadOnlyList<SqlStatement> Statements()
    {
        var offers = new KeyedRows(database, ("community", ColumnType.Integer), ("offer", ColumnType.Uuid), ("day", ColumnType.Date));
        foreach (var ((community, offer), day) in _offers)
            offers.Add(community, offer, day);
        var tills = new KeyedRows(database, ("community", ColumnType.Integer), ("merchant", ColumnType.Uuid), ("day", ColumnType.Date));
        foreach (var ((community, merchant), day) in _tills)
            tills.Add(community, merchant, day);
        var redemptions = new KeyedRows(database, ("community", ColumnType.Integer), ("id", ColumnType.Uuid));
        foreach (var (community, id) in _redemptions)
            redemptions.Add(community, id);
        var statements = new List<SqlStatement>();
        Put(statements, offers.Statements(Offers), TakeOffer);
        Put(statements, tills.Statements(Numbers), r => _numbers[(r.GetInt32(0), r.GetGuid(1))] = (r.GetInt32(2), false));
        Put(statements, redemptions.Statements(Redemptions), TakeRedemption);
        return statements;
    }

    public void Take(int read, DbDataReader rows)
    {
        while (rows.Read())
            _takes[read](rows);
    }

    private void Put(List<SqlStatement> statements, IEnumerable<SqlStatement> more, Action<DbDataReader> take)
    {
        foreach (var statement in more)
        {
            statements.Add(statement);
            _takes.Add(take);
        }
    }

    private void TakeOffer(DbDataReader r) => _offersNow[(r.GetInt32(0), r.GetGuid(1))] = new OfferNow
    {
        Version = r.GetInt32(2),
        IsActive = r.GetString(3) == nameof(OfferState.Active),
        IsMerchantActive = r.GetString(4) == nameof(MerchantState.Active),
        RestsUntil = Instant(r, 5),
        OpenDays = r.GetInt32(6),
        OpensAt = r.GetInt32(7),
        ClosesAt = r.GetInt32(8),
        Agreement = r.IsDBNull(9) ? null : r.GetGuid(9),
    };

    private void TakeRedemption(DbDataReader r) => _redemptionsNow[(r.GetInt32(0), r.GetGuid(1))] =
        new RedemptionNow(Enum.Parse<RedemptionState>(r.GetString(2)), r.GetInt32(3) != 0, r.GetString(4) == nameof(MerchantState.Active), Instant(r, 5), r.GetInt64(6));

    private DateTimeOffset? Instant(DbDataReader r, int at) =>
        r.IsDBNull(at) ? null : database == DatabaseKind.Sqlite ? DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(at)) : r.GetFieldValue<DateTimeOffset>(at);
}
