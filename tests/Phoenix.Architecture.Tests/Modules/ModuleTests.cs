using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Modules;

/// <summary>The table of allowed module pairs, checked over the compiled host and over planted modules.</summary>
public sealed class ModuleTests
{
    /// <summary>Who may use whose contracts. A new pair is a decision: it stands in the review of the change that adds it.</summary>
    private static readonly HashSet<(string From, string To)> Pairs =
    [
        ("Bookkeeping", "Community"),
        ("Bookkeeping", "Identity"),
        ("Bookkeeping", "Notifications"),
        ("Community", "Notifications"),
        ("Files", "Community"),
        ("Fund", "Bookkeeping"),
        ("Fund", "Community"),
        ("Fund", "Files"),
        ("Fund", "Identity"),
        ("Fund", "MiniProgram"),
        ("Fund", "Notifications"),
        ("Http", "Community"),
        ("Http", "Identity"),
        ("Identity", "Community"),
        ("Identity", "Notifications"),
        ("MiniProgram", "Community"),
        ("MiniProgram", "Files"),
        ("MiniProgram", "Identity"),
        ("MiniProgram", "Notifications"),
        ("Notifications", "Community"),
        ("Notifications", "Identity"),
        ("Redemption", "Bookkeeping"),
        ("Redemption", "Community"),
        ("Redemption", "Files"),
        ("Redemption", "Identity"),
        ("Redemption", "MiniProgram"),
        ("Redemption", "Notifications"),
        ("Reporting", "Bookkeeping"),
        ("Reporting", "Community"),
        ("Reporting", "Settlement"),
        ("Reporting", "Volunteering"),
        ("Settlement", "Bookkeeping"),
        ("Settlement", "Community"),
        ("Settlement", "Files"),
        ("Settlement", "Identity"),
        ("Settlement", "Notifications"),
        ("Settlement", "Redemption"),
        ("Volunteering", "Bookkeeping"),
        ("Volunteering", "Community"),
        ("Volunteering", "Files"),
        ("Volunteering", "Fund"),
        ("Volunteering", "Identity"),
        ("Volunteering", "MiniProgram"),
        ("Volunteering", "Notifications"),
    ];

    private const string Planted = """
        namespace Phoenix.App.Fund { public interface IFundGate { } public class FundBook { public class Page { } } }
        namespace Phoenix.App.Http { public class Caller { } }
        """;

    [Fact]
    public void Modules_use_each_other_only_by_contract_and_only_as_the_table_allows()
    {
        using var host = AssemblyDefinition.ReadAssembly(System.Reflection.Assembly.Load("phoenix").Location);
        var uses = TypeUse.In(host);
        AssertIsTheHost(host, uses);
        Rule.Holds(ModuleRules.Check(uses, ModuleRules.ContractTypes(Repository.Files), Pairs));
        Rule.Holds(ModuleRules.Stale(uses, Pairs));
    }

    [Theory]
    [InlineData("public Phoenix.App.Fund.FundBook? Field;")]
    [InlineData("public object Body() => new Phoenix.App.Fund.FundBook();")]
    [InlineData("public object Nested() => typeof(Phoenix.App.Fund.FundBook.Page);")]
    [InlineData("public System.Collections.Generic.List<Phoenix.App.Fund.FundBook[]>? Generic;")]
    [InlineData("public System.Func<object> Lambda() => () => new Phoenix.App.Fund.FundBook();")]
    [InlineData("public async System.Threading.Tasks.Task Async() { await System.Threading.Tasks.Task.Yield(); new Phoenix.App.Fund.FundBook().ToString(); }")]
    [InlineData("public class Inner : Phoenix.App.Fund.FundBook { }")]
    [InlineData("public void Method<T>() where T : Phoenix.App.Fund.FundBook { }")]
    public void The_internals_of_another_module_are_caught(string member) =>
        Assert.Contains(Check(member, ("Redemption", "Fund")), violation => violation.Contains("Phoenix.App.Fund.FundBook, which is not in Fund/Contracts.cs", StringComparison.Ordinal));

    [Fact]
    public void A_pair_outside_the_table_is_caught() =>
        Rule.Catches("Redemption -> Fund is not in the table", Check("public Phoenix.App.Fund.IFundGate? Gate;"));

    [Fact]
    public void A_contract_of_an_allowed_pair_passes() =>
        Rule.Holds(Check("public Phoenix.App.Fund.IFundGate? Gate; public Phoenix.App.Http.Caller? Caller;", ("Redemption", "Fund")));

    [Fact]
    public void A_module_used_by_Http_is_caught() =>
        Rule.Catches("Http -> Fund", Check("", [], "namespace Phoenix.App.Http { public class Knows { public Phoenix.App.Fund.IFundGate? Gate; } }"));

    [Fact]
    public void A_folder_that_is_no_module_is_caught() =>
        Rule.Catches("Helpers is neither a module nor a shared folder", Check("", [], "namespace Phoenix.App.Helpers { public class Misc { } }"));

    [Fact]
    public void A_pair_that_nothing_uses_is_caught() =>
        Rule.Catches("Fund -> Files", ModuleRules.Stale([new TypeUse("Phoenix.App.Redemption.Till", "Phoenix.App.Fund.IFundGate")], new HashSet<(string, string)> { ("Redemption", "Fund"), ("Fund", "Files") }));

    [Fact]
    public void Contract_types_are_those_declared_in_Contracts_cs() => Assert.Equal(
        "Phoenix.App.Fund.Cover, Phoenix.App.Fund.Gate`1, Phoenix.App.Fund.IFundGate",
        string.Join(", ", ModuleRules.ContractTypes(
        [
            Rule.Code("namespace Phoenix.App.Fund; public interface IFundGate { record Inner; } public enum Cover { Ample } public delegate T Gate<T>();", "backend/Phoenix.App/Fund/Contracts.cs"),
            Rule.Code("namespace Phoenix.App.Fund; public class FundBook;", "backend/Phoenix.App/Fund/FundBook.cs"),
        ]).Order(StringComparer.Ordinal)));

    // The trap: a rule that holds because it looked at the wrong assembly.
    private static void AssertIsTheHost(AssemblyDefinition host, IReadOnlyList<TypeUse> uses)
    {
        Assert.Equal("phoenix", host.Name.Name);
        Assert.Contains(uses, use => use.From is "Program");
    }

    private static IEnumerable<string> Check(string member, params (string, string)[] pairs) => Check(member, pairs, "");

    private static IEnumerable<string> Check(string member, (string, string)[] pairs, string more)
    {
        var source = $"{Planted} namespace Phoenix.App.Redemption {{ public class Till {{ {member} }} }} {more}";
        using var assembly = Compile(source);
        var contracts = new HashSet<string>(StringComparer.Ordinal) { "Phoenix.App.Fund.IFundGate" };
        return [.. ModuleRules.Check(TypeUse.In(assembly), contracts, pairs.ToHashSet()).Distinct(StringComparer.Ordinal)];
    }

    private static AssemblyDefinition Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("planted", [CSharpSyntaxTree.ParseText(source)], references, options);
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join(Environment.NewLine, result.Diagnostics));
        stream.Position = 0;
        return AssemblyDefinition.ReadAssembly(stream);
    }
}
