using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Staff begin a new draft from an activity, on another day; or a series of drafts, a week apart.</summary>
public static class CopyActivity
{
    /// <summary>Most drafts of one series: half a year.</summary>
    public const int MaxTimes = 26;

    /// <summary>A copy.</summary>
    /// <param name="FirstDay">The day of its first shift; the others keep their distance and their time of day.</param>
    public sealed record CopyRequest(DateOnly FirstDay);

    /// <summary>A series.</summary>
    /// <param name="Times">How many more, 1 to 26.</param>
    /// <param name="Weeks">Weeks between them, 1 to 4.</param>
    public sealed record SeriesRequest(int Times, int Weeks = 1);

    /// <summary>A series as made.</summary>
    /// <param name="SeriesId">What they share.</param>
    /// <param name="ActivityIds">The new drafts, by time.</param>
    public sealed record SeriesResponse(Guid SeriesId, IReadOnlyList<Guid> ActivityIds);

    /// <summary>The limits of a series.</summary>
    public sealed class Limits : AbstractValidator<SeriesRequest>
    {
        /// <summary>Numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.Times).InclusiveBetween(1, MaxTimes).WithName("次数");
            RuleFor(r => r.Weeks).InclusiveBetween(1, 4).WithName("间隔周数");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/activities/{id:guid}/copy", (Guid id, CopyRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Copy(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("copyActivity").WithSummary("复制活动");
        community.MapPost("/staff/activities/{id:guid}/series", (Guid id, SeriesRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Series(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("repeatActivity").WithSummary("按周重复活动");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Promises promises, Leaderships leaderships, StaffActivity.Reader reader, ActivityTexts texts, ICommunityCalendar calendar, IIds ids, Clock clock)
    {
        /// <summary>The new draft, or <see cref="UnknownActivity"/>, <see cref="StandingRepeats"/>.</summary>
        public Task<Result<StaffActivity.Detail>> Copy(Guid id, CopyRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            if (!(await Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            var days = found.Shifts.Count == 0 ? 0 : body.FirstDay.DayNumber - calendar.Time.DayOf(found.Shifts[0].StartsAt).DayNumber;
            var copy = Make(found.Activity, found.Shifts, days, null, caller.PersonId);
            await texts.Keep(copy, copy.IsTextHeld, caller.PersonId, cancel);
            await leaderships.Sync(found.Shifts.Select(s => s.LeaderId), cancel);
            return await reader.Show(copy, cancel);
        }, cancel);

        /// <summary>The series, or <see cref="UnknownActivity"/>, <see cref="StandingRepeats"/>, <see cref="SeriesAlready"/>.</summary>
        public Task<Result<SeriesResponse>> Series(Guid id, SeriesRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<SeriesResponse>(requestId, async () =>
        {
            if (!(await Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            if (found.Activity.SeriesId is not null)
                return new SeriesAlready();
            var series = ids.New();
            (found.Activity.SeriesId, found.Activity.Version) = (series, found.Activity.Version + 1);
            var made = Enumerable.Range(1, body.Times).Select(n => Make(found.Activity, found.Shifts, 7 * body.Weeks * n, series, caller.PersonId)).ToList();
            foreach (var copy in made)
                await texts.Keep(copy, copy.IsTextHeld, caller.PersonId, cancel);
            await leaderships.Sync(found.Shifts.Select(s => s.LeaderId), cancel);
            return new SeriesResponse(series, [.. made.Select(a => a.Id)]);
        }, cancel);

        private async Task<Result<(Activity Activity, List<Shift> Shifts)>> Find(Guid id, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                return new UnknownActivity();
            if (activity.Kind == ActivityKind.Standing)
                return new StandingRepeats();
            return (activity, (await promises.ShiftsOf(id, cancel)).FindAll(s => s.State == ShiftState.Open));
        }

        private Activity Make(Activity from, List<Shift> shifts, int days, Guid? series, Guid by)
        {
            var copy = new Activity { CommunityId = from.CommunityId, Id = ids.New(), Title = from.Title, Description = from.Description, CreatedBy = by, CreatedAt = clock.Now, Version = 1 };
            (copy.Kind, copy.Category, copy.GuidedBy, copy.HostedBy, copy.RunBy) = (from.Kind, from.Category, from.GuidedBy, from.HostedBy, from.RunBy);
            (copy.OrganiserKind, copy.OrganiserId, copy.OrganiserName) = (from.OrganiserKind, from.OrganiserId, from.OrganiserName);
            (copy.ContactName, copy.ContactPhone, copy.Risks, copy.Insurance) = (from.ContactName, from.ContactPhone, from.Risks, from.Insurance);
            (copy.IsHoursOnly, copy.BudgetCoins, copy.NeedsApproval, copy.IsTextHeld, copy.SeriesId) = (from.IsHoursOnly, from.BudgetCoins, from.NeedsApproval, from.IsTextHeld, series);
            db.Add(copy);
            foreach (var s in shifts)
                db.Add(new Shift
                {
                    CommunityId = s.CommunityId,
                    Id = ids.New(),
                    ActivityId = copy.Id,
                    StartsAt = Later(s.StartsAt, days),
                    EndsAt = Later(s.StartsAt, days) + (s.EndsAt - s.StartsAt),
                    Capacity = s.Capacity,
                    PlaceId = s.PlaceId,
                    Address = s.Address,
                    Latitude = s.Latitude,
                    Longitude = s.Longitude,
                    RadiusMetres = s.RadiusMetres,
                    LeaderId = s.LeaderId,
                    MinAge = s.MinAge,
                    IsGuardianNeeded = s.IsGuardianNeeded,
                    Skills = s.Skills,
                    Version = 1,
                });
            return copy;
        }

        // The same time of day by the community's clock.
        private DateTimeOffset Later(DateTimeOffset at, int days) => calendar.Time.At(calendar.Time.DayOf(at).AddDays(days), calendar.Time.TimeOf(at));
    }
}
