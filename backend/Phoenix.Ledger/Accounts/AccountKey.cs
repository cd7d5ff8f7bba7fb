using System.Runtime.InteropServices;

namespace Phoenix.Ledger.Accounts;

/// <summary>
/// Names one account inside a community. The owner is a pseudonymous id (a member's, a merchant's, a pool's); <see cref="Guid.Empty"/> is the
/// community itself. A member's account is one lot: it always has an expiry date, except where a command means "the member's lots, earliest first".
/// </summary>
/// <param name="Kind">What the account is for.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Asset">What is counted.</param>
/// <param name="ExpiresOn">Last day, in the community's calendar, on which the coins can be spent.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AccountKey(AccountKind Kind, Guid Owner, Asset Asset, DateOnly? ExpiresOn = null)
{
    /// <summary>A member's lot.</summary>
    public static AccountKey Lot(Guid member, DateOnly expiresOn, Asset asset = Asset.Coin) => new(AccountKind.Member, member, asset, expiresOn);

    /// <summary>All lots of a member as the source of a leg: earliest expiry first, lapsed ones never.</summary>
    public static AccountKey Lots(Guid member, Asset asset = Asset.Coin) => new(AccountKind.Member, member, asset);

    /// <summary>Where coins come from.</summary>
    public static AccountKey Issuance(Asset asset = Asset.Coin) => new(AccountKind.Issuance, Guid.Empty, asset);

    /// <summary>What a merchant has received.</summary>
    public static AccountKey Merchant(Guid merchant, Asset asset = Asset.Coin) => new(AccountKind.Merchant, merchant, asset);

    /// <summary>A pool.</summary>
    public static AccountKey Pool(Guid pool, Asset asset = Asset.Coin) => new(AccountKind.Pool, pool, asset);

    /// <summary>An account of the community itself.</summary>
    public static AccountKey Of(AccountKind kind, Asset asset = Asset.Coin) => new(kind, Guid.Empty, asset);

    /// <summary>Whether this means a member's lots rather than one account.</summary>
    public bool IsLots => Kind == AccountKind.Member && ExpiresOn is null;

    /// <summary>The expiry as a number yyyymmdd, 0 for none: what the tables and the journal hold.</summary>
    internal int ExpiresNumber => ExpiresOn is { } d ? Days.ToNumber(d) : 0;
}

/// <summary>Days as numbers yyyymmdd, which order like dates and read alike on both databases.</summary>
internal static class Days
{
    public static int ToNumber(DateOnly day) => day.Year * 10000 + day.Month * 100 + day.Day;

    public static DateOnly? FromNumber(int number) => number == 0 ? null : new DateOnly(number / 10000, number / 100 % 100, number % 100);

    /// <summary>Whether the number is a calendar day (or 0, none).</summary>
    public static bool IsValid(int number) =>
        number == 0 || (number is > 10000101 and < 99991231 && number / 100 % 100 is >= 1 and <= 12
            && number % 100 >= 1 && number % 100 <= DateTime.DaysInMonth(number / 10000, number / 100 % 100));

    /// <summary>The community's day of an instant, in Unix milliseconds.</summary>
    public static DateOnly DayOf(long atMs, int offsetMinutes) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(atMs + offsetMinutes * 60_000L).UtcDateTime);
}
