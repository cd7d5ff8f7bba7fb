using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Http;
using Phoenix.WeChat.Tests.Push;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>A simulator behind a server in memory, on a clock that only the test moves. <see cref="Http"/> is what a client of WeChat would have.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    /// <summary>Monday 2026-11-23, 10:00 in Chengdu.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private SimulatorServer(WebApplication app, WeChatSimulator simulator, FakeTimeProvider time)
    {
        (_app, Simulator, Time) = (app, simulator, time);
        Http = app.GetTestClient();
        Http.BaseAddress = new Uri("http://localhost" + SimulatorRoutes.Prefix + "/");
        // Faults delay by the test's clock; nothing here waits for the wall's.
        Http.Timeout = Timeout.InfiniteTimeSpan;
    }

    /// <summary>The simulator.</summary>
    public WeChatSimulator Simulator { get; }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>Its address is the platform's: "cgi-bin/token" and so on.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts one.</summary>
    public static async Task<SimulatorServer> Start(int seed = 1)
    {
        var time = new FakeTimeProvider(DefaultStart);
        var simulator = new WeChatSimulator(SimulatorAccount.WellKnown, new Clock(time), new SeededRandomness(seed));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapWeChatSimulator(simulator);
        await app.StartAsync();
        return new SimulatorServer(app, simulator, time);
    }

    /// <summary>A user of this name.</summary>
    public UserView User(string name = "王秀兰") => Simulator.Client.Choose(name).Value;

    /// <summary>The account's template of this title.</summary>
    public MessageTemplate Template(string title = "活动报名结果通知") => Simulator.Templates.Single(t => t.Title == title);

    /// <summary>The user accepts so many messages.</summary>
    public void Accept(UserView user, MessageTemplate template, int times = 1)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal("accept", Simulator.Client.Subscribe(user.OpenId, [template.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [template.Id] = SubscribeChoice.Accept }).Value[template.Id]);
    }

    /// <summary>How many messages the user still takes.</summary>
    public int Quota(UserView user, MessageTemplate template) => Simulator.Client.Find(user.OpenId).Value.Subscriptions.SingleOrDefault(s => s.TemplateId == template.Id)?.Quota ?? 0;

    /// <summary>A stable token.</summary>
    public async Task<string> Token()
    {
        var answer = await Post("cgi-bin/stable_token", new { grant_type = "client_credential", appid = SimulatorAccount.WellKnown.AppId, secret = SimulatorAccount.WellKnown.Secret });
        return (string)answer["access_token"]!;
    }

    /// <summary>GET, as JSON; refusals are HTTP 200 too.</summary>
    public async Task<JsonNode> Get(string address)
    {
        using var answer = await Http.GetAsync(new Uri(address, UriKind.Relative));
        return await Read(answer);
    }

    /// <summary>POST of JSON as application/octet-stream, the oddest of the known clients' ways.</summary>
    public async Task<JsonNode> Post(string address, object body)
    {
        using var answer = await PostRaw(address, System.Text.Json.JsonSerializer.Serialize(body));
        return await Read(answer);
    }

    /// <summary>POST of a text.</summary>
    public async Task<HttpResponseMessage> PostRaw(string address, string body, string type = "application/octet-stream")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new(type);
        return await Http.PostAsync(new Uri(address, UriKind.Relative), content);
    }

    /// <summary>POST with a token.</summary>
    public async Task<JsonNode> Call(string path, object body) => await Post($"{path}?access_token={await Token()}", body);

    /// <summary>Waits for the event itself: lets others run until it holds, and gives up on what never comes.</summary>
    public static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A message of the template with its own examples in it.</summary>
    public static IDictionary<string, object> Message(UserView user, MessageTemplate template, params (string Key, string Value)[] values) => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["touser"] = user.OpenId,
        ["template_id"] = template.Id,
        ["page"] = "pages/activity/detail?id=7",
        ["miniprogram_state"] = "formal",
        ["lang"] = "zh_CN",
        ["data"] = values.ToDictionary(pair => pair.Key, pair => new { value = pair.Value }, StringComparer.Ordinal),
    };

    /// <summary>Values that <see cref="Template"/>'s default takes.</summary>
    public static (string Key, string Value)[] GoodValues() =>
        [("thing1", "楼栋关怀日"), ("time2", "2026年11月28日 09:00"), ("thing3", "凤凰里社区服务站"), ("phrase4", "报名成功"), ("thing5", "请提前十分钟到场")];

    private static async Task<JsonNode> Read(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
