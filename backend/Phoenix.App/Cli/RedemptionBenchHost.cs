using System.Globalization;
using System.Text.Json;
using Phoenix.App.Identity;
using Phoenix.Ledger.Bench;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary>Something that was held and is to be handed over.</summary>
internal sealed record BenchHold(Guid Id, int Merchant);

/// <summary>The product on a loopback port over a PostgreSQL and a Redis of its own, with merchants, clerks, and members who have coins.</summary>
internal sealed class RedemptionBenchHost : IAsyncDisposable
{
    // As deployed: a pool of few connections, for two cores.
    private const int DatabaseConnections = 32;

    private readonly BenchServers _servers;
    private readonly WebApplication _app;
    private readonly Uri _address;
    private readonly BenchMarket _market;
    private readonly UuidV7Ids _ids = new(new Clock(TimeProvider.System));
    private int _turn;

    private RedemptionBenchHost(BenchServers servers, WebApplication app, BenchMarket market) => (_servers, _app, _address, _market) = (servers, app, new Uri(app.Urls.First()), market);

    /// <summary>Starts everything; null where PostgreSQL or Redis isn't installed.</summary>
    public static async Task<RedemptionBenchHost?> TryStart(CancellationToken cancel)
    {
        if (await BenchServers.TryStart(DatabaseConnections, cancel) is not { } servers)
            return null;
        await PgBench.MakeTpcb(servers.Server);
        var app = await servers.StartHost(cancel);
        return new RedemptionBenchHost(servers, app, await BenchMarket.Make(app.Services, cancel));
    }

    /// <summary>One pass of tpcb-like.</summary>
    public Task<BenchPass> Tpcb(double seconds) => PgBench.Tpcb(_servers.Server, seconds);

    /// <summary>How fast the disk commits now.</summary>
    public Task<BenchPass> OneWriter() => PgBench.OneWriter(_servers.Server);

    /// <summary>A connection of its own.</summary>
    public Task<BenchConnection> Connect() => BenchConnection.Open(_address, CancellationToken.None);

    /// <summary>POST redemptions: the next member holds at the next merchant, or at the hot one.</summary>
    public async Task<BenchHold> Hold(BenchConnection connection, bool isHot, CancellationToken cancel)
    {
        var turn = (uint)Interlocked.Increment(ref _turn);
        var merchant = isHot ? 0 : 1 + (int)(turn * 2654435761u % (BenchMarket.Merchants - 1));
        var json = $$"""{"offerId":"{{_market.Offers[merchant]}}","version":1}""";
        var answer = await connection.Post("/api/v1/communities/1/redemptions", json, Token(_market.Members[turn % BenchMarket.MemberCount]), _ids.New(), cancel);
        using var body = JsonDocument.Parse(answer);
        return new BenchHold(body.RootElement.GetProperty("id").GetGuid(), merchant);
    }

    /// <summary>POST hand-over: one of the merchant's clerks.</summary>
    public async Task HandOver(BenchConnection connection, BenchHold hold, CancellationToken cancel)
    {
        var clerks = _market.Clerks[hold.Merchant];
        var clerk = clerks[(uint)Interlocked.Increment(ref _turn) % clerks.Length];
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/communities/1/merchants/{_market.MerchantIds[hold.Merchant]}/redemptions/{hold.Id}/hand-over");
        await connection.Post(path, "{}", Token(clerk), _ids.New(), cancel);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _servers.Parts.DisposeAsync();
        _servers.Folder.Delete(recursive: true);
    }

    // Tokens are made before they are needed, and anew when they would end.
    private string Token(BenchPerson person)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (person.Token is null || TimeProvider.System.GetElapsedTime(person.TokenAt, now) > AccessTokens.Lifetime / 2)
            (person.Token, person.TokenAt) = (_app.Services.GetRequiredService<AccessTokens>().Issue(person.PersonId, person.SessionId), now);
        return person.Token;
    }
}
