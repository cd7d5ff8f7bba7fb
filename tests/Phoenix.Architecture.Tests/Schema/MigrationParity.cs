using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Phoenix.Architecture.Tests.Schema;

/// <summary>
/// Both databases have the same tables, columns, keys and indexes, but for differences named in a table. Give it the design-time models of the
/// two contexts (<see cref="ModelOf"/>) or the models of the two migration snapshots (<c>new PhoenixDbModelSnapshot().Model.GetRelationalModel()</c>).
/// </summary>
public static class MigrationParity
{
    /// <summary>The design-time model of a context, check constraints included; makes no connection.</summary>
    public static IRelationalModel ModelOf(DbContext context) => context.GetService<IDesignTimeModel>().Model.GetRelationalModel();

    /// <summary>What stands on one side only, and is not in <paramref name="allowed"/> (part → reason); allowed differences that are none any more.</summary>
    public static IEnumerable<string> Compare(IRelationalModel postgres, IRelationalModel sqlite, IReadOnlyDictionary<string, string> allowed)
    {
        var (one, other) = (Parts(postgres), Parts(sqlite));
        var differences = one.Except(other, StringComparer.Ordinal).Select(part => (Part: part, Side: "PostgreSQL"))
            .Concat(other.Except(one, StringComparer.Ordinal).Select(part => (Part: part, Side: "SQLite")))
            .ToList();
        foreach (var (part, side) in differences.Where(difference => !allowed.ContainsKey(difference.Part)))
            yield return $"Only on {side}: {part}";
        foreach (var part in allowed.Keys.Where(part => !differences.Any(difference => difference.Part.Equals(part, StringComparison.Ordinal))))
            yield return $"An allowed difference that is none: {part}";
    }

    /// <summary>Every part of a model, one line each; column types are left out, they differ by nature.</summary>
    public static IReadOnlySet<string> Parts(IRelationalModel model) => model.Tables.SelectMany(OfTable).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> OfTable(ITable table) =>
    [
        $"table {table.Name}",
        .. table.Columns.Select(column => $"column {table.Name}.{column.Name} {(column.IsNullable ? "null" : "not null")}"),
        .. table.UniqueConstraints.Select(key => $"key {table.Name}.{key.Name} ({Names(key.Columns)}){(key.GetIsPrimaryKey() ? " primary" : "")}"),
        .. table.ForeignKeyConstraints.Select(key => $"foreign key {table.Name}.{key.Name} ({Names(key.Columns)}) to {key.PrincipalTable.Name} ({Names(key.PrincipalColumns)}) {key.OnDeleteAction}"),
        .. table.Indexes.Select(index => $"index {table.Name}.{index.Name} ({Names(index.Columns)}){(index.IsUnique ? " unique" : "")}{(index.Filter is null ? "" : " filtered")}"),
        .. table.CheckConstraints.Select(check => $"check {table.Name}.{check.Name}"),
    ];

    private static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(column => column.Name));
}
