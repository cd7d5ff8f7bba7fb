using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Records;

/// <summary>A record with its history, for its holder and for staff.</summary>
public static class GetRecord
{
    /// <summary>The record.</summary>
    /// <param name="Current">As it stands.</param>
    /// <param name="Earlier">The versions before it, newest first; each says why it was corrected.</param>
    public sealed record Response(RecordItem Current, IReadOnlyList<RecordItem> Earlier);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/service-records/{id:guid}", (
            Guid id, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel) => Run(id, caller, db, people, cancel).ToHttp())
        .RequireSignedIn()
        .WithName("getRecord").WithSummary("服务记录详情");

    private static async Task<Result<Response>> Run(Guid id, Caller caller, PhoenixDb db, IPeople people, CancellationToken cancel)
    {
        var versions = await db.Set<ServiceRecord>().AsNoTracking().Where(r => r.RecordId == id).OrderByDescending(r => r.Version).ToListAsync(cancel);
        if (versions is not [var current, ..])
            return new UnknownRecord();
        var isStaff = caller.Is(Role.Staff) || caller.Is(Role.SocialWorker) || caller.Is(Role.Auditor);
        if (!isStaff && !await people.MayActFor(caller.PersonId, current.PersonId, FamilyRights.Notices, cancel))
            return new UnknownRecord();
        if (isStaff && await people.LogLooks(caller.PersonId, [current.PersonId], $"record:{id:N}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        var items = await db.Show(versions, cancel);
        return new Response(items[0], items[1..]);
    }
}
