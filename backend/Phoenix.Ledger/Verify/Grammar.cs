namespace Phoenix.Ledger.Verify;

/// <summary>Which characters and numbers a journal may have.</summary>
internal static class Grammar
{
    /// <summary>No balance, floor, ceiling or amount goes beyond: a sum of two still fits in 64 bits.</summary>
    public const long MaxUnits = 1L << 62;

    /// <summary>The last stamp taken, in the year 9892: every day that follows from it is still a date.</summary>
    public const long MaxAtMs = 250_000_000_000_000;

    public const int MaxName = 64;
    public const int MaxLegs = 256;
    public const int MaxReason = 200;
    public const int MaxGraceDays = 366;

    public static bool IsHex(string text, int length)
    {
        if (text.Length != length)
            return false;
        foreach (var c in text)
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                return false;
        return true;
    }

    /// <summary>A reference, a rule or an extra.</summary>
    public static bool IsName(string text)
    {
        if (text.Length > MaxName)
            return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not (':' or '.' or '_' or '/' or '-' or '=' or ','))
                return false;
        return true;
    }

    /// <summary>A UUID in lower case with hyphens: what was hashed, so no other spelling.</summary>
    public static bool IsUuid(string text)
    {
        if (text.Length != 36)
            return false;
        for (var i = 0; i < 36; i++)
        {
            var c = text[i];
            if (i is 8 or 13 or 18 or 23 ? c != '-' : c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                return false;
        }

        return true;
    }

    /// <summary>The date of a number yyyymmdd, or null when the calendar has none.</summary>
    public static DateOnly? ToDay(long number)
    {
        if (number is < 1_01_01 or > 9999_12_31)
            return null;
        var (year, month, day) = ((int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>The community's day at an instant.</summary>
    public static DateOnly DayAt(long atMs, int utcOffsetMinutes) =>
        DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(atMs + utcOffsetMinutes * 60_000L));

    /// <summary>Reads a policy's <c>issue=0,redeem=0,grace=7</c>; there is one spelling of each.</summary>
    public static (bool IssueFrozen, bool RedeemFrozen, int GraceDays)? ToPolicy(string extra)
    {
        if (extra.Length is < 24 or > 26 || extra[6] is not ('0' or '1') || extra[15] is not ('0' or '1')
            || !int.TryParse(extra.AsSpan(23), System.Globalization.NumberStyles.None, null, out var grace) || grace > MaxGraceDays)
            return null;
        var policy = (extra[6] == '1', extra[15] == '1', grace);
        return string.Equals(extra, $"issue={extra[6]},redeem={extra[15]},grace={grace}", StringComparison.Ordinal) ? policy : null;
    }
}
