using System.Data.Common;
using Phoenix.Ledger.Apply;
using Phoenix.Platform.Data;

namespace Phoenix.App.Data;

/// <summary>Reads in SQL outside any transaction, for what every request asks.</summary>
internal static class SqlReads
{
    /// <summary>Runs the statements one after another on a pooled connection.</summary>
    /// <param name="database">Where.</param>
    /// <param name="statements">Of <see cref="KeyedRows"/>.</param>
    /// <param name="take">Takes each row.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public static async Task Read(this Database database, IEnumerable<SqlStatement> statements, Action<DbDataReader> take, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        foreach (var statement in statements)
        {
            await using var command = KeyedRows.Command(connection, null, statement.Text, statement.Parameters);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                take(reader);
        }
    }
}
