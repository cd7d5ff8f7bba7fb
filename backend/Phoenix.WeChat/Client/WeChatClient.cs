using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Client;

/// <summary>The typed client: each method is one endpoint, checked before it is called and read leniently.</summary>
internal sealed class WeChatClient(WeChatOptions options, WeChatCaller caller, Clock clock) : IWeChatGateway, IDisposable
{
    /// <summary>Longest text that WeChat judges, in UTF-16 units.</summary>
    public const int MaxTextLength = 2500;

    /// <summary>Longest query of a link.</summary>
    public const int MaxQueryLength = 1024;

    /// <summary>Longest life of a link.</summary>
    public static readonly TimeSpan MaxLinkLife = TimeSpan.FromDays(30);

    /// <summary>How long the account's templates are taken from memory: WeChat answers a few hundred such calls a day.</summary>
    public static readonly TimeSpan TemplatesFor = TimeSpan.FromMinutes(10);

    private const int MaxCodeLength = 128;

    private readonly OnePerPerson _sending = new();
    private volatile KnownTemplates? _templates;

    /// <inheritdoc />
    public async Task<Result<WeChatSession>> CodeToSession(string code, CancellationToken cancel)
    {
        if (code.Length is 0 or > MaxCodeLength)
            return new WeChatCodeOver(0);
        var call = new WeChatCall(HttpMethod.Get, "sns/jscode2session", Replay.WhenRefused)
        {
            WithToken = false,
            Query = new Dictionary<string, string>(StringComparer.Ordinal) { ["appid"] = options.AppId, ["secret"] = options.Secret, ["js_code"] = code, ["grant_type"] = "authorization_code" },
        };
        return await caller.Ask(call, reply => reply is WeChatReply.Told { Json: var json } && json.Text("openid") is { } openId && json.Text("session_key") is { } key
            ? new WeChatSession(openId, key, json.Text("unionid"))
            : null, cancel);
    }

    /// <inheritdoc />
    public async Task<Result<WeChatPhone>> PhoneNumber(string code, CancellationToken cancel)
    {
        if (code.Length is 0 or > MaxCodeLength)
            return new WeChatCodeOver(0);
        // WhenRefused: a busy answer may have used the code up; then WeChat says so, and nothing is lost.
        return await caller.Ask(Post("wxa/business/getuserphonenumber", Replay.WhenRefused, ("code", code)), reply =>
            reply is WeChatReply.Told told && told.Json.Object("phone_info") is { } phone && phone.Text("purePhoneNumber") is { } number
                ? new WeChatPhone(number, phone.Text("countryCode") ?? "86")
                : null, cancel);
    }

    /// <inheritdoc />
    public async Task<Result<SentMessage>> Send(SubscribeMessage message, CancellationToken cancel)
    {
        if (MessageFields.Wrong(message, _templates?.Find(message.TemplateId)) is { } wrong)
            return new WeChatRequestWrong(0, wrong);
        var data = message.Data.ToDictionary(p => p.Key, p => (object)new Dictionary<string, object>(StringComparer.Ordinal) { ["value"] = p.Value }, StringComparer.Ordinal);
        var call = Post("cgi-bin/message/subscribe/send", Replay.Never,
            ("touser", message.OpenId), ("template_id", message.TemplateId), ("page", message.Page), ("data", data), ("miniprogram_state", options.MessageState), ("lang", "zh_CN"));
        using (await _sending.Enter(message.OpenId, cancel))
            return await caller.Ask(call, reply => reply is WeChatReply.Told told ? new SentMessage(told.Json.Number("msgid")) : null, cancel);
    }

