using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;

namespace Phoenix.App.Identity.Privacy;

/// <summary>谁看过我的信息: every look of staff at the caller's data, or at their child's, newest first, with the reason they gave.</summary>
public static class ListLooks
{
    /// <summary>A look.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="At">When.</param>
    /// <param name="Who">Who, by the name that neighbours know.</param>
    /// <param name="What">手机号, 证件号, 资料页面.</param>
    /// <param name="Reason">Why, as they said.</param>
    public sealed record Item(Guid Id, DateTimeOffset At, string Who, string What, string? Reason);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/privacy/looks", ([AsParameters] PageQuery page, Caller caller, IAuditTrail trail, IPeople people, CancellationToken cancel) => Run(caller.PersonId, page, trail, people, cancel))
            .RequireRole(Role.Member)
            .WithName("listLooks").WithSummary("谁看过我的信息");
        community.MapGet("/children/{id:guid}/looks", OfChild)
            .RequireRole(Role.Member)
            .WithName("listChildLooks").WithSummary("谁看过孩子的信息");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> OfChild(
        Guid id, [AsParameters] PageQuery page, Caller caller, GuardianBook guardians, IAuditTrail trail, IPeople people, CancellationToken cancel) =>
        (await guardians.ChildOf(caller.PersonId, id, cancel)).TryGet(out var minor, out var unknown) ? await Run(minor.Id, page, trail, people, cancel) : new Refusal(unknown);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(Guid person, PageQuery page, IAuditTrail trail, IPeople people, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var lines = await trail.About(person, LookActions.All, at.After, at.Limit + 1, cancel);
        var heads = await people.OfPersons([.. lines.Select(l => l.ActorId).OfType<Guid>()], cancel);
        var items = lines.Select(l => new Item(
            l.Id, l.At, l.ActorId is { } actor && heads.TryGetValue(actor, out var head) ? head.Name : "社区工作人员", PersonalWords.OfLook(l.Action, l.Subject), l.Reason)).ToList();
        return TypedResults.Ok(Page.Of(items, at.Limit, i => i.Id));
    }
}
