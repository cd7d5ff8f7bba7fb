using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Phoenix.App.Data;

namespace Phoenix.Architecture.Tests.Schema;

/// <summary>Every table has its reason in a sentence, and a table of a community's is scoped: its key begins with the community and queries are filtered.</summary>
public static class TenancyRules
{
    private const string Community = "CommunityId";

    /// <summary>What breaks the rules; <paramref name="unscoped"/> names the tables that have a community and aren't scoped by it, each with its reason.</summary>
    public static IEnumerable<string> Check(IModel model, IReadOnlyDictionary<string, string> unscoped)
    {
        foreach (var entity in model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            if (entity.GetComment() is not { Length: > 10 } comment || !comment.EndsWith('.'))
                yield return $"{table} has no sentence that says what it is for.";
            if (entity.FindProperty(Community) is null || unscoped.ContainsKey(table))
                continue;
            if (!typeof(ICommunityOwned).IsAssignableFrom(entity.ClrType))
                yield return $"{table} has a community but is not {nameof(ICommunityOwned)}.";
            if (entity.GetDeclaredQueryFilters().Count == 0)
                yield return $"{table} is not filtered by community.";
            if (entity.FindPrimaryKey()!.Properties[0].Name != Community)
                yield return $"{table}'s key does not begin with the community.";
        }

        foreach (var table in unscoped.Keys.Except(model.GetEntityTypes().Where(e => e.FindProperty(Community) is not null).Select(e => e.GetTableName()!), StringComparer.Ordinal))
            yield return $"{table} is listed as unscoped but has no community.";
    }
}
