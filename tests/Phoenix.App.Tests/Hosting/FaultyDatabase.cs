using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Hosting;

/// <summary>What a test makes a database suffer.</summary>
public enum Suffering
{
    Nothing,
    ReadOnly,
    DiskFull,
}

/// <summary>A database of its own that can be made read-only or full, and well again, while a host works on it.</summary>
internal sealed class FaultyDatabase : IAsyncDisposable
{
    private const string Tables = "requests calendar_entries write_probe";

    private readonly Func<Task> _drop;

    private FaultyDatabase(Database database, Func<Task> drop) => (Database, _drop) = (database, drop);

    public Database Database { get; }

    public static async Task<FaultyDatabase> Create(DatabaseKind kind)
    {
        var (database, drop) = await TestDatabases.Create(kind);
        return database is SqliteDatabase lite ? new FaultyDatabase(new Lite(lite.Path), drop) : new FaultyDatabase(database, drop);
    }

    public Task Suffer(Suffering suffering) => Database is Lite lite ? Suffer(lite, suffering) : Suffer((PostgresDatabase)Database, suffering);

    public async ValueTask DisposeAsync() => await _drop();

    // SQLite's settings belong to the connection, so each connection gets them as it is opened. Its full disk is a function that fails as the disk does.
    private static async Task Suffer(Lite lite, Suffering suffering)
    {
        lite.Suffering = Suffering.Nothing;
        await using var connection = await lite.Open(CancellationToken.None);
        foreach (var table in Tables.Split(' '))
        {
            await Run(connection, $"drop trigger if exists full_{table}");
            if (suffering == Suffering.DiskFull)
                await Run(connection, $"create trigger full_{table} before {Verb(table)} on {table} begin select disk_full(); end");
        }

        lite.Suffering = suffering;
    }

    private static async Task Suffer(PostgresDatabase pg, Suffering suffering)
    {
        var settings = new NpgsqlConnectionStringBuilder(await SharedServers.Postgres());
        var name = new NpgsqlConnectionStringBuilder(pg.Source.ConnectionString).Database;
        await using (var admin = new NpgsqlConnection(settings.ConnectionString))
        {
            await admin.OpenAsync();
            await Run(admin, $"alter database \"{name}\" set default_transaction_read_only = {(suffering == Suffering.ReadOnly ? "on" : "off")}");
        }

        pg.Source.Clear();
        if (suffering == Suffering.ReadOnly)
            return;
        await using var connection = await pg.Open(CancellationToken.None);
        await Run(connection, "create or replace function disk_full() returns trigger language plpgsql as $$ begin raise exception 'no space' using errcode = '53100'; end $$");
        foreach (var table in Tables.Split(' '))
        {
            await Run(connection, $"drop trigger if exists full_{table} on {table}");
            if (suffering == Suffering.DiskFull)
                await Run(connection, $"create trigger full_{table} before {Verb(table)} on {table} for each row execute function disk_full()");
        }
    }

    private static string Verb(string table) => table == "write_probe" ? "update" : "insert";

    private static async Task Run(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Lite(string path) : SqliteDatabase(path, SqliteSynchronous.Off)
    {
        public Suffering Suffering { get; set; }

        public override void Configure(DbConnection connection)
        {
            base.Configure(connection);
            ((SqliteConnection)connection).CreateFunction<long>("disk_full", () => throw new SqliteException("database or disk is full", 13));
            using var command = connection.CreateCommand();
            command.CommandText = $"pragma query_only={(Suffering == Suffering.ReadOnly ? 1 : 0)}";
            command.ExecuteNonQuery();
        }
    }
}
