using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Staff and auditors see what looks odd; staff say what they found. Both wait in the Monday digest, with disputes.</summary>
public static class ReviewFlags
{
    /// <summary>Something odd.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">What.</param>
    /// <param name="MerchantId">At which merchant.</param>
    /// <param name="MemberId">About which member.</param>
    /// <param name="OtherMemberId">And which other.</param>
    /// <param name="Day">On which day.</param>
    /// <param name="Count">How many exchanges.</param>
    /// <param name="FoundAt">When it was found.</param>
    /// <param name="Note">What staff found.</param>
    /// <param name="ReviewedAt">When.</param>
    public sealed record Item(Guid Id, FlagKind Kind, Guid? MerchantId, Guid MemberId, Guid? OtherMemberId, DateOnly Day, int Count, DateTimeOffset FoundAt, string? Note, DateTimeOffset? ReviewedAt);

    /// <summary>What was found.</summary>
    /// <param name="Note">2 to 200 characters.</param>
    public sealed record Request(string Note);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A note.</summary>
        public Limits() => RuleFor(r => r.Note).NotEmpty().Length(2, RedemptionFlag.MaxNoteLength).WithName("处理说明");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/redemption-flags", List)
            .RequireRole(Role.Staff, Role.Auditor)
            .WithName("listRedemptionFlags").WithSummary("异常兑换提示");
        community.MapPost("/redemption-flags/{id:guid}/review", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("reviewRedemptionFlag").WithSummary("处理异常兑换提示");
    }

    private static Item Show(RedemptionFlag f) => new(f.Id, f.Kind, f.MerchantId, f.MemberId, f.OtherMemberId, f.Day, f.Count, f.FoundAt, f.Note, f.ReviewedAt);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var rows = await db.Set<RedemptionFlag>().AsNoTracking().Where(f => at.After == null || f.Id.CompareTo(at.After.Value) < 0).OrderByDescending(f => f.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, f => f.Id));
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IAuditLog audit, Clock clock)
    {
        /// <summary>The finding as it now is, or <see cref="UnknownFlag"/>, <see cref="FlagReviewed"/>.</summary>
        public Task<Result<Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<RedemptionFlag>().FirstOrDefaultAsync(f => f.Id == id, cancel) is not { } flag)
                return new UnknownFlag();
            if (flag.ReviewedAt is not null)
                return new FlagReviewed();
            (flag.Note, flag.ReviewedBy, flag.ReviewedAt) = (body.Note.Trim(), caller.PersonId, clock.Now);
            audit.Write("redemption.flag_reviewed", $"redemption-flag:{id:N}");
            return Show(flag);
        }, cancel);
    }

    /// <summary>What of it waits.</summary>
    internal sealed class Digest(PhoenixDb db) : IDigestPart
    {
        public async Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel)
        {
            var (flags, disputes) = (await db.Set<RedemptionFlag>().CountAsync(f => f.ReviewedAt == null, cancel), await db.Set<RedemptionDispute>().CountAsync(d => d.State == DisputeState.Open, cancel));
            var lines = new List<DigestLine>();
            if (disputes > 0)
                lines.Add(new DigestLine($"{disputes} 条兑换疑问等答复", [Role.Staff]));
            if (flags > 0)
                lines.Add(new DigestLine($"{flags} 条异常兑换等查看", [Role.Staff]));
            return lines;
        }
    }
}
