using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.CoinRules;

/// <summary>What becomes of a part of a coin.</summary>
public enum CoinRounding
{
    /// <summary>舍去: only whole coins count.</summary>
    Down,

    /// <summary>四舍五入: a half or more counts as one.</summary>
    HalfUp,
}

/// <summary>
/// A version of how service becomes coins (积分办法). Versions apply forward only (hard rule 11): one is never edited, a newer one takes effect on a later
/// day. A shift keeps the version that it was published with.
/// </summary>
public sealed class CoinRule : ICommunityOwned
{
    /// <summary>The most coins an hour, or for a shift.</summary>
    public const int MaxCoins = 1_000;

    /// <summary>The most minutes that can count for one shift: a day.</summary>
    public const int MaxMinutes = 24 * 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Counted from 1 in the community.</summary>
    public int Version { get; init; }

    /// <summary>Coins for an hour of service.</summary>
    public int CoinsPerHour { get; init; }

    /// <summary>Coins for having served in a shift, however long.</summary>
    public int CoinsPerShift { get; init; }

    /// <summary>The most coins that one person earns by service in one day of the community; null for no cap.</summary>
    public int? DailyCap { get; init; }

    /// <summary>What becomes of a part of a coin.</summary>
    public CoinRounding Rounding { get; init; }

    /// <summary>The first day on which it counts.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Who set it.</summary>
    public Guid CreatedBy { get; init; }

    /// <summary>When it was set.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Coins for one person's minutes in one shift under this version.</summary>
    /// <inheritdoc cref="CoinsFor(int, int, int, int?, CoinRounding, long)"/>
    public long CoinsFor(int minutes, long earnedThatDay = 0) => CoinsFor(minutes, CoinsPerHour, CoinsPerShift, DailyCap, Rounding, earnedThatDay);

    /// <summary>The one place where minutes become coins: hours and shift together, rounded once, then cut to what the day still allows. Whole numbers only.</summary>
    /// <param name="minutes">Minutes that count, 0 to <see cref="MaxMinutes"/>; none earn nothing.</param>
    /// <param name="coinsPerHour">Coins for an hour.</param>
    /// <param name="coinsPerShift">Coins for the shift.</param>
    /// <param name="dailyCap">The most in a day, or null.</param>
    /// <param name="rounding">What becomes of a part of a coin.</param>
    /// <param name="earnedThatDay">What the person earned by service on that day already.</param>
    /// <returns>Coins, 0 or more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Minutes outside their range, or a negative number of coins: a bug of the caller.</exception>
    public static long CoinsFor(int minutes, int coinsPerHour, int coinsPerShift, int? dailyCap, CoinRounding rounding, long earnedThatDay)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minutes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, MaxMinutes);
        ArgumentOutOfRangeException.ThrowIfNegative(coinsPerHour);
        ArgumentOutOfRangeException.ThrowIfNegative(coinsPerShift);
        ArgumentOutOfRangeException.ThrowIfNegative(earnedThatDay);
        if (minutes == 0)
            return 0;
        var sixtieths = (long)coinsPerHour * minutes + (long)coinsPerShift * 60;
        var coins = rounding == CoinRounding.HalfUp ? (sixtieths + 30) / 60 : sixtieths / 60;
        return dailyCap is { } cap ? Math.Min(coins, Math.Max(0, cap - earnedThatDay)) : coins;
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CoinRule>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("coin_rules")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CoinRule> builder)
        {
            builder.ToTable("coin_rules", t =>
            {
                t.HasComment("How service becomes coins, version by version; the database refuses every change of a version.");
                t.HasCheckConstraint("ck_coin_rules_coins", $"coins_per_hour between 0 and {MaxCoins} and coins_per_shift between 0 and {MaxCoins} and daily_cap >= 0");
            });
            builder.HasKey(r => new { r.CommunityId, r.Version });
            builder.Property(r => r.Version).ValueGeneratedNever();
            builder.Property(r => r.Rounding).HasConversion<string>().HasMaxLength(8);
            builder.BelongsToCommunity();
        }
    }
}
