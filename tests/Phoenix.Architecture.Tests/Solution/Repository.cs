using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Phoenix.Architecture.Tests.Solution;

/// <summary>A text file of the repository: its path from the root, with slashes, and what it says.</summary>
public sealed record SourceFile(string Path, string Text)
{
    private SyntaxNode? _syntax;

    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsMigration => Path.Contains("/Migrations/", StringComparison.Ordinal);

    /// <summary>The syntax tree of a C# file, parsed once.</summary>
    public SyntaxNode Syntax => _syntax ??= CSharpSyntaxTree.ParseText(Text, CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.None)).GetRoot();

    /// <summary>"path:line", as editors open it.</summary>
    public string At(SyntaxNodeOrToken place) => $"{Path}:{place.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>The repository that these tests were built from: every text file that git tracks or would track.</summary>
public static class Repository
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> LazyFiles = new(Read);

    /// <summary>The folder of Phoenix.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files => LazyFiles.Value;

    public static IEnumerable<SourceFile> Code => Files.Where(file => file.IsCode);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Phoenix.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Phoenix.sln above {AppContext.BaseDirectory}.");
    }

    private static List<SourceFile> Read()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException("git could not list the repository's files.");
        return paths
            .Distinct(StringComparer.Ordinal)
            .Where(path => File.Exists(Path.Combine(Root, path)))
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))))
            .Where(file => !file.Text.Contains('\0', StringComparison.Ordinal))
            .ToList();
    }
}
