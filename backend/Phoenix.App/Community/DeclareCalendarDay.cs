using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Community;

/// <summary>Staff declare a day a working day or a day off, today or later (the city moves an office day, the power is cut).</summary>
public static class DeclareCalendarDay
{
    /// <summary>How far ahead a day can be declared.</summary>
    public const int MaxYearsAhead = 2;

    /// <summary>What the day becomes.</summary>
    /// <param name="IsWorking">Whether offices work.</param>
    /// <param name="Note">Why, for everybody to read; 1 to 60 characters.</param>
    public sealed record Request(bool IsWorking, string Note);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The note is there and short.</summary>
        public Limits() => RuleFor(r => r.Note).NotEmpty().MaximumLength(CalendarEntry.MaxNoteLength).WithName("说明");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/calendar/entries/{date}", (
            DateOnly date, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(date, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("declareCalendarDay").WithSummary("设置工作日或休息日");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>The day as it now is, or <see cref="CalendarDayOver"/>, <see cref="CalendarDayTooFar"/>.</summary>
        public Task<Result<CalendarDay>> Run(DateOnly date, Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<CalendarDay>(requestId, async () =>
            {
                var now = clock.Now;
                var today = calendar.Time.DayOf(now);
                if (date < today)
                    return new CalendarDayOver();
                if (date > today.AddYears(MaxYearsAhead))
                    return new CalendarDayTooFar();

                var entry = await db.Set<CalendarEntry>().FirstOrDefaultAsync(d => d.Date == date, cancel);
                if (entry is null)
                    db.Add(entry = new CalendarEntry { CommunityId = db.Scope.CommunityId, Date = date, Note = body.Note });
                entry.IsWorking = body.IsWorking;
                entry.Note = body.Note;
                entry.ChangedBy = caller.PersonId;
                entry.ChangedAt = now;
                return new CalendarDay(date, body.IsWorking, DaySource.Community, body.Note);
            }, cancel);
    }
}
