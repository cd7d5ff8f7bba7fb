using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Client;

/// <summary>An access token as it was given.</summary>
/// <param name="Value">The token: a secret.</param>
/// <param name="FetchedAt">When.</param>
/// <param name="ExpiresAt">When WeChat takes it no more.</param>
/// <param name="ConfirmedAt">When WeChat, asked again because it had refused this token, said that it is the valid one.</param>
internal sealed record WeChatToken(string Value, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt, DateTimeOffset? ConfirmedAt)
{
    /// <summary>From when on the next one is asked for. WeChat gives a new one in the last five minutes and takes both until the old one's end.</summary>
    public DateTimeOffset RenewAt
    {
        get
        {
            var lifetime = ExpiresAt - FetchedAt;
            return FetchedAt + (lifetime > 2 * WeChatTokens.RenewAhead ? lifetime - WeChatTokens.RenewAhead : lifetime / 2);
        }
    }
}

/// <summary>
/// The access token (WeChat: getStableAccessToken), fetched once for all nodes however many callers wait: one caller per process looks, one process
/// of all asks WeChat, the others take what it stored, encrypted, in Redis. Without Redis each process fetches its own; WeChat gives all the same
/// one. Forced renewal, which kills the token that the others hold, is never asked for.
/// </summary>
internal sealed class WeChatTokens(WeChatOptions options, WeChatHttp http, RedisGate redis, Leases leases, KeyRing keys, Clock clock, ILogger<WeChatTokens> log) : IDisposable
{
    /// <summary>How long before its end a token is renewed: within the five minutes in which WeChat gives a new one beside it.</summary>
    public static readonly TimeSpan RenewAhead = TimeSpan.FromMinutes(4);

    /// <summary>How long a token that WeChat confirmed isn't asked about again, though calls with it be refused.</summary>
    public static readonly TimeSpan TrustConfirmed = TimeSpan.FromMinutes(1);

    /// <summary>How long nothing is fetched after a refusal that an operator must mend.</summary>
    public static readonly TimeSpan OperatorWait = TimeSpan.FromMinutes(1);

    // Each try waits Leases.Wait for the process that is fetching: together as long as a killed one's lease lasts, and a little more.
    private const int MaxTries = 250;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly string _key = "wechat:token:" + options.AppId;
    private readonly FieldPlace _place = new("redis", "wechat_token", options.AppId);
    private volatile WeChatToken? _held;
    private volatile Pause? _pause;

    /// <summary>A token to call with. Refused while none can be had: nothing was sent then, so a caller may always come again.</summary>
    public Task<Result<WeChatToken>> Get(CancellationToken cancel)
    {
        var now = clock.Now;
        return _held switch
        {
            { } held when now < held.RenewAt => Task.FromResult<Result<WeChatToken>>(held),
            { } held when now < held.ExpiresAt => RenewAheadOf(held).WaitAsync(cancel),
            _ => Obtain(null).WaitAsync(cancel),
        };
    }

    /// <summary>The token to try once more with, after WeChat refused <paramref name="refused"/>. Fetches only if no other caller or process has done so since.</summary>
    public Task<Result<WeChatToken>> Instead(WeChatToken refused, CancellationToken cancel) => Obtain(refused.Value).WaitAsync(cancel);

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    // One caller renews; the others go on with the old one, and so does that one if it fails.
    private async Task<Result<WeChatToken>> RenewAheadOf(WeChatToken held)
    {
        if (!await _one.WaitAsync(0))
            return held;
        try
        {
            return (await Refill(null)).TryGet(out var next, out _) ? next : held;
        }
        finally
        {
            _one.Release();
        }
    }

    // Not under the caller's cancellation: who goes away must not make the next one fetch again.
    private async Task<Result<WeChatToken>> Obtain(string? refused)
    {
        await _one.WaitAsync();
        try
        {
            return await Refill(refused);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Result<WeChatToken>> Refill(string? refused)
    {
        if (Serves(_held, refused))
            return _held!;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var stored = await Read();
            if (Serves(stored.Value, refused))
                return Hold(stored.Value!);
            if (_pause is { } pause && clock.Now < pause.Until)
                return pause.Error with { RetryAfter = pause.Until - clock.Now };
            if (!stored.IsAvailable)
                break;
            await using var lease = await leases.Take(_key, CancellationToken.None);
            if (!lease.IsHeld)
                continue;
            // Whoever had the lease before us may have stored one just now.
            stored = await Read();
            return Serves(stored.Value, refused) ? Hold(stored.Value!) : await Fetch(refused);
        }

        return await Fetch(refused);
    }

    private bool Serves(WeChatToken? token, string? refused)
    {
        var now = clock.Now;
        return token is not null && now < token.RenewAt && (token.Value != refused || token.ConfirmedAt is { } confirmed && now < confirmed + TrustConfirmed);
    }

    private WeChatToken Hold(WeChatToken token)
    {
        _pause = null;
        return _held = token;
    }

    private async Task<Result<WeChatToken>> Fetch(string? refused)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["grant_type"] = "client_credential", ["appid"] = options.AppId, ["secret"] = options.Secret, ["force_refresh"] = false };
        var reply = await http.Send(new WeChatCall(HttpMethod.Post, "cgi-bin/stable_token", Replay.Always) { Body = body, WithToken = false }, null, CancellationToken.None);
        var now = clock.Now;
        if (reply is not WeChatReply.Told { Code: 0 } told || told.Json.Text("access_token") is not { } value || told.Json.Number("expires_in") is not (> 0 and <= 7200 and { } seconds))
            return Rest(reply, now);
        var token = new WeChatToken(value, now, now + TimeSpan.FromSeconds(seconds), value == refused ? now : null);
        await redis.Call(db => db.StringSetAsync(_key, keys.Encrypt(JsonSerializer.Serialize(token), _place), token.ExpiresAt - now), CancellationToken.None);
        log.LogInformation("WeChat gave an access token for {Seconds} s", seconds);
        return Hold(token);
    }

    // What failed isn't tried again by the next caller but after a while, longer each time.
    private Error Rest(WeChatReply reply, DateTimeOffset now)
    {
        var failures = (_pause?.Failures ?? 0) + 1;
        var step = WeChatRefusals.BackOff[Math.Min(failures, WeChatRefusals.BackOff.Length) - 1];
        var error = reply switch
        {
            WeChatReply.Told { Code: not 0 } told => WeChatRefusals.Of(told.Code, told.Message, now),
            WeChatReply.NotSent notSent => new WeChatBusy(0) { RetryAfter = notSent.RetryAfter },
            _ => new WeChatBusy(0),
        };
        var wait = error.RetryAfter ?? (error is WeChatBusy ? step : OperatorWait);
        if (error is not WeChatBusy)
            log.LogError("WeChat gives no access token ({Code}): check AppID, AppSecret and the list of allowed addresses in WeChat's console", ((IWeChatError)error).WeChatCode);
        _pause = new Pause(error, now + wait, failures);
        return error with { RetryAfter = wait };
    }

    private async Task<RedisReply<WeChatToken?>> Read()
    {
        var reply = await redis.Call(db => db.StringGetAsync(_key), CancellationToken.None);
        return new RedisReply<WeChatToken?>(reply.IsAvailable, reply.Value.HasValue ? Open(reply.Value!) : null);
    }

    // What can't be opened (another key file, an older build) is as good as nothing.
    private WeChatToken? Open(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize<WeChatToken>(keys.Decrypt(stored, _place));
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record Pause(Error Error, DateTimeOffset Until, int Failures);
}
