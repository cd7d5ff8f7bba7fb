using System.Data.Common;
using System.Globalization;
using Npgsql;
using Phoenix.Ledger.Apply;
using Phoenix.Platform.Data;

namespace Phoenix.App.Data;

/// <summary>What a column of <see cref="KeyedRows"/> holds.</summary>
public enum ColumnType
{
    /// <summary>int.</summary>
    Integer,

    /// <summary>long.</summary>
    BigInt,

    /// <summary>bool.</summary>
    Boolean,

    /// <summary>string; enums by their name.</summary>
    Text,

    /// <summary>Guid.</summary>
    Uuid,

    /// <summary>DateOnly.</summary>
    Date,

    /// <summary>DateTimeOffset.</summary>
    Instant,
}

/// <summary>
/// Rows that a ledger participant reads by or writes, as a table <c>k</c> in one SQL text for both databases: on PostgreSQL one statement over all rows, on
/// SQLite one a row. Values are stored as EF Core stores them.
/// </summary>
/// <param name="database">Which database.</param>
/// <param name="columns">Names and types, in the order of the values.</param>
public sealed class KeyedRows(DatabaseKind database, params (string Name, ColumnType Type)[] columns)
{
    private readonly List<object?[]> _rows = [];

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    public void Add(params object?[] values)
    {
        if (values.Length != columns.Length)
            throw new ArgumentException($"{values.Length} values for {columns.Length} columns.", nameof(values));
        _rows.Add(values);
    }

    /// <summary>The statements; none where there are no rows.</summary>
    /// <param name="sql">With <c>{k}</c> where the rows stand as the table k.</param>
    public IEnumerable<SqlStatement> Statements(string sql)
    {
        if (_rows.Count == 0)
            return [];
        return database == DatabaseKind.PostgreSql ? [new SqlStatement(sql.Replace("{k}", Unnest(), StringComparison.Ordinal), [.. columns.Select((c, i) => Column(c.Type, i))])] : EachRow(sql);
    }

    /// <summary>Inserts them as they are.</summary>
    public IEnumerable<SqlStatement> Insert(string table)
    {
        var names = string.Join(", ", columns.Select(c => c.Name));
        return Statements($"insert into {table} ({names}) select {names} from {{k}}");
    }

    /// <summary>A statement as a command of the connection.</summary>
    public static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, IEnumerable<object> values)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var value in values)
            Bind(command, value);
        return command;
    }

    /// <summary>Adds the next parameter (<c>$1</c>, <c>$2</c>, ...) to a command, as EF Core stores such a value.</summary>
    private static void Bind(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        if (command is NpgsqlCommand)
            parameter.Value = value;
        else
            (parameter.ParameterName, parameter.Value) = (string.Create(CultureInfo.InvariantCulture, $"${command.Parameters.Count + 1}"), Lite(value));
        command.Parameters.Add(parameter);
    }

    private IEnumerable<SqlStatement> EachRow(string sql)
    {
        var source = $"(select {string.Join(", ", columns.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1} as {c.Name}")))}) k";
        var text = sql.Replace("{k}", source, StringComparison.Ordinal);
        return _rows.Select(row => new SqlStatement(text, [.. row.Select(Lite)!]));
    }

    private string Unnest() =>
        $"unnest({string.Join(", ", columns.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{Name(c.Type)}[]")))}) k({string.Join(", ", columns.Select(c => c.Name))})";

    private static string Name(ColumnType type) => type switch
    {
        ColumnType.Integer => "integer",
        ColumnType.BigInt => "bigint",
        ColumnType.Boolean => "boolean",
        ColumnType.Text => "text",
        ColumnType.Uuid => "uuid",
        ColumnType.Date => "date",
        _ => "timestamptz",
    };

    private Array Column(ColumnType type, int at) => type switch
    {
        ColumnType.Integer => Values<int?>(at),
        ColumnType.BigInt => Values<long?>(at),
        ColumnType.Boolean => Values<bool?>(at),
        ColumnType.Text => Values<string?>(at),
        ColumnType.Uuid => Values<Guid?>(at),
        ColumnType.Date => Values<DateOnly?>(at),
        _ => Values<DateTimeOffset?>(at),
    };

    private T[] Values<T>(int at) => [.. _rows.Select(row => (T)row[at]!)];

    private static object? Lite(object? value) => value switch
    {
        Guid id => id.ToString().ToUpperInvariant(),
        DateTimeOffset at => at.ToUnixTimeMilliseconds(),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        var other => other,
    };
}
