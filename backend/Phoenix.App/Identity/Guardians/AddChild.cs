using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Volunteers;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Guardians;

/// <summary>A guardian adds a child and consents: the child becomes a member and volunteer without a WeChat of its own.</summary>
public static class AddChild
{
    /// <summary>The child.</summary>
    /// <param name="Name">As neighbours will see it; 1 to 20 characters.</param>
    /// <param name="BirthDate">Under 18 today.</param>
    /// <param name="Relation">What the guardian is to the child.</param>
    /// <param name="DocumentId">The privacy notice in force, which the guardian read and consents to.</param>
    public sealed record Request(string Name, DateOnly BirthDate, Relation Relation, Guid DocumentId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name.</summary>
        public Limits() => RuleFor(r => r.Name).NotEmpty().MaximumLength(Member.MaxNameLength).WithName("孩子的名字");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/children", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("addChild").WithSummary("添加孩子");
        community.MapGet("/children", async (Caller caller, Handler handler, CancellationToken cancel) => Microsoft.AspNetCore.Http.TypedResults.Ok(await handler.List(caller, cancel)))
            .RequireRole(Role.Member)
            .WithName("listChildren").WithSummary("我的孩子");
    }

    /// <summary>The guardian's children.</summary>
    /// <param name="Children">In the order in which they were added.</param>
    public sealed record ListResponse(IReadOnlyList<ChildView> Children);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook book, BirthDates births, IDocumentConsents consents, IAuditLog audit, RandomCodes codes, IIds ids, Clock clock)
    {
        /// <summary>The child, or <see cref="NotMember"/>, <see cref="NoticeNotCurrent"/>, <see cref="ChildAgeWrong"/>, <see cref="ChildAlready"/>, <see cref="GuardianIsMinor"/>, <see cref="TooManyChildren"/>.</summary>
        public Task<Result<ChildView>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ChildView>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await Refusal(body, caller.PersonId, cancel) is { } refusal)
                return refusal;
            var (now, community) = (clock.Now, db.Scope.CommunityId);
            var person = new Person { Id = ids.New(), CreatedAt = now };
            var member = new Member { CommunityId = community, PersonId = person.Id, Id = ids.New(), DisplayName = body.Name.Trim(), JoinedAt = now };
            db.AddRange(person, member);
            db.AddRange(((Role[])[Role.Member, Role.Volunteer]).Select(role => new RoleGrant { CommunityId = community, PersonId = person.Id, Role = role, GrantedAt = now }));
            var number = book.Today.Year.ToString("D4", CultureInfo.InvariantCulture) + codes.Digits(Volunteer.RandomDigits);
            db.Add(new Volunteer { CommunityId = community, PersonId = person.Id, Number = number, RegisteredAt = now });
            await births.Say(person.Id, body.BirthDate, cancel);
            book.Link(caller.PersonId, person.Id, body.BirthDate, body.Relation, body.DocumentId);
            audit.Write("child.added", $"member:{member.Id:N}", person.Id);
            await db.SaveChangesAsync(cancel);
            return await book.Show((await book.Find(member, cancel))!, caller.PersonId, cancel);
        }, cancel);

        /// <summary>The caller's children.</summary>
        public async Task<ListResponse> List(Caller caller, CancellationToken cancel)
        {
            var children = new List<ChildView>();
            foreach (var member in await ChildrenOf(caller.PersonId).ToListAsync(cancel))
                if (await book.Find(member, cancel) is { } minor)
                    children.Add(await book.Show(minor, caller.PersonId, cancel));
            return new ListResponse(children);
        }

        private IQueryable<Member> ChildrenOf(Guid guardian) => db.Set<Guardianship>().Where(g => g.GuardianId == guardian && g.EndedAt == null).OrderBy(g => g.Id)
            .Join(db.Set<Member>().Where(m => m.LeftAt == null), g => g.ChildId, m => m.PersonId, (_, m) => m).OrderBy(m => m.Id);

        private async Task<Error?> Refusal(Request body, Guid guardian, CancellationToken cancel)
        {
            if (!await db.Set<Member>().AnyAsync(m => m.PersonId == guardian && m.LeftAt == null, cancel))
                return new NotMember();
            if (await consents.Missing(guardian, cancel) is { } missing)
                return missing;
            if (await book.CheckNotice(body.DocumentId, cancel) is { } old)
                return old;
            if (Ages.On(body.BirthDate, book.Today) is not < Ages.Adult)
                return new ChildAgeWrong();
            if (await book.CheckGuardian(guardian, cancel) is { } refusal)
                return refusal;
            var name = body.Name.Trim();
            var namesakes = await ChildrenOf(guardian).Where(m => m.DisplayName == name).Select(m => m.PersonId).ToListAsync(cancel);
            return (await births.Of(namesakes, cancel)).Values.Contains(body.BirthDate) ? new ChildAlready() : null;
        }
    }
}
