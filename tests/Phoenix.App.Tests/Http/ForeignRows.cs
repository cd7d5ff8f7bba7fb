using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Data;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Http;

/// <summary>
/// Puts rows into every table of a community, each with one id wherever an id can stand: whatever a route looks for by that id in another community, it
/// would find it if it forgot whose it is. The rows of each id are in another state. SQLite only, where constraints can be switched off.
/// </summary>
internal static class ForeignRows
{
    /// <summary>How many tables got rows.</summary>
    public static async Task<int> Plant(PhoenixApp app, int communityId, Guid[] ids)
    {
        var tables = await app.Read(communityId, db => Task.FromResult(db.Model.GetEntityTypes().Where(e => typeof(ICommunityOwned).IsAssignableFrom(e.ClrType)).ToList()));
        var statements = tables.SelectMany(table => ids.Select((id, state) => Insert(table, communityId, id, state)));
        await using var connection = (SqliteConnection)await app.Services.GetRequiredService<Database>().Open(CancellationToken.None);
        await Run(connection, "pragma foreign_keys = off; pragma ignore_check_constraints = on;");
        foreach (var trigger in await Triggers(connection))
            await Run(connection, $"drop trigger \"{trigger}\"");
        foreach (var statement in statements)
            await Run(connection, statement);
        await Run(connection, "pragma ignore_check_constraints = off; pragma foreign_keys = on;");
        return tables.Count;
    }

    private static string Insert(IEntityType entity, int communityId, Guid id, int state)
    {
        var columns = entity.GetProperties().Where(p => !p.IsNullable || p.ClrType == typeof(Guid?)).ToList();
        var values = columns.Select(p => p.GetRelationalTypeMapping().GenerateSqlLiteral(p.Name == nameof(ICommunityOwned.CommunityId) ? communityId : Value(Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType, id, state)));
        return $"insert or ignore into \"{entity.GetTableName()}\" ({string.Join(", ", columns.Select(p => $"\"{p.GetColumnName()}\""))}) values ({string.Join(", ", values)})";
    }

    private static object Value(Type type, Guid id, int state) => type switch
    {
        _ when type == typeof(Guid) => id,
        _ when type == typeof(string) => $"x{state}",
        _ when type == typeof(byte[]) => new byte[] { 1 },
        _ when type == typeof(DateTimeOffset) => PhoenixApp.DefaultStart,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 12, 24),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(Math.Min(state, Enum.GetValues(type).Length - 1))!,
        _ when type == typeof(int) => 1 + state,
        _ when type == typeof(long) => 1L + state,
        _ => Activator.CreateInstance(type)!,
    };

    private static async Task<List<string>> Triggers(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from sqlite_master where type = 'trigger'";
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task Run(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
