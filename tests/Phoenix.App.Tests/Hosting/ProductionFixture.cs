using Npgsql;
using Phoenix.App.Data;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Hosting;

/// <summary>A production database as an operator makes it: two roles, keys and migrations by the command line.</summary>
public sealed class ProductionFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phoenix-production-");
    private PostgresServer? _server;
    private PostgresDatabase? _database;

    public string KeysFile => Path.Combine(_folder.FullName, "keys.json");

    /// <summary>The superuser's way in.</summary>
    public PostgresDatabase Database => _database!;

    /// <summary>What both <c>phoenix migrate</c> runs said.</summary>
    public IReadOnlyList<string> Migrated { get; private set; } = [];

    public string As(string role, string database = "phoenix") =>
        new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Database = database, Username = role }.ConnectionString;

    internal async Task<Dictionary<string, string>> Environment() => new(StringComparer.Ordinal)
    {
        ["PHOENIX_HOST"] = "production",
        ["PHOENIX_POSTGRES"] = As("phoenix_serve"),
        ["PHOENIX_POSTGRES_OWNER"] = As("phoenix_owner"),
        ["PHOENIX_REDIS"] = await SharedServers.Redis(),
        ["PHOENIX_KEYS_FILE"] = KeysFile,
        ["PHOENIX_WECHAT_APPID"] = "wx1234",
        ["PHOENIX_WECHAT_SECRET"] = "0f1e2d3c4b5a",
        ["PHOENIX_PUBLIC_URL"] = "https://phoenix.example.cn",
        ["PHOENIX_URL"] = "http://127.0.0.1:0",
    };

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.Create();
        await Sql("create role phoenix_owner login", "create role phoenix_serve login", "create database phoenix owner phoenix_owner", "create database unmigrated owner phoenix_owner");
        Assert.Equal(0, (await ChildHost.Run(["keys", "create", KeysFile])).Code);
        var said = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var run = await ChildHost.Run(["migrate"], await Environment());
            Assert.True(run.Code == 0, string.Join('\n', run.Errors));
            said.Add(Assert.Single(run.Output));
        }

        Migrated = said;
        _database = PostgresDatabase.Create(As("postgres"));
        await using var db = DataServices.NewContext(_database);
        await Phoenix.App.Community.Seeding.Run(db, new Phoenix.Platform.Time.Clock(TimeProvider.System), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task Sql(params string[] statements)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server!.ConnectionString) { Pooling = false });
        foreach (var statement in statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }
}
