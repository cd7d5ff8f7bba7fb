using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>The rules of <see cref="CodeRules"/>: they hold for all code, and each catches its planted violation.</summary>
public sealed class CodeTests
{
    [Fact]
    public void The_real_clock_ids_and_randomness_are_used_in_one_place() => Rule.Holds(Repository.Code.SelectMany(CodeRules.RealClock));

    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("System.DateTimeOffset.UtcNow")]
    [InlineData("Guid.NewGuid()")]
    [InlineData("Guid.CreateVersion7()")]
    [InlineData("new Random(1)")]
    [InlineData("Random.Shared.Next()")]
    [InlineData("RandomNumberGenerator.GetBytes(8)")]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Task.Delay(100)")]
    [InlineData("Task.Delay(wait, cancel)")]
    public void A_real_clock_id_or_random_number_is_caught(string expression) =>
        Rule.Catches("Planted.cs:1", CodeRules.RealClock(Rule.Code($"var x = {expression};")));

    [Fact]
    public void What_only_talks_of_the_clock_passes() =>
        Rule.Holds(CodeRules.RealClock(Rule.Code("// DateTime.UtcNow\nvar x = \"Guid.NewGuid()\"; await Task.Delay(wait, time); await Task.Delay(wait, time, cancel);")));

    [Fact]
    public void Banned_APIs_are_let_through_in_one_file() => Rule.Holds(Repository.Code.SelectMany(CodeRules.LetThrough));

    [Fact]
    public void A_banned_API_let_through_is_caught() => Rule.Catches("Planted.cs", CodeRules.LetThrough(Rule.Code("#pragma warning disable RS" + "0030")));

    [Fact]
    public void Functions_and_files_are_short() => Rule.Holds(Repository.Code.SelectMany(CodeRules.Long));

    [Theory]
    [InlineData("class A { void F() { LINES } }")]
    [InlineData("class A { A() { LINES } }")]
    [InlineData("class A { int P { get { LINES return 1; } } }")]
    [InlineData("void F() { LINES }")]
    public void A_long_function_is_caught(string shape) =>
        Rule.Catches("a function of 71 lines", CodeRules.Long(Rule.Code(shape.Replace("LINES", new string('\n', CodeRules.FunctionLines), StringComparison.Ordinal))));

    [Fact]
    public void A_long_file_is_caught() => Rule.Catches("401 lines", CodeRules.Long(Rule.Code(new string('\n', CodeRules.FileLines + 1))));

    [Fact]
    public void A_long_migration_passes() => Rule.Holds(CodeRules.Long(Rule.Code(new string('\n', 999), "backend/Phoenix.App/Migrations/Pg/1.cs")));

    [Fact]
    public void Namespaces_have_no_braces() => Rule.Holds(Repository.Code.SelectMany(CodeRules.BlockNamespaces));

    [Fact]
    public void A_namespace_with_braces_is_caught() => Rule.Catches("Planted.cs:1", CodeRules.BlockNamespaces(Rule.Code("namespace A { }")));

    [Fact]
    public void Names_are_English() => Rule.Holds(Repository.Code.SelectMany(CodeRules.ForeignNames));

    [Fact]
    public void A_Chinese_name_is_caught() => Rule.Catches("余", CodeRules.ForeignNames(Rule.Code("var 余 = \"余\"; // 余")));

    [Fact]
    public void No_code_is_commented_out() => Rule.Holds(Repository.Code.SelectMany(CodeRules.CommentedOut));

    [Theory]
    [InlineData("// Run(1);")]
    [InlineData("// x = y;")]
    [InlineData("/* if (a) { b(); } */")]
    public void Commented_out_code_is_caught(string comment) => Rule.Catches("commented-out", CodeRules.CommentedOut(Rule.Code($"int y;\n{comment}\nint z;")));

    [Theory]
    [InlineData("// A sentence that ends here;")]
    [InlineData("// See above (it is long);")]
    [InlineData("// The rate is coins / hours = 10.")]
    public void A_sentence_is_no_code(string comment) => Rule.Holds(CodeRules.CommentedOut(Rule.Code(comment)));

    [Fact]
    public void No_public_code_goes_without_docstrings() => Rule.Holds(Repository.Files.SelectMany(CodeRules.SilencedDocs));

    [Fact]
    public void Silenced_docstrings_are_caught() => Rule.Catches("Planted.cs", CodeRules.SilencedDocs(Rule.Code("#pragma warning disable CS1" + "591")));
}
