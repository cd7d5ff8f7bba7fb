using System.Xml.Linq;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Packages;

/// <summary>The build's own gates are on in every project: warnings as errors, docstrings, lock files, banned APIs.</summary>
public static class BuildRules
{
    private const string Shared = "Directory.Build.props";

    private static readonly string[] SwitchedOn =
    [
        "Nullable", "TreatWarningsAsErrors", "GenerateDocumentationFile", "EnforceCodeStyleInBuild", "RestorePackagesWithLockFile",
    ];

    /// <summary>Gates that are off, in the shared settings or in one project.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<SourceFile> files, IEnumerable<string> bannedSymbols)
    {
        var shared = Xml(files, Shared);
        return
        [
            .. SwitchedOn.Where(name => shared.Descendants(name).All(setting => setting.Value is not ("true" or "enable"))).Select(name => $"{Shared}: {name} is not on."),
            .. Analyzer(shared),
            .. Symbols(files, bannedSymbols),
            .. files.Where(IsBuildFile).SelectMany(Loosened),
        ];
    }

    private static IEnumerable<string> Analyzer(XElement shared)
    {
        if (!Includes(shared, "PackageReference").Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", StringComparer.Ordinal))
            yield return $"{Shared}: the analyzer of banned APIs is not referenced.";
        if (!Includes(shared, "AdditionalFiles").Any(file => file.EndsWith("BannedSymbols.txt", StringComparison.Ordinal)))
            yield return $"{Shared}: the analyzer of banned APIs is not given BannedSymbols.txt.";
    }

    private static IEnumerable<string> Symbols(IReadOnlyList<SourceFile> files, IEnumerable<string> bannedSymbols)
    {
        var listed = files.Single(file => file.Path is "BannedSymbols.txt").Text.Split('\n').Select(line => line.Split(';')[0]).ToHashSet(StringComparer.Ordinal);
        return bannedSymbols.Where(symbol => !listed.Contains(symbol)).Select(symbol => $"BannedSymbols.txt: {symbol} is not banned.");
    }

    // A project or a folder's settings may add, not loosen; a folder's settings must take in the shared ones.
    private static IEnumerable<string> Loosened(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text).Root!;
        foreach (var setting in xml.Descendants().Where(element => element.Name.LocalName is "NoWarn" or "WarningsNotAsErrors" || SwitchedOn.Contains(element.Name.LocalName, StringComparer.Ordinal)))
            yield return $"{file.Path}: {setting.Name.LocalName} is decided in {Shared} alone.";
        if (file.Path.EndsWith("/" + Shared, StringComparison.Ordinal) && !xml.Elements("Import").Any(import => (string?)import.Attribute("Project") is "../Directory.Build.props"))
            yield return $"{file.Path}: doesn't take in the shared settings.";
    }

    private static bool IsBuildFile(SourceFile file) => file.Path is not Shared && (file.Path.EndsWith(".csproj", StringComparison.Ordinal) || Path.GetFileName(file.Path) is Shared or "Directory.Build.targets");

    private static IEnumerable<string> Includes(XElement xml, string item) => xml.Descendants(item).Select(element => (string?)element.Attribute("Include") ?? "");

    private static XElement Xml(IEnumerable<SourceFile> files, string path) => XDocument.Parse(files.Single(file => file.Path.Equals(path, StringComparison.Ordinal)).Text).Root!;
}
