using Phoenix.Platform.Results;

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
