using System.Data.Common;
using Npgsql;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Stores;

/// <summary>The ledger on PostgreSQL: two round trips a batch, every statement set-based.</summary>
internal sealed class PostgresStore(PostgresDatabase database, LedgerOptions options) : ILedgerStore
{
    private NpgsqlConnection? _connection;

    public async Task<ILedgerSession> Begin(CancellationToken cancel)
    {
        if (_connection is not { State: System.Data.ConnectionState.Open })
            await Connect(cancel);
        return new PostgresSession(_connection!, own: true, Drop);
    }

    public ILedgerSession Join(DbConnection connection, DbTransaction transaction) => new PostgresSession((NpgsqlConnection)connection, own: false, () => default);

    public ValueTask DisposeAsync() => Drop();

    private async Task Connect(CancellationToken cancel)
    {
        await Drop();
        var connection = (NpgsqlConnection)await database.Open(cancel);
        try
        {
            // A plan is made once per statement and kept. Made while a table was empty it would read the whole table for ever after, so
            // only plans that look rows up are allowed; they are the right ones for every batch.
            await using var command = new NpgsqlCommand(
                $"set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set plan_cache_mode = force_generic_plan; set jit = off; set idle_in_transaction_session_timeout = '{options.IdleInTransactionSeconds}s'",
                connection);
            await command.ExecuteNonQueryAsync(cancel);
            _connection = connection;
        }
        catch
        {
            await Discard(connection);
            throw;
        }
    }

    private async ValueTask Drop()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await Discard(connection);
        }
    }

    // Its settings outlive a transaction, and the pool resets nothing: it must never come back to one.
    private ValueTask Discard(NpgsqlConnection connection)
    {
        database.Source.Clear();
        return connection.DisposeAsync();
    }
}
