using Npgsql;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary>The product over a PostgreSQL of its own, at 02:00 of the 1st, with a month of exchanges that were put into its tables by SQL. It runs no jobs by itself.</summary>
internal sealed class SettlementBenchHost : IAsyncDisposable
{
    /// <summary>How many merchants.</summary>
    public const int Merchants = 500;

    /// <summary>One exchange in so many was partly given back.</summary>
    public const int RefundEach = 50;

    private static readonly DateTimeOffset s_now = CommunityTime.Shanghai.EndOf(new Month(2026, 11)) + Settlement.Closing.CloseMonths.After;

    private readonly BenchServers _servers;
    private readonly WebApplication _app;
    private readonly int _exchanges;

    private SettlementBenchHost(BenchServers servers, int exchanges) => (_servers, _exchanges, _app) = (servers, exchanges, PhoenixHost.Build(servers.Parts, builder => builder.Logging.ClearProviders()));

    /// <summary>Starts everything and seeds it; null where PostgreSQL or Redis isn't installed.</summary>
    public static async Task<SettlementBenchHost?> TryStart(int exchanges, CancellationToken cancel)
    {
        if (await BenchServers.TryStart(connections: null, cancel, new Standing()) is not { } servers)
            return null;
        var host = new SettlementBenchHost(servers, exchanges);
        await host.Run(SettlementBenchSql.Seed(Merchants, exchanges, RefundEach), cancel);
        return host;
    }

    /// <summary>Takes away what was closed, and lets the server write down what it has, so that each pass begins alike.</summary>
    public async Task Empty(CancellationToken cancel)
    {
        await Run(SettlementBenchSql.Empty, cancel);
        await Run("checkpoint", cancel);
    }

    /// <summary>Closes the month by the product's sweep.</summary>
    public Task Close(CancellationToken cancel) => _app.Services.GetServices<ISweep>().Single(s => s.Name == "settlement.close").Run(cancel);

    /// <summary>Closes it by bare SQL.</summary>
    public Task CloseBare(CancellationToken cancel) => Run(SettlementBenchSql.Close, cancel);

    /// <summary>Sees that every exchange and refund is on a statement, whose sums are those of the lines.</summary>
    /// <exception cref="InvalidOperationException">They aren't: the figures mean nothing.</exception>
    public async Task Check(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_servers.Server.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(SettlementBenchSql.Check, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (statements, lines, right) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetBoolean(2));
        if (statements != Merchants || lines != _exchanges + _exchanges / RefundEach || !right)
            throw new InvalidOperationException($"{statements} statements with {lines} lines{(right ? "" : ", sums wrong")}: the month wasn't closed.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _servers.Parts.DisposeAsync();
        _servers.Folder.Delete(recursive: true);
    }

    private async Task Run(string sql, CancellationToken cancel)
    {
        // Not of the product's pool, whose statements end after 30 s.
        await using var connection = new NpgsqlConnection(_servers.Server.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed class Standing : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_now;
    }
}
