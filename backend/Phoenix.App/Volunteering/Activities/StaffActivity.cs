using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Activities as staff see them: drafts and all, with budgets and promises. Coins only; what they mean for the fund is another page.</summary>
public static class StaffActivity
{
    /// <summary>Most shifts shown of one activity: a standing one has a rota's four weeks and its past.</summary>
    public const int MaxShifts = 200;

    /// <summary>A shift.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Whether it takes place.</param>
    /// <param name="Form">As filled in.</param>
    /// <param name="Leader">Who leads it.</param>
    /// <param name="Taken">Places that are taken.</param>
    /// <param name="CoinRuleVersion">The rule that counts for it.</param>
    /// <param name="PeopleServed">People served.</param>
    /// <param name="ProblemsSolved">Problems solved.</param>
    /// <param name="ImpactLines">What was done, in words.</param>
    /// <param name="Version">Of its last edit.</param>
    public sealed record ShiftDetail(
        Guid Id, ShiftState State, ShiftForm Form, Named? Leader, int Taken, int? CoinRuleVersion, int? PeopleServed, int? ProblemsSolved, string? ImpactLines, int Version);

    /// <summary>An activity.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Form">As filled in.</param>
    /// <param name="PromisedCoins">What it promises.</param>
    /// <param name="IssuedCoins">What was given for it.</param>
    /// <param name="ProjectedCoins">What it would promise if published or saved now.</param>
    /// <param name="IsTextHeld">Whether its text waits for a person's look.</param>
    /// <param name="SeriesId">Its series.</param>
    /// <param name="PublishedAt">When it was published.</param>
    /// <param name="CancelReason">Why it was cancelled.</param>
    /// <param name="Version">Of its last edit.</param>
    /// <param name="Shifts">By time.</param>
    public sealed record Detail(
        Guid Id, ActivityState State, ActivityForm Form, long PromisedCoins, long IssuedCoins, long ProjectedCoins, bool IsTextHeld, Guid? SeriesId,
        DateTimeOffset? PublishedAt, string? CancelReason, int Version, IReadOnlyList<ShiftDetail> Shifts);

    /// <summary>An activity in a list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Kind">How it comes about.</param>
    /// <param name="Category">Whom it helps.</param>
    /// <param name="IsHoursOnly">只记时长.</param>
    /// <param name="SeriesId">Its series.</param>
    /// <param name="FirstStart">When its first shift begins.</param>
    /// <param name="LastEnd">When its last shift ends.</param>
    /// <param name="Capacity">Places in all.</param>
    /// <param name="Taken">Places that are taken.</param>
    public sealed record Item(
        Guid Id, ActivityState State, string Title, ActivityKind Kind, ImpactCategory Category, bool IsHoursOnly, Guid? SeriesId, DateTimeOffset? FirstStart, DateTimeOffset? LastEnd, int Capacity, int Taken);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/activities", List).RequireRole(Role.Staff, Role.SocialWorker).WithName("listStaffActivities").WithSummary("活动管理列表");
        community.MapGet("/staff/activities/{id:guid}", (Guid id, Reader reader, CancellationToken cancel) => reader.Get(id, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("getStaffActivity").WithSummary("活动管理详情");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] string? state, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var activities = db.Set<Activity>().AsNoTracking();
        if (state is not null)
        {
            if (!Enum.TryParse<ActivityState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return new Refusal(new BadParameter());
            activities = activities.Where(a => a.State == wanted);
        }

        if (at.After is { } before)
            activities = activities.Where(a => a.Id.CompareTo(before) < 0);
        var rows = await activities.OrderByDescending(a => a.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var found = rows.ConvertAll(a => a.Id);
        var shifts = (await db.Set<Shift>().AsNoTracking().Where(s => found.Contains(s.ActivityId) && s.State == ShiftState.Open)
            .Select(s => new { s.ActivityId, s.StartsAt, s.EndsAt, s.Capacity, s.Taken }).ToListAsync(cancel)).ToLookup(s => s.ActivityId);
        return TypedResults.Ok(Page.Of(
            rows.ConvertAll(a => new Item(
                a.Id, a.State, a.Title, a.Kind, a.Category, a.IsHoursOnly, a.SeriesId,
                shifts[a.Id].Min(s => (DateTimeOffset?)s.StartsAt), shifts[a.Id].Max(s => (DateTimeOffset?)s.EndsAt), shifts[a.Id].Sum(s => s.Capacity), shifts[a.Id].Sum(s => s.Taken))),
            at.Limit,
            i => i.Id));
    }

    /// <summary>Reads one for staff.</summary>
    internal sealed class Reader(PhoenixDb db, Promises promises, IPeople people)
    {
        /// <summary>The activity, or <see cref="UnknownActivity"/>.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel) =>
            await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is { } activity ? await Show(activity, cancel) : new UnknownActivity();

        /// <summary>The activity as it stands in the present unit of work, which is saved first.</summary>
        public async Task<Detail> Show(Activity a, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            var shifts = await promises.ShiftsOf(a.Id, cancel);
            var leaders = await people.OfPersons([.. shifts.Select(s => s.LeaderId).OfType<Guid>().Distinct()], cancel);
            var form = new ActivityForm(
                a.Title, a.Description, a.Kind, a.Category, a.OrganiserKind, a.OrganiserId, a.OrganiserName, a.GuidedBy, a.HostedBy, a.RunBy,
                a.ContactName, a.ContactPhone, a.Risks, a.Insurance, a.IsHoursOnly, a.BudgetCoins, a.NeedsApproval, a.PostId);
            return new Detail(
                a.Id, a.State, form, a.PromisedCoins, a.IssuedCoins, await promises.Projected(a, shifts, cancel), a.IsTextHeld, a.SeriesId, a.PublishedAt, a.CancelReason, a.Version,
                [.. shifts.TakeLast(MaxShifts).Select(s => Show(s, s.LeaderId is { } l ? leaders.GetValueOrDefault(l) : null))]);
        }

        private static ShiftDetail Show(Shift s, MemberHead? leader) => new(
            s.Id, s.State,
            new ShiftForm(s.StartsAt, s.EndsAt, s.Capacity, s.Address, s.PlaceId, s.Latitude, s.Longitude, s.RadiusMetres, leader?.MemberId, s.MinAge, s.IsGuardianNeeded, s.Skills),
            leader is null ? null : new Named(leader.MemberId, leader.Name), s.Taken, s.CoinRuleVersion, s.PeopleServed, s.ProblemsSolved, s.ImpactLines, s.Version);
    }
}
