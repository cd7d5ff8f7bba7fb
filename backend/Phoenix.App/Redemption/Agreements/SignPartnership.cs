using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>共建: staff prepare what a partner commits itself to, another of them signs, everybody can read what is in force, in alphabetical order.</summary>
public static class SignPartnership
{
    /// <summary>The commitments.</summary>
    /// <param name="Partner">The partner's name, 2 to 40 characters.</param>
    /// <param name="Kind">Which kind of partner.</param>
    /// <param name="Commitments">To what it commits itself, 2 to 500 characters.</param>
    /// <param name="StartsOn">The first day.</param>
    /// <param name="EndsOn">The last day; null for no end.</param>
    public sealed record Request(string Partner, PartnerKind Kind, string Commitments, DateOnly StartsOn, DateOnly? EndsOn = null);

    /// <summary>A partnership.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Partner">The partner's name.</param>
    /// <param name="Kind">Which kind of partner.</param>
    /// <param name="Commitments">To what it commits itself.</param>
    /// <param name="StartsOn">The first day.</param>
    /// <param name="EndsOn">The last day; null for no end.</param>
    public sealed record Item(Guid Id, string Partner, PartnerKind Kind, string Commitments, DateOnly StartsOn, DateOnly? EndsOn);

    /// <summary>What waits.</summary>
    /// <param name="Id">The partnership.</param>
    /// <param name="ApprovalId">The proposal on which another member of staff decides.</param>
    public sealed record Response(Guid Id, Guid ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Texts and days.</summary>
        public Limits()
        {
            RuleFor(r => r.Partner).NotEmpty().Length(2, Partnership.MaxNameLength).WithName("伙伴名称");
            RuleFor(r => r.Kind).IsInEnum().WithName("类型");
            RuleFor(r => r.Commitments).NotEmpty().Length(2, Partnership.MaxTextLength).WithName("共建内容");
            RuleFor(r => r.EndsOn).Must((r, end) => end is null || end >= r.StartsOn).WithName("结束日");
        }
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid Id);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/partnerships", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Propose(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("proposePartnership").WithSummary("提交共建协议");
        community.MapPost("/partnerships/{id:guid}/end", (Guid id, RequestId requestId, Handler handler, CancellationToken cancel) => handler.End(id, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("endPartnership").WithSummary("结束共建协议");
        community.MapGet("/partnerships", List)
            .RequireSignedIn()
            .WithName("listPartnerships").WithSummary("共建伙伴");
    }

    private static Item Show(Partnership p) => new(p.Id, p.Partner, p.Kind, p.Commitments, p.StartsOn, p.EndsOn);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, PhoenixDb db, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var today = calendar.Time.DayOf(clock.Now);
        var inForce = db.Set<Partnership>().AsNoTracking().Where(p => p.SignedAt != null && p.EndedAt == null && p.StartsOn <= today && (p.EndsOn == null || p.EndsOn >= today));
        if (at.After is { } id)
        {
            if (await db.Set<Partnership>().Where(p => p.Id == id).Select(p => p.SortKey).FirstOrDefaultAsync(cancel) is not { } key)
                return new Refusal(new BadPage());
            inForce = inForce.Where(p => string.Compare(p.SortKey, key) > 0 || (p.SortKey == key && p.Id.CompareTo(id) > 0));
        }

        var rows = await inForce.OrderBy(p => p.SortKey).ThenBy(p => p.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Id));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IApprovals approvals, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>What waits.</summary>
        public Task<Result<Response>> Propose(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var (id, name) = (ids.New(), body.Partner.Trim());
            var draft = new ApprovalDraft(Approved.Name, $"partnership:{id:N}", $"{name} 的共建协议", JsonSerializer.Serialize(new Payload(id), PhoenixJson.Options), Role.Staff, caller.PersonId, null, null);
            if (!(await approvals.Propose(draft, cancel)).TryGet(out var approval, out var error))
                return error;
            db.Add(new Partnership
            {
                CommunityId = db.Scope.CommunityId,
                Id = id,
                Partner = name,
                SortKey = ChineseOrder.KeyOf(name),
                Kind = body.Kind,
                Commitments = body.Commitments.Trim(),
                StartsOn = body.StartsOn,
                EndsOn = body.EndsOn,
                ProposedBy = caller.PersonId,
                ApprovalId = approval,
            });
            audit.Write("partnership.proposed", $"partnership:{id:N}");
            return new Response(id, approval);
        }, cancel);

        /// <summary>The partnership that is over, or <see cref="UnknownPartnership"/>, <see cref="PartnershipOver"/>.</summary>
        public Task<Result<Item>> End(Guid id, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Partnership>().FirstOrDefaultAsync(p => p.Id == id && p.SignedAt != null, cancel) is not { } partnership)
                return new UnknownPartnership();
            if (partnership.EndedAt is not null)
                return new PartnershipOver();
            partnership.EndedAt = clock.Now;
            audit.Write("partnership.ended", $"partnership:{id:N}");
            return Show(partnership);
        }, cancel);
    }

    /// <summary>Carries out what was signed.</summary>
    internal sealed class Approved(PhoenixDb db, IAuditLog audit, Clock clock) : IApprovalKind
    {
        public const string Name = "partnership";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.Id;
            var partnership = await db.Set<Partnership>().SingleAsync(p => p.Id == id, cancel);
            partnership.SignedAt = clock.Now;
            audit.Write("partnership.signed", $"partnership:{id:N}");
            return null;
        }
    }
}
