using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Summaries;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>What residents see, signed in or not: published activities by their next shift, and one with its shifts. Coins and hours; never budgets, never yuan.</summary>
public static class PublicActivities
{
    /// <summary>Most shifts of one activity that are shown.</summary>
    public const int MaxShifts = 100;

    /// <summary>An activity in the list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Kind">How it comes about.</param>
    /// <param name="Category">Whom or what it helps.</param>
    /// <param name="Organiser">Who organises it; null for the community itself.</param>
    /// <param name="IsHoursOnly">只记时长.</param>
    /// <param name="NextStart">When the next shift that fits the filter begins.</param>
    /// <param name="NextEnd">When that ends.</param>
    /// <param name="NextAddress">Where that is.</param>
    /// <param name="Shifts">How many shifts fit the filter.</param>
    /// <param name="FreePlaces">Free places in those.</param>
    public sealed record Item(
        Guid Id, string Title, ActivityKind Kind, ImpactCategory Category, string? Organiser, bool IsHoursOnly, DateTimeOffset NextStart, DateTimeOffset NextEnd, string NextAddress, int Shifts, int FreePlaces);

    /// <summary>A shift.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="StartsAt">Its first instant.</param>
    /// <param name="EndsAt">The instant after its last.</param>
    /// <param name="Capacity">Places.</param>
    /// <param name="FreePlaces">Free ones.</param>
    /// <param name="Waiting">How many wait.</param>
    /// <param name="Address">Where.</param>
    /// <param name="Latitude">Degrees north, GCJ-02.</param>
    /// <param name="Longitude">Degrees east, GCJ-02.</param>
    /// <param name="Leader">What the neighbours call its leader.</param>
    /// <param name="MinAge">The youngest age.</param>
    /// <param name="IsGuardianNeeded">Whether minors come with a guardian.</param>
    /// <param name="Skills">Wanted skills.</param>
    /// <param name="Coins">What the whole shift brings; 0 for hours only.</param>
    public sealed record ShiftItem(
        Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Capacity, int FreePlaces, int Waiting, string Address, double? Latitude, double? Longitude, string? Leader,
        int? MinAge, bool IsGuardianNeeded, string? Skills, long Coins);

    /// <summary>An activity.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Description">What is done; null while it waits for a look.</param>
    /// <param name="Kind">How it comes about.</param>
    /// <param name="Category">Whom or what it helps.</param>
    /// <param name="GuidedBy">指导单位.</param>
    /// <param name="HostedBy">主办单位.</param>
    /// <param name="RunBy">承办单位.</param>
    /// <param name="Organiser">Who organises it; null for the community itself.</param>
    /// <param name="ContactName">Whom to ask.</param>
    /// <param name="ContactPhone">Where to ask.</param>
    /// <param name="Risks">What could happen.</param>
    /// <param name="Insurance">How participants are insured.</param>
    /// <param name="IsHoursOnly">只记时长.</param>
    /// <param name="NeedsApproval">Whether each sign-up waits for staff.</param>
    /// <param name="CancelReason">Why it is off.</param>
    /// <param name="Shifts">Those that are not over, by time.</param>
    /// <param name="HasSummary">Whether members can read its 小结.</param>
    public sealed record Detail(
        Guid Id, ActivityState State, string Title, string Description, ActivityKind Kind, ImpactCategory Category, string? GuidedBy, string? HostedBy, string? RunBy, string? Organiser,
        string? ContactName, string? ContactPhone, string? Risks, string? Insurance, bool IsHoursOnly, bool NeedsApproval, string? CancelReason, IReadOnlyList<ShiftItem> Shifts, bool HasSummary);

    /// <summary>What is looked for.</summary>
    /// <param name="From">Shifts that begin on this day or later.</param>
    /// <param name="To">Shifts that begin on this day or earlier.</param>
    /// <param name="Category">Whom or what it helps.</param>
    /// <param name="Place">In this place or one below it.</param>
    /// <param name="Free">Only with free places.</param>
    public readonly record struct Filter(
        [property: FromQuery(Name = "from")] DateOnly? From, [property: FromQuery(Name = "to")] DateOnly? To, [property: FromQuery(Name = "category")] string? Category, [property: FromQuery(Name = "place")] Guid? Place, [property: FromQuery(Name = "free")] bool? Free);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/activities", List).AllowAnyone().WithName("listActivities").WithSummary("活动列表");
        community.MapGet("/activities/{id:guid}", (Guid id, Reader reader, CancellationToken cancel) => reader.Get(id, cancel).ToHttp())
            .AllowAnyone().WithName("getActivity").WithSummary("活动详情");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [AsParameters] Filter filter, PhoenixDb db, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Cursor?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var activities = db.Set<Activity>().AsNoTracking().Where(a => a.State == ActivityState.Published);
        if (filter.Category is not null)
        {
            if (!Enum.TryParse<ImpactCategory>(filter.Category, ignoreCase: true, out var category) || !Enum.IsDefined(category))
                return new Refusal(new BadParameter());
            activities = activities.Where(a => a.Category == category);
        }

