using System.Xml.Linq;

namespace Phoenix.Architecture.Tests.Solution;

/// <summary>What the rules need to know of a project file.</summary>
public sealed record ProjectFile(string Path, string Sdk, IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public bool IsTest => Name.EndsWith(".Tests", StringComparison.Ordinal);

    public static ProjectFile Parse(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text).Root!;
        return new ProjectFile(
            file.Path,
            (string?)xml.Attribute("Sdk") ?? "",
            [.. Included(xml, "ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Included(xml, "PackageReference")],
            [.. Included(xml, "FrameworkReference")]);
    }

    public static IReadOnlyList<ProjectFile> All(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Parse)];

    private static IEnumerable<string> Included(XElement xml, string item) =>
        xml.Descendants(item).Select(element => (string?)element.Attribute("Include")).OfType<string>();
}
