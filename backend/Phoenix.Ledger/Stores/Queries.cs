using System.Data.Common;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Stores;

/// <summary>Questions in SQL, each row of the answer handed on as it comes.</summary>
internal static class Queries
{
    /// <summary>Asks on a connection of its own.</summary>
    public static async Task Query(this Database database, string sql, Action<DbDataReader> row, CancellationToken cancel, params object[] values)
    {
        await using var connection = await database.Open(cancel);
        await connection.Query(sql, row, cancel, values);
    }

    /// <summary>Asks on an open connection.</summary>
    public static async Task Query(this DbConnection connection, string sql, Action<DbDataReader> row, CancellationToken cancel, params object[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Parameters.Add(command, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            row(reader);
    }
}
