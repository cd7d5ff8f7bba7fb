using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Places;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>Everybody sees the posts; staff add and change them.</summary>
public static class PostDesk
{
    /// <summary>A post as it is to be.</summary>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Name">1 to 40 characters, unique.</param>
    /// <param name="Duties">1 to 500 characters.</param>
    /// <param name="TeamId">The team that stands there.</param>
    /// <param name="BuildingId">The building that it looks after.</param>
    /// <param name="LeaderId">The member who leads it.</param>
    /// <param name="IsArchived">Whether it is given up.</param>
    /// <param name="Version">The version that was edited; 0 for a new one.</param>
    public sealed record Request(PostKind Kind, string Name, string Duties, Guid? TeamId, Guid? BuildingId, Guid? LeaderId, bool IsArchived = false, int Version = 0);

    /// <summary>A post.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Duties">What is done there.</param>
    /// <param name="TeamId">The team that stands there.</param>
    /// <param name="BuildingId">The building that it looks after.</param>
    /// <param name="IsArchived">Whether it is given up.</param>
    /// <param name="Version">Of its last edit.</param>
    public sealed record Item(Guid Id, PostKind Kind, string Name, string Duties, Guid? TeamId, Guid? BuildingId, bool IsArchived, int Version);

    /// <summary>A post as staff see it.</summary>
    /// <param name="Post">The post.</param>
    /// <param name="Team">The name of its team.</param>
    /// <param name="Building">Its building, in words.</param>
    /// <param name="Leader">Who leads it.</param>
    /// <param name="ActivityId">Its standing activity: the published one, else the newest draft; null for none.</param>
    /// <param name="IsPublished">Whether that one is published, so that the rota makes shifts.</param>
    public sealed record Detail(Item Post, string? Team, string? Building, Named? Leader, Guid? ActivityId, bool IsPublished);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Lengths.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(Post.MaxNameLength).WithName("名称");
            RuleFor(r => r.Duties).NotEmpty().MaximumLength(Post.MaxDutiesLength).WithName("服务内容");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/posts", List).AllowAnyone().WithName("listPosts").WithSummary("志愿服务岗");
        community.MapGet("/posts/{id:guid}", (Guid id, Handler handler, CancellationToken cancel) => handler.Get(id, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("getPost").WithSummary("志愿服务岗和负责人");
        community.MapPost("/posts", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(null, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("addPost").WithSummary("新增志愿服务岗");
        community.MapPut("/posts/{id:guid}", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("changePost").WithSummary("修改志愿服务岗");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] bool? archived, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<string?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var withArchived = archived is true;
        var posts = db.Set<Post>().AsNoTracking().Where(p => withArchived || !p.IsArchived);
        if (at.After is { } after)
            posts = posts.Where(p => p.Name.CompareTo(after) > 0);
        var rows = await posts.OrderBy(p => p.Name).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Name));
    }

    private static Item Show(Post p) => new(p.Id, p.Kind, p.Name, p.Duties, p.TeamId, p.BuildingId, p.IsArchived, p.Version);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, Leaderships leaderships, IIds ids, Clock clock)
    {
        /// <summary>The post, or <see cref="UnknownPost"/>.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel)
        {
            if (await db.Set<Post>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } post)
                return new UnknownPost();
            var team = await db.Set<Team>().Where(t => t.Id == post.TeamId).Select(t => t.Name).FirstOrDefaultAsync(cancel);
            var leader = post.LeaderId is { } person ? (await people.OfPersons([person], cancel)).GetValueOrDefault(person) : null;
            var activities = await db.Set<Activity>().AsNoTracking().Where(a => a.PostId == id && (a.State == ActivityState.Published || a.State == ActivityState.Draft))
                .OrderByDescending(a => a.State == ActivityState.Published).ThenByDescending(a => a.Id).Select(a => new { a.Id, a.State }).Take(1).ToListAsync(cancel);
            var activity = activities.SingleOrDefault();
            return new Detail(
                Show(post), team, await PlaceWords.Of(db, post.BuildingId, cancel), leader is null ? null : new Named(leader.MemberId, leader.Name), activity?.Id, activity?.State == ActivityState.Published);
        }

        /// <summary>The post, or <see cref="UnknownPost"/>, <see cref="StaleEdit"/>, <see cref="PostNameTaken"/>, <see cref="UnknownTeam"/>, <see cref="BuildingTaken"/>, <see cref="LeaderUnknown"/>.</summary>
        public Task<Result<Item>> Save(Guid? id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var post = id is null
                ? new Post { CommunityId = db.Scope.CommunityId, Id = ids.New(), Name = body.Name, Duties = body.Duties }
                : await db.Set<Post>().FirstOrDefaultAsync(p => p.Id == id, cancel);
            if (post is null)
                return new UnknownPost();
            if (post.Version != body.Version)
                return new StaleEdit();
            if (await Refusal(post.Id, body, cancel) is { } refusal)
                return refusal;
            var leader = body.LeaderId is { } member ? (await people.OfMembers([member], cancel)).GetValueOrDefault(member) : null;
            if (body.LeaderId is not null && leader is not { HasLeft: false })
                return new LeaderUnknown();
            var before = post.LeaderId;
            (post.Kind, post.Name, post.Duties, post.TeamId) = (body.Kind, body.Name.Trim(), body.Duties.Trim(), body.TeamId);
            (post.BuildingId, post.LeaderId, post.IsArchived) = (body.BuildingId, leader?.PersonId, body.IsArchived);
            post.Version++;
            if (id is null)
                db.Add(post);
            await LeadComing(post, before, cancel);
            await leaderships.Sync([before, post.LeaderId], cancel);
            return Show(post);
        }, cancel);

        // Shifts that the rota has made already go with the post.
        private async Task LeadComing(Post post, Guid? before, CancellationToken cancel)
        {
            if (post.LeaderId is null || post.LeaderId == before)
                return;
            var now = clock.Now;
            var coming = db.Set<Shift>().Where(s => s.LeaderId == before && s.StartsAt > now && db.Set<RotaLine>().Any(l => l.Id == s.RotaLineId && l.PostId == post.Id));
            foreach (var shift in await coming.ToListAsync(cancel))
                shift.LeaderId = post.LeaderId;
        }

        private async Task<Error?> Refusal(Guid id, Request body, CancellationToken cancel)
        {
            var name = body.Name.Trim();
            if (await db.Set<Post>().AnyAsync(p => p.Id != id && p.Name == name, cancel))
                return new PostNameTaken();
            if (body.TeamId is { } team && !await db.Set<Team>().AnyAsync(t => t.Id == team && !t.IsArchived, cancel))
                return new UnknownTeam();
            if (body.BuildingId is not { } building)
                return null;
            if (!await db.Set<Place>().AnyAsync(p => p.Id == building && p.Kind == PlaceKind.Building && !p.IsArchived, cancel))
                return new UnknownPlace();
            return !body.IsArchived && await db.Set<Post>().AnyAsync(p => p.Id != id && p.BuildingId == building && !p.IsArchived, cancel) ? new BuildingTaken() : null;
        }
    }
}
