namespace Phoenix.App.MiniProgram.Content;

/// <summary>Cuts a text into pieces that WeChat takes. Pieces overlap, so that no word is hidden by being cut in two.</summary>
internal static class TextPieces
{
    /// <summary>Characters of a piece (msgSecCheck: 2,500), counted as UTF-16 does, which is never fewer than WeChat counts.</summary>
    public const int MaxLength = 2500;

    /// <summary>Characters that two pieces share.</summary>
    public const int Overlap = 50;

    /// <summary>Pieces that WeChat is asked about; a longer text is for a person.</summary>
    public const int Max = 4;

    /// <summary>The pieces, in order; one for a text of ordinary length.</summary>
    public static IEnumerable<string> Of(string text)
    {
        for (var start = 0; ;)
        {
            var end = Math.Min(text.Length, start + MaxLength);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end--;
            yield return text[start..end];
            if (end == text.Length)
                yield break;
            start = end - Overlap;
            if (char.IsLowSurrogate(text[start]))
                start--;
        }
    }
}
