namespace Phoenix.Ledger.Accounts;

/// <summary>What is counted. Every asset is in whole units; legs never mix two of them.</summary>
public enum Asset : short
{
    /// <summary>Phoenix coins (凤凰币), in whole coins (枚).</summary>
    Coin = 1,

    /// <summary>Renminbi, in fen (1/100 yuan).</summary>
    Fen = 2,
}