        var shifts = Fitting(db, filter, calendar.Time, clock.Now);
        var found = activities
            .Select(a => new { Activity = a, Next = shifts.Where(s => s.ActivityId == a.Id).OrderBy(s => s.StartsAt).Select(s => (DateTimeOffset?)s.StartsAt).FirstOrDefault() })
            .Where(a => a.Next != null);
        if (at.After is { } after)
        {
            var (start, id) = ((DateTimeOffset?)after.StartsAt, after.Id);
            found = found.Where(a => a.Next > start || (a.Next == start && a.Activity.Id.CompareTo(id) > 0));
        }

        var rows = await found.OrderBy(a => a.Next).ThenBy(a => a.Activity.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Activity.Id);
        var theirs = (await shifts.Where(s => ids.Contains(s.ActivityId)).OrderBy(s => s.StartsAt)
            .Select(s => new { s.ActivityId, s.StartsAt, s.EndsAt, s.Address, Free = s.Capacity - s.Taken }).ToListAsync(cancel)).ToLookup(s => s.ActivityId);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => r.Activity).ConvertAll(a =>
        {
            var next = theirs[a.Id].First();
            return new Item(a.Id, a.Title, a.Kind, a.Category, a.OrganiserName, a.IsHoursOnly, next.StartsAt, next.EndsAt, next.Address, theirs[a.Id].Count(), theirs[a.Id].Sum(s => s.Free));
        }), at.Limit, i => new Cursor(i.NextStart, i.Id)));
    }

    private static IQueryable<Shift> Fitting(PhoenixDb db, Filter filter, CommunityTime time, DateTimeOffset now)
    {
        var shifts = db.Set<Shift>().AsNoTracking().Where(s => s.State == ShiftState.Open && s.EndsAt > now);
        if (filter.From is { } from)
        {
            var start = time.StartOf(from);
            shifts = shifts.Where(s => s.StartsAt >= start);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = time.EndOf(to);
            shifts = shifts.Where(s => s.StartsAt < end);
        }

        if (filter.Place is { } place)
        {
            var places = db.Set<Place>();
            var inside = places.Where(p => p.Id == place || p.ParentId == place || places.Any(q => q.Id == p.ParentId && q.ParentId == place)).Select(p => (Guid?)p.Id);
            shifts = shifts.Where(s => inside.Contains(s.PlaceId));
        }

        return filter.Free is true ? shifts.Where(s => s.Capacity > s.Taken) : shifts;
    }

    private sealed record Cursor(DateTimeOffset StartsAt, Guid Id);

    /// <summary>Reads one for residents.</summary>
    internal sealed class Reader(PhoenixDb db, CoinRuleBook rules, IPeople people, Clock clock)
    {
        /// <summary>The activity, or <see cref="UnknownActivity"/>: a draft is nobody's business.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel)
        {
            if (await db.Set<Activity>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id && a.PublishedAt != null, cancel) is not { } a)
                return new UnknownActivity();
            var now = clock.Now;
            var shifts = await db.Set<Shift>().AsNoTracking().Where(s => s.ActivityId == id && s.State == ShiftState.Open && s.EndsAt > now).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(MaxShifts).ToListAsync(cancel);
            var ids = shifts.ConvertAll(s => s.Id);
            var waiting = await db.Set<Signup>().Where(s => ids.Contains(s.ShiftId) && s.State == SignupState.Waitlisted).GroupBy(s => s.ShiftId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
            var leaders = await people.OfPersons([.. shifts.Select(s => s.LeaderId).OfType<Guid>().Distinct()], cancel);
            var all = await rules.All(cancel);
            return new Detail(
                a.Id, a.State, a.Title, a.Description, a.Kind, a.Category, a.GuidedBy, a.HostedBy, a.RunBy, a.OrganiserName, a.ContactName, a.ContactPhone, a.Risks, a.Insurance,
                a.IsHoursOnly, a.NeedsApproval, a.CancelReason,
                [.. shifts.Select(s => new ShiftItem(
                    s.Id, s.StartsAt, s.EndsAt, s.Capacity, s.Capacity - s.Taken, waiting.GetValueOrDefault(s.Id), s.Address, s.Latitude, s.Longitude,
                    s.LeaderId is { } leader ? leaders.GetValueOrDefault(leader)?.Name : null, s.MinAge, s.IsGuardianNeeded, s.Skills,
                    all.FirstOrDefault(r => r.Version == s.CoinRuleVersion)?.CoinsFor(s.Minutes) ?? 0))],
                await db.Set<ActivitySummary>().AnyAsync(s => s.ActivityId == id && s.PublishedText != null && !s.IsHeld, cancel));
        }
    }
}
