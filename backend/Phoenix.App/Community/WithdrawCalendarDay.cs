using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>Staff take a declared day back: the national arrangement or the week counts again.</summary>
public static class WithdrawCalendarDay
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapDelete("/calendar/entries/{date}", (
            DateOnly date, RequestId requestId, Handler handler, CancellationToken cancel) =>
            handler.Run(date, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("withdrawCalendarDay").WithSummary("恢复默认的工作日安排");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The day as it now is, or <see cref="CalendarDayOver"/>, <see cref="CalendarDayNotDeclared"/>.</summary>
        public Task<Result<CalendarDay>> Run(DateOnly date, RequestId requestId, CancellationToken cancel) =>
            work.Once<CalendarDay>(requestId, async () =>
            {
                if (date < calendar.Time.DayOf(clock.Now))
                    return new CalendarDayOver();
                var entry = await db.Set<CalendarEntry>().FirstOrDefaultAsync(d => d.Date == date, cancel);
                if (entry is null)
                    return new CalendarDayNotDeclared();
                db.Remove(entry);
                return WorkingDays.National.Day(date);
            }, cancel);
    }
}
