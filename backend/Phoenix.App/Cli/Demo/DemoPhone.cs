using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Phoenix.App.Community;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Cli.Demo;

/// <summary>A step of the demo was refused: which call, and in which words.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);

/// <summary>One person's phone: a WeChat user of the simulator, signed in by WeChat's code, calling the API over HTTP as the mini program does.</summary>
internal sealed class DemoPhone
{
    private static readonly string s_community = string.Create(CultureInfo.InvariantCulture, $"/api/v1/communities/{Seeding.CommunityId}");

    // Access tokens live for minutes of the demo's clock, which jumps.
    private static readonly TimeSpan s_signedInFor = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly IIds _ids;
    private readonly Clock _clock;
    private readonly string _openId;
    private string? _token;
    private DateTimeOffset _signedInAt;

    private DemoPhone(HttpClient http, IIds ids, Clock clock, string name, string openId) => (_http, _ids, _clock, Name, _openId) = (http, ids, clock, name, openId);

    /// <summary>What the neighbours call the person.</summary>
    public string Name { get; }

    /// <summary>The person as a member of the community.</summary>
    public string MemberId { get; private set; } = "";

    /// <summary>A new WeChat user opens the mini program, reads the rules and joins.</summary>
    public static async Task<DemoPhone> Join(HttpClient http, IIds ids, Clock clock, string name)
    {
        var user = await Said(await http.PostAsJsonAsync("/simulator/client/users", new { name }), "choosing a WeChat user");
        var phone = new DemoPhone(http, ids, clock, name, user.Text("openId"));
        var documents = (await phone.Get("/documents")).List("items").Where(d => d.Flag("mustAccept")).Select(d => d.Text("id")).ToArray();
        var joined = await phone.Post("/membership", new { displayName = name, building = (string?)null, birthDate = (string?)null, acceptedDocumentIds = documents });
        phone.MemberId = joined.Text("memberId");
        return phone;
    }

    /// <summary>Asks the community's API.</summary>
    public Task<JsonNode> Get(string path) => Send(HttpMethod.Get, s_community + path, null);

    /// <summary>Does something at the community's API.</summary>
    public Task<JsonNode> Post(string path, object? body = null) => Send(HttpMethod.Post, s_community + path, body ?? new { });

    /// <summary>Sets something at the community's API.</summary>
    public Task<JsonNode> Put(string path, object body) => Send(HttpMethod.Put, s_community + path, body);

    /// <summary>Approves what somebody else prepared.</summary>
    public Task<JsonNode> Approve(string approvalId) => Post($"/approvals/{approvalId}/decision", new { approve = true });

    /// <summary>How many coins the person can use now.</summary>
    public async Task<long> Coins() => (await Get("/coins")).Number("available");

    /// <summary>我的码 of now, made on the phone from its own secret: no network is needed.</summary>
    public async Task<string> MyCode()
    {
        var secret = await Send(HttpMethod.Post, "/api/v1/device-secret", new { });
        var device = Guid.Parse(secret.Text("deviceId"), CultureInfo.InvariantCulture);
        var step = _clock.Now.ToUnixTimeSeconds() / secret.Number("stepSeconds");
        var message = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"phoenix/personal\ntill\nclerk\n{Seeding.CommunityId}\n{device:N}\n{step}"));
        var mac = HMACSHA256.HashData(Base64Url.DecodeFromChars(secret.Text("secret")), message);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{secret.Text("linkPrefix")}till.{Seeding.CommunityId}.{Base64Url.EncodeToString(Convert.FromHexString(device.ToString("N")))}.{step}.{Base64Url.EncodeToString(mac.AsSpan(0, 16))}");
    }

    /// <summary>The newest message in the person's inbox that contains the words.</summary>
    /// <exception cref="DemoFailedException">There is none.</exception>
    public async Task<string> Message(string words) =>
        (await Get("/messages")).List("items").Select(m => m.Text("body")).FirstOrDefault(b => b.Contains(words, StringComparison.Ordinal))
            ?? throw new DemoFailedException($"{Name} got no message with “{words}”.");

    private async Task<JsonNode> Send(HttpMethod method, string path, object? body)
    {
        await SignIn();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", _ids.New().ToString());
            request.Content = JsonContent.Create(body);
        }

        return await Said(await _http.SendAsync(request), $"{Name}: {method} {path}");
    }

    private async Task SignIn()
    {
        if (_token is not null && _clock.Now - _signedInAt < s_signedInFor)
            return;
        var code = (await Said(await _http.PostAsJsonAsync("/simulator/client/login", new { openId = _openId }), "wx.login")).Text("code");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sessions") { Content = JsonContent.Create(new { code }) };
        request.Headers.Add("Idempotency-Key", _ids.New().ToString());
        (_token, _signedInAt) = ((await Said(await _http.SendAsync(request), $"{Name} signs in")).Text("accessToken"), _clock.Now);
    }

    private static async Task<JsonNode> Said(HttpResponseMessage answer, string what)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                throw new DemoFailedException($"{what} was answered with {(int)answer.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }
}

/// <summary>Reads answers.</summary>
internal static class DemoJson
{
    /// <summary>A text of it.</summary>
    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    /// <summary>A whole number of it.</summary>
    public static long Number(this JsonNode node, string name) => node[name]!.GetValue<long>();

    /// <summary>A yes or no of it.</summary>
    public static bool Flag(this JsonNode node, string name) => node[name]!.GetValue<bool>();

    /// <summary>A list of it.</summary>
    public static IReadOnlyList<JsonNode> List(this JsonNode node, string name) => [.. node[name]!.AsArray().Select(n => n!)];
}
