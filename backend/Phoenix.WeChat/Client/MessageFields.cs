using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Phoenix.WeChat.Client;

/// <summary>
/// The limits of a subscribe message's fields by their type (WeChat: 订阅消息参数值内容限制说明), checked before sending: WeChat's own refusal (47003)
/// comes too late to mend anything. Where WeChat's text leaves room, this does too.
/// </summary>
internal static partial class MessageFields
{
    /// <summary>What is wrong with a message, naming the field as WeChat does (<c>data.thing1.value …</c>); null where nothing is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="template">Its template where it is known: then keys and enumerated values are checked too.</param>
    public static string? Wrong(SubscribeMessage message, MessageTemplate? template)
    {
        if (message.OpenId.Length == 0 || message.TemplateId.Length == 0)
            return "touser and template_id must not be empty";
        if (message.Data.Count == 0)
            return "data must not be empty";
        if (template?.Fields.FirstOrDefault(f => !message.Data.ContainsKey(f.Key)) is { } missing)
            return $"data.{missing.Key}.value is missing";
        foreach (var (key, value) in message.Data)
        {
            var field = template?.Fields.FirstOrDefault(f => f.Key == key);
            if (template is not null && field is null)
                return $"data.{key} is no key of the template";
            if (WrongValue(key, value, field?.Values ?? []) is { } wrong)
                return $"data.{key}.value {wrong}";
        }

        return null;
    }

    private static string? WrongValue(string key, string value, IReadOnlyList<string> values)
    {
        if (KeyPattern().Match(key) is not { Success: true } match)
            return "has a key that is no type and number";
        if (string.IsNullOrWhiteSpace(value))
            return "is empty";
        if (value.Any(c => c is '\r' or '\n' or '\u2028' or '\u2029' or '\u0085'))
            return "has a line break";
        if (values.Count > 0 && !values.Contains(value, StringComparer.Ordinal))
            return "is none of the values allowed";
        return WrongForType(match.Groups["type"].Value, value);
    }

    private static string? WrongForType(string type, string value) => type switch
    {
        "thing" => value.Length <= ThingText.MaxLength ? null : "has more than 20 characters",
        "number" => NumberPattern().IsMatch(value) && Digits(value) <= 32 ? null : "is no number of up to 32 digits",
        "letter" => value.Length <= 32 && value.All(char.IsAsciiLetter) ? null : "is not up to 32 letters",
        "symbol" => value.Length <= 5 && value.All(c => char.IsPunctuation(c) || char.IsSymbol(c)) ? null : "is not up to 5 symbols",
        "character_string" => value.Length <= 32 && value.All(c => c is >= ' ' and <= '~') ? null : "is not up to 32 letters, digits and symbols",
        "time" => MessageTimes.IsTime(value) ? null : "is no time (15:01, 2019年10月1日 15:01, 09:00~11:30)",
        "date" => MessageTimes.IsDate(value) ? null : "is no date (2019年10月1日, 2019-10-01 15:01)",
        "amount" => AmountPattern().IsMatch(value) && Digits(value) <= 10 ? null : "is no amount of up to 10 digits",
        "phone_number" => value.Length <= 17 && PhonePattern().IsMatch(value) ? null : "is no phone number of up to 17 digits and symbols",
        "car_number" => value.Length <= 8 && IsCarNumber(value) ? null : "is no car number of up to 8 characters",
        "name" => IsName(value) ? null : "is no name of up to 10 Chinese characters or 20 letters",
        "phrase" => value.EnumerateRunes().Count() <= 5 && value.EnumerateRunes().All(IsHan) ? null : "is not up to 5 Chinese characters",
        // const, enum and what WeChat may invent: the values allowed are checked above, the rest is WeChat's to judge.
        _ => null,
    };

    private static int Digits(string value) => value.Count(char.IsAsciiDigit);

    // The first and last may be Chinese (川A12345, 川A1234警), the rest are letters and digits.
    private static bool IsCarNumber(string value)
    {
        var runes = value.EnumerateRunes().ToArray();
        return runes.Select((rune, i) => (rune, isEdge: i == 0 || i == runes.Length - 1)).All(r => r.rune is { IsAscii: true } ? Rune.IsLetterOrDigit(r.rune) : r.isEdge && IsHan(r.rune));
    }

    // A Chinese name may hold a middle dot (阿依古丽·买买提); mixed ones count as Chinese.
    private static bool IsName(string value)
    {
        var runes = value.EnumerateRunes().ToArray();
        return runes.Length <= (runes.Any(IsHan) ? 10 : 20) && !runes.Any(Rune.IsDigit) && runes.All(r => IsHan(r) || Rune.IsLetter(r) || Rune.IsPunctuation(r) || Rune.IsSymbol(r) || r.Value is ' ');
    }

    private static bool IsHan(Rune rune) => rune.Value is 0x3007 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);

    [GeneratedRegex("^(?<type>[a-z_]+)[0-9]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^\p{Sc}?[0-9]+(\.[0-9]+)?元?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmountPattern();

    [GeneratedRegex(@"^[0-9 +\-()*,.#/]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhonePattern();
}

/// <summary>Dates and times as a template's <c>date</c> and <c>time</c> keywords take them; two of them with <c>~</c> between are a range.</summary>
internal static class MessageTimes
{
    private static readonly string[] s_dates = ["yyyy年M月d日", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d"];
    private static readonly string[] s_times = ["H:mm", "H:mm:ss"];
    private static readonly string[] s_both = [.. from date in s_dates from time in s_times from gap in (string[])[" ", ""] where gap.Length > 0 || date.EndsWith('日') select date + gap + time];

    /// <summary>Times of 24 hours, each with or without a date.</summary>
    public static bool IsTime(string value) => Points(value).All(p => IsOneOf(p, s_times) || IsOneOf(p, s_both));

    /// <summary>Dates, each with or without a time.</summary>
    public static bool IsDate(string value) => Points(value).All(p => IsOneOf(p, s_dates) || IsOneOf(p, s_both));

    private static string[] Points(string value) => value.Split('~', 2, StringSplitOptions.TrimEntries);

    private static bool IsOneOf(string point, string[] formats) => DateTime.TryParseExact(point, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
