using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Phoenix.Ledger.Stores;

/// <summary>Parameters by position, the same on both databases.</summary>
internal static class Parameters
{
    public static void Add(DbCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            command.Parameters.Add(command is NpgsqlCommand
                ? new NpgsqlParameter { Value = value ?? DBNull.Value }
                : new SqliteParameter($"${command.Parameters.Count + 1}", value is Guid id ? id.ToByteArray(bigEndian: true) : value ?? DBNull.Value));
    }
}
