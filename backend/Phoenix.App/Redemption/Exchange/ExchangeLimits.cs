namespace Phoenix.App.Redemption.Exchange;

/// <summary>The limits of exchanging, in one place.</summary>
public static class ExchangeLimits
{
    /// <summary>From so many coins on a scan of 我的码 isn't enough: the member says yes on the phone.</summary>
    public const long ConsentFrom = 60;

    /// <summary>Most coins that a printed card spends in a day.</summary>
    public const long CardCoinsPerDay = 60;

    /// <summary>Held at the till for so long.</summary>
    public static readonly TimeSpan AtTill = TimeSpan.FromMinutes(15);

    /// <summary>How long a slip of the finger can be taken back.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromSeconds(10);

    /// <summary>What an extension gives, at most; never over midnight.</summary>
    public static readonly TimeSpan Extension = TimeSpan.FromHours(2);

    /// <summary>How long after a capture the member can dispute it.</summary>
    public static readonly TimeSpan DisputeWithin = TimeSpan.FromDays(30);
}
