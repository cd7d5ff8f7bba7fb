using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Simulator.Http;

/// <summary>JSON of the simulator's own routes: camelCase, enums as words, times as ISO 8601; refusals with a code and a Chinese sentence.</summary>
internal static class Speaking
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A handler that gets the body as <typeparamref name="T"/>.</summary>
    public static RequestDelegate Takes<T>(Func<T, HttpContext, Task> act) => async http =>
    {
        if (IsCrossSite(http))
        {
            await Refuse(http, new SimulatorCrossSite());
            return;
        }

        T? body;
        try
        {
            body = JsonSerializer.Deserialize<T>(await SimulatorRoutes.Read(http) ?? [], s_options);
        }
        catch (JsonException)
        {
            body = default;
        }

        await (body is null ? Refuse(http, new SimulatorBodyWrong()) : act(body, http));
    };

    /// <summary>A handler that changes something and takes no body.</summary>
    public static RequestDelegate Acts(Func<HttpContext, Task> act) => http => IsCrossSite(http) ? Refuse(http, new SimulatorCrossSite()) : act(http);

    /// <summary>Answers a value.</summary>
    public static Task Say<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, s_options, "application/json; charset=utf-8", http.RequestAborted);

    /// <summary>Answers a value or a refusal.</summary>
    public static Task Say<T>(HttpContext http, Result<T> result) => result.TryGet(out var value, out var refusal) ? Say(http, value) : Refuse(http, refusal);

    /// <summary>Answers as wx calls back: <c>errMsg</c> and what came, or <c>errMsg</c> and <c>errCode</c>; both HTTP 200. Only our own refusals are HTTP errors.</summary>
    public static Task SayAsWx<T>(HttpContext http, Result<T> result, string api, string member) => (result.IsOk, result.Error) switch
    {
        (true, _) => Say(http, new Dictionary<string, object?>(StringComparer.Ordinal) { ["errMsg"] = api + ":ok", [member] = result.Value }),
        (_, SimulatedClientRefused refused) => Say(http, new Dictionary<string, object?>(StringComparer.Ordinal) { ["errMsg"] = refused.ErrMsg, ["errCode"] = refused.ErrCode, ["errno"] = refused.ErrCode }),
        _ => Refuse(http, result.Error!),
    };

    /// <summary>Answers a refusal.</summary>
    public static Task Refuse(HttpContext http, Error refusal)
    {
        http.Response.StatusCode = refusal.Kind switch
        {
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        };
        return Say(http, new { refusal.Code, Title = refusal.Message });
    }

    // The simulator has no sign-in: a page of another site, open in the same browser, must not drive it; nor one whose name was made to lead here.
    private static bool IsCrossSite(HttpContext http) =>
        http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" ||
        !(http.Request.Host.Host is "localhost" || IPAddress.TryParse(http.Request.Host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
