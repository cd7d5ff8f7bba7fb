namespace Phoenix.App.Identity.Details;

/// <summary>
/// Full years and the days on which they change. Somebody born on 29 February is a year older on the last day of February where there is no 29th (民法典
/// art 202).
/// </summary>
public static class Ages
{
    /// <summary>From here on a person acts alone.</summary>
    public const int Adult = 18;

    /// <summary>From here on a minor consents as well, and the guardian anew (PIPL art 31).</summary>
    public const int OwnConsent = 14;

    /// <summary>Younger children come with a guardian.</summary>
    public const int Alone = 8;

    /// <summary>Nobody is older.</summary>
    public const int Oldest = 120;

    /// <summary>Full years on a day; null before the birth.</summary>
    public static int? On(DateOnly birth, DateOnly day)
    {
        if (day < birth)
            return null;
        var years = day.Year - birth.Year;
        return birth.AddYears(years) <= day ? years : years - 1;
    }

    /// <summary>Whether somebody can have been born on the day.</summary>
    public static bool IsPossible(DateOnly birth, DateOnly today) => birth <= today && On(birth, today) <= Oldest;
}
