using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Phoenix.Architecture.Tests.Solution;

/// <summary>Who may reference whom among the projects: App -> Ledger, WeChat -> Platform; Platform knows nobody; ASP.NET stands in the host and in the simulator.</summary>
public sealed class ReferenceTests
{
    private const string Web = "Microsoft.AspNetCore";

    /// <summary>The simulator serves what WeChat serves; nothing else of its project may know of ASP.NET.</summary>
    private const string Simulator = "Phoenix.WeChat.Simulator";

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
    [InlineData("Phoenix.Platform", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", "Microsoft.AspNetCore.App")]
    [InlineData("Phoenix.WeChat", """<PackageReference Include="Microsoft.AspNetCore.TestHost" />""", "Microsoft.AspNetCore.TestHost")]
    [InlineData("Phoenix.Second", "", "not in the table")]
    public void A_reference_against_the_table_is_caught(string project, string item, string culprit) =>
        Rule.Catches(culprit, Check(Planted(project, item, "Microsoft.NET.Sdk")));

    [Fact]
    public void A_web_project_below_the_host_is_caught() => Rule.Catches("Sdk.Web", Check(Planted("Phoenix.Ledger", "", "Microsoft.NET.Sdk.Web")));

    [Fact]
    public void Assemblies_below_the_host_and_the_simulator_reference_no_ASP_NET()
    {
        var assemblies = Allowed.Keys.Where(name => name is not ("Phoenix.App" or "Phoenix.WeChat")).Select(System.Reflection.Assembly.Load).ToList();
        Assert.Equal(2, assemblies.Count);
        Rule.Holds(assemblies.SelectMany(WebReferences));
    }

    [Fact]
    public void Only_the_simulator_in_Phoenix_WeChat_knows_ASP_NET() => Rule.Holds(Repository.Code.SelectMany(WebUses));

    [Fact]
    public void ASP_NET_beside_the_simulator_is_caught()
    {
        const string Code = "namespace Phoenix.WeChat.Client;\nclass Planted(Microsoft.AspNetCore.Http.HttpContext http);\n";
        Rule.Catches("Planted.cs:2", WebUses(Rule.Code(Code, "backend/Phoenix.WeChat/Client/Planted.cs")));
        Rule.Catches("Planted.cs:1", WebUses(Rule.Code("using Microsoft.AspNetCore.Http;\n", "backend/Phoenix.WeChat/Planted.cs")));
        Assert.Empty(WebUses(Rule.Code("using Microsoft.AspNetCore.Http;\n", "backend/Phoenix.WeChat/Simulator/Planted.cs")));
        Rule.Catches("Planted.cs:1", WebUses(Rule.Code("using Phoenix.WeChat.Simulator;\n", "backend/Phoenix.WeChat/Client/Planted.cs")));
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
        var frameworks = project.Name is "Phoenix.WeChat" ? [] : project.Frameworks;
        foreach (var web in frameworks.Concat(project.Packages).Append(project.Sdk).Where(IsWeb))
            yield return $"{project.Path}: no ASP.NET below the host, but {web}.";
    }

    // The client must not know the simulator either: it speaks to it as to WeChat.
    private static IEnumerable<string> WebUses(SourceFile file) => !file.Path.StartsWith("backend/Phoenix.WeChat/", StringComparison.Ordinal) || file.Path.StartsWith("backend/Phoenix.WeChat/Simulator/", StringComparison.Ordinal)
        ? []
        : file.Syntax.DescendantNodes().OfType<QualifiedNameSyntax>()
            .Where(name => name.Parent is not QualifiedNameSyntax && (name.ToString().StartsWith(Web, StringComparison.Ordinal) || name.ToString().StartsWith(Simulator, StringComparison.Ordinal)))
            .Select(name => $"{file.At(name)}: {name} is the simulator's alone.");

    private static bool IsWeb(string name) => name.StartsWith(Web, StringComparison.Ordinal) || name is "Microsoft.NET.Sdk.Web";

    private static IEnumerable<string> WebReferences(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies()
        .Where(reference => IsWeb(reference.Name!))
        .Select(reference => $"{assembly.GetName().Name} references {reference.Name}.");

    private static ProjectFile Planted(string name, string item, string sdk) =>
        ProjectFile.Parse(new SourceFile($"backend/{name}/{name}.csproj", $"""<Project Sdk="{sdk}"><ItemGroup>{item}</ItemGroup></Project>"""));
}
