using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>
/// Who leads what. The role 负责人 comes with the first team, post or shift that somebody leads and goes with the last; this is the one place where that is
/// decided, and it hands everything over when a leader leaves.
/// </summary>
internal sealed class Leaderships(PhoenixDb db, IPlaceRoles roles) : IHandOverPart
{
    /// <summary>Gives or takes the role after a change of leaders, which is saved first.</summary>
    public async Task Sync(IEnumerable<Guid?> persons, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        foreach (var person in persons.OfType<Guid>().Distinct())
            await roles.Set(person, Role.Leader, await Leads(person, cancel), null, cancel);
    }

    /// <summary>Whether the person leads this shift: as its leader, its team's, or its post's.</summary>
    public async Task<bool> Leads(Guid person, Shift shift, CancellationToken cancel) =>
        shift.LeaderId == person
        || await db.Set<Activity>().AnyAsync(a => a.Id == shift.ActivityId
            && ((a.OrganiserKind == OrganiserKind.Team && db.Set<TeamLeader>().Any(l => l.TeamId == a.OrganiserId && l.PersonId == person))
                || db.Set<Post>().Any(p => p.Id == a.PostId && p.LeaderId == person)), cancel);

    /// <summary>The shifts that the person leads and that take place: their own, their team's, their post's. Drafts aren't among them.</summary>
    public IQueryable<Shift> Led(Guid person) => db.Set<Shift>().Where(s => s.State == ShiftState.Open && db.Set<Activity>().Any(a => a.Id == s.ActivityId
        && a.State != ActivityState.Draft && a.State != ActivityState.Cancelled
        && (s.LeaderId == person
            || (a.OrganiserKind == OrganiserKind.Team && db.Set<TeamLeader>().Any(l => l.TeamId == a.OrganiserId && l.PersonId == person))
            || db.Set<Post>().Any(p => p.Id == a.PostId && p.LeaderId == person))));

    /// <summary>An activity, to who runs it: staff, social workers, and who leads one of its shifts; null for anybody else, and where there is none.</summary>
    public async Task<Activity?> Run(Guid activity, Caller caller, CancellationToken cancel) =>
        caller.Is(Role.Staff) || caller.Is(Role.SocialWorker) || await Led(caller.PersonId).AnyAsync(s => s.ActivityId == activity, cancel)
            ? await db.Set<Activity>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == activity, cancel)
            : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Move(Guid from, Guid to, CancellationToken cancel)
    {
        var teams = await db.Set<TeamLeader>().Where(l => l.PersonId == from).ToListAsync(cancel);
        var posts = await db.Set<Post>().Where(p => p.LeaderId == from && !p.IsArchived).ToListAsync(cancel);
        var shifts = await Open(from).ToListAsync(cancel);
        // Who leads nothing here has the role by hand, which Identity hands over itself.
        if (teams.Count + posts.Count + shifts.Count == 0)
            return [];
        foreach (var team in teams)
        {
            db.Remove(team);
            if (!await db.Set<TeamLeader>().AnyAsync(l => l.TeamId == team.TeamId && l.PersonId == to, cancel))
                db.Add(new TeamLeader { CommunityId = team.CommunityId, TeamId = team.TeamId, PersonId = to });
        }

        foreach (var post in posts)
            post.LeaderId = to;
        foreach (var shift in shifts)
            shift.LeaderId = to;
        await Sync([from, to], cancel);
        return [.. Line("志愿服务队", teams.Count), .. Line("志愿服务岗", posts.Count), .. Line("时段", shifts.Count)];
    }

    private static IEnumerable<string> Line(string what, int count) => count == 0 ? [] : [$"{what}：{count} 个"];

    /// <summary>Whether the person leads anything: a team, a post, or a shift whose activity isn't closed.</summary>
    public async Task<bool> Leads(Guid person, CancellationToken cancel) =>
        await db.Set<TeamLeader>().AnyAsync(l => l.PersonId == person && db.Set<Team>().Any(t => t.Id == l.TeamId && !t.IsArchived), cancel)
        || await db.Set<Post>().AnyAsync(p => p.LeaderId == person && !p.IsArchived, cancel)
        || await Open(person).AnyAsync(cancel);

    // A shift is led until its activity is closed: before that there is something to verify.
    private IQueryable<Shift> Open(Guid person) => db.Set<Shift>().Where(s => s.LeaderId == person && s.State == ShiftState.Open
        && db.Set<Activity>().Any(a => a.Id == s.ActivityId && a.State != ActivityState.Closed && a.State != ActivityState.Cancelled));
}
