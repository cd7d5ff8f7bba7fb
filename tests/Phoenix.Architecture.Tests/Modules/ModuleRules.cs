using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Modules;

/// <summary>Which module of Phoenix.App may use which, and only through the types of its <c>Contracts.cs</c>.</summary>
public static class ModuleRules
{
    private const string Root = "Phoenix.App.";

    public static readonly IReadOnlySet<string> Modules = new HashSet<string>(StringComparer.Ordinal)
    {
        "Identity", "Community", "Volunteering", "Redemption", "Settlement", "Fund", "Notifications", "Reporting", "Files", "Bookkeeping", "MiniProgram",
    };

    /// <summary>Folders that everyone may use. The first three know the modules (they put them together), Http must not.</summary>
    public static readonly IReadOnlySet<string> Shared = new HashSet<string>(StringComparer.Ordinal) { "Cli", "Data", "Hosting", "Http" };

    /// <summary>Every use between modules that isn't allowed.</summary>
    /// <param name="uses">All uses in the assembly.</param>
    /// <param name="contracts">Full names of the types declared in the modules' <c>Contracts.cs</c>.</param>
    /// <param name="pairs">The allowed pairs: (who uses, whose contracts).</param>
    public static IEnumerable<string> Check(IEnumerable<TypeUse> uses, IReadOnlySet<string> contracts, IReadOnlySet<(string From, string To)> pairs)
    {
        foreach (var use in uses)
        {
            var (from, to) = (FolderOf(use.From), FolderOf(use.To));
            if (from is not null && !Modules.Contains(from) && !Shared.Contains(from))
                yield return $"{use.From}: {from} is neither a module nor a shared folder.";
            if (to is null || !Modules.Contains(to) || from is null || from.Equals(to, StringComparison.Ordinal) || MayKnowModules(from))
                continue;
            if (!pairs.Contains((from, to)))
                yield return $"{use.From} uses {use.To}: {from} -> {to} is not in the table of module pairs.";
            else if (!contracts.Contains(use.To))
                yield return $"{use.From} uses {use.To}, which is not in {to}/Contracts.cs.";
        }
    }

    /// <summary>Pairs of the table that no code uses.</summary>
    public static IEnumerable<string> Stale(IEnumerable<TypeUse> uses, IReadOnlySet<(string From, string To)> pairs)
    {
        var used = uses.Select(use => (FolderOf(use.From) ?? "", FolderOf(use.To) ?? "")).ToHashSet();
        return pairs.Where(pair => !used.Contains(pair)).Select(pair => $"{pair.From} -> {pair.To} is in the table of module pairs, but nothing uses it.");
    }

    /// <summary>Full names (as compiled code has them: Name`1) of the types that the modules offer in their <c>Contracts.cs</c>.</summary>
    public static IReadOnlySet<string> ContractTypes(IEnumerable<SourceFile> files) => files
        .Where(file => file.Path.StartsWith("backend/Phoenix.App/", StringComparison.Ordinal) && file.Path.EndsWith("/Contracts.cs", StringComparison.Ordinal))
        .SelectMany(file => file.Syntax.DescendantNodes().Where(node => node.Parent is BaseNamespaceDeclarationSyntax && node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
        .Select(FullName)
        .ToHashSet(StringComparer.Ordinal);

    private static bool MayKnowModules(string folder) => Shared.Contains(folder) && folder is not "Http";

    private static string FullName(Microsoft.CodeAnalysis.SyntaxNode type)
    {
        var space = ((BaseNamespaceDeclarationSyntax)type.Parent!).Name;
        var (name, parameters) = type switch
        {
            DelegateDeclarationSyntax d => (d.Identifier.ValueText, d.TypeParameterList),
            TypeDeclarationSyntax t => (t.Identifier.ValueText, t.TypeParameterList),
            BaseTypeDeclarationSyntax b => (b.Identifier.ValueText, null),
            _ => throw new InvalidOperationException($"{type.Kind()} declares no type."),
        };
        return parameters is null ? $"{space}.{name}" : $"{space}.{name}`{parameters.Parameters.Count}";
    }

    // Null for types outside the host's folders: other assemblies, and the composition root (Program).
    private static string? FolderOf(string type)
    {
        if (!type.StartsWith(Root, StringComparison.Ordinal))
            return null;
        var parts = type[Root.Length..].Split('.');
        return parts.Length > 1 ? parts[0] : null;
    }
}
