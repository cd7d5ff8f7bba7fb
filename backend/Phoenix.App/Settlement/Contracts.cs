using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>What was settled with merchants in a month: fund level only, never of one merchant (hard rule 4).</summary>
/// <param name="Month">The month in which it was paid, in the community's time.</param>
/// <param name="Payments">How many statements were paid.</param>
/// <param name="PaidFen">What left the fund, in fen.</param>
/// <param name="SettledCoins">Coins that were settled with it.</param>
public sealed record MonthSettled(Month Month, int Payments, long PaidFen, long SettledCoins);

/// <summary>What was settled in all.</summary>
/// <param name="PaidFen">In fen.</param>
/// <param name="SettledCoins">In coins.</param>
/// <param name="WaitingFen">What confirmed and approved statements still wait for, in fen.</param>
/// <param name="Months">The months with payments, oldest first; the latest <see cref="ISettledFigures.MaxMonths"/>.</param>
public sealed record SettledTotals(long PaidFen, long SettledCoins, long WaitingFen, IReadOnlyList<MonthSettled> Months);

/// <summary>What was settled with merchants of the community in scope, for the fund's trace and the board.</summary>
public interface ISettledFigures
{
    /// <summary>Most months of an answer.</summary>
    const int MaxMonths = 36;

    /// <summary>The figures now.</summary>
    Task<SettledTotals> Totals(CancellationToken cancel);
}
