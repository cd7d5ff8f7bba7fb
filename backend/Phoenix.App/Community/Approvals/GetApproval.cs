using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Community.Approvals;

/// <summary>One proposal with all that there is to decide by: its words and pictures beside the one sentence.</summary>
public static class GetApproval
{
    /// <summary>A proposal in full.</summary>
    /// <param name="Approval">The proposal.</param>
    /// <param name="Lines">What it says, line by line; none where the summary is all.</param>
    /// <param name="Pictures">Links to its pictures, addresses on this server from the root; good for an hour.</param>
    public sealed record Response(ListApprovals.Item Approval, IReadOnlyList<string> Lines, IReadOnlyList<string> Pictures);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/approvals/{id:guid}", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
        .WithName("getApproval").WithSummary("一件待复核事项");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, IEnumerable<IApprovalKind> kinds)
    {
        /// <summary>The proposal, or <see cref="UnknownApproval"/> where it isn't the caller's to see.</summary>
        public async Task<Result<Response>> Run(Guid id, Caller caller, CancellationToken cancel)
        {
            if (await ListApprovals.Of(caller, db).FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } found)
                return new UnknownApproval();
            var kind = kinds.Single(k => k.Kind == found.Kind);
            var (lines, pictures) = await kind.Details(found.Payload, cancel);
            return new Response(ListApprovals.Show(found, caller), lines, pictures);
        }
    }
}
