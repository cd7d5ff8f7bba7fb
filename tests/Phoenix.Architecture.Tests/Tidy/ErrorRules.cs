using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Tidy;

/// <summary>Refusals speak to people: unique lower-case dotted codes, and Chinese sentences that end as sentences do.</summary>
public static partial class ErrorRules
{
    private const string SentenceEnds = "。！？”";

    /// <summary>One declared refusal: a record derived from Error, with its code and message as written.</summary>
    public sealed record Refusal(string Type, string At, string? Code, IReadOnlyList<string> Messages);

    /// <summary>All refusals that the files declare.</summary>
    public static IReadOnlyList<Refusal> Declared(IEnumerable<SourceFile> files) =>
        [.. files.SelectMany(file => file.Syntax.DescendantNodes().OfType<PrimaryConstructorBaseTypeSyntax>().Where(IsError).Select(declared => Read(file, declared)))];

    /// <summary>Everything wrong with them.</summary>
    public static IEnumerable<string> Check(IReadOnlyList<Refusal> refusals)
    {
        foreach (var refusal in refusals)
        {
            if (refusal.Code is null || !CodePattern().IsMatch(refusal.Code))
                yield return $"{refusal.At}: {refusal.Type}: the code must be a literal, lower-case and dotted: {refusal.Code}";
            if (refusal.Messages.Count == 0)
                yield return $"{refusal.At}: {refusal.Type}: the message must be written where the refusal is.";
            foreach (var message in refusal.Messages.Where(message => !IsSentence(message)))
                yield return $"{refusal.At}: {refusal.Type}: no Chinese sentence with a full-width end: {message}";
        }

        foreach (var twice in refusals.GroupBy(refusal => refusal.Code, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"The code {twice.Key} is used more than once: {string.Join(", ", twice.Select(refusal => refusal.At))}";
    }

    private static bool IsError(PrimaryConstructorBaseTypeSyntax declared) =>
        declared.Parent?.Parent is RecordDeclarationSyntax && declared.Type.ToString() is "Error" or "Results.Error" or "Phoenix.Platform.Results.Error";

    private static Refusal Read(SourceFile file, PrimaryConstructorBaseTypeSyntax declared)
    {
        var type = (RecordDeclarationSyntax)declared.Parent!.Parent!;
        var arguments = declared.ArgumentList.Arguments;
        var code = arguments.Count > 0 && arguments[0].Expression is LiteralExpressionSyntax literal ? literal.Token.ValueText : null;
        return new Refusal(type.Identifier.ValueText, file.At(declared), code, arguments.Count > 2 ? [.. Sentences(arguments[2].Expression)] : []);
    }

    // A message may choose between sentences; an interpolation counts as one sentence with its holes left out.
    private static IEnumerable<string> Sentences(ExpressionSyntax message) => message switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax text => [string.Concat(text.Contents.OfType<InterpolatedStringTextSyntax>().Select(part => part.TextToken.ValueText))],
        ConditionalExpressionSyntax choice => [.. Sentences(choice.WhenTrue), .. Sentences(choice.WhenFalse)],
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Sentences(arm.Expression)),
        ParenthesizedExpressionSyntax inner => Sentences(inner.Expression),
        _ => [],
    };

    private static bool IsSentence(string message) => message.Length > 0 && SentenceEnds.Contains(message[^1], StringComparison.Ordinal) && ChinesePattern().IsMatch(message);

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ChinesePattern();
}
