using System.Globalization;
using System.Text.RegularExpressions;

namespace Phoenix.App.Identity.Details;

/// <summary>Numbers of ID documents: their form, and what the resident's number says by itself (GB 11643-1999).</summary>
internal static partial class IdNumbers
{
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] s_weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>As it is stored: without spaces, capital letters.</summary>
    public static string Tidy(string text) => text.Trim().Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Whether the kind carries the 18 characters of a resident's number.</summary>
    public static bool IsResidents(IdDocument kind) => kind is IdDocument.ResidentIdCard or IdDocument.HouseholdRegister;

    /// <summary>Whether a tidy number can be one of the kind: for a resident's its checksum and a birth date that exists.</summary>
    public static bool IsPossible(IdDocument kind, string number) =>
        IsResidents(kind) ? Resident().IsMatch(number) && CheckCharacters[Sum(number) % 11] == number[17] && BirthOf(number) is not null : Other().IsMatch(number);

    /// <summary>The birth date in a resident's number; null where there is no such day.</summary>
    public static DateOnly? BirthOf(string number) => DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The gender in a resident's number: the 17th digit is odd for men.</summary>
    public static Gender GenderOf(string number) => (number[16] - '0') % 2 == 1 ? Gender.Male : Gender.Female;

    /// <summary>510*************34: enough to recognise one's own.</summary>
    public static string Mask(string number) => number.Length < 6 ? new string('*', number.Length) : $"{number[..3]}{new string('*', number.Length - 5)}{number[^2..]}";

    /// <summary>王**: the family name.</summary>
    public static string MaskName(string name) => name.Length == 0 ? "" : name[..1] + new string('*', Math.Max(1, name.Length - 1));

    private static int Sum(string number)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++)
            sum += (number[i] - '0') * s_weights[i];
        return sum;
    }

    [GeneratedRegex("^[1-9][0-9]{16}[0-9X]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Resident();

    [GeneratedRegex("^[0-9A-Z]{5,20}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Other();
}
