using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Tests.Platform.Outbox;

/// <summary>A context with nothing but the outbox, built as the product's is: snake_case, instants as Unix milliseconds on SQLite.</summary>
public sealed class OutboxContext(DbContextOptions<OutboxContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfiguration(new OutboxMessageConfiguration());

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (Database.IsSqlite())
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(i => i.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
}

/// <summary>An empty database of a test's own, of either kind.</summary>
public sealed class OutboxDatabase(Database database, DbContextOptions<OutboxContext> options, Func<Task> drop) : IDbContextFactory<OutboxContext>, IAsyncDisposable
{
    public Database Database { get; } = database;

    public OutboxContext CreateDbContext() => new(options);

    public async ValueTask DisposeAsync() => await drop();
}

/// <summary>Makes them: SQLite files, and databases on PHOENIX_TEST_POSTGRES or a server of our own.</summary>
public sealed class OutboxDatabases : IAsyncLifetime
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phoenix-outbox-");
    private string _superuser = Environment.GetEnvironmentVariable("PHOENIX_TEST_POSTGRES") ?? "";
    private bool _ours;
    private int _next;

    public async ValueTask InitializeAsync()
    {
        if (_superuser.Length > 0)
            return;
        var port = PrivateRedis.FreePort().ToString(CultureInfo.InvariantCulture);
        await Run("chown", "postgres", _folder.FullName);
        await AsPostgres($"{Binaries}/initdb", "-D", $"{_folder.FullName}/pg", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C");
        await AsPostgres($"{Binaries}/pg_ctl", "-D", $"{_folder.FullName}/pg", "-w", "-l", $"{_folder.FullName}/pg.log", "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {_folder.FullName}", "start");
        _ours = true;
        _superuser = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    public async Task<OutboxDatabase> New(DatabaseKind kind)
    {
        var made = kind == DatabaseKind.Sqlite ? NewSqlite() : await NewPostgres();
        await using var context = made.CreateDbContext();
        await context.Database.EnsureCreatedAsync();
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ours)
            await AsPostgres($"{Binaries}/pg_ctl", "-D", $"{_folder.FullName}/pg", "-m", "immediate", "-w", "stop");
        _folder.Delete(recursive: true);
    }

    private static Task AsPostgres(params string[] command) => Environment.IsPrivilegedProcess ? Run("runuser", ["-u", "postgres", "--", .. command]) : Run(command[0], command[1..]);

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private OutboxDatabase NewSqlite()
    {
        var file = Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _next)}.db");
        var sqlite = new SqliteDatabase(file, SqliteSynchronous.Off);
        return new OutboxDatabase(sqlite, new DbContextOptionsBuilder<OutboxContext>().UseSqlite(sqlite.ConnectionString).UseSnakeCaseNamingConvention().Options, () => Task.CompletedTask);
    }

    private async Task<OutboxDatabase> NewPostgres()
    {
        var name = $"outbox_{Environment.ProcessId}_{Interlocked.Increment(ref _next)}";
        await Sql($"create database {name}");
        var postgres = PostgresDatabase.Create(new NpgsqlConnectionStringBuilder(_superuser) { Database = name }.ConnectionString);
        return new OutboxDatabase(postgres, new DbContextOptionsBuilder<OutboxContext>().UseNpgsql(postgres.Source).UseSnakeCaseNamingConvention().Options, async () =>
        {
            await postgres.DisposeAsync();
            await Sql($"drop database {name} with (force)");
        });
    }

    private async Task Sql(string text)
    {
        await using var connection = new NpgsqlConnection(_superuser);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }
}
