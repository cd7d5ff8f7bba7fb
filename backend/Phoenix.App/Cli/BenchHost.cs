using System.Net;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Identity.Sessions;
using Phoenix.WeChat.Simulator;

namespace Phoenix.App.Cli;

/// <summary>The product with the simulator on a loopback port, as signing in finds it; every request comes from an address of its own, so that the limit of sign-ins per address is counted but not reached.</summary>
internal sealed class BenchHost : IAsyncDisposable
{
    // The simulator knows 200 users and lets each log in 100 times a minute.
    private const int Users = 150;

    private readonly WebApplication _app;
    private readonly HostParts _parts;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;
    private readonly string[] _openIds;
    private readonly string[] _refreshTokens = new string[LoginBench.Callers];
    private int _logins;

    private BenchHost(WebApplication app, HostParts parts, DirectoryInfo folder)
    {
        (_app, _parts, _folder) = (app, parts, folder);
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        _openIds = [.. Enumerable.Range(0, Users).Select(i => Simulator.Client.Choose($"居民{i}").Value.OpenId)];
    }

    /// <summary>The host's services, for putting rows there that no route makes in bulk.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens.</summary>
    public Uri Address => _http.BaseAddress!;

    private WeChatSimulator Simulator => _app.Services.GetRequiredService<WeChatSimulator>();

    /// <summary>The embedded host: SQLite, Garnet in process.</summary>
    public static async Task<BenchHost> OnSqlite(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("phoenix-bench-");
        var parts = await EmbeddedHost.Prepare(BenchServers.Settings(folder), cancel);
        return await Start(parts, folder, cancel);
    }

    /// <summary>On a PostgreSQL (fsync on) and a Redis of its own, both ended with it; null where one of them isn't installed.</summary>
    public static async Task<BenchHost?> OnPostgres(CancellationToken cancel)
    {
        if (await BenchServers.TryStart(connections: null, cancel) is not { } servers)
            return null;
        return await Start(servers.Parts, servers.Folder, cancel);
    }

    /// <summary>POST /api/v1/sessions: a known user signs in with a new code.</summary>
    public async Task LogIn(CancellationToken cancel) => await Post("sessions", new LogIn.Request(NextCode()), cancel);

    /// <summary>POST /api/v1/sessions/refresh: a caller's own session gets its next tokens.</summary>
    public async Task Refresh(int caller, CancellationToken cancel)
    {
        if (_refreshTokens[caller] is not { } token)
            token = (await Post("sessions", new LogIn.Request(Simulator.Client.Login(Simulator.Client.Choose($"续期{caller}").Value.OpenId).Value), cancel)).RefreshToken;
        _refreshTokens[caller] = (await Post("sessions/refresh", new RefreshSession.Request(token), cancel)).RefreshToken;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        await _parts.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<BenchHost> Start(HostParts parts, DirectoryInfo folder, CancellationToken cancel)
    {
        var app = PhoenixHost.Build(parts, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IStartupFilter, ManyAddresses>();
        });
        await app.StartAsync(cancel);
        return new BenchHost(app, parts, folder);
    }

    private string NextCode() => Simulator.Client.Login(_openIds[(uint)Interlocked.Increment(ref _logins) % Users]).Value;

    private async Task<Tokens> Post<T>(string path, T body, CancellationToken cancel)
    {
        var id = new byte[16];
        _parts.Randomness.Fill(id);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Add(RequestId.Header, new Guid(id).ToString());
        using var response = await _http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancel)}");
        return (await response.Content.ReadFromJsonAsync<Tokens>(PhoenixJson.Options, cancel))!;
    }

    private sealed class ManyAddresses : IStartupFilter
    {
        private int _last;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Connection.RemoteIpAddress = new IPAddress(BitConverter.GetBytes(Interlocked.Increment(ref _last)));
                return rest(http);
            });
            next(app);
        };
    }
}
