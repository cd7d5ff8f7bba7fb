using System.Globalization;
using Phoenix.Ledger.Accounts;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Words;

/// <summary>A message as the person reads it in the inbox.</summary>
/// <param name="Title">A few characters.</param>
/// <param name="Body">One to three sentences.</param>
public sealed record Letter(string Title, string Body)
{
    /// <summary>The letter for what happened, in the product's tone (product.md, "How it speaks"), with days and times of the community.</summary>
    public static Letter Of(NoticeFacts facts, CommunityTime time)
    {
        var say = new Say(time);
        return ServiceWords.Of(facts, say) ?? CoinWords.Of(facts, say) ?? DutyWords.Of(facts, say) ?? MarketWords.Of(facts, say)
            ?? throw new ArgumentException($"No words for {facts.GetType().Name}.", nameof(facts));
    }
}

/// <summary>How days, times, hours and other people's texts are said.</summary>
public sealed class Say(CommunityTime time)
{
    private const int Longest = 60;

    /// <summary>11月24日（周二）9:00.</summary>
    public string At(DateTimeOffset instant)
    {
        var (day, clock) = (time.DayOf(instant), time.TimeOf(instant));
        return $"{On(day)}（周{"日一二三四五六"[(int)day.DayOfWeek]}）{clock.Hour}:{clock.Minute:00}";
    }

    /// <summary>9:00.</summary>
    public string Clock(DateTimeOffset instant)
    {
        var clock = time.TimeOf(instant);
        return $"{clock.Hour}:{clock.Minute:00}";
    }

    /// <summary>Until when: 9:00, and midnight as 半夜 12 点, since 0:00 前 is read as this morning's.</summary>
    public string Until(DateTimeOffset instant) => time.TimeOf(instant) == TimeOnly.MinValue ? "半夜 12 点" : Clock(instant);

    /// <summary>11月24日.</summary>
    public static string On(DateOnly day) => $"{day.Month}月{day.Day}日";

    /// <summary>2.5 小时, 20 分钟.</summary>
    public static string Long(int minutes) => minutes < 60 ? $"{minutes} 分钟" : $"{(minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture)} 小时";

    /// <summary>25 枚.</summary>
    public static string Of(Coins coins) => $"{coins.Value} 枚";

    /// <summary>A text that somebody typed: on one line, without its own end, cut where it is long.</summary>
    public static string Text(string typed) => Cut(string.Join(' ', typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('。', '.', '！', '!', '；', ';'), Longest);

    /// <summary>At most so many UTF-16 units, never through a character; cut texts end with an ellipsis.</summary>
    public static string Cut(string text, int units)
    {
        if (text.Length <= units)
            return text;
        var kept = 0;
        var parts = StringInfo.GetTextElementEnumerator(text);
        while (parts.MoveNext() && parts.ElementIndex + parts.GetTextElement().Length <= units - 1)
            kept = parts.ElementIndex + parts.GetTextElement().Length;
        return text[..kept] + "…";
    }
}
