using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Cli;
using Phoenix.App.Hosting;
using Phoenix.App.Notifications.Templates;
using Phoenix.App.Tests.Cli;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.WeChat.Simulator;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The simulator in the host that names it and alone: on this machine only, outside the API's document, with the templates that the product sends.</summary>
public sealed class SimulatorHostTests
{
    private static readonly string s_tokenRequest =
        $$"""{"grant_type":"client_credential","appid":"{{SimulatorAccount.WellKnown.AppId}}","secret":"{{SimulatorAccount.WellKnown.Secret}}"}""";

    [Fact]
    public async Task The_host_that_names_it_serves_page_platform_and_people()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        Assert.Contains("微信模拟器", (await app.Anyone.Get("/simulator/")).Text, StringComparison.Ordinal);
        Assert.Contains("王秀兰", (await app.Anyone.Get("/simulator/client/users")).Text, StringComparison.Ordinal);
        using var body = new StringContent(s_tokenRequest);
        var token = await app.Anyone.Send(HttpMethod.Post, "/simulator/cgi-bin/stable_token", body, null);
        Assert.Contains("\"expires_in\":7200", token.Text, StringComparison.Ordinal);
        // The host's clock is the simulator's.
        Assert.Equal(PhoenixApp.DefaultStart, app.Services.GetRequiredService<WeChatSimulator>().Clock.Now);
        app.Services.GetRequiredService<WeChatSimulator>().Break(new Fault { Kind = FaultKind.Http500 });
        using var again = new StringContent(s_tokenRequest);
        var broken = await app.Anyone.Send(HttpMethod.Post, "/simulator/cgi-bin/stable_token", again, null);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.Status);
        Assert.Contains("502 Bad Gateway", broken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_it_is_reached_through_a_proxy_or_stands_in_the_API_s_document()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        foreach (var path in (string[])["/simulator/", "/simulator/control/state", "/simulator/cgi-bin/token"])
            (await app.Anyone.Send(HttpMethod.Get, path, null, null, ("X-Forwarded-For", "10.0.0.1"))).Refused(HttpStatusCode.Forbidden, "system.simulator_is_local");
        Assert.DoesNotContain("simulator/", await PhoenixHost.OpenApiDocument(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alone_it_tells_where_it_is_and_serves_any_client_of_this_machine()
    {
        await using var child = ChildHost.Start(["simulate", "--url", "http://127.0.0.1:0"]);
        await Gates.Until(() => Task.FromResult(child.Output.Any(line => line.StartsWith("push key", StringComparison.Ordinal))));
        string Told(string name) => child.Output.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[name.Split(' ').Length];
        Assert.Equal((SimulatorAccount.WellKnown.AppId, SimulatorAccount.WellKnown.Secret), (Told("appid"), Told("secret")));
        using var http = new HttpClient { BaseAddress = new Uri(Told("platform") + "/") };
        using var body = new StringContent(s_tokenRequest);
        using var token = await http.PostAsync(new Uri("cgi-bin/stable_token", UriKind.Relative), body, Cancel);
        Assert.Equal(7200, (int)(await token.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["expires_in"]!);
        Assert.Contains("微信模拟器", await http.GetStringAsync(new Uri(Told("page")), Cancel), StringComparison.Ordinal);

        using var proxied = new HttpRequestMessage(HttpMethod.Get, new Uri("control/state", UriKind.Relative));
        proxied.Headers.Add("Forwarded", "for=10.0.0.1");
        using var refused = await http.SendAsync(proxied, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("http://127.0.0.1", StartRefusalTests.Refused(await ChildHost.Run(["simulate", "--url", http.BaseAddress.GetLeftPart(UriPartial.Authority)])), StringComparison.Ordinal);
        await child.Terminate();
        Assert.Equal(PhoenixCli.Done, await child.Exit());
        Assert.Empty(child.Errors);
    }

    [Fact]
    public async Task Alone_it_stays_on_this_machine_and_pushes_to_no_other()
    {
        using StringWriter output = new(), errors = new();
        Assert.Equal(PhoenixCli.Failed, await PhoenixCli.Run(["simulate", "--url", "http://0.0.0.0:5081"], output, errors));
        Assert.Contains("only this machine", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(PhoenixCli.WronglyCalled, await PhoenixCli.Run(["simulate", "--push", "https://phoenix.example/push"], output, errors));
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task The_account_has_every_template_that_the_product_sends()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var account = app.Services.GetRequiredService<WeChatSimulator>().Templates.ToDictionary(t => t.Title, StringComparer.Ordinal);
        var sent = Catalogue.All.Where(entry => entry.Template is not null).ToList();
        Assert.NotEmpty(sent);
        foreach (var entry in sent)
        {
            var labels = account[entry.Template!].Fields.ToDictionary(field => field.Label, field => FieldValue.TypeOf(field.Key), StringComparer.Ordinal);
            Assert.Equal(labels.Keys.Order(StringComparer.Ordinal), entry.Keywords.Select(k => k.Label).Order(StringComparer.Ordinal));
            Assert.All(entry.Keywords, keyword => Assert.True(FieldValue.Fits(keyword.Type, labels[keyword.Label]), $"{entry.Kind} {keyword.Label}"));
        }
    }
}
