using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Cards;

/// <summary>
/// Staff enter a person who has no WeChat as a member, with a witness: the rule documents in force were read out and the person agreed. A card comes next.
/// </summary>
public static class EnterElder
{
    /// <summary>Years of age from which somebody is entered here: for the younger a guardian does it.</summary>
    public const int AdultAge = 18;

    private const int FirstYear = 1900;

    /// <summary>Who.</summary>
    /// <param name="Name">As neighbours know them; 1 to 20 characters.</param>
    /// <param name="Building">Where the person lives; at most 40 characters, or null.</param>
    /// <param name="BirthYear">Four digits, or null.</param>
    /// <param name="WitnessMemberId">A member who is there; not whoever enters it.</param>
    /// <param name="AcceptedDocumentIds">Exactly the versions in force, as they were read out.</param>
    /// <param name="IsAnotherPerson">True to enter somebody of the same name and building as a member who is there already.</param>
    public sealed record Request(string Name, string? Building, int? BirthYear, Guid WitnessMemberId, IReadOnlyList<Guid> AcceptedDocumentIds, bool IsAnotherPerson = false);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name, a year of a living person, a list of documents of a sane length.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(Member.MaxNameLength).WithName("称呼");
            RuleFor(r => r.Building).MaximumLength(Member.MaxBuildingLength).WithName("楼栋");
            RuleFor(r => r.BirthYear).GreaterThanOrEqualTo(FirstYear).WithName("出生年份");
            RuleFor(r => r.AcceptedDocumentIds).Must(d => d is { Count: <= 10 }).WithMessage("请先把社区的规则文件读给本人听，并征得同意。");
        }
    }

    /// <summary>The member.</summary>
    /// <param name="MemberId">The pseudonym: issue the card with it.</param>
    /// <param name="Name">As neighbours know them.</param>
    public sealed record Response(Guid MemberId, string Name);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/elders", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("enterElder").WithSummary("登记没有微信的老人");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, KeyRing keys, IDocumentConsents consents, IAuditLog audit, Clock clock, IIds ids)
    {
        /// <summary>
        /// The member, or <see cref="ElderTooYoung"/>, <see cref="UnknownMember"/>, <see cref="WitnessSame"/>, <see cref="ElderAlreadyHere"/>, or what
        /// <see cref="IDocumentConsents.AcceptAllCurrent"/> refuses.
        /// </summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var now = clock.Now;
            if (body.BirthYear > CommunityTime.Shanghai.DayOf(now).Year - AdultAge)
                return new ElderTooYoung();
            if (await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == body.WitnessMemberId && m.LeftAt == null, cancel) is not { } witness)
                return new UnknownMember();
            if (witness.PersonId == caller.PersonId)
                return new WitnessSame();
            var (name, building) = (body.Name.Trim(), Membership.BuildingOf(body.Building));
            await db.LockCommunity(cancel);
            if (!body.IsAnotherPerson && await db.Set<Member>().AnyAsync(m => m.DisplayName == name && m.Building == building && m.LeftAt == null, cancel))
                return new ElderAlreadyHere();
            var person = new Person { Id = ids.New(), CreatedAt = now };
            var member = new Member { CommunityId = db.Scope.CommunityId, PersonId = person.Id, Id = ids.New(), DisplayName = name, Building = building, JoinedAt = now };
            db.AddRange(person, member);
            await db.SaveChangesAsync(cancel);
            if (await consents.AcceptAllCurrent(person.Id, body.AcceptedDocumentIds, cancel) is { } refusal)
                return refusal;
            db.Add(new RoleGrant { CommunityId = db.Scope.CommunityId, PersonId = person.Id, Role = Role.Member, GrantedAt = now });
            db.Add(new ElderEntry
            {
                CommunityId = db.Scope.CommunityId,
                PersonId = person.Id,
                BirthYear = body.BirthYear is { } year ? keys.Encrypt(year.ToString(CultureInfo.InvariantCulture), ElderEntry.BirthYearPlace(person.Id)) : null,
                WitnessId = witness.PersonId,
                EnteredBy = caller.PersonId,
                EnteredAt = now,
            });
            audit.Write("elder.entered", $"witness:{witness.Id:N}", person.Id);
            return new Response(member.Id, member.DisplayName);
        }, cancel);
    }
}
