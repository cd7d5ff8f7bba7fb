using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Members;

/// <summary>A member changes the display name or the building.</summary>
public static class ChangeMembership
{
    /// <summary>What it becomes.</summary>
    /// <param name="DisplayName">As neighbours will see it; 1 to 20 characters.</param>
    /// <param name="Building">Where the person lives; at most 40 characters, or null.</param>
    public sealed record Request(string DisplayName, string? Building);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name; a building where it is said.</summary>
        public Limits()
        {
            RuleFor(r => r.DisplayName).NotEmpty().MaximumLength(Member.MaxNameLength).WithName("称呼");
            RuleFor(r => r.Building).MaximumLength(Member.MaxBuildingLength).WithName("楼栋");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/membership", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Member)
        .WithName("changeMembership").WithSummary("修改我在社区的资料");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IDocumentConsents consents)
    {
        /// <summary>The membership as it now is, <see cref="NotMember"/>, or the refusal of <see cref="IDocumentConsents.Missing"/>.</summary>
        public Task<Result<Membership>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<Membership>(requestId, async () =>
            {
                if (await db.Set<Member>().FirstOrDefaultAsync(m => m.PersonId == caller.PersonId, cancel) is not { } member)
                    return new NotMember();
                if (await consents.Missing(caller.PersonId, cancel) is { } refusal)
                    return refusal;
                member.DisplayName = body.DisplayName.Trim();
                member.Building = Membership.BuildingOf(body.Building);
                return new Membership(member.Id, member.DisplayName, member.Building, member.JoinedAt, []);
            }, cancel);
    }
}
