using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Time;

namespace Phoenix.App.Reporting.Board;

/// <summary>A month on the board. Nothing in it is of fewer than five people, and no yuan stands beside its coins (hard rule 4).</summary>
/// <param name="Month">2026-11.</param>
/// <param name="Minutes">Minutes of service; null where fewer than five people served.</param>
/// <param name="People">How many people served; null where fewer than five.</param>
/// <param name="PeopleServed">People served, as leaders counted them.</param>
/// <param name="Coins">The coins; null where those of fewer than five people moved. All of it or nothing: each figure could be computed from the others.</param>
public sealed record BoardMonth(string Month, long? Minutes, int? People, long PeopleServed, BoardCoins? Coins);

/// <summary>The coins of a month: what was there before, and what was issued, less what was exchanged and expired, is outstanding.</summary>
/// <param name="Issued">发放.</param>
/// <param name="Exchanged">兑换.</param>
/// <param name="Expired">到期.</param>
/// <param name="Outstanding">At the month's end, with members and in pools.</param>
public sealed record BoardCoins(long Issued, long Exchanged, long Expired, long Outstanding);

/// <summary>Reads the board's months. A month is on it from the third day after it on (product.md): figures that still grow would tell by their growth who served today.</summary>
internal sealed class BoardReader(IServiceFigures service, ICoinMonths coins, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>The day of the next month on which a month appears.</summary>
    public const int AppearsOnDay = 3;

    /// <summary>Most months that are shown together.</summary>
    public const int MaxMonths = ICoinMonths.MaxMonths;

    /// <summary>Each looks at a year of records: more than anybody reads, fewer than a script wants.</summary>
    public static readonly RatePolicy Limit = new("board", 60, TimeSpan.FromMinutes(1));

    /// <summary>The latest month on the board.</summary>
    public Month Latest
    {
        get
        {
            var today = calendar.Time.DayOf(clock.Now);
            var last = Month.Of(today).Previous;
            return today.Day >= AppearsOnDay ? last : last.Previous;
        }
    }

    /// <summary>Months of the board, earliest first; those before the first with anything in it are left out.</summary>
    public async Task<IReadOnlyList<BoardMonth>> Between(Month from, Month to, CancellationToken cancel)
    {
        var (served, moved) = (await service.Between(from, to, cancel), await coins.Between(from, to, cancel));
        return [.. served.Zip(moved, Show).SkipWhile(m => m is { Minutes: 0, People: 0, PeopleServed: 0, Coins: { Issued: 0, Exchanged: 0, Expired: 0, Outstanding: 0 } })];
    }

    private static BoardMonth Show(ServiceMonth served, CoinMonth moved) => new(
        served.Month.ToString(), served.Minutes, served.People, served.PeopleServed,
        moved.People is 0 or >= IServiceFigures.FewestPeople ? new BoardCoins(moved.Issued, moved.Exchanged, moved.Expired, moved.Outstanding) : null);
}
