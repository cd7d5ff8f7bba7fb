using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>The rules of <see cref="TextRules"/>: they hold for every file, and each catches its planted violation.</summary>
public sealed class TextTests
{
    [Fact]
    public void The_files_of_the_repository_are_seen()
    {
        Assert.Contains(Repository.Files, file => file.Path is "backend/Phoenix.Platform/Time/Clock.cs");
        Assert.Contains(Repository.Files, file => file.Path is "deploy/test.sh");
        Assert.DoesNotContain(Repository.Files, file => file.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_unfinished() => Rule.Holds(Repository.Files.SelectMany(TextRules.Unfinished));

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("// FIX" + "ME")]
    [InlineData("# HA" + "CK around it")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    [InlineData("[Fact(Sk" + "ip = \"slow\")]")]
    public void Unfinished_work_is_caught(string line) => Rule.Catches("Planted.cs:2", TextRules.Unfinished(Rule.Code($"\n{line}\n")));

    [Fact]
    public void Nothing_names_a_path_of_one_machine() => Rule.Holds(Repository.Files.SelectMany(TextRules.MachinePaths));

    [Theory]
    [InlineData("cd /wo" + "rk/main")]
    [InlineData("\"/ho" + "me/me/data\"")]
    [InlineData("C" + ":\\temp")]
    public void A_path_of_one_machine_is_caught(string line) => Rule.Catches("Planted.cs:1", TextRules.MachinePaths(Rule.Code(line)));

    [Fact]
    public void A_route_is_no_path_of_one_machine() => Rule.Holds(TextRules.MachinePaths(Rule.Code("/api/v1/home/x and a/work/y")));

    [Fact]
    public void Nothing_names_a_package_registry() => Rule.Holds(Repository.Files.SelectMany(TextRules.Registries));

    [Theory]
    [InlineData("source: api.nu" + "get.org")]
    [InlineData("registry.npm" + "js.org")]
    [InlineData("\"resolved\": \"htt" + "ps://x\"")]
    public void A_package_registry_is_caught(string line) => Rule.Catches("package-lock.json:1", TextRules.Registries(Rule.Code(line, "package-lock.json")));

    [Fact]
    public void Whitespace_is_clean() => Rule.Holds(Repository.Files.SelectMany(TextRules.Whitespace));

    [Theory]
    [InlineData("a", "newline")]
    [InlineData("a\n\n", "newline")]
    [InlineData("a \nb\n", "trailing space")]
    [InlineData("\ta\n", "a tab")]
    public void Untidy_whitespace_is_caught(string text, string culprit) => Rule.Catches(culprit, TextRules.Whitespace(Rule.Code(text)));
}
