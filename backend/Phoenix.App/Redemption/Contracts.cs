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
    /// <summary>The account that the treasurer confirmed last; null for none.</summary>
    Task<Payee?> Confirmed(Guid merchantId, CancellationToken cancel);
}

/// <summary>A captured exchange, as a line of a settlement.</summary>
/// <param name="Id">The exchange.</param>
/// <param name="Hold">The ledger's hold: the order of the lines, and the cursor.</param>
/// <param name="Day">The community's day of the capture.</param>
/// <param name="Number">The daily number.</param>
/// <param name="Title">The item's name, as it was.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Coins">Coins in all.</param>
/// <param name="AgreementId">The merchant's terms in force at the hold.</param>
/// <param name="FenPerCoin">What a coin was worth by them, in fen.</param>
/// <param name="FundSharePercent">How much of it the fund pays, in percent.</param>
/// <param name="CapturedAt">When.</param>
/// <param name="IsDisputed">Whether the member's dispute waits for an answer.</param>
public sealed record CapturedLine(
    Guid Id, long Hold, DateOnly Day, int Number, string Title, int Quantity, long Coins, Guid AgreementId, long FenPerCoin, int FundSharePercent, DateTimeOffset CapturedAt, bool IsDisputed);

/// <summary>Coins that went back, as a line of a settlement: of the month in which they went back, whenever they were captured.</summary>
/// <param name="Id">The refund.</param>
/// <param name="Seq">The ledger's posting: the order of the lines, and the cursor.</param>
/// <param name="RedemptionId">Of which exchange.</param>
/// <param name="CapturedAt">When that was captured.</param>
/// <param name="Coins">Coins that went back.</param>
/// <param name="FenPerCoin">What a coin was worth at the capture, in fen.</param>
/// <param name="FundSharePercent">How much of it the fund paid, in percent.</param>
/// <param name="RefundedAt">When.</param>
public sealed record RefundedLine(Guid Id, long Seq, Guid RedemptionId, DateTimeOffset CapturedAt, long Coins, long FenPerCoin, int FundSharePercent, DateTimeOffset RefundedAt);

/// <summary>What settlements are made of, for the community in scope: lines by (merchant, month), in an order that never changes. A month that is over gets no more lines.</summary>
public interface IExchangeLines
{
    /// <summary>Most lines of one page.</summary>
    const int MaxPage = 500;

    /// <summary>Merchants that captured or gave back something in the month.</summary>
    Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel);

    /// <summary>A page of captured exchanges behind the hold <paramref name="after"/> (0 for the first page), at most <see cref="MaxPage"/>.</summary>
    Task<IReadOnlyList<CapturedLine>> Captured(Guid merchantId, Month month, long after, CancellationToken cancel);

    /// <summary>A page of refunds behind the posting <paramref name="after"/> (0 for the first page), at most <see cref="MaxPage"/>.</summary>
    Task<IReadOnlyList<RefundedLine>> Refunded(Guid merchantId, Month month, long after, CancellationToken cancel);
}
