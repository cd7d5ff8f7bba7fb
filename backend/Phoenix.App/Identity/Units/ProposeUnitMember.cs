using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Volunteers;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>A unit's contact proposes a volunteer by the number that the volunteer told them; the volunteer confirms or declines. No name is shown.</summary>
public static class ProposeUnitMember
{
    /// <summary>Whom.</summary>
    /// <param name="VolunteerNumber">10 digits.</param>
    public sealed record Request(string VolunteerNumber);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A number of the right form.</summary>
        public Limits() => RuleFor(r => r.VolunteerNumber).NotEmpty().Matches("^[0-9]{10}$").WithName("志愿者编号");
    }

    /// <summary>A proposal that waits.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="VolunteerNumber">Whom, as the contact said.</param>
    /// <param name="EndsAt">Until when it can be confirmed.</param>
    public sealed record Item(Guid Id, string VolunteerNumber, DateTimeOffset EndsAt);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/units/{id:guid}/proposals", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Propose(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.UnitContact).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
            .WithName("proposeUnitMember").WithSummary("邀请志愿者加入单位");
        community.MapGet("/units/{id:guid}/proposals", (Guid id, [AsParameters] PageQuery page, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.List(id, page, caller, cancel).ToHttp())
            .RequireRole(Role.UnitContact)
            .WithName("listUnitProposals").WithSummary("等待确认的邀请");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book, IAuditLog audit, Clock clock, IIds ids)
    {
        /// <summary>
        /// The proposal, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>, <see cref="VolunteerNumberUnknown"/>, <see cref="AlreadyProposedToUnit"/>,
        /// <see cref="TooManyProposals"/>.
        /// </summary>
        public Task<Result<Item>> Propose(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.OpenFor(id, caller.PersonId, cancel)).TryGet(out _, out var error))
                return error;
            if (await db.Set<Volunteer>().AsNoTracking().FirstOrDefaultAsync(
                    v => v.Number == body.VolunteerNumber && db.Set<Member>().Any(m => m.PersonId == v.PersonId && m.LeftAt == null), cancel) is not { } volunteer)
                return new VolunteerNumberUnknown();
            var now = clock.Now;
            var place = await book.Present(id, volunteer.PersonId, cancel);
            if (place is not null && !place.IsStale(now))
                return new AlreadyProposedToUnit();
            if (await Waiting(id, now).CountAsync(cancel) >= UnitMember.MaxProposals)
                return new TooManyProposals();
            if (place is null)
                db.Add(place = new UnitMember { CommunityId = db.Scope.CommunityId, Id = ids.New(), UnitId = id, PersonId = volunteer.PersonId });
            place.ProposedAt = now;
            audit.Write("unit.proposed", $"unit:{id:N}", volunteer.PersonId);
            return new Item(place.Id, volunteer.Number, now + UnitMember.ProposalLifetime);
        }, cancel);

        /// <summary>A page, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>, <see cref="BadPage"/>.</summary>
        public async Task<Result<Page<Item>>> List(Guid id, PageQuery page, Caller caller, CancellationToken cancel)
        {
            if (!page.Read<Guid?>().TryGet(out var at, out var error) || !(await book.OpenFor(id, caller.PersonId, cancel)).TryGet(out _, out error))
                return error;
            var after = at.After ?? Guid.Empty;
            var rows = await Waiting(id, clock.Now).AsNoTracking().Where(m => m.Id.CompareTo(after) > 0)
                .Join(db.Set<Volunteer>(), m => m.PersonId, v => v.PersonId, (m, v) => new { m.Id, v.Number, m.ProposedAt })
                .OrderBy(m => m.Id).Take(at.Limit + 1).ToListAsync(cancel);
            return Page.Of(rows.ConvertAll(r => new Item(r.Id, r.Number, r.ProposedAt!.Value + UnitMember.ProposalLifetime)), at.Limit, i => i.Id);
        }

        private IQueryable<UnitMember> Waiting(Guid unit, DateTimeOffset now)
        {
            var since = now - UnitMember.ProposalLifetime;
            return db.Set<UnitMember>().Where(m => m.UnitId == unit && m.EndedAt == null && m.JoinedAt == null && m.ProposedAt > since);
        }
    }
}
