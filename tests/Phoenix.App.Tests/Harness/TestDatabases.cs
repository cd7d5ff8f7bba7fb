using Microsoft.Data.Sqlite;
using Npgsql;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Harness;

/// <summary>
/// A migrated database with 凤凰里社区 (1) and a second community (2) for each test that asks: copied from a template that is migrated once
/// per run. PostgreSQL copies a database, SQLite a file; both without fsync.
/// </summary>
public static class TestDatabases
{
    /// <summary>The second community, for tests of tenancy.</summary>
    public const int OtherCommunity = 2;

    private static readonly Lazy<Task<string>> s_postgresTemplate = new(MakePostgresTemplate);
    private static readonly Lazy<Task<string>> s_sqliteTemplate = new(MakeSqliteTemplate);

    /// <summary>A database of its own, and what takes it away again.</summary>
    public static async Task<(Database Database, Func<Task> Drop)> Create(DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql)
        {
            var template = await s_postgresTemplate.Value;
            var name = SharedServers.UniqueName("app");
            var database = PostgresDatabase.Create(Small(await SharedServers.CreateDatabase(name, template)));
            return (database, async () =>
            {
                await database.DisposeAsync();
                await SharedServers.DropDatabase(name);
            }
            );
        }

        var folder = Directory.CreateTempSubdirectory("phoenix-app-");
        var path = Path.Combine(folder.FullName, "phoenix.db");
        File.Copy(await s_sqliteTemplate.Value, path);
        return (new SqliteDatabase(path, SqliteSynchronous.Off), () =>
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        }
        );
    }

    // Many test hosts share one server: each takes few connections and gives them back soon.
    private static string Small(string connection) => new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 10, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 1 }.ConnectionString;

    private static async Task<string> MakePostgresTemplate()
    {
        var name = SharedServers.UniqueName("template_app");
        await using var database = PostgresDatabase.Create(await SharedServers.CreateDatabase(name));
        await Fill(database);
        return name;
    }

    private static async Task<string> MakeSqliteTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("phoenix-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var path = Path.Combine(folder, "phoenix.db");
        var database = new SqliteDatabase(path, SqliteSynchronous.Off);
        await Fill(database);

        // The template must stand in the file alone, not partly in its log.
        await using (var connection = await database.Open(CancellationToken.None))
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "pragma wal_checkpoint(truncate);";
            await command.ExecuteNonQueryAsync();
        }

        SqliteConnection.ClearAllPools();
        return path;
    }

    /// <summary>Migrates an empty database and puts both communities into it.</summary>
    public static async Task Fill(Database database)
    {
        await using var db = DataServices.NewContext(database);
        await Schema.Migrate(db, CancellationToken.None);
        await Seeding.Run(db, new Clock(TimeProvider.System), CancellationToken.None);
        var other = new CommunityRow { Id = OtherCommunity, Name = "梧桐里社区", District = "成都市双流区永安镇", Phone = "028-85671111", CreatedAt = DateTimeOffset.UnixEpoch };
        await Seeding.Add(db, other, CancellationToken.None);
    }
}
