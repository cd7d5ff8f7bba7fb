using System.Text.RegularExpressions;

namespace Phoenix.App.Identity.Phones;

/// <summary>How numbers are written, stored and shown.</summary>
internal static partial class PhoneNumbers
{
    /// <summary>Longest text that is read as a number.</summary>
    public const int MaxLength = 24;

    private const string China = "+86";

    /// <summary>A number typed by a person, in the stored form; null for what is no mainland mobile or landline number.</summary>
    public static string? FromText(string? text)
    {
        if (text is null || text.Length > MaxLength)
            return null;
        var digits = Separators().Replace(text, "");
        if (digits.StartsWith(China, StringComparison.Ordinal))
            digits = digits[China.Length..];
        return Mainland().IsMatch(digits) ? China + digits : null;
    }

    /// <summary>A number as WeChat gives it, in the stored form.</summary>
    public static string FromWeChat(string number, string countryCode) => $"+{countryCode.TrimStart('+')}{number}";

    /// <summary>The stored form as people dial it.</summary>
    public static string Dialled(string stored) => stored.StartsWith(China, StringComparison.Ordinal) ? stored[China.Length..] : stored;

    /// <summary>138****1234: enough to recognise one's own, too little to call.</summary>
    public static string Mask(string stored)
    {
        var number = Dialled(stored);
        return number.Length < 8 ? new string('*', number.Length) : $"{number[..3]}****{number[^4..]}";
    }

    [GeneratedRegex(@"^(1[3-9]\d{9}|0\d{9,11})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mainland();

    [GeneratedRegex(@"[ \-()]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Separators();
}
