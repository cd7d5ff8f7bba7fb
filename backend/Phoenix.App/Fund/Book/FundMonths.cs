using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Book;

/// <summary>Months in addresses, written 2026-11, and the instants that they span.</summary>
internal static class FundMonths
{
    /// <summary>The instants of a month, or of all time where none is named; <see cref="BadFundMonth"/>.</summary>
    public static Result<(DateTimeOffset From, DateTimeOffset To)> Span(string? month, CommunityTime time)
    {
        if (month is null)
            return (DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        return Month.Parse(month) is { } named ? (time.StartOf(named), time.EndOf(named)) : new BadFundMonth();
    }
}
