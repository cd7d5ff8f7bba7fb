using System.Globalization;
using Npgsql;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Schema;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Bench;

/// <summary>The servers, databases and workloads of <see cref="LedgerBench"/>.</summary>
internal sealed class LedgerWorkloads : IAsyncDisposable
{
    private readonly TemporaryPostgres _server;
    private const string Head = "select seq, seq from ledger_heads where community = 1";
    private static readonly string[] Repeating = ["ceiling", "replay"];
    private readonly string _folder;
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly Dictionary<string, long> _staged = new(StringComparer.Ordinal);
    private long _start;

    private LedgerWorkloads(TemporaryPostgres server)
    {
        _server = server;
        _folder = Directory.CreateTempSubdirectory("phoenix-bench-").FullName;
    }

    public List<(string Name, Func<Task<BenchPass>> Run)> All { get; } = [];

    public static async Task<LedgerWorkloads> Start(double seconds, ISpendLock? spendLock)
    {
        var bench = new LedgerWorkloads(await TemporaryPostgres.Start(fsync: true));
        foreach (var name in (string[])["function", "ours", "hot", "leased", .. Repeating])
            await bench.Execute("postgres", $"create database {name}");
        await Bench.PgBench.MakeTpcb(bench._server);
        await bench.Execute("function", Resource("ledger-function.sql"));
        foreach (var name in (string[])["ours", "hot", "leased", .. Repeating])
            await bench.Execute(name, LedgerSchema.Sql(DatabaseKind.PostgreSql));

        var ours = await bench.Load(PostgresDatabase.Create(bench.ConnectionString("ours")));
        var leased = spendLock is null ? null : await bench.Load(PostgresDatabase.Create(bench.ConnectionString("leased")), spendLock);
        var hot = await bench.Load(PostgresDatabase.Create(bench.ConnectionString("hot")));
        var lite = await bench.Load(await NewSqlite(bench._folder));
        await bench.StartRepeating();
        bench.All.Add(("tpcb", () => Bench.PgBench.Tpcb(bench._server, seconds)));
        bench.All.Add(("function", () => bench.PgBench("function", "-f", bench.Script("ledger-function-random.sql"), "-c", "16", Bench.PgBench.Time(seconds))));
        bench.All.Add(("functionHot", () => bench.PgBench("function", "-f", bench.Script("ledger-function-hot.sql"), "-c", "16", Bench.PgBench.Time(seconds))));
        foreach (var callers in (int[])[16, 64, 256])
        {
            bench.All.Add(($"ours{callers}", () => ours.Run(callers, hot: false, seconds)));
            bench.All.Add(($"ours{callers}Hot", () => hot.Run(callers, hot: true, seconds)));
        }

        if (leased is not null)
            bench.All.Add(("ours64Leased", () => leased.Run(64, hot: false, seconds)));
        foreach (var database in Repeating)
            bench.All.Add((database, () => bench.Repeat(database)));
        bench.All.Add(("sqlite64", () => lite.Run(64, hot: false, seconds)));
        return bench;
    }

    /// <summary>Every row that the ceiling and the replay wrote must be ours: or they are no measure.</summary>
    /// <returns>How many postings were compared.</returns>
    public async Task<long> CheckRepeated()
    {
        long compared = 0;
        foreach (var database in Repeating)
        {
            var (differences, postings) = await Pair(database, Resource("ledger-staged-check.sql"), _start);
            if (differences > 0 || postings == 0)
                throw new InvalidOperationException($"{database} does not write what ours writes: {differences} rows differ in {postings} postings");
            compared += postings;
        }

        return compared;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(LedgerWorkloads).Assembly.GetManifestResourceStream($"Phoenix.Ledger.Bench.{name}") ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<Database> NewSqlite(string folder)
    {
        var database = new SqliteDatabase(Path.Combine(folder, "ledger.db"));
        await using var connection = await database.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = LedgerSchema.Sql(DatabaseKind.Sqlite);
        await command.ExecuteNonQueryAsync();
        return database;
    }

    private async Task<TransferLoad> Load(Database database, ISpendLock? spendLock = null)
    {
        var poster = new LedgerPoster(database, new Clock(TimeProvider.System), new SystemRandomness(), new LedgerOptions(), [], spendLock ?? new NoSpendLock());
        _owned.Add(poster);
        var load = new TransferLoad(poster);
        await load.Prepare();
        return load;
    }

    // They start from the same accounts as ours, and write the same postings: copied, so that nobody has to trust a second script.
    private async Task StartRepeating()
    {
        (_start, _) = await Pair("ours", Head);
        foreach (var database in Repeating)
        {
            foreach (var table in (string[])["ledger_heads", "ledger_accounts", "ledger_postings", "ledger_legs"])
                await Copy(database, table, $"copy {table} to stdout (format binary)");
            await Execute(database, Resource("ledger-staged-schema.sql"));
            _staged[database] = _start;
        }
    }

    /// <summary>Ours' postings since the last pass, again, in whole batches. Copying them over is not part of the time.</summary>
    private async Task<BenchPass> Repeat(string database)
    {
        var (end, _) = await Pair("ours", Head);
        foreach (var table in (string[])["postings", "legs"])
            await Copy(database, $"staged_{table}", string.Create(CultureInfo.InvariantCulture, $"copy (select * from ledger_{table} where seq > {_staged[database]} and seq <= {end}) to stdout (format binary)"));
        await Execute(database, Resource("ledger-staged-accounts.sql"));
        _staged[database] = end;
        var (head, _) = await Pair(database, Head);
        var batches = ((end - head) / LedgerLimits.MaxBatch).ToString(CultureInfo.InvariantCulture);
        var pass = await PgBench(database, "-f", Script($"ledger-{database}.sql"), "-c", "1", $"--transactions={batches}");
        return pass with { PerSecond = pass.PerSecond * LedgerLimits.MaxBatch };
    }

    private async Task Copy(string database, string table, string copyOut)
    {
        await using var from = new NpgsqlConnection(ConnectionString("ours"));
        await using var to = new NpgsqlConnection(ConnectionString(database));
        await from.OpenAsync();
        await to.OpenAsync();
        await using var source = await from.BeginRawBinaryCopyAsync(copyOut);
        await using var target = await to.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)");
        await source.CopyToAsync(target);
    }

    private Task<BenchPass> PgBench(string database, params string[] arguments) => Bench.PgBench.Run(_server, database, arguments);

    private string Script(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, Resource(name));
        return path;
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database, CommandTimeout = 300 }.ConnectionString;

    private async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<(long First, long Second)> Pair(string database, string sql, params long[] parameters)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
