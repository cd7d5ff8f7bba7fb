using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Fund.Markets;

/// <summary>An adult applies for a stall, alone or with a child of theirs, and says which part of the takings goes to the fund; staff decide. Taken back until the market begins.</summary>
public static class ApplyForStall
{
    /// <summary>The application.</summary>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Title">What stands on the sign, 2 to 20 characters; names nobody.</param>
    /// <param name="Description">What is sold or done, 2 to 200 characters; names nobody.</param>
    /// <param name="PledgePercent">0 to 100; of a family stall at least 1.</param>
    /// <param name="ChildMemberId">One's own child that takes part; only at a family stall.</param>
    public sealed record Request(StallKind Kind, string Title, string Description, int PledgePercent, Guid? ChildMemberId = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Texts and a part.</summary>
        public Limits()
        {
            RuleFor(r => r.Kind).IsInEnum().WithName("类型");
            RuleFor(r => r.Title).NotEmpty().Length(2, MarketStall.MaxTitleLength).WithName("摊位名称");
            RuleFor(r => r.Description).NotEmpty().Length(2, MarketStall.MaxDescriptionLength).WithName("说明");
            RuleFor(r => r.PledgePercent).InclusiveBetween(0, 100).WithName("捐赠比例");
            RuleFor(r => r.PledgePercent).GreaterThan(0).When(r => r.Kind == StallKind.Family).WithName("捐赠比例");
            RuleFor(r => r.ChildMemberId).Null().When(r => r.Kind != StallKind.Family).WithName("孩子");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/markets/{id:guid}/stalls", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Apply(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("applyForStall").WithSummary("申请摊位");
        community.MapPost("/stalls/{id:guid}/withdrawal", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Withdraw(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithName("withdrawStall").WithSummary("撤回摊位申请");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(
        PhoenixDb db, UnitOfWork work, StallDesk desk, MyStalls.Reader reader, IPeople people, IContentCheck content, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>
        /// The application, or <see cref="UnknownMarket"/>, <see cref="MarketTakesNoStalls"/>, <see cref="TooManyStalls"/>, <see cref="StallNeedsAdult"/>,
        /// <see cref="StallChildUnknown"/>, <see cref="StallNamesSomebody"/>, what the child's consents lack, or what the check of the texts refuses.
        /// </summary>
        public async Task<Result<MyStalls.Item>> Apply(Guid marketId, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<MyStalls.Item>(requestId, cancel) is { } before)
                return before;
            // Staff look at every stall before anybody else does: what WeChat can't judge is theirs to judge.
            if ((await content.Text(caller.PersonId, ContentScene.Forum, [body.Title, body.Description], cancel)).Error is { } risky)
                return risky;
            return await work.Once<MyStalls.Item>(requestId, () => Add(marketId, body, caller, cancel), cancel);
        }

        /// <summary>The stall as withdrawn, or <see cref="UnknownStall"/>, <see cref="StallDecided"/>, <see cref="MarketFinished"/>.</summary>
        public Task<Result<MyStalls.Item>> Withdraw(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<MyStalls.Item>(requestId, async () =>
        {
            if (!(await desk.Find(id, cancel)).TryGet(out var found, out var error))
                return error;
            if (found.Stall.AdultId != caller.PersonId)
                return new UnknownStall();
            if (found.Stall.State is not (StallState.Applied or StallState.Approved))
                return new StallDecided();
            if (found.Market.State != MarketState.Open || found.Market.StartsAt <= clock.Now)
                return new MarketFinished();
            found.Stall.State = StallState.Withdrawn;
            audit.Write("stall.withdrawn", $"stall:{id:N}");
            return await reader.Show(found.Stall, found.Market, cancel);
        }, cancel);

        private async Task<Result<MyStalls.Item>> Add(Guid marketId, Request body, Caller caller, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == marketId && m.State != MarketState.Draft, cancel) is not { } market)
                return new UnknownMarket();
            if (market.State != MarketState.Open || market.StartsAt <= clock.Now)
                return new MarketTakesNoStalls();
            if (await db.Set<MarketStall>().CountAsync(s => s.MarketId == marketId && s.AdultId == caller.PersonId && (s.State == StallState.Applied || s.State == StallState.Approved), cancel) >= MarketStall.MaxPerAdult)
                return new TooManyStalls();
            var child = body.ChildMemberId is { } member ? (await people.OfMembers([member], cancel)).GetValueOrDefault(member) : null;
            if (body.ChildMemberId is not null && child is null)
                return new StallChildUnknown();
            if (await desk.MayStand(caller.PersonId, child?.PersonId, market, cancel) is { } refusal)
                return refusal;
            var adult = (await people.OfPersons([caller.PersonId], cancel)).GetValueOrDefault(caller.PersonId);
            if (Names(body, child?.Name) || Names(body, adult?.Name))
                return new StallNamesSomebody();
            var stall = new MarketStall
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                MarketId = marketId,
                Kind = body.Kind,
                Title = body.Title.Trim(),
                Description = body.Description.Trim(),
                AdultId = caller.PersonId,
                ChildId = child?.PersonId,
                PledgePercent = body.PledgePercent,
                AppliedAt = clock.Now,
            };
            db.Add(stall);
            audit.Write("stall.applied", $"stall:{stall.Id:N}", child?.PersonId);
            return await reader.Show(stall, market, cancel);
        }

        // What a child is called must not stand on a sign that is public (hard rule 8).
        private static bool Names(Request body, string? name) =>
            name is { Length: > 1 } && (body.Title.Contains(name, StringComparison.OrdinalIgnoreCase) || body.Description.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
