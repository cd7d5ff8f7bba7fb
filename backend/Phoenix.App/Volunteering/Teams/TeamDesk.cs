using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>Everybody sees the teams; staff add and change them and say who leads.</summary>
public static class TeamDesk
{
    /// <summary>A team as it is to be.</summary>
    /// <param name="Name">1 to 40 characters, unique.</param>
    /// <param name="Purpose">1 to 200 characters.</param>
    /// <param name="StationId">Where it is at home.</param>
    /// <param name="LeaderIds">Members who lead it, at most 10.</param>
    /// <param name="IsArchived">Whether it is dissolved.</param>
    /// <param name="Version">The version that was edited; 0 for a new one.</param>
    public sealed record Request(string Name, string Purpose, Guid? StationId, IReadOnlyList<Guid> LeaderIds, bool IsArchived = false, int Version = 0);

    /// <summary>A team as everybody sees it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Purpose">What it does.</param>
    /// <param name="StationId">Where it is at home.</param>
    /// <param name="IsArchived">Whether it is dissolved.</param>
    public sealed record Item(Guid Id, string Name, string Purpose, Guid? StationId, bool IsArchived);

    /// <summary>A team as staff see it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Purpose">What it does.</param>
    /// <param name="StationId">Where it is at home.</param>
    /// <param name="IsArchived">Whether it is dissolved.</param>
    /// <param name="Version">Of its last edit.</param>
    /// <param name="Leaders">Who leads it.</param>
    public sealed record Detail(Guid Id, string Name, string Purpose, Guid? StationId, bool IsArchived, int Version, IReadOnlyList<Named> Leaders);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Lengths.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(Team.MaxNameLength).WithName("名称");
            RuleFor(r => r.Purpose).NotEmpty().MaximumLength(Team.MaxPurposeLength).WithName("服务内容");
            RuleFor(r => r.LeaderIds).Must(l => l is { Count: <= Team.MaxLeaders }).WithMessage("负责人最多 10 位。");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/teams", List).AllowAnyone().WithName("listTeams").WithSummary("志愿服务队");
        community.MapGet("/teams/{id:guid}", (Guid id, Handler handler, CancellationToken cancel) => handler.Get(id, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("getTeam").WithSummary("志愿服务队和负责人");
        community.MapPost("/teams", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(null, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("addTeam").WithSummary("新增志愿服务队");
        community.MapPut("/teams/{id:guid}", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("changeTeam").WithSummary("修改志愿服务队");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] bool? archived, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<string?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var withArchived = archived is true;
        var teams = db.Set<Team>().AsNoTracking().Where(t => withArchived || !t.IsArchived);
        if (at.After is { } after)
            teams = teams.Where(t => t.Name.CompareTo(after) > 0);
        var rows = await teams.OrderBy(t => t.Name).Take(at.Limit + 1).Select(t => new Item(t.Id, t.Name, t.Purpose, t.StationId, t.IsArchived)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, i => i.Name));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, Leaderships leaderships, IIds ids)
    {
        /// <summary>The team, or <see cref="UnknownTeam"/>.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel) =>
            await db.Set<Team>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancel) is { } team ? await Show(team, cancel) : new UnknownTeam();

        /// <summary>The team, or <see cref="UnknownTeam"/>, <see cref="StaleEdit"/>, <see cref="TeamNameTaken"/>, <see cref="UnknownStation"/>, <see cref="LeaderUnknown"/>.</summary>
        public Task<Result<Detail>> Save(Guid? id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var team = id is null
                ? new Team { CommunityId = db.Scope.CommunityId, Id = ids.New(), Name = body.Name, Purpose = body.Purpose }
                : await db.Set<Team>().FirstOrDefaultAsync(t => t.Id == id, cancel);
            if (team is null)
                return new UnknownTeam();
            if (team.Version != body.Version)
                return new StaleEdit();
            var name = body.Name.Trim();
            if (await db.Set<Team>().AnyAsync(t => t.Id != team.Id && t.Name == name, cancel))
                return new TeamNameTaken();
            if (body.StationId is { } station && !await db.Set<Station>().AnyAsync(s => s.Id == station && !s.IsArchived, cancel))
                return new UnknownStation();
            var found = await people.OfMembers([.. body.LeaderIds.Distinct()], cancel);
            if (body.LeaderIds.Any(l => found.GetValueOrDefault(l) is not { HasLeft: false }))
                return new LeaderUnknown();
            (team.Name, team.Purpose, team.StationId, team.IsArchived) = (name, body.Purpose.Trim(), body.StationId, body.IsArchived);
            team.Version++;
            if (id is null)
                db.Add(team);
            await Lead(team, [.. found.Values.Select(m => m.PersonId)], cancel);
            return await Show(team, cancel);
        }, cancel);

        private async Task Lead(Team team, HashSet<Guid> leaders, CancellationToken cancel)
        {
            var before = await db.Set<TeamLeader>().Where(l => l.TeamId == team.Id).ToListAsync(cancel);
            db.RemoveRange(before.Where(l => !leaders.Contains(l.PersonId)));
            var had = before.Select(l => l.PersonId).ToHashSet();
            db.AddRange(leaders.Except(had).Select(p => new TeamLeader { CommunityId = team.CommunityId, TeamId = team.Id, PersonId = p }));
            await leaderships.Sync(leaders.Union(had).Select(p => (Guid?)p), cancel);
        }

        private async Task<Detail> Show(Team team, CancellationToken cancel)
        {
            var persons = await db.Set<TeamLeader>().Where(l => l.TeamId == team.Id).Select(l => l.PersonId).ToListAsync(cancel);
            var leaders = (await people.OfPersons(persons, cancel)).Values.OrderBy(m => m.MemberId).Select(m => new Named(m.MemberId, m.Name));
            return new Detail(team.Id, team.Name, team.Purpose, team.StationId, team.IsArchived, team.Version, [.. leaders]);
        }
    }
}
