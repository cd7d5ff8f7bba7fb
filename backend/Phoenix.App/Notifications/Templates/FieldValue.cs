using System.Globalization;
using System.Text.RegularExpressions;
using Phoenix.App.Notifications.Words;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Templates;

/// <summary>What a value is, before it is written as a template's field wants it.</summary>
public enum FieldType
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>An instant.</summary>
    Time,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>A value for a keyword of a WeChat template (WeChat: subscribe/send, the table of field types). Stored in the outbox.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">Words, an instant (ISO 8601), a day (ISO 8601) or digits.</param>
public sealed partial record FieldValue(FieldType Type, string Value)
{
    private const int ThingLength = 20;
    private const int NameLength = 10;
    private const int PhraseLength = 5;
    private const int CodeLength = 32;
    private const int PhoneLength = 17;
    private const string Nothing = "无";

    /// <summary>Which types of field each type of value can be written into.</summary>
    private static readonly Dictionary<FieldType, string[]> s_fits = new()
    {
        [FieldType.Text] = ["thing", "name", "phrase", "phone_number", "enum", "const"],
        [FieldType.Time] = ["time", "date", "thing"],
        [FieldType.Day] = ["date", "time", "thing"],
        [FieldType.Number] = ["number", "character_string", "thing"],
    };

    /// <summary>Words.</summary>
    public static FieldValue Text(string words) => new(FieldType.Text, Say.Text(words));

    /// <summary>An instant.</summary>
    public static FieldValue At(DateTimeOffset instant) => new(FieldType.Time, instant.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A day.</summary>
    public static FieldValue On(DateOnly day) => new(FieldType.Day, day.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A number.</summary>
    public static FieldValue Number(decimal number) => new(FieldType.Number, number.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>The type in a template's key: thing1 is a thing.</summary>
    public static string TypeOf(string key) => key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    /// <summary>Whether a value of this type can be written into a field of that.</summary>
    public static bool Fits(FieldType value, string fieldType) => s_fits[value].Contains(fieldType, StringComparer.Ordinal);

    /// <summary>The value as a field of this type takes it, never longer than allowed and never empty.</summary>
    /// <param name="fieldType">thing, time, ...</param>
    /// <param name="time">The community's.</param>
    public string For(string fieldType, CommunityTime time) => Type switch
    {
        FieldType.Time when DateTimeOffset.Parse(Value, CultureInfo.InvariantCulture) is var at => $"{Written(time.DayOf(at))} {time.TimeOf(at):HH\\:mm}",
        FieldType.Day => Written(DateOnly.Parse(Value, CultureInfo.InvariantCulture)),
        FieldType.Number => Say.Cut(Value, CodeLength),
        _ => Words(fieldType),
    };

    private static string Written(DateOnly day) => $"{day.Year}年{day.Month:00}月{day.Day:00}日";

    private string Words(string fieldType)
    {
        var words = fieldType switch
        {
            "phrase" => NoChinese().Replace(Value, "") is var chinese && chinese.Length > PhraseLength ? chinese[..PhraseLength] : chinese,
            "name" => Say.Cut(Value, NameLength),
            "phone_number" => Value.Length > PhoneLength ? Value[..PhoneLength] : Value,
            "enum" or "const" => Value,
            _ => Say.Cut(Value, ThingLength),
        };
        return words.Length == 0 ? Nothing : words;
    }

    [GeneratedRegex(@"[^\u4e00-\u9fff]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoChinese();
}
