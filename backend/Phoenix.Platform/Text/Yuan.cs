using System.Globalization;

namespace Phoenix.Platform.Text;

/// <summary>Amounts in fen as people read them, by whole numbers.</summary>
public static class Yuan
{
    /// <summary>With two decimals: 123450 is "1234.50", -5 is "-0.05".</summary>
    public static string Of(long fen) => string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{Math.Abs(fen / 100)}.{Math.Abs(fen % 100):D2}");

    /// <summary>As a number, for a sheet's cell; none for none.</summary>
    public static decimal? Number(long? fen) => fen / 100m;
}
