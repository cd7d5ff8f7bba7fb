using System.Text.RegularExpressions;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>Paths inside the mini program.</summary>
internal static partial class Pages
{
    /// <summary>Whether a path, with or without query, names a page of the released version.</summary>
    public static bool IsReleased(string path, SimulatorSettings settings)
    {
        var page = path.Split('?', 2)[0];
        return PathPattern().IsMatch(page) && (settings.ReleasedPages is null || settings.ReleasedPages.Contains(page, StringComparer.Ordinal));
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PathPattern();
}
