using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Phoenix.Ledger.Schema;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Bench;

/// <summary>The servers, databases and workloads of <see cref="LedgerBench"/>.</summary>
internal sealed partial class LedgerWorkloads : IAsyncDisposable
{
    private readonly TemporaryPostgres _server;
    private readonly string _folder;
    private readonly double _seconds;
    private readonly List<IAsyncDisposable> _owned = [];

    private LedgerWorkloads(TemporaryPostgres server, double seconds)
    {
        _server = server;
        _seconds = seconds;
        _folder = Directory.CreateTempSubdirectory("phoenix-bench-").FullName;
    }

    public List<(string Name, Func<Task<BenchPass>> Run)> All { get; } = [];

    public static async Task<LedgerWorkloads> Start(double seconds)
    {
        var bench = new LedgerWorkloads(await TemporaryPostgres.Start(fsync: true), seconds);
        foreach (var name in (string[])["tpcb", "ceiling", "function", "ours"])
            await bench.Execute("postgres", $"create database {name}");
        await TemporaryPostgres.Run(Tool("pgbench"), "-h", "127.0.0.1", "-p", bench.Port, "-U", "postgres", "-i", "-q", "-s", "20", "tpcb");
        await bench.Execute("function", Resource("ledger-function.sql"));
        await bench.Execute("ceiling", LedgerSchema.Sql(DatabaseKind.PostgreSql));
        await bench.Execute("ours", LedgerSchema.Sql(DatabaseKind.PostgreSql));

        var ours = PostgresDatabase.Create(bench.ConnectionString("ours"));
        var load = await bench.Load(ours);
        await bench.CopyStartToCeiling();
        var lite = await bench.Load(await NewSqlite(bench._folder));
        bench.All.Add(("tpcb", () => bench.PgBench("tpcb", "-b", "tpcb-like", "-c", "8")));
        bench.All.Add(("ceiling", async () => await bench.PgBench("ceiling", "-f", bench.Script("ledger-ceiling.sql"), "-c", "1") is var p ? p with { PerSecond = p.PerSecond * 256 } : null!));
        bench.All.Add(("function", () => bench.PgBench("function", "-f", bench.Script("ledger-function-random.sql"), "-c", "16")));
        bench.All.Add(("functionHot", () => bench.PgBench("function", "-f", bench.Script("ledger-function-hot.sql"), "-c", "16")));
        foreach (var callers in (int[])[16, 64, 256])
        {
            bench.All.Add(($"ours{callers}", () => load.Run(callers, hot: false, seconds)));
            bench.All.Add(($"ours{callers}Hot", () => load.Run(callers, hot: true, seconds)));
        }

        bench.All.Add(("sqlite64", () => lite.Run(64, hot: false, seconds)));
        return bench;
    }

    /// <summary>The ceiling must have written as many rows a transfer as ours, of the same size: or it is no ceiling.</summary>
    public async Task CheckCeilingRows()
    {
        const string Rows = """
            select (select count(*) - 10000 from ledger_legs)::float8 / (select count(*) from ledger_postings where kind = 3), (select avg(pg_column_size(p.*)) from (select * from ledger_postings where kind = 3 limit 50000) p)::float8,
              (select avg(pg_column_size(l.*)) from (select * from ledger_legs limit 50000) l)::float8, (select count(*) from ledger_accounts)::float8, (select sum(balance) from ledger_accounts)::float8,
              (select count(*) from ledger_legs l where l.from_prev > 0 and not exists (select 1 from ledger_legs e where e.community = l.community and e.seq = l.from_prev and (e.from_account = l.from_account or e.to_account = l.from_account)))::float8
            """;
        var (ours, ceiling) = (await Numbers("ours", Rows), await Numbers("ceiling", Rows));
        for (var i = 0; i < ours.Length; i++)
            if (Math.Abs(ours[i] - ceiling[i]) > 0.03 * Math.Abs(ours[i]))
                throw new InvalidOperationException($"the ceiling does not write what ours writes: {string.Join(' ', ours)} against {string.Join(' ', ceiling)}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            await owned.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Port => _server.Port.ToString(CultureInfo.InvariantCulture);

    private static string Tool(string name) => Path.Combine(TemporaryPostgres.Binaries, name);

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

    private async Task<TransferLoad> Load(Database database)
    {
        var poster = new LedgerPoster(database, new Clock(TimeProvider.System), new SystemRandomness(), new LedgerOptions(), [], new Reads.NoSpendLock());
        _owned.Add(poster);
        var load = new TransferLoad(poster);
        await load.Prepare();
        return load;
    }

    // The ceiling starts from the same accounts as ours: copied, so that nobody has to trust a second script.
    private async Task CopyStartToCeiling()
    {
        foreach (var table in (string[])["ledger_heads", "ledger_accounts", "ledger_postings", "ledger_legs"])
        {
            await using var from = new NpgsqlConnection(ConnectionString("ours"));
            await using var to = new NpgsqlConnection(ConnectionString("ceiling"));
            await from.OpenAsync();
            await to.OpenAsync();
            await using var source = await from.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
            await using var target = await to.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)");
            await source.CopyToAsync(target);
        }
    }

    private async Task<BenchPass> PgBench(string database, params string[] arguments)
    {
        await Execute(database, "checkpoint");
        var log = Path.Combine(_folder, "log");
        string[] fixedArguments = ["-h", "127.0.0.1", "-p", Port, "-U", "postgres", "-n", "-M", "prepared", "-j", "2", "-T", Math.Max(1, (int)Math.Round(_seconds)).ToString(CultureInfo.InvariantCulture), "-l", "--log-prefix", log];
        var output = await TemporaryPostgres.Run(Tool("pgbench"), [.. fixedArguments, .. arguments, database]);
        var times = new List<double>();
        foreach (var file in Directory.GetFiles(_folder, "log*"))
        {
            foreach (var line in await File.ReadAllLinesAsync(file))
                times.Add(double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture) / 1000);
            File.Delete(file);
        }

        times.Sort();
        var perSecond = double.Parse(TpsLine().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture);
        return new BenchPass(perSecond, times[times.Count / 2], times[Math.Min(times.Count - 1, times.Count * 99 / 100)]);
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.NonBacktracking)]
    private static partial Regex TpsLine();

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

    private async Task<double[]> Numbers(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetDouble)];
    }
}
