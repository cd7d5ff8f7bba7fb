using System.Globalization;
using System.Text;

namespace Phoenix.Platform.Text;

/// <summary>
/// Sort keys by which Chinese names stand in the order of their pinyin, without ICU: the 3,755 common characters of GB 2312 level 1 are numbered in
/// that order (a character with several readings has its commonest: 重 is zhòng). Latin letters and digits come before them, in any case; rarer
/// characters after them, in the order of Unicode. Keys are upper-case hexadecimal, which every database collates alike.
/// </summary>
public static class ChineseOrder
{
    /// <summary>Longest key of a name of <paramref name="nameLength"/> UTF-16 units.</summary>
    public static int MaxKeyLength(int nameLength) => nameLength * 6;

    private const int CommonFirst = 0xB0A1;
    private const int CommonLast = 0xD7F9;

    private static readonly Encoding s_gb2312 = CodePagesEncodingProvider.Instance.GetEncoding(936, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)!;

    /// <summary>The key of a name: compare keys ordinally.</summary>
    public static string KeyOf(string name)
    {
        var key = new StringBuilder(MaxKeyLength(name.Length));
        Span<byte> bytes = stackalloc byte[4];
        foreach (var unit in name)
        {
            if (unit < 0x80)
                key.Append(CultureInfo.InvariantCulture, $"{(int)char.ToUpperInvariant(unit):X2}");
            else if (!char.IsSurrogate(unit) && s_gb2312.GetBytes([unit], bytes) == 2 && ((bytes[0] << 8) | bytes[1]) is >= CommonFirst and <= CommonLast and var common)
                key.Append(CultureInfo.InvariantCulture, $"{common:X4}");
            else
                key.Append(CultureInfo.InvariantCulture, $"FF{(int)unit:X4}");
        }

        return key.ToString();
    }
}
