namespace Phoenix.Architecture.Tests.Solution;

/// <summary>How every rule is tested: it holds for the repository, and it catches a planted violation.</summary>
public static class Rule
{
    /// <summary>Fails with every violation, one a line.</summary>
    public static void Holds(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
    }

    /// <summary>Fails unless there is exactly one violation and it names <paramref name="culprit"/>.</summary>
    public static void Catches(string culprit, IEnumerable<string> violations) =>
        Assert.Contains(culprit, Assert.Single(violations), StringComparison.Ordinal);

    /// <summary>A C# file for a planted violation, or for a look-alike that must pass.</summary>
    public static SourceFile Code(string text, string path = "backend/Phoenix.App/Planted.cs") => new(path, text);
}
