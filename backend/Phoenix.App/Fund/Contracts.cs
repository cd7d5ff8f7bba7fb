using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund;

/// <summary>The fund beside what the community owes for coins. Staff only: a resident's answer never has fen or yuan (hard rule 4).</summary>
/// <param name="CashFen">What is in the fund.</param>
/// <param name="LiabilityFenPerCoin">What one coin is taken to cost, as agreed.</param>
/// <param name="RatioPercent">Which part of the fund may be promised.</param>
/// <param name="OutstandingCoins">Coins that members, holds, pools and merchants have and that are not settled.</param>
/// <param name="PromisedCoins">Coins that published activities may still bring.</param>
public sealed record FundPosition(long CashFen, long LiabilityFenPerCoin, int RatioPercent, long OutstandingCoins, long PromisedCoins)
{
    /// <summary>What may be owed at most, in fen.</summary>
    public long LimitFen => (long)((Int128)CashFen * RatioPercent / 100);

    /// <summary>What is owed and promised, in fen.</summary>
    public long LiabilityFen => checked((OutstandingCoins + PromisedCoins) * LiabilityFenPerCoin);

    /// <summary>How many coins more could be promised; below zero when too many are.</summary>
    public long HeadroomCoins => LimitFen / LiabilityFenPerCoin - OutstandingCoins - PromisedCoins;

    /// <summary>In words that may stand on the board.</summary>
    public FundCover Cover => HeadroomCoins < 0 ? FundCover.Short : (Int128)LiabilityFen * 100 > (Int128)LimitFen * TightFromPercent ? FundCover.Tight : FundCover.Ample;

    /// <summary>From which part of the limit on the cover is called tight.</summary>
    public const int TightFromPercent = 80;
}

/// <summary>How well the fund covers what is owed.</summary>
public enum FundCover
{
    /// <summary>充足.</summary>
    Ample,

    /// <summary>偏紧.</summary>
    Tight,

    /// <summary>不足.</summary>
    Short,
}

/// <summary>Decides whether the fund of the community in scope covers a promise.</summary>
public interface IFundGate
{
    /// <summary>
    /// Whether so many coins more can be promised or given. Locks the community, so that two can't both take the last headroom: to be called in the
    /// transaction that makes the promise, before the row that makes it is saved.
    /// </summary>
    /// <returns>The position before the promise, or <see cref="FundShort"/>, <see cref="FundPolicyMissing"/>.</returns>
    Task<Result<FundPosition>> Admit(long coins, CancellationToken cancel);

    /// <summary>The position as it is now; <see cref="FundPolicyMissing"/> where no liability was agreed.</summary>
    Task<Result<FundPosition>> Position(CancellationToken cancel);
}

/// <summary>Whoever promises coins says how many are still open.</summary>
public interface ICoinPromises
{
    /// <summary>Coins of the community in scope that are promised and neither given nor given up.</summary>
    Task<long> Open(CancellationToken cancel);
}

/// <summary>A month of the fund, as a whole: never per merchant, and never beside coin counts (hard rule 4).</summary>
/// <param name="Month">Which, by the day of the postings.</param>
/// <param name="ContributedFen">What came in by receipts, the opening money included, less what of it was taken back in the month; in fen.</param>
/// <param name="AdjustedFen">What came in otherwise, less what went otherwise, in fen; may be below zero.</param>
/// <param name="PaidFen">What was paid to partners, less what came back, in fen.</param>
public sealed record FundMonth(Month Month, long ContributedFen, long AdjustedFen, long PaidFen);

/// <summary>What the fund of the community in scope took in and paid, from the ledger: right whoever posted it.</summary>
public interface IFundMonths
{
    /// <summary>Most months of one question.</summary>
    const int MaxMonths = 24;

    /// <summary>Every month of the span, both included, quiet ones too; earliest first.</summary>
    Task<IReadOnlyList<FundMonth>> Between(Month from, Month to, CancellationToken cancel);
}

/// <summary>A kind of help and how much of it there was.</summary>
/// <param name="Kind">In words: 一老一小.</param>
/// <param name="Minutes">Service that was recorded, in minutes.</param>
/// <param name="PeopleServed">People served, as leaders entered them; 0 where nobody did.</param>
public sealed record HelpGiven(string Kind, long Minutes, long PeopleServed);

/// <summary>Whoever records service says to what kinds of help it came: public figures, so that a kind with too few volunteers isn't told.</summary>
public interface IHelpFigures
{
    /// <summary>Kinds of help between two days of the community in scope, both included, in their fixed order.</summary>
    Task<IReadOnlyList<HelpGiven>> Between(DateOnly from, DateOnly to, CancellationToken cancel);
}
