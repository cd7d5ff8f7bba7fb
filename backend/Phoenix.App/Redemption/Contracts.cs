using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption;

/// <summary>Who acts for which merchant of the community in scope.</summary>
public interface IMerchantPeople
{
    /// <summary>
    /// Null where the person, as owner or clerk, may act at the merchant now; otherwise <see cref="Merchants.UnknownMerchant"/> (nobody else's merchant exists),
    /// <see cref="Merchants.MerchantNotActive"/>, or <see cref="Merchants.ClerkIdle"/> (60 idle days, whether or not the sweep has been).
    /// </summary>
    Task<Error?> MayActAt(Guid merchantId, Guid personId, CancellationToken cancel);

    /// <summary>
    /// Notes that the person acted at the merchant, so that they aren't idle. To be called by every act at the till; writes once an hour at most, at once, in the
    /// present transaction if there is one.
    /// </summary>
    Task Touch(Guid merchantId, Guid personId, CancellationToken cancel);
}

/// <summary>Where a merchant is paid.</summary>
/// <param name="Id">This version of the account: another one has another id.</param>
/// <param name="AccountName">户名.</param>
/// <param name="AccountNumber">账号, digits.</param>
/// <param name="BankName">开户行.</param>
public sealed record Payee(Guid Id, string AccountName, string AccountNumber, string BankName);

/// <summary>Where the merchants of the community in scope are paid, for payout files: personal data, not for pages.</summary>
public interface IMerchantPayees
{
    /// <summary>The accounts that the treasurer confirmed last, by merchant; who has none is absent.</summary>
    Task<IReadOnlyDictionary<Guid, Guid>> Confirmed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel);

    /// <summary>Versions of accounts by their ids, ended ones included: a paper says where it was paid.</summary>
    Task<IReadOnlyDictionary<Guid, Payee>> Versions(IReadOnlyCollection<Guid> payeeIds, CancellationToken cancel);
}

/// <summary>A merchant by its name and the persons who own it now.</summary>
/// <param name="Id">The merchant.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owners">Persons; empty where nobody is left.</param>
public sealed record MerchantHead(Guid Id, string Name, IReadOnlyList<Guid> Owners);

/// <summary>The merchants of the community in scope, for modules that deal with them.</summary>
public interface IMerchantDirectory
{
    /// <summary>By their ids, those that left included; an id that isn't one is absent.</summary>
    Task<IReadOnlyDictionary<Guid, MerchantHead>> Of(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel);

    /// <summary>Where the person is owner or clerk now.</summary>
    Task<IReadOnlyList<Guid>> PlacesOf(Guid personId, CancellationToken cancel);

    /// <summary>Which merchants the person owns now.</summary>
    Task<IReadOnlyList<Guid>> OwnedBy(Guid personId, CancellationToken cancel);
}

/// <summary>A version of a merchant's terms.</summary>
/// <param name="Id">The version's id.</param>
/// <param name="Version">Counted from 1 for each merchant.</param>
/// <param name="FenPerCoin">What a coin is worth, in fen.</param>
/// <param name="FundSharePercent">How much of it the fund pays, in percent.</param>
/// <param name="MonthlyCapFen">The most that may be exchanged in a month, in fen; null for no cap.</param>
/// <param name="Paper">The number of the signed paper.</param>
public sealed record MerchantTerms(Guid Id, int Version, long FenPerCoin, int FundSharePercent, long? MonthlyCapFen, string Paper);

/// <summary>A captured exchange that its member disputes and nobody answered.</summary>
/// <param name="MerchantId">At which merchant.</param>
/// <param name="RedemptionId">Which exchange.</param>
/// <param name="Hold">The ledger's hold.</param>
/// <param name="AskedAt">Since when.</param>
public sealed record DisputedExchange(Guid MerchantId, Guid RedemptionId, long Hold, DateTimeOffset AskedAt);

/// <summary>What settlements are made of, for the community in scope. A month that is over gets no more lines.</summary>
public interface IExchangeLines
{
    /// <summary>The month in which the first merchant's terms began or the first exchange was; null before there are any.</summary>
    Task<Month?> First(CancellationToken cancel);

    /// <summary>Merchants that captured or gave back something in the month, or whose terms were in force in it, in the order of their ids.</summary>
    Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel);

    /// <summary>Terms by their ids.</summary>
    Task<IReadOnlyDictionary<Guid, MerchantTerms>> Terms(IReadOnlyCollection<Guid> agreementIds, CancellationToken cancel);

    /// <summary>Exchanges of the merchants that wait for an answer to their member's dispute.</summary>
    Task<IReadOnlyList<DisputedExchange>> Disputed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel);
}

/// <summary>
/// The lines themselves, as SQL for both databases: a month may have a million of them, which are copied inside the database and never pass through
/// memory. To be joined, in parentheses, by community, merchant and day or instant.
/// </summary>
public static class ExchangeLineSql
{
    /// <summary>
    /// Captured exchanges: community_id, merchant_id, redemption_id, seq (the ledger's hold), day, number, title, quantity, coins, agreement_id,
    /// fen_per_coin, fund_share_percent, at (of the capture).
    /// </summary>
    public const string Captured = """
        select r.community_id, r.merchant_id, r.id as redemption_id, r.hold as seq, r.day, r.number, v.title, r.quantity, r.coins, r.agreement_id, r.fen_per_coin, r.fund_share_percent, r.resolved_at as at
        from redemptions r join offer_versions v on v.community_id = r.community_id and v.offer_id = r.offer_id and v.version = r.offer_version
        where r.state = 'Captured'
        """;

    /// <summary>
    /// Refunds, with the columns of <see cref="Captured"/>: seq is the refund's posting, at its instant, coins what went back; day and number are the
    /// capture's. And kept, the exchange's coins that were left before the refund.
    /// </summary>
    public const string Refunded = """
        select f.community_id, r.merchant_id, r.id as redemption_id, f.seq, r.day, r.number, v.title, r.quantity, f.coins, r.agreement_id, r.fen_per_coin, r.fund_share_percent, f.made_at as at,
          r.coins - cast(coalesce((select sum(e.coins) from redemption_refunds e where e.community_id = f.community_id and e.redemption_id = f.redemption_id and e.seq < f.seq), 0) as bigint) as kept
        from redemption_refunds f join redemptions r on r.community_id = f.community_id and r.id = f.redemption_id
        join offer_versions v on v.community_id = r.community_id and v.offer_id = r.offer_id and v.version = r.offer_version
        """;
}
