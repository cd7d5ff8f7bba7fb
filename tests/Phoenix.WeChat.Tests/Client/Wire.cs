using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>One request as it went out.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Query">Unescaped values by name.</param>
/// <param name="Body">As text.</param>
internal sealed record Sent(HttpMethod Method, string Path, IReadOnlyDictionary<string, string> Query, string Body)
{
    public string? Token => Query.GetValueOrDefault("access_token");
}

/// <summary>How the network answers a request.</summary>
internal delegate Task<HttpResponseMessage> Answer(Sent sent, CancellationToken cancel);

/// <summary>The network as a script: records what is sent; answers tokens by itself and the rest as the test says.</summary>
internal sealed class Wire : HttpMessageHandler
{
    public const string TokenPath = "/cgi-bin/stable_token";

    private readonly ConcurrentQueue<Answer> _script = new();
    private int _tokens;

    /// <summary>Everything but token fetches, in order.</summary>
    public ConcurrentQueue<Sent> Calls { get; } = new();

    /// <summary>Token fetches.</summary>
    public ConcurrentQueue<Sent> Fetches { get; } = new();

    /// <summary>How a token fetch is answered; a new token each time if nothing else is said.</summary>
    public Answer Tokens { get; set; }

    public Wire() => Tokens = (_, _) => Task.FromResult(Json(NewToken()));

    public string NewToken(int seconds = 7200) => $$"""{"access_token":"{{TokenOf(Interlocked.Increment(ref _tokens))}}","expires_in":{{seconds}}}""";

    public static string TokenOf(int number) => $"{number:00}_{new string('t', 120)}";

    /// <summary>The next call's answer.</summary>
    public Wire Then(Answer answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public Wire Then(string json, string type = "application/json") => Then((_, _) => Task.FromResult(Json(json, type)));

    public Wire ThenRefusal(int code, string message = "no", int times = 1)
    {
        for (var i = 0; i < times; i++)
            Then(Refusal(code, message));
        return this;
    }

    public static string Refusal(int code, string message = "no") => $$"""{"errcode":{{code}},"errmsg":"{{message}} rid: 6747f0a1-1a2b3c4d-5e6f7081"}""";

    public static HttpResponseMessage Json(string json, string type = "application/json") => new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, type) };

    public static HttpResponseMessage Bytes(byte[] bytes, string type) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]), StringComparer.Ordinal);
        var sent = new Sent(request.Method, request.RequestUri.AbsolutePath, query, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        if (sent.Path.EndsWith(TokenPath, StringComparison.Ordinal))
        {
            Fetches.Enqueue(sent);
            return await Tokens(sent, cancellationToken);
        }

        Calls.Enqueue(sent);
        return _script.TryDequeue(out var answer) ? await answer(sent, cancellationToken) : throw new InvalidOperationException($"The script has no answer to {sent.Path}.");
    }
}