    /// <inheritdoc />
    public async Task<Result<ContentVerdict>> CheckText(TextToCheck text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text.Content))
            return ContentVerdict.Pass;
        if (text.Content.Length > MaxTextLength)
            return new WeChatRequestWrong(0, $"content has more than {MaxTextLength} characters");
        var call = Post("wxa/msg_sec_check", Replay.Always, ("version", 2), ("openid", text.OpenId), ("scene", (int)text.Scene), ("content", text.Content));
        var asked = await caller.Ask(call, reply => reply is WeChatReply.Told told ? told.Json.Object("result")?.Text("suggest") : null, cancel);
        // A suggestion that we don't know is one for a person to look at.
        return asked.Map(suggest => suggest switch
        {
            "pass" => ContentVerdict.Pass,
            "risky" => ContentVerdict.Risky,
            _ => ContentVerdict.Review,
        });
    }

    /// <inheritdoc />
    public Task<Result<string>> CheckPicture(PictureToCheck picture, CancellationToken cancel) =>
        caller.Ask(
            Post("wxa/media_check_async", Replay.Always, ("media_url", picture.Url.AbsoluteUri), ("media_type", 2), ("version", 2), ("scene", (int)picture.Scene), ("openid", picture.OpenId)),
            reply => reply is WeChatReply.Told told ? told.Json.Text("trace_id") : null,
            cancel);

    /// <inheritdoc />
    public async Task<Result<MessageTemplate[]>> Templates(CancellationToken cancel)
    {
        if (_templates is { } known && clock.Now < known.Until)
            return known.All;
        var asked = await caller.Ask(new WeChatCall(HttpMethod.Get, "wxaapi/newtmpl/gettemplate", Replay.Always), reply => reply is WeChatReply.Told told ? TemplateContent.Read(told.Json) : null, cancel);
        if (asked.TryGet(out var all, out _))
            _templates = new KnownTemplates(all, clock.Now + TemplatesFor);
        return asked;
    }

    /// <inheritdoc />
    public async Task<Result<WeChatImage>> MiniProgramCode(CodeToDraw code, CancellationToken cancel)
    {
        if (code.Scene.Length is 0 or > 32 || !code.Scene.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
            return new WeChatRequestWrong(0, "scene must be 1 to 32 of 0-9 A-Z a-z -");
        if (code.Page.Length == 0 || code.Page.StartsWith('/') || code.Page.Contains('?', StringComparison.Ordinal))
            return new WeChatRequestWrong(0, "page must have no leading slash and no query");
        if (code.WidthPixels is < 280 or > 1280)
            return new WeChatRequestWrong(0, "width must be 280 to 1280");
        // A page can be checked only against the released version.
        var call = Post("wxa/getwxacodeunlimit", Replay.Always,
            ("scene", code.Scene), ("page", code.Page), ("check_path", options.Edition is WeChatEdition.Released), ("env_version", options.CodeVersion), ("width", code.WidthPixels));
        return await caller.Ask(call with { WantsImage = true }, reply => reply is WeChatReply.Drawn drawn ? drawn.Image : null, cancel);
    }

    /// <inheritdoc />
    public async Task<Result<Uri>> UrlLink(LinkToMake link, CancellationToken cancel)
    {
        var now = clock.Now;
        if (link.ExpiresAt <= now || link.ExpiresAt > now + MaxLinkLife)
            return new WeChatRequestWrong(0, "expire_time must be within 30 days from now");
        if (link.Query.Length > MaxQueryLength)
            return new WeChatRequestWrong(0, $"query has more than {MaxQueryLength} characters");
        var call = Post("wxa/generate_urllink", Replay.Always,
            ("path", link.Path), ("query", link.Query), ("expire_type", 0), ("expire_time", link.ExpiresAt.ToUnixTimeSeconds()), ("env_version", options.CodeVersion));
        return await caller.Ask(call, reply => reply is WeChatReply.Told told && Uri.TryCreate(told.Json.Text("url_link"), UriKind.Absolute, out var url) ? url : null, cancel);
    }

    /// <inheritdoc />
    public void Dispose() => _sending.Dispose();

    private static WeChatCall Post(string path, Replay replay, params ReadOnlySpan<(string Name, object? Value)> body)
    {
        var present = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in body)
            if (value is not null)
                present[name] = value;
        return new WeChatCall(HttpMethod.Post, path, replay) { Body = present };
    }

    private sealed record KnownTemplates(MessageTemplate[] All, DateTimeOffset Until)
    {
        public MessageTemplate? Find(string id) => Array.Find(All, t => t.Id == id);
    }
}

/// <summary>
/// One send at a time to one person from this process (WeChat refuses two at once, 43108; two from two processes are then merely sent again). A fixed
/// number of queues, so that it needs no cleaning; two persons seldom share one.
/// </summary>
internal sealed class OnePerPerson : IDisposable
{
    private const int Queues = 256;

    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, Queues).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the person's turn; dispose what it gives to end it.</summary>
    public async Task<IDisposable> Enter(string openId, CancellationToken cancel)
    {
        var queue = _queues[(uint)string.GetHashCode(openId, StringComparison.Ordinal) % Queues];
        await queue.WaitAsync(cancel);
        return new Turn(queue);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var queue in _queues)
            queue.Dispose();
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
