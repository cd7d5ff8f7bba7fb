using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Phoenix.WeChat.Client;

/// <summary>
/// The wire: sends a call once and says what became of it. Time-outs and the breaker are in the HTTP client's pipeline
/// (<see cref="WeChatServices"/>); nothing is repeated here or below. Logs name endpoint, errcode and rid, never query, body or answer.
/// </summary>
internal sealed class WeChatHttp(IHttpClientFactory clients, WeChatOptions options, ILogger<WeChatHttp> log) : IDisposable
{
    /// <summary>The HTTP client's name.</summary>
    public const string ClientName = "wechat";

    /// <summary>Largest answer, in bytes: an image of 1,280 pixels has a tenth of it.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    private const int JpegTail = 16;

    private readonly Meter _meter = new("Phoenix.WeChat");
    private Counter<long>? _calls;

    /// <summary>Sends it.</summary>
    /// <param name="call">What.</param>
    /// <param name="token">The access token, for calls that take one.</param>
    /// <param name="cancel">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller went away; the call may have had its effect.</exception>
    public async Task<WeChatReply> Send(WeChatCall call, string? token, CancellationToken cancel)
    {
        var reply = await Exchange(call, token, cancel);
        Note(call, reply);
        return reply;
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static ReadOnlySpan<byte> JpegEnd => [0xFF, 0xD9];

    private static ReadOnlySpan<byte> PngEnd => [(byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    private async Task<WeChatReply> Exchange(WeChatCall call, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(call.Method, call.At(options.Root, token));
        // Even an empty content keeps the handler from silently sending a GET again when a kept connection turns out to be closed.
        request.Content = new ByteArrayContent(call.Body is null ? [] : WeChatJson.Write(call.Body));
        if (call.Body is not null)
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancel);
            var status = (int)response.StatusCode;
            return status >= 500 ? new WeChatReply.Lost($"status {status}") : Read(bytes, call.WantsImage) ?? new WeChatReply.Lost($"status {status}, unreadable");
        }
        catch (BrokenCircuitException e)
        {
            return new WeChatReply.NotSent("breaker open", e.RetryAfter ?? WeChatServices.BreakFor);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new WeChatReply.NotSent(e.HttpRequestError.ToString(), null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutRejectedException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new WeChatReply.Lost(e.GetType().Name);
        }
    }

    // Success and refusal both come with status 200. An image is told by its first bytes: never by its length, and not by a type that a proxy may rewrite.
    private static WeChatReply? Read(byte[] bytes, bool wantsImage)
    {
        if (wantsImage && ImageType(bytes) is { } type)
            return new WeChatReply.Drawn(new WeChatImage(bytes, type));
        return WeChatJson.Read(bytes) is { } json ? new WeChatReply.Told(json) : null;
    }

    // Half an image would be printed and hung up: its end must be there too. Some programs leave a few bytes behind a JPEG's end.
    private static string? ImageType(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] when bytes[Math.Max(0, bytes.Length - JpegTail)..].LastIndexOf(JpegEnd) >= 0 => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] when bytes.EndsWith(PngEnd) => "image/png",
        _ => null,
    };

    private void Note(WeChatCall call, WeChatReply reply)
    {
        var (outcome, code) = reply switch
        {
            WeChatReply.Told { Code: 0 } or WeChatReply.Drawn => ("ok", 0),
            WeChatReply.Told told => ("refused", told.Code),
            WeChatReply.NotSent => ("not_sent", 0),
            _ => ("lost", 0),
        };
        _calls ??= _meter.CreateCounter<long>("phoenix.wechat.calls", description: "Calls to WeChat, by endpoint and outcome.");
        _calls.Add(1, new("endpoint", call.Path), new("outcome", outcome), new("errcode", code));
        switch (reply)
        {
            case WeChatReply.Told { Code: not 0 } told:
                log.LogInformation("WeChat refused {Endpoint} with {Code}, rid {Rid}", call.Path, told.Code, WeChatCall.Rid(told.Message));
                break;
            case WeChatReply.NotSent notSent:
                log.LogWarning("WeChat can't be reached for {Endpoint}: {Why}", call.Path, notSent.Why);
                break;
            case WeChatReply.Lost lost:
                log.LogWarning("WeChat's answer to {Endpoint} is lost: {Why}", call.Path, lost.Why);
                break;
        }
    }
}
