using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Phoenix.Platform.Results;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator.Pushing;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>Faults, settings, the push page of the console, and what the platform saw.</summary>
internal static class ControlRoutes
{
    private sealed record FaultRequest(string? Endpoint, FaultKind Kind, int? ErrCode, string? ErrMsg, double? DelaySeconds, int? Times, bool? TakesEffect);

    private sealed record LimitRequest(string? Endpoint, int PerDay, int PerMinute);

    private sealed record BanRequest(string? TemplateId, bool IsBanned);

    private sealed record AgainRequest(int Id);

    private sealed record PushRequest(string? Url, string? Token, string? EncodingAesKey, PushMode? Mode, PushFormat? Format, PushShape? Shape, int? Duplicates);

    private sealed record SettingsRequest(
        double? TokenOverlapSeconds, string[]? ReleasedPages, bool? EveryPage, double? SentEventSeconds, double? PictureVerdictSeconds, string? PictureVerdict, PlantedWord[]? PlantedWords,
        int? PhoneCredit, bool? RefusesConcurrentSends, bool? SilentAcceptIsPushed);

    public static void MapControl(this IEndpointRouteBuilder routes, WeChatSimulator simulator, PushSender? pushes)
    {
        var group = routes.MapGroup("/control");
        group.MapGet("/state", (RequestDelegate)(http => Speaking.Say(http, StateOf(simulator))));
        group.MapGet("/calls", (RequestDelegate)(http => Speaking.Say(http, simulator.Calls)));
        group.MapGet("/pushes", (RequestDelegate)(http => Speaking.Say(http, simulator.PushLog)));
        group.MapPost("/faults", Speaking.Takes<FaultRequest>((body, http) => Speaking.Say(http, simulator.Break(FaultOf(body)))));
        group.MapDelete("/faults", Speaking.Acts(http =>
        {
            simulator.MendAll();
            return Speaking.Say(http, simulator.Faults);
        }));
        group.MapDelete("/faults/{id}", Speaking.Acts(http =>
        {
            if (int.TryParse((string?)http.Request.RouteValues["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                simulator.Mend(id);
            return Speaking.Say(http, simulator.Faults);
        }));
        group.MapPost("/settings", Speaking.Takes<SettingsRequest>((body, http) => Speaking.Say(http, Apply(simulator, body))));
        group.MapPost("/limits", Speaking.Takes<LimitRequest>((body, http) => Say(http, body is { PerDay: >= 0, PerMinute: >= 0 } && simulator.Limit(body.Endpoint ?? "", body.PerDay, body.PerMinute), "endpoint")));
        group.MapPost("/ban", Speaking.Takes<BanRequest>((body, http) => Say(http, simulator.Ban(body.TemplateId ?? "", body.IsBanned), "templateId")));
        group.MapPost("/push", Speaking.Takes<PushRequest>((body, http) => SavePush(http, simulator, pushes, body)));
        group.MapPost("/push/again", Speaking.Takes<AgainRequest>((body, http) => Say(http, simulator.PushAgain(body.Id), "id")));
    }

    private static Task Say(HttpContext http, bool isDone, string wrong) =>
        isDone ? Speaking.Say(http, new { isDone }) : Speaking.Refuse(http, new SimulatorSettingWrong(wrong));

    // Saved whether or not the product answers: it may not be up yet, and the answer says what is wrong.
    private static async Task SavePush(HttpContext http, WeChatSimulator simulator, PushSender? pushes, PushRequest body)
    {
        var saved = SetPush(simulator, body);
        if (!saved.IsOk)
        {
            await Speaking.Refuse(http, saved.Error!);
            return;
        }

        var check = pushes is null ? new AddressCheck(false, "没有验证") : await pushes.Verify(http.RequestAborted);
        await Speaking.Say(http, new { Target = saved.Value, check.IsVerified, check.Answer });
    }

    private static object StateOf(WeChatSimulator simulator) => new
    {
        simulator.Account.AppId,
        simulator.Clock.Now,
        simulator.Settings,
        simulator.Faults,
        simulator.Templates,
        WeChatSimulator.Endpoints,
        Push = simulator.PushTarget,
    };

    private static Fault FaultOf(FaultRequest body) => new()
    {
        Endpoint = body.Endpoint ?? Fault.Everywhere,
        Kind = body.Kind,
        ErrCode = body.ErrCode ?? -1,
        ErrMsg = body.ErrMsg is { Length: > 0 and <= SimulatorLimits.CallText } text ? text : null,
        Delay = SecondsOf(body.DelaySeconds) ?? TimeSpan.FromSeconds(-1),
        Times = body.Times,
        TakesEffect = body.TakesEffect,
    };

    // Null for what is no delay; a missing one is none.
    private static TimeSpan? SecondsOf(double? seconds) =>
        seconds is null ? TimeSpan.Zero : seconds is >= 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds.Value) : null;

    private static Result<SimulatorSettings> Apply(WeChatSimulator simulator, SettingsRequest body)
    {
        var now = simulator.Settings;
        if (SecondsOf(body.TokenOverlapSeconds ?? now.TokenOverlap.TotalSeconds) is not { } overlap)
            return new SimulatorSettingWrong("tokenOverlapSeconds");
        if (SecondsOf(body.SentEventSeconds ?? now.SentEventAfter.TotalSeconds) is not { } sent)
            return new SimulatorSettingWrong("sentEventSeconds");
        if (SecondsOf(body.PictureVerdictSeconds ?? now.PictureVerdictAfter.TotalSeconds) is not { } picture)
            return new SimulatorSettingWrong("pictureVerdictSeconds");
        if (body.ReleasedPages is { Length: > SimulatorLimits.ListItems })
            return new SimulatorSettingWrong("releasedPages");
        if (body.PlantedWords is { Length: > SimulatorLimits.ListItems } || body.PlantedWords?.Any(word => string.IsNullOrEmpty(word.Word)) == true)
            return new SimulatorSettingWrong("plantedWords");
        if (body.PhoneCredit is < 0)
            return new SimulatorSettingWrong("phoneCredit");
        Suggestion verdict = default;
        if (body.PictureVerdict is not (null or "never") && !Enum.TryParse(body.PictureVerdict, ignoreCase: true, out verdict))
            return new SimulatorSettingWrong("pictureVerdict");
        return simulator.Settings = now with
        {
            TokenOverlap = overlap,
            SentEventAfter = sent,
            PictureVerdictAfter = picture,
            ReleasedPages = body.EveryPage == true ? null : body.ReleasedPages ?? now.ReleasedPages,
            PictureVerdict = body.PictureVerdict switch { null => now.PictureVerdict, "never" => null, _ => verdict },
            PlantedWords = body.PlantedWords ?? now.PlantedWords,
            PhoneCredit = body.PhoneCredit ?? now.PhoneCredit,
            RefusesConcurrentSends = body.RefusesConcurrentSends ?? now.RefusesConcurrentSends,
            SilentAcceptIsPushed = body.SilentAcceptIsPushed ?? now.SilentAcceptIsPushed,
        };
    }

    // What isn't named stays as it is, or as the account has it.
    private static Result<PushTarget> SetPush(WeChatSimulator simulator, PushRequest body)
    {
        var now = simulator.PushTarget;
        if (!Uri.TryCreate(body.Url ?? now?.Url.ToString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || !url.IsLoopback)
            return new SimulatorSettingWrong("url");
        if (body.Duplicates is < 0 or > SimulatorLimits.PushDuplicates)
            return new SimulatorSettingWrong("duplicates");
        var target = new PushTarget(
            url, body.Token ?? now?.Token ?? simulator.Account.PushToken, body.EncodingAesKey ?? now?.EncodingAesKey ?? simulator.Account.EncodingAesKey,
            body.Mode ?? now?.Mode ?? PushMode.Secure, body.Format ?? now?.Format ?? PushFormat.Json, body.Shape ?? now?.Shape ?? PushShape.Container, body.Duplicates ?? now?.Duplicates ?? 0);
        if (target.EncodingAesKey.Length != PushSettings.AesKeyLength)
            return new SimulatorSettingWrong("encodingAesKey");
        simulator.PushTarget = target;
        return target;
    }
}
