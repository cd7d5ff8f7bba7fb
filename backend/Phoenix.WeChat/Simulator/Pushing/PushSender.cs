using System.Globalization;
using System.Text;
using Phoenix.WeChat.Push;

namespace Phoenix.WeChat.Simulator.Pushing;

/// <summary>What the product's address answered to the console's check.</summary>
/// <param name="IsVerified">It gave the echostr back.</param>
/// <param name="Answer">What it answered, or what kept it from answering.</param>
public sealed record AddressCheck(bool IsVerified, string Answer);

/// <summary>
/// Posts the simulator's pushes to the product, as WeChat does: three tries five seconds apart until it answers success within five seconds.
/// A host lets it <see cref="Run"/>; a test moves the clock and calls <see cref="SendDue"/>.
/// </summary>
/// <param name="simulator">Whose pushes.</param>
/// <param name="http">Reaches the product; redirects must not be followed.</param>
public sealed class PushSender(WeChatSimulator simulator, HttpMessageInvoker http) : IDisposable
{
    /// <summary>How long the product has to answer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private const int NonceBytes = 8;
    private const int AnswerBytes = 1_024;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The console's check when an address is saved: GET with echostr. No address is not verified.</summary>
    public async Task<AddressCheck> Verify(CancellationToken cancel)
    {
        if (simulator.PushTarget is not { } target)
            return new AddressCheck(false, "没有设置推送地址");
        var (timestamp, nonce) = Stamp();
        var echo = simulator.Locked(() => simulator.Text.MessageId()).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(target, timestamp, nonce, ("echostr", echo)));
        var (status, body) = await Send(request, cancel);
        return new AddressCheck(status == 200 && body == echo, status == 0 ? body : $"HTTP {status} {body}".Trim());
    }

    /// <summary>Sends everything that is due, in order, each with its duplicates.</summary>
    /// <returns>How many posts were made.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var posts = 0;
            while (Next() is { } next)
                posts += await Try(next.Job, next.Target, cancel);
            return posts;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Sends whatever comes due until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await SendDue(cancel);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var change = simulator.Pushes.Changes.ReadAsync(waiting.Token).AsTask();
                var due = simulator.Locked(() => simulator.Pushes.NextDueAt);
                if (due is null)
                    await change;
                else
                    await Task.WhenAny(change, Until(due.Value, waiting.Token));
                await waiting.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    // A clock that is set by hand may move on between the look at it and the start of the wait: so it is looked at again.
    private Task Until(DateTimeOffset due, CancellationToken cancel)
    {
        var left = due - simulator.Clock.Now;
        if (left <= TimeSpan.Zero)
            return Task.CompletedTask;
        var wait = simulator.Clock.Delay(left, cancel);
        return simulator.Clock.Now < due ? wait : Task.CompletedTask;
    }

    private (PushQueue.Job Job, PushTarget Target)? Next() => simulator.Locked<(PushQueue.Job, PushTarget)?>(() =>
    {
        while (simulator.Pushes.NextDue() is { } job)
        {
            if (simulator.CurrentTarget is { } target)
                return (job, target);
            simulator.Pushes.End(job, PushState.Nowhere);
        }

        return null;
    });

    private async Task<int> Try(PushQueue.Job job, PushTarget target, CancellationToken cancel)
    {
        var (isTaken, answer) = await Post(job.Event, target, cancel);
        simulator.Locked(() =>
        {
            simulator.Pushes.Tried(job, isTaken, answer);
            return true;
        });
        if (!isTaken)
            return 1;
        for (var i = 0; i < target.Duplicates; i++)
            await Post(job.Event, target, cancel);
        return 1 + target.Duplicates;
    }

    private async Task<(bool IsTaken, string Answer)> Post(OutgoingEvent what, PushTarget target, CancellationToken cancel)
    {
        var account = simulator.Account;
        var (timestamp, nonce) = Stamp();
        var cipher = target.Mode == PushMode.Plain ? null
            : new PushCipher(target.EncodingAesKey, account.AppId).Encrypt(what.Write(account.OriginalId, target.Format, target.Shape), simulator.Randomness);
        (string, string)[] more = cipher is null
            ? [("openid", what.From)]
            : [("openid", what.From), ("encrypt_type", "aes"), ("msg_signature", PushSignature.Compute(target.Token, timestamp, nonce, cipher))];
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(target, timestamp, nonce, more))
        {
            Content = new StringContent(what.Body(account.OriginalId, target, cipher), Encoding.UTF8, target.Format == PushFormat.Xml ? "text/xml" : "application/json"),
        };
        var (status, body) = await Send(request, cancel);
        return (status == 200 && IsSuccess(body), status == 0 ? body : $"HTTP {status} {body}".Trim());
    }

    // An encrypted reply is a success too.
    private static bool IsSuccess(string body) => body is "" or "success" || body.Contains("Encrypt", StringComparison.Ordinal);

    private async Task<(int Status, string Body)> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(AnswerWithin, simulator.Clock.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(either.Token);
            var body = new byte[AnswerBytes];
            var length = await stream.ReadAtLeastAsync(body, AnswerBytes, throwOnEndOfStream: false, either.Token);
            return ((int)answer.StatusCode, Encoding.UTF8.GetString(body, 0, length).Trim());
        }
        catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (0, e is OperationCanceledException ? "五秒内没有回答" : "连不上：" + e.Message.ReplaceLineEndings(" "));
        }
    }

    private (string Timestamp, string Nonce) Stamp() => simulator.Locked(() =>
        (simulator.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), simulator.Text.Hex(NonceBytes)));

    private static Uri AddressOf(PushTarget target, string timestamp, string nonce, params (string Name, string Value)[] more)
    {
        var query = string.Join('&', new[] { ("signature", PushSignature.Compute(target.Token, timestamp, nonce)), ("timestamp", timestamp), ("nonce", nonce) }
            .Concat(more).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
        return new Uri($"{target.Url}{(target.Url.Query.Length == 0 ? "?" : "&")}{query}");
    }
}
