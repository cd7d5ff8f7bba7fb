using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Client;

/// <summary>Calls with a token and repeats what may be repeated: the one place where a call is ever sent twice.</summary>
internal sealed class WeChatCaller(WeChatHttp http, WeChatTokens tokens, Clock clock)
{
    /// <summary>Times that a call is repeated by itself, after <see cref="WeChatRefusals.BackOff"/>; the last step is the caller's to wait.</summary>
    public static readonly int MaxRepeats = WeChatRefusals.BackOff.Length - 1;

    /// <summary>Asks and reads the answer.</summary>
    /// <param name="call">What.</param>
    /// <param name="read">Takes the value out of a success; null where it isn't there, which counts as no answer.</param>
    /// <param name="cancel">Ends waiting. A call that may be sent once isn't torn off once it is under way: its outcome would be unknown.</param>
    public async Task<Result<T>> Ask<T>(WeChatCall call, Func<WeChatReply, T?> read, CancellationToken cancel)
        where T : class
    {
        for (var repeats = 0; ; repeats++)
        {
            var result = await Once(call, read, cancel);
            var next = WeChatRefusals.BackOff[repeats];
            if (result.TryGet(out _, out var error))
                return result;
            if (repeats == MaxRepeats || !MayRepeat(call, error, next))
                return error is WeChatBusy or WeChatOutcomeUnknown && error.RetryAfter is null ? error with { RetryAfter = next } : error;
            await clock.Delay(next, cancel);
        }
    }

    private static bool MayRepeat(WeChatCall call, Error error, TimeSpan next) => error switch
    {
        WeChatBusy => call.Replay is not Replay.Never && (error.RetryAfter is not { } wait || wait <= next),
        WeChatOutcomeUnknown => call.Replay is Replay.Always,
        _ => false,
    };

    private async Task<Result<T>> Once<T>(WeChatCall call, Func<WeChatReply, T?> read, CancellationToken cancel)
        where T : class
    {
        var once = call.Replay is Replay.Always ? cancel : CancellationToken.None;
        if (!call.WithToken)
            return Outcome(await http.Send(call, null, once), read);
        if (!(await tokens.Get(cancel)).TryGet(out var token, out var error))
            return error;
        var reply = await http.Send(call, token.Value, once);
        if (reply is not WeChatReply.Told told || !WeChatRefusals.IsToken(told.Code))
            return Outcome(reply, read);
        // Refused for its token, the call did nothing: any may be sent again, once.
        if (!(await tokens.Instead(token, cancel)).TryGet(out token, out error))
            return error;
        return Outcome(await http.Send(call, token.Value, once), read);
    }

    private Result<T> Outcome<T>(WeChatReply reply, Func<WeChatReply, T?> read)
        where T : class => reply switch
        {
            WeChatReply.Told { Code: not 0 } told => WeChatRefusals.Of(told.Code, told.Message, clock.Now),
            WeChatReply.NotSent notSent => new WeChatBusy(0) { RetryAfter = notSent.RetryAfter },
            WeChatReply.Lost => new WeChatOutcomeUnknown(),
            _ => read(reply) is { } value ? value : new WeChatOutcomeUnknown(),
        };
}
