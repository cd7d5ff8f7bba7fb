using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>家人: a member shows a code with what a helper may do, the helper types it; both see the link, and either ends it.</summary>
public static class LinkFamily
{
    /// <summary>What the helper may do.</summary>
    /// <param name="Rights">At least one.</param>
    public sealed record AskRequest(Rights Rights);

    /// <summary>The code.</summary>
    /// <param name="Code">As shown on the other phone.</param>
    public sealed record Request(string Code);

    /// <summary>A link.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MemberId">The other side.</param>
    /// <param name="Name">What the neighbours call the other side.</param>
    /// <param name="IsHelper">Whether the other side helps the caller; otherwise the caller helps them.</param>
    /// <param name="Rights">What the helper may do.</param>
    /// <param name="Since">Since when.</param>
    public sealed record Item(Guid Id, Guid MemberId, string Name, bool IsHelper, Rights Rights, DateTimeOffset Since);

    /// <summary>All links of the caller.</summary>
    /// <param name="Links">Those who help first.</param>
    public sealed record ListResponse(IReadOnlyList<Item> Links);

    /// <summary>What is over.</summary>
    /// <param name="Id">The link.</param>
    public sealed record EndResponse(Guid Id);

    /// <summary>The limits of asking.</summary>
    public sealed class AskLimits : AbstractValidator<AskRequest>
    {
        /// <summary>At least one right.</summary>
        public AskLimits() => RuleFor(r => r.Rights).Must(r => r.Flags != FamilyRights.None).WithMessage("请至少选一样家人可以帮您做的事。");
    }

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(20).WithName("家人码");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/family/code", (AskRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Ask(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("askFamily").WithSummary("请家人帮忙");
        community.MapPost("/family", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Link(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithMetadata(new RateLimit(RateLimits.CodeGuesses)).WithName("linkFamily").WithSummary("成为家人");
        community.MapGet("/family", async (Caller caller, Handler handler, CancellationToken cancel) => Microsoft.AspNetCore.Http.TypedResults.Ok(await handler.List(caller, cancel)))
            .RequireRole(Role.Member).WithName("listFamily").WithSummary("我的家人");
        community.MapDelete("/family/{id:guid}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.End(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("endFamily").WithSummary("解除家人");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, FamilyBook book, FamilyCodes codes, FamilyNotices notices, IPeople people, IAuditLog audit, Clock clock)
    {
        /// <summary>The code to show.</summary>
        public async Task<Result<FamilyCodeShown>> Ask(AskRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => (await work.Once<SealedFamilyCode>(requestId, async () =>
            await codes.Make(FamilyCodePurpose.Family, caller.PersonId, caller.PersonId, body.Rights.Flags, cancel), cancel)).Map(codes.Show);

        /// <summary>The link, or <see cref="FamilyCodeWrong"/> and what <see cref="FamilyBook.Link"/> refuses.</summary>
        public Task<Result<Item>> Link(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await codes.Use(FamilyCodePurpose.Family, body.Code, cancel)).TryGet(out var code, out var wrong))
                return wrong;
            var heads = await people.OfPersons([code.SubjectId, caller.PersonId], cancel);
            if (!heads.TryGetValue(code.SubjectId, out var principal) || principal.HasLeft)
                return new FamilyCodeWrong();
            if (!heads.TryGetValue(caller.PersonId, out var helper) || helper.HasLeft)
                return new NotMember();
            if (!(await book.Link(code.SubjectId, caller.PersonId, code.Rights, null, null, cancel)).TryGet(out var link, out var refusal))
                return refusal;
            audit.Write("family.linked", $"family:{link.Id:N}", link.PrincipalId);
            await notices.Changed($"family-linked:{link.Id:N}", [link.PrincipalId], link.HelperId, link.PrincipalId, "家人", true, "您给了家人码", cancel);
            return new Item(link.Id, principal.MemberId, principal.Name, false, Rights.Of(link.Rights), link.Since);
        }, cancel);

        /// <summary>The caller's links.</summary>
        public async Task<ListResponse> List(Caller caller, CancellationToken cancel)
        {
            var me = caller.PersonId;
            var links = await db.Set<FamilyLink>().AsNoTracking().Where(f => (f.PrincipalId == me || f.HelperId == me) && f.EndedAt == null).OrderBy(f => f.Id).ToListAsync(cancel);
            var heads = await people.OfPersons(links.ConvertAll(f => Other(f, me)), cancel);
            return new ListResponse([.. links.Where(f => heads.ContainsKey(Other(f, me))).OrderByDescending(f => f.PrincipalId == me).Select(f =>
                new Item(f.Id, heads[Other(f, me)].MemberId, heads[Other(f, me)].Name, f.PrincipalId == me, Rights.Of(f.Rights), f.Since))]);
        }

        /// <summary>What is over, or <see cref="UnknownFamily"/>.</summary>
        public Task<Result<EndResponse>> End(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EndResponse>(requestId, async () =>
        {
            if (await db.Set<FamilyLink>().FirstOrDefaultAsync(f => f.Id == id && f.EndedAt == null && (f.PrincipalId == caller.PersonId || f.HelperId == caller.PersonId), cancel) is not { } link)
                return new UnknownFamily();
            link.EndedAt = clock.Now;
            audit.Write("family.ended", $"family:{id:N}", link.PrincipalId);
            await notices.Changed($"family-ended:{id:N}", [Other(link, caller.PersonId)], link.HelperId, link.PrincipalId, "家人", false, "对方解除", cancel);
            return new EndResponse(id);
        }, cancel);

        private static Guid Other(FamilyLink link, Guid me) => link.PrincipalId == me ? link.HelperId : link.PrincipalId;
    }
}
