using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.WeChat.Client;

/// <summary>WeChat's errcodes as our refusals, by what may be done about them.</summary>
internal static class WeChatRefusals
{
    /// <summary>How long to wait after each failure in a row of a call that may be repeated.</summary>
    public static readonly TimeSpan[] BackOff = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    /// <summary>WeChat is busy.</summary>
    public const int Busy = -1;

    /// <summary>The token is wrong, illegal or expired: a new one may help, once.</summary>
    public static bool IsToken(int code) => code is 40001 or 40014 or 42001;

    /// <summary>The refusal. A code that nobody has told us about is of no use to repeat.</summary>
    /// <param name="code">errcode, not 0.</param>
    /// <param name="errmsg">WeChat's words; they decide whether a limit is of the minute or the day.</param>
    /// <param name="now">For the next minute and the next day.</param>
    public static Error Of(int code, string? errmsg, DateTimeOffset now) => code switch
    {
        Busy => new WeChatBusy(code),
        43108 => new WeChatBusy(code) { RetryAfter = BackOff[0] },
        45011 => new WeChatBusy(code) { RetryAfter = UntilNextMinute(now) },
        45009 => new WeChatBusy(code) { RetryAfter = IsOfTheDay(errmsg) ? UntilNextDay(now) : UntilNextMinute(now) },
        40029 or 40163 => new WeChatCodeOver(code),
        40226 => new WeChatUserBlocked(code),
        43101 => new WeChatMessageNotWanted(code),
        40001 or 40014 or 42001 or 40013 or 40125 or 40164 or 40243 or 48001 or 50002 or 40037 or 41030 or 43107 => new WeChatAccountWrong(code, WeChatCall.Words(errmsg)),
        _ => new WeChatRequestWrong(code, WeChatCall.Words(errmsg)),
    };

    private static bool IsOfTheDay(string? errmsg) => errmsg is not null && (errmsg.Contains("daily", StringComparison.OrdinalIgnoreCase) || errmsg.Contains("day", StringComparison.OrdinalIgnoreCase));

    private static TimeSpan UntilNextMinute(DateTimeOffset now) => TimeSpan.FromTicks(TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute);

    // WeChat counts days in Beijing time.
    private static TimeSpan UntilNextDay(DateTimeOffset now) => CommunityTime.Shanghai.EndOf(CommunityTime.Shanghai.DayOf(now)) - now;
}
