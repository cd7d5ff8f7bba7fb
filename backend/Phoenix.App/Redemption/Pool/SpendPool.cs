using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Redemption.Offers;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Pool;

/// <summary>Coins leave the pool only so: staff name recipients, or how many are retired, and the treasurer, who isn't among them, decides.</summary>
public static class SpendPool
{
    /// <summary>Most recipients at once.</summary>
    public const int MaxRecipients = 50;

    /// <summary>Somebody who is given coins.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Coins">How many.</param>
    public sealed record Recipient(Guid MemberId, long Coins);

    /// <summary>Who is given coins, why.</summary>
    /// <param name="Recipients">1 to 50, each once.</param>
    /// <param name="Reason">As they read it, 2 to 60 characters.</param>
    public sealed record GrantRequest(IReadOnlyList<Recipient> Recipients, string Reason);

    /// <summary>How many are retired, why.</summary>
    /// <param name="Coins">Coins that go out of existence.</param>
    /// <param name="Reason">For the log, 2 to 60 characters.</param>
    public sealed record RetireRequest(long Coins, string Reason);

    /// <summary>What waits.</summary>
    /// <param name="ApprovalId">The proposal on which the treasurer decides.</param>
    public sealed record Response(Guid ApprovalId);

    /// <summary>The limits of a grant.</summary>
    public sealed class GrantLimits : AbstractValidator<GrantRequest>
    {
        /// <summary>People, coins and a reason.</summary>
        public GrantLimits()
        {
            RuleFor(r => r.Recipients).NotEmpty().Must(all => all is { Count: <= MaxRecipients } && all.All(r => r is { Coins: >= 1 and <= OfferVersion.MaxCoins })).WithName("名单");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 60).WithName("原因");
        }
    }

    /// <summary>The limits of a retirement.</summary>
    public sealed class RetireLimits : AbstractValidator<RetireRequest>
    {
        /// <summary>Coins and a reason.</summary>
        public RetireLimits()
        {
            RuleFor(r => r.Coins).InclusiveBetween(1, LedgerLimits.MaxAmount).WithName("枚数");
            RuleFor(r => r.Reason).NotEmpty().Length(2, 60).WithName("原因");
        }
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid Id, IReadOnlyList<Recipient> Recipients, long Retired, string Reason);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/coins/pool/grants", (GrantRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Grant(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("proposePoolGrant").WithSummary("从爱心池发给有需要的居民");
        community.MapPost("/coins/pool/retirements", (RetireRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Retire(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("proposePoolRetirement").WithSummary("注销爱心池里的币");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, CommunityPool pool, IPeople people, IApprovals approvals, IIds ids)
    {
        /// <summary>What waits, or <see cref="PoolRecipientUnknown"/>, <see cref="PoolGrantOwn"/>, <see cref="PoolTooSmall"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Grant(GrantRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var members = await people.OfMembers([.. body.Recipients.Select(r => r.MemberId)], cancel);
            if (members.Count != body.Recipients.Count || members.Values.Any(m => m.HasLeft))
                return new PoolRecipientUnknown();
            if (members.Values.Any(m => m.PersonId == caller.PersonId))
                return new PoolGrantOwn();
            var coins = body.Recipients.Sum(r => r.Coins);
            var summary = string.Create(CultureInfo.InvariantCulture, $"爱心池发给 {body.Recipients.Count} 人，共 {coins} 枚：{members[body.Recipients[0].MemberId].Name}{(body.Recipients.Count > 1 ? "等" : "")}");
            return await Propose(new Payload(ids.New(), body.Recipients, 0, body.Reason.Trim()), coins, summary, caller, cancel);
        }, cancel);

        /// <summary>What waits, or <see cref="PoolTooSmall"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Retire(RetireRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(
            requestId,
            () => Propose(new Payload(ids.New(), [], body.Coins, body.Reason.Trim()), body.Coins, string.Create(CultureInfo.InvariantCulture, $"注销爱心池里的 {body.Coins} 枚"), caller, cancel),
            cancel);

        private async Task<Result<Response>> Propose(Payload payload, long coins, string summary, Caller caller, CancellationToken cancel)
        {
            if (await pool.Coins(cancel) is var left && left < coins)
                return new PoolTooSmall(left);
            var draft = new ApprovalDraft(
                Approved.Name, $"pool:{payload.Id:N}", summary, JsonSerializer.Serialize(payload, PhoenixJson.Options), Role.Treasurer, caller.PersonId, null, payload.Reason);
            return (await approvals.Propose(draft, cancel)).Map(id => new Response(id));
        }
    }

    /// <summary>Carries out what the treasurer approved, all or none.</summary>
    internal sealed class Approved(PhoenixDb db, CommunityPool pool, IPeople people, INotifications notifications, LedgerPoster poster, ICommunityCalendar calendar, Clock clock) : IApprovalKind
    {
        public const string Name = "pool.spend";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var (order, community) = (Read(payload), db.Scope.CommunityId);
            var members = await people.OfMembers([.. order.Recipients.Select(r => r.MemberId)], cancel);
            if (order.Recipients.Any(r => !members.TryGetValue(r.MemberId, out var m) || m.HasLeft))
                return new PoolRecipientUnknown();
            await notifications.TellAll(
                [.. order.Recipients.Select(r => new Notice(members[r.MemberId].PersonId, $"pool:{order.Id:N}:{r.MemberId:N}", new CoinsGranted(new Coins(r.Coins), order.Reason, clock.Now), "pages/coins/coins"))], cancel);
            var until = new DateOnly(calendar.Time.DayOf(clock.Now).Year + 1, 12, 31);
            var (reference, account) = ($"pool:{order.Id:N}", pool.Account);
            IReadOnlyList<LedgerCommand> commands = order.Recipients.Count == 0
                ? [new Move(PostingKind.Retire, account, AccountKey.Issuance(), order.Retired) { Ref = reference, Rule = "pool-retire/1", Reason = order.Reason }]
                : [.. order.Recipients.Select(r => new Move(PostingKind.Grant, account, AccountKey.Lot(r.MemberId, until), r.Coins) { Ref = reference, Rule = "pool-grant/1", Reason = order.Reason })];
            var posted = await poster.PostIn(db, [new LedgerRequest(community, RequestIds.Of(community, reference), maker, Name, commands)], cancel);
            return posted.Error is Insufficient or UnknownAccount ? new PoolTooSmall(await pool.Coins(cancel)) : posted.Error;
        }

        /// <summary>Whoever is given something decides nothing of it.</summary>
        public async Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel) =>
            (await people.OfPersons([personId], cancel)).TryGetValue(personId, out var me) && Read(payload).Recipients.Any(r => r.MemberId == me.MemberId);

        private static Payload Read(string payload) => JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
    }
}
