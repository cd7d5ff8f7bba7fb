using System.Globalization;
using System.Text.RegularExpressions;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>What values each type of keyword takes (WeChat: 订阅消息参数值内容限制说明, subscribe-message sendMessage).</summary>
internal static partial class FieldRules
{
    private const int PatternMilliseconds = 1_000;

    /// <summary>Whether the value is one that WeChat takes for the keyword.</summary>
    public static bool Takes(Keyword keyword, string value)
    {
        if (value.AsSpan().ContainsAny('\n', '\r'))
            return false;
        if (keyword.Values.Length > 0)
            return keyword.Values.Contains(value, StringComparer.Ordinal);
        var length = new StringInfo(value).LengthInTextElements;
        return keyword.Rule switch
        {
            "thing" => length <= 20,
            "number" => length <= 32 && NumberPattern().IsMatch(value),
            "letter" => length <= 32 && LetterPattern().IsMatch(value),
            "symbol" => length <= 5 && !value.Any(char.IsLetterOrDigit),
            "character_string" => length <= 32 && !ChinesePattern().IsMatch(value),
            "time" => IsRange(value, TimePattern()),
            "date" => IsRange(value, DatePattern()),
            "amount" => AmountPattern().IsMatch(value),
            "phone_number" => length <= 17 && PhonePattern().IsMatch(value),
            "car_number" => length <= 8 && CarPattern().IsMatch(value),
            "name" => NamePattern().IsMatch(value) && length <= (ChinesePattern().IsMatch(value) ? 10 : 20),
            "phrase" => PhrasePattern().IsMatch(value),
            _ => true,
        };
    }

    private static bool IsRange(string value, Regex one)
    {
        var ends = value.Split('~');
        return ends.Length <= 2 && ends.All(end => one.IsMatch(end.Trim()) && HasRealParts(end.Trim()));
    }

    // The patterns take any digits; month 13 and 25:00 are still no time.
    private static bool HasRealParts(string text)
    {
        var parts = PartsPattern().Match(text);
        return Within(parts.Groups["month"], 1, 12) && Within(parts.Groups["day"], 1, 31) &&
            Within(parts.Groups["hour"], 0, 24) && Within(parts.Groups["minute"], 0, 59) && Within(parts.Groups["second"], 0, 59);
    }

    private static bool Within(Group part, int least, int most) =>
        !part.Success || int.Parse(part.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is var number && number >= least && number <= most;

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^[A-Za-z]+$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex LetterPattern();

    [GeneratedRegex(@"[\u3400-\u9fff\uf900-\ufaff]", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex ChinesePattern();

    [GeneratedRegex(@"^[¥￥$€£]?[0-9]{1,10}(\.[0-9]+)?元?$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"^[0-9+\-() *#,.]+$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^[\u3400-\u9fff]?[A-Za-z0-9]{5,7}[\u3400-\u9fff]?$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex CarPattern();

    [GeneratedRegex(@"^[^0-9]+$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[\u3400-\u9fff]{1,5}$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex PhrasePattern();

    private const string Date = @"([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2})";
    private const string Time = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?";

    [GeneratedRegex("^(" + Date + " ?)?" + Time + "$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex TimePattern();

    [GeneratedRegex("^" + Date + "( ?" + Time + ")?$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"([0-9]{4}[年\-/.](?<month>[0-9]{1,2})[月\-/.](?<day>[0-9]{1,2})日?)? ?((?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2}))?)?$", RegexOptions.ExplicitCapture, PatternMilliseconds)]
    private static partial Regex PartsPattern();
}
