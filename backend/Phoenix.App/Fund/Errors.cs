using Phoenix.Platform.Results;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund;

/// <summary>What is promised would exceed what the fund may cover. For staff: the sentence has the figures.</summary>
/// <param name="Position">The position before the promise.</param>
/// <param name="Coins">What was to be promised.</param>
public sealed record FundShort(FundPosition Position, long Coins) : Error(
    "fund.short",
    ErrorKind.Conflict,
    $"基金不够：现有 {Yuan.Of(Position.CashFen)} 元，可承诺 {Yuan.Of(Position.LimitFen)} 元，已承诺 {Yuan.Of(Position.LiabilityFen)} 元，这次要 {Coins} 枚（合 {Yuan.Of(Coins * Position.LiabilityFenPerCoin)} 元），最多还能承诺 {Math.Max(0, Position.HeadroomCoins)} 枚。请减少预算，或改为只记时长。");

/// <summary>The treasurer hasn't set what a coin costs.</summary>
public sealed record FundPolicyMissing() : Error("fund.no_policy", ErrorKind.Conflict, "基金规则还没设置，请财务先设置每枚负债和承诺比例，或改为只记时长。");

/// <summary>The opening contribution was made before.</summary>
public sealed record FundOpened() : Error("fund.opened", ErrorKind.Conflict, "期初资金已经登记过，不用再登记。");
