using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>我的求助: those that help the caller, or somebody for whom the caller signs up, newest first.</summary>
public static class MyNeeds
{
    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/my/needs", List).RequireRole(Role.Member).WithName("listMyNeeds").WithSummary("我的求助");
        community.MapGet("/needs/{id:guid}", (Guid id, Caller caller, PhoenixDb db, IPeople people, NeedReader reader, CancellationToken cancel) => Get(id, caller, db, people, reader, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("getNeed").WithSummary("一条求助");
    }

    private static async Task<Results<Ok<Page<NeedView>>, Refusal>> List([AsParameters] PageQuery page, Caller caller, PhoenixDb db, IPeople people, NeedReader reader, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        Guid[] persons = [caller.PersonId, .. (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.Rights.HasFlag(FamilyRights.SignUp)).Select(a => a.Member.PersonId)];
        var needs = db.Set<Need>().AsNoTracking().Where(n => persons.Contains(n.HelpedId));
        if (at.After is { } before)
            needs = needs.Where(n => n.Id.CompareTo(before) < 0);
        var rows = await needs.OrderByDescending(n => n.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(await reader.Show(rows, cancel), at.Limit, n => n.Id));
    }

    private static async Task<Result<NeedView>> Get(Guid id, Caller caller, PhoenixDb db, IPeople people, NeedReader reader, CancellationToken cancel) =>
        await db.Set<Need>().AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, cancel) is { } need && await people.MayActFor(caller.PersonId, need.HelpedId, FamilyRights.SignUp, cancel)
            ? await reader.Show(need, cancel)
            : new UnknownNeed();
}
