using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Phoenix.App.Community;
using Phoenix.App.Hosting;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The embedded host on a real folder and a real port: survives kill -9, and answers what it accepted before it stops.</summary>
public sealed class EmbeddedHostTests : IDisposable
{
    private const string Templates = "/api/v1/communities/1/messages/templates?screen=signUp";

    private static readonly UuidV7Ids s_ids = new(new Clock(TimeProvider.System));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("phoenix-embedded-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_killed_host_starts_again_on_its_folder_with_its_keys_and_its_community()
    {
        string[] serve = ["serve", "--data", Data, "--wechat", "simulator", "--url", "http://127.0.0.1:0"];
        await using (var host = ChildHost.Start([.. serve, "--seed"]))
        {
            using var http = await host.Ready(r => r.Status == "ready");
            Assert.Contains("凤凰里社区", await http.GetStringAsync(new Uri("/api/v1/communities", UriKind.Relative), Cancel), StringComparison.Ordinal);
            await host.Kill();
        }

        var keys = await File.ReadAllTextAsync(Path.Combine(Data, "keys.json"), Cancel);
        await using var again = ChildHost.Start(serve);
        using var back = await again.Ready(r => r.Status == "ready");
        Assert.Contains("凤凰里社区", await back.GetStringAsync(new Uri("/api/v1/communities", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Equal(keys, await File.ReadAllTextAsync(Path.Combine(Data, "keys.json"), Cancel));
        await again.Terminate();
        Assert.Equal(0, await again.Exit());
        Assert.Empty(again.Errors);
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_before_the_host_stops_and_new_ones_are_refused()
    {
        var gate = new Gated();
        await using var parts = await EmbeddedHost.Prepare(new HostSettings { DataFolder = Data, WeChatSimulator = true, Seed = true, Url = "http://127.0.0.1:0" }, Cancel);
        await using var app = PhoenixHost.Build(parts, b => b.Services.Replace(ServiceDescriptor.Scoped<ICommunityCalendar>(_ => gate)));
        await app.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var inFlight = http.GetAsync(new Uri("/api/v1/communities/1/calendar?from=2026-12-24&to=2026-12-24", UriKind.Relative), Cancel);
        await gate.Entered.Task;

        var stopping = app.StopAsync(Cancel);
        using var late = new HttpClient { BaseAddress = http.BaseAddress };
        await Gates.Until(async () => await IsRefused(late));
        Assert.False(inFlight.IsCompleted || stopping.IsCompleted);
        gate.Released.SetResult();
        using var answer = await inFlight;
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        await stopping;
    }

    /// <summary>Our client, the simulator and our push address as a newcomer runs them: one process, real HTTP between them.</summary>
    [Fact]
    public async Task Somebody_of_the_simulator_signs_in_agrees_is_told_and_switches_it_off()
    {
        await using var parts = await EmbeddedHost.Prepare(new HostSettings { DataFolder = Data, WeChatSimulator = true, Seed = true, Url = "http://127.0.0.1:0" }, Cancel);
        await using var app = PhoenixHost.Build(parts);
        await app.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var openId = (string)(await Get(http, "/simulator/client/users"))[0]!["openId"]!;
        var code = (string)(await Post(http, "/simulator/client/login", new { openId }))["code"]!;
        var session = await Post(http, "/api/v1/sessions", new { code });
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string)session["accessToken"]!);

        // The demo's clock walks on, never back, and everything goes by it.
        var now = DateTimeOffset.Parse((string)(await Get(http, "/api/v1/communities/1"))["now"]!, CultureInfo.InvariantCulture);
        Assert.Equal(60, (long)(await Post(http, "/simulator/clock", new { seconds = 60 }))["aheadSeconds"]!);
        Assert.True(DateTimeOffset.Parse((string)(await Get(http, "/api/v1/communities/1"))["now"]!, CultureInfo.InvariantCulture) >= now.AddSeconds(60));
        using (var back = await http.PostAsJsonAsync(new Uri("/simulator/clock", UriKind.Relative), new { seconds = -1 }, Cancel))
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, back.StatusCode);

        // Known once the account's templates are checked, which runs beside the start.
        await Gates.Until(async () => (await Get(http, Templates))["templates"]!.AsArray().Count > 0);
        var template = (string)(await Get(http, Templates))["templates"]![0]!["templateId"]!;
        var answer = await Post(http, "/simulator/client/subscribe", new { openId, tmplIds = new[] { template }, choices = new Dictionary<string, string> { [template] = "accept" } });
        var agreed = await Post(http, "/api/v1/messages/consents", new { answers = new[] { new { templateId = template, result = (string)answer[template]! } } });
        Assert.Equal(1, (int)agreed["balances"]![0]!["messages"]!);

        await Post(http, "/simulator/client/switch", new { openId, templateId = template, isOn = false });
        await Gates.Until(async () => (await Get(http, "/simulator/control/pushes")).AsArray().All(p => (string)p!["state"]! == "taken"));
        using (var jobs = await http.PostAsync(new Uri("/simulator/jobs", UriKind.Relative), null, Cancel))
            Assert.Equal(System.Net.HttpStatusCode.OK, jobs.StatusCode);
        Assert.DoesNotContain(template, (await Get(http, Templates)).ToJsonString(), StringComparison.Ordinal);
        await app.StopAsync(Cancel);
    }

    private static async Task<JsonNode> Get(HttpClient http, string path) => (await http.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative), Cancel))!;

    private static async Task<JsonNode> Post(HttpClient http, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", s_ids.New().ToString());
        using var answer = await http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<bool> IsRefused(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Health.LivePath, UriKind.Relative), Cancel);
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private sealed class Gated : ICommunityCalendar
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CommunityTime Time => CommunityTime.Shanghai;

        public async Task<WorkingDays> WorkingDays(DateOnly from, DateOnly to, CancellationToken cancel)
        {
            Entered.TrySetResult();
            await Released.Task;
            return new WorkingDays(new Dictionary<DateOnly, (bool, string?)>());
        }
    }
}
