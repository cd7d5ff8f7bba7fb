using System.Text.Json.Nodes;
using System.Xml.Linq;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Packages;

/// <summary>Package versions stand in one place, each is used, and lock files fix what is restored.</summary>
public static class PackageRules
{
    /// <summary>Versions written in project files.</summary>
    public static IEnumerable<string> LocalVersions(IEnumerable<SourceFile> files) =>
        from file in files
        where IsProject(file)
        from reference in XDocument.Parse(file.Text).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null || reference.Element("Version") is not null
        select $"{file.Path}: {(string?)reference.Attribute("Include")} has a version of its own.";

    /// <summary>Central versions that nothing needs: neither referenced, nor listed as a pin of a package that others bring.</summary>
    public static IEnumerable<string> Unused(IReadOnlyList<SourceFile> files, IReadOnlyDictionary<string, string> pins)
    {
        var referenced = files.Where(IsProject)
            .SelectMany(file => XDocument.Parse(file.Text).Descendants("PackageReference"))
            .Select(reference => (string?)reference.Attribute("Include") ?? "")
            .ToHashSet(StringComparer.Ordinal);
        var pinned = files.Where(IsLock).SelectMany(Pinned).ToHashSet(StringComparer.Ordinal);
        foreach (var package in Central(files))
        {
            if (referenced.Contains(package) && pins.ContainsKey(package))
                yield return $"{package} is referenced: take it off the list of pins.";
            else if (pins.ContainsKey(package) && !pinned.Contains(package))
                yield return $"{package} is pinned, but nothing brings it any more.";
            else if (!referenced.Contains(package) && !pins.ContainsKey(package))
                yield return $"{package} has a central version, but nothing references it and it is no listed pin.";
        }
    }

    /// <summary>Projects without a lock file beside them.</summary>
    public static IEnumerable<string> Unlocked(IReadOnlyList<SourceFile> files) => files
        .Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(file => $"{Path.GetDirectoryName(file.Path)}/packages.lock.json")
        .Where(path => !files.Any(file => file.Path.Equals(path, StringComparison.Ordinal)))
        .Select(path => $"{path} is missing.");

    private static bool IsProject(SourceFile file) => file.Path.EndsWith(".csproj", StringComparison.Ordinal) || Path.GetFileName(file.Path) is "Directory.Build.props";

    private static bool IsLock(SourceFile file) => Path.GetFileName(file.Path) is "packages.lock.json";

    private static IEnumerable<string> Central(IEnumerable<SourceFile> files) => files
        .Where(file => file.Path is "Directory.Packages.props")
        .SelectMany(file => XDocument.Parse(file.Text).Descendants("PackageVersion"))
        .Select(version => (string)version.Attribute("Include")!);

    private static IEnumerable<string> Pinned(SourceFile file) =>
        from framework in JsonNode.Parse(file.Text)!["dependencies"]!.AsObject()
        from package in framework.Value!.AsObject()
        where (string?)package.Value!["type"] is "CentralTransitive"
        select package.Key;
}
