using System.Text.Json;
using System.Text.RegularExpressions;

namespace Phoenix.WeChat.Client;

/// <summary>What may be done again with a call that got no success.</summary>
internal enum Replay
{
    /// <summary>Nothing: each call that arrives has its effect, and there is no idempotency key.</summary>
    Never,

    /// <summary>What WeChat refused as busy may be sent again; what got no answer may have happened.</summary>
    WhenRefused,

    /// <summary>It only reads, or doing it twice is harmless.</summary>
    Always,
}

/// <summary>One call of an endpoint.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Behind the base address, without a slash before it. Stands in logs and metrics.</param>
/// <param name="Replay">What may be done again.</param>
internal sealed partial record WeChatCall(HttpMethod Method, string Path, Replay Replay)
{
    /// <summary>The query, without the access token.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The body as JSON; null for none.</summary>
    public IReadOnlyDictionary<string, object>? Body { get; init; }

    /// <summary>Whether an access token goes with it.</summary>
    public bool WithToken { get; init; } = true;

    /// <summary>Whether success is an image.</summary>
    public bool WantsImage { get; init; }

    /// <summary>Where the call is going. The query holds secrets: it is in no log.</summary>
    public Uri At(Uri root, string? token)
    {
        var pairs = Query.Select(p => (p.Key, p.Value));
        if (token is not null)
            pairs = pairs.Prepend(("access_token", token));
        var query = string.Join('&', pairs.Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"));
        return new Uri(root, query.Length == 0 ? Path : $"{Path}?{query}");
    }

    /// <summary>WeChat's words about a refusal without its rid and without anything long enough to be a token or an openid: for dead letters and alarms.</summary>
    public static string Words(string? errmsg)
    {
        var words = LongPattern().Replace(RidPattern().Replace(errmsg ?? "", ""), "…").Trim();
        return words.Length <= MaxWords ? words : words[..MaxWords];
    }

    /// <summary>The rid in WeChat's words: WeChat's own key to what happened (POST /cgi-bin/openapi/rid/get explains it).</summary>
    public static string? Rid(string? errmsg) => errmsg is not null && RidPattern().Match(errmsg) is { Success: true } match ? match.Groups["rid"].Value : null;

    private const int MaxWords = 200;

    [GeneratedRegex(@",?\s*rid:\s*(?<rid>[0-9A-Za-z-]{1,64})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RidPattern();

    // openids have 28 characters and tokens far more; field names as in data.character_string12.value have fewer in one piece.
    [GeneratedRegex("[0-9A-Za-z_-]{24,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LongPattern();
}

/// <summary>What became of a call on the wire.</summary>
internal abstract record WeChatReply
{
    private WeChatReply()
    {
    }

    /// <summary>A JSON object came: a success or WeChat's refusal.</summary>
    public sealed record Told(JsonElement Json) : WeChatReply
    {
        /// <summary>0 where it is absent: success.</summary>
        public int Code => (int)(Json.Number("errcode") ?? 0);

        /// <summary>WeChat's words.</summary>
        public string? Message => Json.Text("errmsg");
    }

    /// <summary>An image came.</summary>
    public sealed record Drawn(WeChatImage Image) : WeChatReply;

    /// <summary>No answer came, or none that can be read: the call may have had its effect.</summary>
    public sealed record Lost(string Why) : WeChatReply;

    /// <summary>The call never left: no connection could be made, or the breaker is open.</summary>
    /// <param name="Why">For the log.</param>
    /// <param name="RetryAfter">When the breaker lets a trial through; null: at any time.</param>
    public sealed record NotSent(string Why, TimeSpan? RetryAfter) : WeChatReply;
}
