using System.Collections.Concurrent;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Harness;

/// <summary>WeChat as a test wants it: knows the codes that the test made, each once; what was sent can be read; the next answers can be set.</summary>
public sealed class FakeWeChat : IWeChatGateway
{
    private readonly ConcurrentDictionary<string, WeChatSession> _logins = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WeChatPhone> _phones = new(StringComparer.Ordinal);

    /// <summary>The messages that were sent and taken, in order.</summary>
    public ConcurrentQueue<SubscribeMessage> Sent { get; } = new();

    /// <summary>The codes that were drawn, in order.</summary>
    public ConcurrentQueue<CodeToDraw> Drawn { get; } = new();

    /// <summary>The picture of every code; null for bytes that say page and scene.</summary>
    public byte[]? CodePicture { get; set; }

    /// <summary>The pictures that were asked about, in order.</summary>
    public ConcurrentQueue<PictureToCheck> Pictures { get; } = new();

    /// <summary>Stands at the end of links, to tell one from the next.</summary>
    public string LinkSuffix { get; set; } = "";

    /// <summary>The refusals of the next calls, one each, whatever is called.</summary>
    public ConcurrentQueue<Error> NextRefusals { get; } = new();

    /// <summary>What stands between the call of Send and its answer: waits, counts, or answers with a refusal; null sends.</summary>
    public Func<SubscribeMessage, Task<Error?>> OnSend { get; set; } = _ => Task.FromResult<Error?>(null);

    /// <summary>What texts are judged.</summary>
    public Func<string, ContentVerdict> Judge { get; set; } = _ => ContentVerdict.Pass;

    /// <summary>The account's templates.</summary>
    public MessageTemplate[] AccountTemplates { get; set; } = [];

    /// <summary>Why the templates aren't listed; null lists them. The host asks at start, so it takes none of <see cref="NextRefusals"/>.</summary>
    public Error? TemplatesRefusal { get; set; }

    /// <summary>Makes a login code for a user.</summary>
    public string LoginCode(string openId)
    {
        var code = $"code-{openId}-{_logins.Count}";
        _logins[code] = new WeChatSession(openId, Convert.ToBase64String(new byte[16]), null);
        return code;
    }

    /// <summary>Makes a phone code for a number.</summary>
    public string PhoneCode(string number)
    {
        var code = $"phone-{number}-{_phones.Count}";
        _phones[code] = new WeChatPhone(number, "86");
        return code;
    }

    /// <inheritdoc />
    public Task<Result<WeChatSession>> CodeToSession(string code, CancellationToken cancel) =>
        Answer<WeChatSession>(() => _logins.TryRemove(code, out var session) ? session : new WeChatCodeOver(40163));

    /// <inheritdoc />
    public Task<Result<WeChatPhone>> PhoneNumber(string code, CancellationToken cancel) =>
        Answer<WeChatPhone>(() => _phones.TryRemove(code, out var phone) ? phone : new WeChatCodeOver(40029));

    /// <inheritdoc />
    public async Task<Result<SentMessage>> Send(SubscribeMessage message, CancellationToken cancel)
    {
        if (await OnSend(message) is { } refusal)
            return refusal;
        return await Answer<SentMessage>(() =>
        {
            Sent.Enqueue(message);
            return new SentMessage(Sent.Count);
        });
    }

    /// <inheritdoc />
    public Task<Result<ContentVerdict>> CheckText(TextToCheck text, CancellationToken cancel) => Answer<ContentVerdict>(() => Judge(text.Content));

    /// <inheritdoc />
    public Task<Result<string>> CheckPicture(PictureToCheck picture, CancellationToken cancel) => Answer<string>(() =>
    {
        Pictures.Enqueue(picture);
        return $"trace-{picture.Url.AbsolutePath}";
    });

    /// <inheritdoc />
    public Task<Result<MessageTemplate[]>> Templates(CancellationToken cancel) => Task.FromResult<Result<MessageTemplate[]>>(TemplatesRefusal is { } refusal ? refusal : AccountTemplates);

    /// <inheritdoc />
    public Task<Result<WeChatImage>> MiniProgramCode(CodeToDraw code, CancellationToken cancel) =>
        Answer<WeChatImage>(() =>
        {
            Drawn.Enqueue(code);
            return new WeChatImage(CodePicture ?? System.Text.Encoding.UTF8.GetBytes($"{code.Page}?{code.Scene}"), "image/png");
        });

    /// <inheritdoc />
    public Task<Result<Uri>> UrlLink(LinkToMake link, CancellationToken cancel) => Answer<Uri>(() => new Uri($"https://link.example/{link.Path}?{link.Query}{LinkSuffix}"));

    private Task<Result<T>> Answer<T>(Func<Result<T>> answer) => Task.FromResult(NextRefusals.TryDequeue(out var refusal) ? refusal : answer());
}
