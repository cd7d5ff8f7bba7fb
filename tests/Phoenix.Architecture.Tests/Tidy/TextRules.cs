using System.Text.RegularExpressions;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>Rules over the text of every file. The patterns are written so that they don't match themselves.</summary>
public static partial class TextRules
{
    private static readonly string[] RegistryHosts = ["nuget org", "npmjs org", "npmjs com", "debian org", "yarnpkg com", "pypi org", "crates io"];

    /// <summary>Work left for later, and tests switched off.</summary>
    public static IEnumerable<string> Unfinished(SourceFile file) =>
        Lines(file, UnfinishedPattern(), "unfinished work doesn't land").Concat(file.IsCode ? Lines(file, SkipPattern(), "no test is switched off") : []);

    /// <summary>Paths of somebody's own machine.</summary>
    public static IEnumerable<string> MachinePaths(SourceFile file) => Lines(file, MachinePathPattern(), "a path of one machine");

    /// <summary>Addresses of package registries: the machine's own settings name them, and lock files pin content, not addresses.</summary>
    public static IEnumerable<string> Registries(SourceFile file) => RegistryHosts
        .SelectMany(host => Lines(file, new Regex(Regex.Escape(host.Replace(' ', '.')), RegexOptions.None, TimeSpan.FromSeconds(5)), "names a package registry"))
        .Concat(Lines(file, ResolvedPattern(), "a lock file with download addresses"));

    /// <summary>Ends with one newline; no tabs and no trailing space, but for the formats that need them.</summary>
    public static IEnumerable<string> Whitespace(SourceFile file)
    {
        var name = Path.GetFileName(file.Path);
        if (file.Text.Length == 0 || name is "packages.lock.json" or "Phoenix.sln")
            return [];
        IEnumerable<string> ends = file.Text.EndsWith('\n') && !file.Text.EndsWith("\n\n", StringComparison.Ordinal) ? [] : [$"{file.Path}: doesn't end with one newline."];
        IEnumerable<string> trailing = name.EndsWith(".md", StringComparison.Ordinal) ? [] : Lines(file, TrailingPattern(), "trailing space");
        return [.. ends, .. trailing, .. Lines(file, TabPattern(), "a tab")];
    }

    private static IEnumerable<string> Lines(SourceFile file, Regex pattern, string message)
    {
        if (!pattern.IsMatch(file.Text))
            yield break;
        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            number++;
            if (pattern.IsMatch(line))
                yield return $"{file.Path}:{number}: {message}: {line.Trim()}";
        }
    }

    [GeneratedRegex(@"\b(TO[D]O|FI[X]ME|HA[C]K|XX[X]|NotImplemented[E]xception)\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex UnfinishedPattern();

    [GeneratedRegex(@"\bSkip\s*=\s*[""$@n]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SkipPattern();

    [GeneratedRegex(@"(?<![\w.$}/])/(work|home|root|Users)/[\w.]|\b[A-Z]:\\\\?[\w]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex MachinePathPattern();

    [GeneratedRegex(@"""resolved"": ""http", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ResolvedPattern();

    [GeneratedRegex(@"[ \t]$", RegexOptions.Multiline, 5000)]
    private static partial Regex TrailingPattern();

    [GeneratedRegex(@"\t", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TabPattern();
}
