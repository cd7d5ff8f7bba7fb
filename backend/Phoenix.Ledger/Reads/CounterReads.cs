using System.Globalization;
using System.Text;
using Phoenix.Ledger.Stores;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Reads;

/// <summary>How much of stocks and limits is used.</summary>
public sealed class CounterReads(Database database)
{
    /// <summary>Counters asked for at once, at most.</summary>
    public const int MaxKeys = 400;

    /// <summary>What is used of each; a counter that was never used is absent.</summary>
    /// <param name="community">The community.</param>
    /// <param name="keys">Keys and periods, at most <see cref="MaxKeys"/>.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<IReadOnlyDictionary<(string Key, int Period), long>> Used(int community, IReadOnlyCollection<(string Key, int Period)> keys, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Count, MaxKeys, nameof(keys));
        var used = new Dictionary<(string, int), long>();
        if (keys.Count == 0)
            return used;
        var sql = new StringBuilder("select c.key, c.period, c.used from ledger_counters c where c.community = $1 and (");
        var values = new List<object?> { community };
        foreach (var (key, period) in keys)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(values.Count > 1 ? " or " : "")}(c.key = ${values.Count + 1} and c.period = ${values.Count + 2})");
            values.Add(key);
            values.Add(period);
        }

        await using var connection = await database.Open(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Append(')').ToString();
        Parameters.Add(command, [.. values]);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            used[(reader.GetString(0), reader.GetInt32(1))] = reader.GetInt64(2);
        return used;
    }
}
