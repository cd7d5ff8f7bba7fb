namespace Phoenix.App.Volunteering;

/// <summary>Texts as they are stored.</summary>
internal static class Text
{
    /// <summary>Trimmed; blank means not said.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
