using System.Data.Common;
using Microsoft.Data.Sqlite;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Stores;

/// <summary>The ledger on SQLite: prepared statements on one kept connection, one transaction a batch.</summary>
internal sealed class SqliteStore(SqliteDatabase database) : ILedgerStore
{
    private SqliteStatements? _statements;

    public async Task<ILedgerSession> Begin(CancellationToken cancel)
    {
        _statements ??= new SqliteStatements((SqliteConnection)await database.Open(cancel), null);
        return new SqliteSession(_statements, own: true, Drop);
    }

    public ILedgerSession Join(DbConnection connection, DbTransaction transaction)
    {
        var statements = new SqliteStatements((SqliteConnection)connection, (SqliteTransaction)transaction);
        return new SqliteSession(statements, own: false, () =>
        {
            statements.DisposeCommands();
            return default;
        });
    }

    public ValueTask DisposeAsync() => Drop();

    private async ValueTask Drop()
    {
        if (_statements is { } statements)
        {
            _statements = null;
            statements.DisposeCommands();
            await statements.Connection.DisposeAsync();
        }
    }
}

/// <summary>The prepared statements of one connection, by their text.</summary>
internal sealed class SqliteStatements(SqliteConnection connection, SqliteTransaction? transaction)
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteConnection Connection { get; } = connection;

    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    public void Query(string sql, Action<DbDataReader> take, params ReadOnlySpan<object?> values)
    {
        using var reader = Bound(sql, values).ExecuteReader();
        while (reader.Read())
            take(reader);
    }

    public SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteReader();

    public void DisposeCommands()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] switch
            {
                null => DBNull.Value,
                Guid id => id.ToByteArray(bigEndian: true),
                var other => other,
            };
        return command;
    }
}
