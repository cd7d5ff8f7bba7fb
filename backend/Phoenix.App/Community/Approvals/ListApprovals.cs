using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community.Approvals;

/// <summary>待办: what waits for one of the caller's roles, what the caller prepared, and for auditors everything; newest first.</summary>
public static class ListApprovals
{
    /// <summary>A proposal.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Which kind of thing.</param>
    /// <param name="Summary">One sentence to decide by.</param>
    /// <param name="CheckerRole">The role that decides.</param>
    /// <param name="MakerId">Who prepared it.</param>
    /// <param name="CreatedAt">When.</param>
    /// <param name="State">What has become of it.</param>
    /// <param name="CheckerId">Who decided.</param>
    /// <param name="DecidedAt">When.</param>
    /// <param name="Reason">What the checker said.</param>
    /// <param name="MayDecide">Whether the caller may decide it now: the role is theirs, and they neither made it nor gain by it.</param>
    public sealed record Item(
        Guid Id, string Kind, string Summary, Role CheckerRole, Guid MakerId, DateTimeOffset CreatedAt, ApprovalState State, Guid? CheckerId, DateTimeOffset? DecidedAt, string? Reason, bool MayDecide);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/approvals", Run)
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor)
        .WithName("listApprovals").WithSummary("待复核事项");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, [FromQuery] string? state, Caller caller, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!Enum.TryParse<ApprovalState>(state ?? nameof(ApprovalState.Pending), ignoreCase: true, out var wanted))
            return new Refusal(new BadParameter());
        var found = Of(caller, db).Where(a => a.State == wanted);
        if (at.After is { } before)
            found = found.Where(a => a.Id.CompareTo(before) < 0);
        var rows = await found.OrderByDescending(a => a.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(a => Show(a, caller)), at.Limit, i => i.Id));
    }

    /// <summary>What the caller may see.</summary>
    internal static IQueryable<Approval> Of(Caller caller, PhoenixDb db)
    {
        var (me, roles, all) = (caller.PersonId, caller.Roles.ToArray(), caller.Is(Role.Auditor));
        return db.Set<Approval>().AsNoTracking().Where(a => all || a.MakerId == me || roles.Contains(a.CheckerRole));
    }

    internal static Item Show(Approval a, Caller caller) => new(
        a.Id, a.Kind, a.Summary, a.CheckerRole, a.MakerId, a.CreatedAt, a.State, a.CheckerId, a.DecidedAt, a.Reason,
        a.State == ApprovalState.Pending && caller.Is(a.CheckerRole) && a.MakerId != caller.PersonId && a.BeneficiaryId != caller.PersonId);
}
