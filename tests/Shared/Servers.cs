using Npgsql;

namespace Phoenix.Testing;

/// <summary>
/// The PostgreSQL and the Redis that all tests of a run share. <c>deploy/test.sh</c> starts them and names them in PHOENIX_TEST_POSTGRES
/// (the superuser's connection string to the database <c>postgres</c>) and PHOENIX_TEST_REDIS ("host:port"). Without those names a private
/// one is started at the first use and stopped with the process. A server that can't be had is a failure, never a skipped test.
/// Tests that stop or flush a server make their own: <see cref="PostgresServer.Create"/>, <see cref="RedisServer.Create"/>.
/// </summary>
public static class SharedServers
{
    private static readonly Lazy<Task<string>> LazyPostgres = new(async () =>
        Named("PHOENIX_TEST_POSTGRES") ?? (await PostgresServer.Create()).ConnectionString);

    private static readonly Lazy<Task<string>> LazyRedis = new(async () =>
        Named("PHOENIX_TEST_REDIS") ?? (await RedisServer.Create()).Address);

    /// <summary>The superuser's connection string to the database <c>postgres</c>.</summary>
    public static Task<string> Postgres() => LazyPostgres.Value;

    /// <summary>"host:port". Shared by everything that runs: use keys of your own, never flush it.</summary>
    public static Task<string> Redis() => LazyRedis.Value;

    /// <summary>Makes a database and returns its connection string.</summary>
    /// <param name="name">Lower-case letters, digits and underscores. The server may be shared by test processes running side by side: see <see cref="UniqueName"/>.</param>
    /// <param name="template">A database to copy, to which nobody is connected (a pool's idle connections count).</param>
    public static async Task<string> CreateDatabase(string name, string? template = null) =>
        await Databases.Create(await Postgres(), name, template);

    /// <summary>Drops a database that <see cref="CreateDatabase"/> made, and whoever is still connected to it.</summary>
    public static async Task DropDatabase(string name) => await Databases.Drop(await Postgres(), name);

    /// <summary>A database name that no other test process takes.</summary>
    public static string UniqueName(string prefix) => Databases.UniqueName(prefix);

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}

/// <summary>Databases on a test server.</summary>
internal static class Databases
{
    private static int _count;

    public static string UniqueName(string prefix) => $"{prefix}_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";

    public static async Task<string> Create(string server, string name, string? template)
    {
        await Execute(server, $"create database {Quoted(name)} template {Quoted(template ?? "template1")}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public static Task Drop(string server, string name) => Execute(server, $"drop database if exists {Quoted(name)} with (force)");

    private static async Task Execute(string server, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        try
        {
            await connection.OpenAsync();
        }
        catch (NpgsqlException e)
        {
            throw new InvalidOperationException($"The test PostgreSQL at {unpooled.Host}:{unpooled.Port} can't be reached: {e.Message} {Tool.Advice}", e);
        }

        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Quoted(string name) => name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '_') && name.Length is > 0 and <= 63
        ? $"\"{name}\""
        : throw new ArgumentException($"'{name}' is no database name: lower-case letters, digits and underscores, 63 at most.", nameof(name));
}
