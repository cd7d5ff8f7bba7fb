using Npgsql;
using Phoenix.Ledger.Bench;
using Phoenix.Ledger.Schema;
using Phoenix.Platform.Data;

[assembly: AssemblyFixture(typeof(Phoenix.Ledger.Tests.Support.TestDatabases))]

namespace Phoenix.Ledger.Tests.Support;

/// <summary>
/// Fresh databases for tests: on SQLite a file each, on PostgreSQL a clone of a template. The server is the one named by PHOENIX_TEST_POSTGRES,
/// or one that this run starts and ends itself.
/// </summary>
public sealed class TestDatabases : IAsyncLifetime
{
    private static int _count;
    private readonly string _run = $"ledger_{Environment.ProcessId}_{Environment.TickCount64 % 1_000_000}";
    private TemporaryPostgres? _own;
    private string _admin = "";

    public async ValueTask InitializeAsync()
    {
        await ChildProcess.WorkIfChild();
        if (Environment.GetEnvironmentVariable("PHOENIX_TEST_POSTGRES") is { Length: > 0 } named)
            _admin = named;
        else
            _admin = (_own = await TemporaryPostgres.Start(fsync: false)).ConnectionString;
        await Execute(_admin, $"create database {_run}_template");
        await Migrate(Named($"{_run}_template"));
    }

    /// <summary>A fresh database with the ledger's tables.</summary>
    public async Task<TestDatabase> New(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite)
            return await NewSqlite(Path.Combine(Directory.CreateTempSubdirectory("phoenix-lite-").FullName, "ledger.db"), SqliteSynchronous.Off);
        var name = $"{_run}_{Interlocked.Increment(ref _count)}";
        await Execute(_admin, $"create database {name} template {_run}_template");
        return new TestDatabase(PostgresDatabase.Create(Named(name)), Named(name), () => Execute(_admin, $"drop database {name} with (force)"));
    }

    public static async Task<TestDatabase> NewSqlite(string file, SqliteSynchronous synchronous)
    {
        var database = new SqliteDatabase(file, synchronous);
        await using (var connection = await database.Open(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = LedgerSchema.Sql(DatabaseKind.Sqlite);
            await command.ExecuteNonQueryAsync();
        }

        return new TestDatabase(database, file, () =>
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
            return Task.CompletedTask;
        });
    }

    public static Task Migrate(string connectionString) => Execute(connectionString, LedgerSchema.Sql(DatabaseKind.PostgreSql));

    public static async Task Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
        else
            await Execute(_admin, $"drop database {_run}_template with (force)");
    }

    private string Named(string database) => new NpgsqlConnectionStringBuilder(_admin) { Database = database }.ConnectionString;
}

/// <summary>One fresh database.</summary>
public sealed class TestDatabase(Database database, string address, Func<Task> drop) : IAsyncDisposable
{
    public Database Database { get; } = database;

    /// <summary>Connection string or file.</summary>
    public string Address { get; } = address;

    public async ValueTask DisposeAsync()
    {
        if (Database is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        await drop();
    }

    public async Task<IReadOnlyList<T>> Query<T>(string sql, Func<System.Data.Common.DbDataReader, T> row)
    {
        await using var connection = await Database.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(row(reader));
        return rows;
    }

    public async Task Execute(string sql)
    {
        await using var connection = await Database.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Scalar(string sql) => (await Query(sql, r => Convert.ToInt64(r.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)))[0];
}
