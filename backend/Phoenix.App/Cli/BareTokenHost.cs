using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli;

/// <summary>The yardstick: a minimal API with one route that signs a token like ours and does nothing else.</summary>
internal sealed class BareTokenHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private BareTokenHost(WebApplication app) => (_app, _http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    public static async Task<BareTokenHost> Start(CancellationToken cancel)
    {
        var secret = new byte[32];
        new SystemRandomness().Fill(secret);
        var (handler, clock) = (new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }, new Clock(TimeProvider.System));
        var credentials = new SigningCredentials(new SymmetricSecurityKey(secret), SecurityAlgorithms.HmacSha256);
        var ids = new UuidV7Ids(clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/token", () => new Answer(handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "bare",
            Audience = "bare",
            IssuedAt = clock.Now.UtcDateTime,
            Expires = clock.Now.UtcDateTime.AddMinutes(15),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = ids.New().ToString("N"), [JwtRegisteredClaimNames.Sid] = ids.New().ToString("N") },
            SigningCredentials = credentials,
        })));
        await app.StartAsync(cancel);
        return new BareTokenHost(app);
    }

    /// <summary>One token over HTTP.</summary>
    public async Task Sign(CancellationToken cancel)
    {
        using var response = await _http.PostAsJsonAsync("token", new { }, cancel);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync(cancel);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    internal sealed record Answer(string AccessToken);
}
