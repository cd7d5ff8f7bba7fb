using System.Globalization;

namespace Phoenix.App.Settlement;

/// <summary>Amounts as people read them.</summary>
internal static class Money
{
    /// <summary>Yuan with two decimals, from fen, by whole numbers: -0.05 too.</summary>
    public static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{Math.Abs(fen) / 100}.{Math.Abs(fen) % 100:D2}");

    /// <summary>Yuan as a number for a sheet.</summary>
    public static decimal Number(long fen) => fen / 100m;
}
