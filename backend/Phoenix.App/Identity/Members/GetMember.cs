using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Members;

/// <summary>Staff see a member, masked. A look at a minor stands in the log.</summary>
public static class GetMember
{
    /// <summary>A guardian of a minor.</summary>
    /// <param name="MemberId">The guardian.</param>
    /// <param name="Name">What the neighbours call them.</param>
    public sealed record GuardianItem(Guid MemberId, string Name);

    /// <summary>What makes a member a minor.</summary>
    /// <param name="Age">Full years.</param>
    /// <param name="Consent">Whose consent is missing.</param>
    /// <param name="NeedsCompany">Under eight.</param>
    /// <param name="Guardians">Who looks after the child.</param>
    public sealed record MinorItem(int Age, ConsentState Consent, bool NeedsCompany, IReadOnlyList<GuardianItem> Guardians);

    /// <summary>A member.</summary>
    /// <param name="MemberId">The id in this community.</param>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Building">Where they live, if said.</param>
    /// <param name="JoinedAt">When they first joined.</param>
    /// <param name="HasWeChat">Whether they sign in themselves.</param>
    /// <param name="HasDetails">Whether the fields for a certificate are there.</param>
    /// <param name="Phone">Their numbers, masked.</param>
    /// <param name="Roles">What they are here.</param>
    /// <param name="Minor">Null for an adult and for somebody whose age isn't known.</param>
    public sealed record Response(
        Guid MemberId, string Name, string? Building, DateTimeOffset JoinedAt, bool HasWeChat, bool HasDetails, PhoneView Phone, IReadOnlyList<Role> Roles, MinorItem? Minor);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/members/{id:guid}", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer)
        .WithName("getMember").WithSummary("一位居民");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, PhoneBook phones, GuardianBook guardians, IPeople people)
    {
        /// <summary>The member, or <see cref="UnknownMember"/>.</summary>
        public async Task<Result<Response>> Run(Guid memberId, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                return new UnknownMember();
            if (await people.LogLooks(caller.PersonId, [member.PersonId], $"member:{memberId:N}", cancel) > 0)
                await db.SaveChangesAsync(cancel);
            var person = member.PersonId;
            return new Response(
                member.Id, member.DisplayName, member.Building, member.JoinedAt,
                await db.Set<WeChatAccount>().AnyAsync(a => a.PersonId == person, cancel),
                await db.Set<PersonDetails>().AnyAsync(d => d.PersonId == person, cancel),
                await phones.Of(person, cancel),
                [.. (await db.Set<RoleGrant>().Where(g => g.PersonId == person).Select(g => g.Role).ToListAsync(cancel)).Order()],
                await MinorOf(member, cancel));
        }

        private async Task<MinorItem?> MinorOf(Member member, CancellationToken cancel)
        {
            if (await guardians.Find(member, cancel) is not { } minor)
                return null;
            var heads = await people.OfPersons([.. minor.Links.Select(l => l.GuardianId)], cancel);
            return new MinorItem(minor.Age, await guardians.StateOf(minor, cancel), minor.Age < Ages.Alone, [.. heads.Values.OrderBy(h => h.MemberId).Select(h => new GuardianItem(h.MemberId, h.Name))]);
        }
    }
}
