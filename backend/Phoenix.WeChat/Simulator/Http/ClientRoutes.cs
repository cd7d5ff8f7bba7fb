using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>wx.* of the simulated phones, for the page and the mini program's preview.</summary>
internal static class ClientRoutes
{
    private sealed record ChooseRequest(string? Name, string? Phone);

    private sealed record UserRequest(string? OpenId, string? Text);

    private sealed record PhoneRequest(string? OpenId, PhoneAnswer? Answer);

    private sealed record ChangeRequest(string? OpenId, PhoneAnswer? PhoneAnswer, bool? IsBlocked, int? RiskRank);

    private sealed record SubscribeRequest(string? OpenId, string[]? TmplIds, Dictionary<string, SubscribeChoice>? Choices, bool Keep);

    private sealed record SwitchRequest(string? OpenId, string? TemplateId, bool IsOn);

    private sealed record Opened(string Page);

    public static void MapClient(this IEndpointRouteBuilder routes, WeChatSimulator simulator)
    {
        var client = simulator.Client;
        var group = routes.MapGroup("/client");
        group.MapGet("/users", (RequestDelegate)(http => Speaking.Say(http, client.Users)));
        group.MapPost("/users", Speaking.Takes<ChooseRequest>((body, http) => Speaking.Say(http, client.Choose(body.Name ?? "", body.Phone is { Length: > 0 } phone ? phone : null))));
        group.MapPost("/change", Speaking.Takes<ChangeRequest>((body, http) => Speaking.Say(http, client.Change(body.OpenId ?? "", body.PhoneAnswer, body.IsBlocked, body.RiskRank))));
        group.MapGet("/users/{openId}", (RequestDelegate)(http => Speaking.Say(http, client.Find(OpenIdOf(http)))));
        group.MapGet("/users/{openId}/messages", (RequestDelegate)(http => Speaking.Say(http, client.Messages(OpenIdOf(http)))));
        group.MapPost("/login", Speaking.Takes<UserRequest>((body, http) => Speaking.SayAsWx(http, client.Login(body.OpenId ?? ""), "login", "code")));
        group.MapPost("/phone", Speaking.Takes<PhoneRequest>((body, http) => Speaking.SayAsWx(http, client.PhoneNumber(body.OpenId ?? "", body.Answer), "getPhoneNumber", "code")));
        group.MapPost("/prompt", Speaking.Takes<SubscribeRequest>((body, http) =>
            Speaking.SayAsWx(http, client.Prompt(body.OpenId ?? "", body.TmplIds ?? []), "requestSubscribeMessage", "templates")));
        group.MapPost("/subscribe", Speaking.Takes<SubscribeRequest>((body, http) => Subscribe(http, client, body)));
        group.MapPost("/switch", Speaking.Takes<SwitchRequest>((body, http) => Speaking.Say(http, client.Switch(body.OpenId ?? "", body.TemplateId, body.IsOn))));
        group.MapPost("/open", Speaking.Takes<UserRequest>((body, http) => Speaking.Say(http, client.Open(body.OpenId ?? "", body.Text).Map(page => new Opened(page)))));
    }

    // wx puts each template's answer beside errMsg.
    private static Task Subscribe(HttpContext http, SimulatedClient client, SubscribeRequest body)
    {
        var result = client.Subscribe(body.OpenId ?? "", body.TmplIds ?? [], body.Choices ?? new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal), body.Keep);
        if (!result.IsOk)
            return Speaking.SayAsWx(http, result, "requestSubscribeMessage", "");
        var answers = new Dictionary<string, string>(result.Value, StringComparer.Ordinal) { ["errMsg"] = "requestSubscribeMessage:ok" };
        return Speaking.Say(http, answers);
    }

    private static string OpenIdOf(HttpContext http) => (string)http.Request.RouteValues["openId"]!;
}
