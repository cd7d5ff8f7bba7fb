using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Phoenix.App.Data;

/// <summary>Questions in SQL whose answer is one number, for the checks of the books.</summary>
internal static class SqlNumbers
{
    /// <summary>The first column of the first row, in the present transaction if there is one; null for no row or no value.</summary>
    /// <param name="db">Where.</param>
    /// <param name="sql">One statement with <c>$1</c> and so on.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <param name="values">For the parameters, in their order.</param>
    public static async Task<long?> Number(this PhoenixDb db, string sql, CancellationToken cancel, params object[] values)
    {
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = KeyedRows.Command(db.Database.GetDbConnection(), db.Database.CurrentTransaction?.GetDbTransaction(), sql, values);
            return await command.ExecuteScalarAsync(cancel) is { } found and not DBNull ? Convert.ToInt64(found, CultureInfo.InvariantCulture) : null;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
