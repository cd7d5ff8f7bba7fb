using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Volunteers;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Members;

/// <summary>A person joins the community: one screen, on which the privacy notice and the rule documents in force are accepted.</summary>
public static class JoinCommunity
{
    /// <summary>Who joins.</summary>
    /// <param name="DisplayName">As neighbours will see it; 1 to 20 characters.</param>
    /// <param name="Building">Where the person lives; at most 40 characters, or null.</param>
    /// <param name="AcceptedDocumentIds">Exactly the versions in force, as the screen showed them.</param>
    /// <param name="BirthDate">Said by those under 18, who need a guardian; null for adults.</param>
    public sealed record Request(string DisplayName, string? Building, IReadOnlyList<Guid> AcceptedDocumentIds, DateOnly? BirthDate = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name, and a list of documents of a sane length.</summary>
        public Limits()
        {
            RuleFor(r => r.DisplayName).NotEmpty().MaximumLength(Member.MaxNameLength).WithName("称呼");
            RuleFor(r => r.Building).MaximumLength(Member.MaxBuildingLength).WithName("楼栋");
            RuleFor(r => r.AcceptedDocumentIds).Must(d => d is { Count: <= 10 }).WithMessage("请先阅读并同意社区的规则文件。");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/membership", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("joinCommunity").WithSummary("加入社区");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IDocumentConsents consents, GuardianBook guardians, BirthDates births, Clock clock, IIds ids)
    {
        /// <summary>The membership, <see cref="AlreadyMember"/>, <see cref="GuardianFirst"/>, or what <see cref="IDocumentConsents.AcceptAllCurrent"/> refuses.</summary>
        public Task<Result<Membership>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<Membership>(requestId, async () =>
            {
                var before = await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId, cancel);
                if (before is { LeftAt: null })
                    return new AlreadyMember();
                if (await consents.AcceptAllCurrent(caller.PersonId, body.AcceptedDocumentIds, cancel) is { } refusal)
                    return refusal;
                if (await Minority(caller.PersonId, body.BirthDate, cancel) is { } tooYoung)
                    return tooYoung;
                var member = before ?? new Member { CommunityId = db.Scope.CommunityId, PersonId = caller.PersonId, Id = ids.New(), DisplayName = "", JoinedAt = clock.Now };
                if (before is null)
                    db.Add(member);
                (member.DisplayName, member.Building, member.LeftAt) = (body.DisplayName.Trim(), Membership.BuildingOf(body.Building), null);
                await Grant(caller.PersonId, Role.Member, cancel);
                if (await db.Set<Volunteer>().AnyAsync(v => v.PersonId == caller.PersonId, cancel))
                    await Grant(caller.PersonId, Role.Volunteer, cancel);
                return new Membership(member.Id, member.DisplayName, member.Building, member.JoinedAt, []);
            }, cancel);

        /// <summary>Notes a minor's birth date and own consent; a child under 14 can't join without a guardian.</summary>
        private async Task<Error?> Minority(Guid person, DateOnly? said, CancellationToken cancel)
        {
            if (said is { } day && !Ages.IsPossible(day, guardians.Today))
                return new BirthDateImpossible();
            if ((said ?? await births.Of(person, cancel)) is not { } birth)
                return null;
            var age = Ages.On(birth, guardians.Today);
            if (age is null or < Ages.OwnConsent)
                return new GuardianFirst();
            if (await births.Say(person, birth, cancel) is { } differs)
                return differs;
            if (age < Ages.Adult)
                guardians.Consent(person, birth, person, (await consents.PrivacyNotice(cancel))!.Id, null);
            return null;
        }

        private async Task Grant(Guid person, Role role, CancellationToken cancel)
        {
            if (!await db.Set<RoleGrant>().AnyAsync(g => g.PersonId == person && g.Role == role, cancel))
                db.Add(new RoleGrant { CommunityId = db.Scope.CommunityId, PersonId = person, Role = role, GrantedAt = clock.Now });
        }
    }
}
