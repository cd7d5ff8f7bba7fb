using System.Globalization;

namespace Phoenix.WeChat.Client;

/// <summary>Texts that fit a template's <c>thing</c> keyword.</summary>
public static class ThingText
{
    /// <summary>Most characters of a <c>thing</c>. WeChat doesn't say whether it counts UTF-16 units or what a reader sees as one, so neither may be more.</summary>
    public const int MaxLength = 20;

    private const string Ellipsis = "…";

    /// <summary>
    /// The text on one line, cut where it is too long, with an ellipsis at the cut. Never cuts through what a reader sees as one character (a rare name
    /// of two UTF-16 units, an emoji with its skin colour).
    /// </summary>
    /// <returns>1 to 20 UTF-16 units; the ellipsis alone where nothing else fits or the text is blank.</returns>
    public static string Cut(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length is > 0 and <= MaxLength)
            return line;
        var end = 0;
        while (end < line.Length && end + StringInfo.GetNextTextElementLength(line, end) is var next && next <= MaxLength - Ellipsis.Length)
            end = next;
        return line[..end].TrimEnd() + Ellipsis;
    }
}
