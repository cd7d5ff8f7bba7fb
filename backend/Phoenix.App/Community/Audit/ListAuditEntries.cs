using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community.Audit;

/// <summary>Staff and auditors read the log, newest first, of one person or of one action if they say so.</summary>
public static class ListAuditEntries
{
    /// <summary>An entry.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="At">When.</param>
    /// <param name="ActorId">Who; null for the system.</param>
    /// <param name="Action">What, a stable word.</param>
    /// <param name="Subject">On what.</param>
    /// <param name="PersonId">About whom.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Address">From where.</param>
    public sealed record Item(Guid Id, DateTimeOffset At, Guid? ActorId, string Action, string Subject, Guid? PersonId, string? Reason, string? Address);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/audit-entries", Run)
        .RequireRole(Role.Staff, Role.Auditor)
        .WithName("listAuditEntries").WithSummary("操作日志");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, [FromQuery] Guid? person, [FromQuery] string? action, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (person is not null)
            entries = entries.Where(e => e.PersonId == person || e.ActorId == person);
        if (action is not null)
            entries = entries.Where(e => e.Action == action);
        if (at.After is { } before)
            entries = entries.Where(e => e.Id.CompareTo(before) < 0);
        var rows = await entries.OrderByDescending(e => e.Id).Take(at.Limit + 1)
            .Select(e => new Item(e.Id, e.At, e.ActorId, e.Action, e.Subject, e.PersonId, e.Reason, e.Address)).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows, at.Limit, i => i.Id));
    }
}
