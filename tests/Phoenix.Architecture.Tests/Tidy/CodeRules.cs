using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>Rules over the syntax of C# code: comments and strings don't count as uses.</summary>
public static partial class CodeRules
{
    public const int FunctionLines = 70;
    public const int FileLines = 400;

    // The one clock, the sources of ids and randomness, keys; tests have one seeded source.
    private static readonly string[] MayUseTheRealThing =
    [
        "backend/Phoenix.Platform/Time/", "backend/Phoenix.Platform/Ids/", "backend/Phoenix.Platform/Keys/", "TestSeed.cs",
    ];

    private static readonly HashSet<string> RealThings = new(StringComparer.Ordinal)
    {
        "DateTime.UtcNow", "DateTime.Now", "DateTime.Today", "DateTimeOffset.UtcNow", "DateTimeOffset.Now",
        "Guid.NewGuid", "Guid.CreateVersion7", "Random.Shared", "Thread.Sleep",
    };

    /// <summary>The real clock, ids and randomness outside their one place, sleeping, and delays without a TimeProvider.</summary>
    public static IEnumerable<string> RealClock(SourceFile file)
    {
        if (MayUseTheRealThing.Any(place => file.Path.Contains(place, StringComparison.Ordinal)))
            yield break;
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var use = node switch
            {
                MemberAccessExpressionSyntax member when RealThings.Contains(LastTwo(member)) => LastTwo(member),
                MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "RandomNumberGenerator" } } => "RandomNumberGenerator",
                ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.ValueText: "Random" } } => "new Random",
                InvocationExpressionSyntax call when IsBareDelay(call) => "Task.Delay without a TimeProvider",
                _ => null,
            };
            if (use is not null)
                yield return $"{file.At(node)}: {use}.";
        }
    }

    /// <summary>Banned APIs are let through only where Phoenix.Platform says so, by name, in one file.</summary>
    public static IEnumerable<string> LetThrough(SourceFile file) =>
        !file.Text.Contains(BannedRule, StringComparison.Ordinal) || file.Path is "backend/Phoenix.Platform/GlobalSuppressions.cs" || file.Path.EndsWith("TestSeed.cs", StringComparison.Ordinal)
            ? []
            : [$"{file.Path}: lets a banned API through ({BannedRule})."];

    /// <summary>Functions and files that are too long.</summary>
    public static IEnumerable<string> Long(SourceFile file)
    {
        if (file.IsMigration)
            yield break;
        var lines = file.Text.Count(c => c == '\n');
        if (lines > FileLines)
            yield return $"{file.Path}: {lines} lines; {FileLines} at most.";
        foreach (var function in file.Syntax.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
            if (LinesOf(function) > FunctionLines)
                yield return $"{file.At(function)}: a function of {LinesOf(function)} lines; {FunctionLines} at most.";
    }

    /// <summary>Namespaces with braces.</summary>
    public static IEnumerable<string> BlockNamespaces(SourceFile file) => file.IsMigration
        ? []
        : file.Syntax.DescendantNodes().OfType<NamespaceDeclarationSyntax>().Select(space => $"{file.At(space)}: namespace with braces.");

    /// <summary>Names that not every keyboard can type.</summary>
    public static IEnumerable<string> ForeignNames(SourceFile file) => file.Syntax.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && !token.ValueText.All(char.IsAscii))
        .Select(token => $"{file.At(token)}: the name {token.ValueText} isn't English.");

    /// <summary>Comments that are code: they end as a statement or block does, have a call or an assignment, and parse.</summary>
    public static IEnumerable<string> CommentedOut(SourceFile file) => file.Syntax.DescendantTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
        .Where(trivia => IsCode(trivia.ToString()))
        .Select(trivia => $"{file.Path}:{trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: commented-out code: {trivia}");

    /// <summary>Missing docstrings let through in the product (the compiler's own rule is an error everywhere else).</summary>
    public static IEnumerable<string> SilencedDocs(SourceFile file) =>
        file.Path.StartsWith("backend/", StringComparison.Ordinal) && !file.IsMigration && file.Text.Contains(DocsRule, StringComparison.Ordinal)
            ? [$"{file.Path}: lets public code without docstrings through ({DocsRule})."]
            : [];

    private const string BannedRule = "RS" + "0030";
    private const string DocsRule = "1" + "591";

    private static string LastTwo(MemberAccessExpressionSyntax member)
    {
        var owner = member.Expression is MemberAccessExpressionSyntax inner ? inner.Name : member.Expression;
        return $"{owner}.{member.Name}";
    }

    private static bool IsBareDelay(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax member && LastTwo(member) is "Task.Delay" &&
        (call.ArgumentList.Arguments.Count < 2 || call.ArgumentList.Arguments.Count == 2 && CancelPattern().IsMatch(call.ArgumentList.Arguments[1].ToString()));

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static bool IsCode(string comment)
    {
        var text = comment.Trim('/', '*', ' ', '\n');
        if (!text.EndsWith(';') && !text.EndsWith('}') || !CallOrAssignmentPattern().IsMatch(text))
            return false;
        return !CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default).GetDiagnostics().Any();
    }

    [GeneratedRegex("(?i)cancel|token|\\bct\\b", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CancelPattern();

    [GeneratedRegex(@"\w\(|[^=]=[^=]|\{", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CallOrAssignmentPattern();
}
