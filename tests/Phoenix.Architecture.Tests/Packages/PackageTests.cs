using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Packages;

/// <summary>The rules of <see cref="PackageRules"/> and the build settings that other gates lean on.</summary>
public sealed class PackageTests
{
    private const string Garnet = "Microsoft.Garnet asks for a version that the package source lacks";
    private const string Engine = "EF Core and Npgsql bring it: all of the family at one version";

    /// <summary>Packages that only others bring, and why their version is fixed here.</summary>
    private static readonly Dictionary<string, string> Pins = new(StringComparer.Ordinal)
    {
        ["Azure.Core"] = Garnet,
        ["Azure.Storage.Blobs"] = Garnet,
        ["Azure.Storage.Common"] = Garnet,
        ["KeraLua"] = Garnet,
        ["Microsoft.Identity.Client"] = Garnet,
        ["Microsoft.IdentityModel.Protocols.OpenIdConnect"] = Garnet,
        ["Microsoft.IdentityModel.Validators"] = Garnet,
        ["System.IdentityModel.Tokens.Jwt"] = Garnet,
        ["DistributedLock.Core"] = "DistributedLock.Redis asks for a version that the package source lacks",
        ["Dapper.AOT"] = "Hangfire.PostgreSql asks for a version that the package source lacks",
        ["Npgsql"] = Engine,
        ["Hangfire.Core"] = "Hangfire's stores bring it: all of the family at one version",
    };

    private static readonly string[] BannedSymbols =
    [
        "P:System.DateTime.UtcNow", "P:System.DateTime.Now", "P:System.DateTime.Today", "P:System.DateTimeOffset.UtcNow", "P:System.DateTimeOffset.Now",
        "M:System.TimeProvider.GetUtcNow", "P:System.TimeZoneInfo.Local", "M:System.Guid.NewGuid", "M:System.Guid.CreateVersion7", "M:System.Random.#ctor",
        "P:System.Random.Shared", "T:System.Security.Cryptography.RandomNumberGenerator", "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Threading.Tasks.Task.Delay(System.Int32)", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan)",
    ];

    [Fact]
    public void Versions_stand_in_one_place() => Rule.Holds(PackageRules.LocalVersions(Repository.Files));

    [Theory]
    [InlineData("""<PackageReference Include="A" Version="1.0.0" />""")]
    [InlineData("""<PackageReference Include="A" VersionOverride="1.0.0" />""")]
    public void A_version_in_a_project_is_caught(string item) => Rule.Catches("A has a version", PackageRules.LocalVersions([Project(item)]));

    [Fact]
    public void Every_central_version_is_needed() => Rule.Holds(PackageRules.Unused(Repository.Files, Pins));

    [Fact]
    public void A_central_version_that_nothing_needs_is_caught() => Rule.Catches("A has a central version", Unused(Project("")));

    [Fact]
    public void A_pin_that_nothing_brings_is_caught() => Rule.Catches("A is pinned, but nothing", Unused(Project(""), pin: "A"));

    [Fact]
    public void A_pin_that_is_referenced_is_caught() => Rule.Catches("take it off", Unused(Project("""<PackageReference Include="A" />"""), pin: "A"));

    [Fact]
    public void Every_project_has_a_lock_file() => Rule.Holds(PackageRules.Unlocked(Repository.Files));

    [Fact]
    public void A_project_without_a_lock_file_is_caught() => Rule.Catches("backend/A/packages.lock.json", PackageRules.Unlocked([Project("")]));

    [Fact]
    public void The_build_refuses_warnings_missing_docstrings_and_banned_APIs() =>
        Rule.Holds(BuildRules.Check(Repository.Files, BannedSymbols));

    [Theory]
    [InlineData("Directory.Build.props", "<GenerateDocumentationFile>true", "<GenerateDocumentationFile>false")]
    [InlineData("Directory.Build.props", "<TreatWarningsAsErrors>true", "<TreatWarningsAsErrors>false")]
    [InlineData("Directory.Build.props", "Microsoft.CodeAnalysis.BannedApiAnalyzers", "Other")]
    [InlineData("Directory.Build.props", "<AdditionalFiles", "<None")]
    [InlineData("BannedSymbols.txt", "P:System.Random.Shared", "")]
    [InlineData("backend/Phoenix.Ledger/Phoenix.Ledger.csproj", "</Project>", "<PropertyGroup><NoWarn>CS0168</NoWarn></PropertyGroup></Project>")]
    [InlineData("tests/Directory.Build.props", "../Directory.Build.props", "../Other.props")]
    public void A_loosened_build_is_caught(string path, string setting, string loosened)
    {
        var file = Assert.Single(Repository.Files, file => file.Path.Equals(path, StringComparison.Ordinal));
        var changed = file.Text.Replace(setting, loosened, StringComparison.Ordinal);
        Assert.NotEqual(file.Text, changed, StringComparer.Ordinal);
        Rule.Catches(path, BuildRules.Check([.. Repository.Files.Where(other => other != file), new SourceFile(path, changed)], BannedSymbols));
    }

    private static SourceFile Project(string item) => new("backend/A/A.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>");

    private static IEnumerable<string> Unused(SourceFile project, string? pin = null)
    {
        var central = new SourceFile("Directory.Packages.props", """<Project><ItemGroup><PackageVersion Include="A" Version="1.0.0" /></ItemGroup></Project>""");
        var pins = new Dictionary<string, string>(StringComparer.Ordinal);
        if (pin is not null)
            pins.Add(pin, "planted");
        return PackageRules.Unused([central, project], pins);
    }
}
