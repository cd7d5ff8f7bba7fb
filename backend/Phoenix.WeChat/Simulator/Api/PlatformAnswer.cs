using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Phoenix.WeChat.Simulator.Api;

/// <summary>What the platform answers: JSON or an image; refusals are HTTP 200 too.</summary>
internal sealed record PlatformAnswer(byte[] Body, string ContentType, int ErrCode)
{
    /// <summary>As WeChat writes it: "encoding", not "charset".</summary>
    public const string JsonType = "application/json; encoding=utf-8";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as text, for the log of calls.</summary>
    public string Text => ContentType.StartsWith("image/", StringComparison.Ordinal) ? $"({ContentType}, {Body.Length} bytes)" : Encoding.UTF8.GetString(Body);

    /// <summary>The JSON as it is: the endpoints that name no errcode when all is well.</summary>
    public static PlatformAnswer Bare(JsonObject body, string contentType = JsonType) => new(Encoding.UTF8.GetBytes(body.ToJsonString(s_json)), contentType, 0);

    /// <summary>errcode 0, then what there is.</summary>
    public static PlatformAnswer Ok(params (string Name, JsonNode? Value)[] members)
    {
        var body = new JsonObject { ["errcode"] = 0, ["errmsg"] = "ok" };
        foreach (var (name, value) in members)
            body[name] = value;
        return Bare(body);
    }

    /// <summary>A refusal; the request id goes to its end, as WeChat puts it.</summary>
    public static PlatformAnswer Refused(int code, string rid, string? text = null)
    {
        var body = new JsonObject { ["errcode"] = code, ["errmsg"] = $"{text ?? PlatformErrors.TextOf(code)} rid: {rid}" };
        return Bare(body) with { ErrCode = code };
    }

    /// <summary>A PNG.</summary>
    public static PlatformAnswer Image(byte[] png) => new(png, "image/png", 0);
}

/// <summary>A handler's refusal, on its way to <see cref="PlatformAnswer.Refused"/>. Thrown so that handlers read as what they do.</summary>
internal sealed class PlatformRefusal(int code, string? text = null) : Exception(text ?? PlatformErrors.TextOf(code))
{
    public int Code => code;
}
