namespace Phoenix.Architecture.Tests.Solution;

/// <summary>Who may reference whom among the projects: App -> Ledger, WeChat -> Platform; Platform knows nobody.</summary>
public sealed class ReferenceTests
{
    private const string Web = "Microsoft.AspNetCore";

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Phoenix.Platform"] = [],
        ["Phoenix.Ledger"] = ["Phoenix.Platform"],
        ["Phoenix.WeChat"] = ["Phoenix.Platform"],
        ["Phoenix.App"] = ["Phoenix.Platform", "Phoenix.Ledger", "Phoenix.WeChat"],
    };

    [Fact]
    public void Projects_reference_only_what_the_table_allows()
    {
        var projects = ProjectFile.All(Repository.Files);
        Assert.All(Allowed.Keys, name => Assert.Contains(projects, project => project.Name.Equals(name, StringComparison.Ordinal)));
        Rule.Holds(projects.SelectMany(Check));
    }

    [Theory]
    [InlineData("Phoenix.Platform", """<ProjectReference Include="..\Phoenix.Ledger\Phoenix.Ledger.csproj" />""", "Phoenix.Ledger")]
    [InlineData("Phoenix.WeChat", """<ProjectReference Include="..\Phoenix.Ledger\Phoenix.Ledger.csproj" />""", "Phoenix.Ledger")]
    [InlineData("Phoenix.App", """<ProjectReference Include="..\..\tests\Phoenix.App.Tests\Phoenix.App.Tests.csproj" />""", "Phoenix.App.Tests")]
    [InlineData("Phoenix.Ledger.Tests", """<ProjectReference Include="..\Phoenix.App.Tests\Phoenix.App.Tests.csproj" />""", "Phoenix.App.Tests")]
    [InlineData("Phoenix.Ledger", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", "Microsoft.AspNetCore.App")]
    [InlineData("Phoenix.WeChat", """<PackageReference Include="Microsoft.AspNetCore.TestHost" />""", "Microsoft.AspNetCore.TestHost")]
    [InlineData("Phoenix.Second", "", "not in the table")]
    public void A_reference_against_the_table_is_caught(string project, string item, string culprit) =>
        Rule.Catches(culprit, Check(Planted(project, item, "Microsoft.NET.Sdk")));

    [Fact]
    public void A_web_project_below_the_host_is_caught() => Rule.Catches("Sdk.Web", Check(Planted("Phoenix.Ledger", "", "Microsoft.NET.Sdk.Web")));

    [Fact]
    public void Assemblies_below_the_host_reference_no_ASP_NET()
    {
        var assemblies = Allowed.Keys.Where(name => name is not "Phoenix.App").Select(System.Reflection.Assembly.Load).ToList();
        Assert.Equal(3, assemblies.Count);
        Rule.Holds(assemblies.SelectMany(WebReferences));
    }

    [Fact]
    public void An_assembly_that_references_ASP_NET_is_caught() =>
        Assert.NotEmpty(WebReferences(System.Reflection.Assembly.Load("phoenix")));

    private static IEnumerable<string> Check(ProjectFile project)
    {
        foreach (var reference in project.References.Where(name => name.EndsWith(".Tests", StringComparison.Ordinal)))
            yield return $"{project.Path}: nobody references the tests {reference}.";
        if (project.IsTest)
            yield break;
        if (!Allowed.TryGetValue(project.Name, out var allowed))
        {
            yield return $"{project.Path}: {project.Name} is not in the table of projects.";
            yield break;
        }

        foreach (var reference in project.References.Except(allowed, StringComparer.Ordinal).Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal)))
            yield return $"{project.Path}: may not reference {reference}.";
        if (project.Name is "Phoenix.App")
            yield break;
        foreach (var web in project.Frameworks.Concat(project.Packages).Append(project.Sdk).Where(IsWeb))
            yield return $"{project.Path}: no ASP.NET below the host, but {web}.";
    }

    private static bool IsWeb(string name) => name.StartsWith(Web, StringComparison.Ordinal) || name is "Microsoft.NET.Sdk.Web";

    private static IEnumerable<string> WebReferences(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies()
        .Where(reference => IsWeb(reference.Name!))
        .Select(reference => $"{assembly.GetName().Name} references {reference.Name}.");

    private static ProjectFile Planted(string name, string item, string sdk) =>
        ProjectFile.Parse(new SourceFile($"backend/{name}/{name}.csproj", $"""<Project Sdk="{sdk}"><ItemGroup>{item}</ItemGroup></Project>"""));
}
