using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Members;

/// <summary>The caller's own membership, with the documents that wait to be accepted.</summary>
public static class GetMembership
{
    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/membership", (
            Caller caller, PhoenixDb db, IDocumentConsents consents, CancellationToken cancel) => Run(caller, db, consents, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("getMembership").WithSummary("我在社区的资料");

    private static async Task<Result<Membership>> Run(Caller caller, PhoenixDb db, IDocumentConsents consents, CancellationToken cancel)
    {
        var member = await db.Set<Member>().AsNoTracking().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId && m.LeftAt == null, cancel);
        if (member is null)
            return new NotMember();
        return new Membership(member.Id, member.DisplayName, member.Building, member.JoinedAt, await consents.Outstanding(caller.PersonId, cancel));
    }
}
