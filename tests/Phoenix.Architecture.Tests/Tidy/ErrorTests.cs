using Phoenix.Architecture.Tests.Solution;
using Phoenix.Platform.Results;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>The rules of <see cref="ErrorRules"/> over every refusal of the product.</summary>
public sealed class ErrorTests
{
    private static readonly string[] Product = ["Phoenix.Platform", "Phoenix.Ledger", "Phoenix.WeChat", "phoenix"];

    [Fact]
    public void Refusals_have_unique_codes_and_Chinese_sentences()
    {
        var declared = ErrorRules.Declared(Repository.Code.Where(file => file.Path.StartsWith("backend/", StringComparison.Ordinal)));
        Rule.Holds(ErrorRules.Check(declared));
        Rule.Holds(Unseen(Product.SelectMany(name => System.Reflection.Assembly.Load(name).GetTypes()), declared));
    }

    [Theory]
    [InlineData("""record A() : Error("Bad.Code", ErrorKind.Invalid, "请重试。");""", "Bad.Code")]
    [InlineData("""record A() : Error("bad", ErrorKind.Invalid, "请重试。");""", "dotted")]
    [InlineData("""record A() : Error(Codes.A, ErrorKind.Invalid, "请重试。");""", "literal")]
    [InlineData("""record A() : Error("a.b", ErrorKind.Invalid, "Try again.");""", "Try again.")]
    [InlineData("""record A() : Error("a.b", ErrorKind.Invalid, "请重试");""", "full-width")]
    [InlineData("""record A(int N) : Error("a.b", ErrorKind.Invalid, N > 1 ? "好。" : $"还差 {N} 枚.");""", "full-width")]
    [InlineData("""record A() : Error("a.b", ErrorKind.Invalid, Texts.A);""", "must be written")]
    [InlineData("""record A() : Error("a.b", ErrorKind.Invalid, "好。"); record B() : Phoenix.Platform.Results.Error("a.b", ErrorKind.Gone, "好。");""", "more than once")]
    public void A_bad_refusal_is_caught(string source, string culprit) => Rule.Catches(culprit, ErrorRules.Check(ErrorRules.Declared([Rule.Code(source)])));

    [Fact]
    public void A_refusal_that_the_rules_cannot_read_is_caught() => Rule.Catches(nameof(Indirect), Unseen([typeof(Indirect)], []));

    // A refusal declared in another form than the rules read would go unchecked.
    private static IEnumerable<string> Unseen(IEnumerable<Type> types, IReadOnlyList<ErrorRules.Refusal> declared) => types
        .Where(type => type.IsSubclassOf(typeof(Error)) && !type.IsAbstract && !declared.Any(refusal => refusal.Type.Equals(type.Name, StringComparison.Ordinal)))
        .Select(type => $"{type}: declare it as record {type.Name}(...) : Error(\"code\", kind, \"message\").");

    private sealed record Indirect : Error
    {
        public Indirect() : base("a.b", ErrorKind.Bug, "好。")
        {
        }
    }
}
