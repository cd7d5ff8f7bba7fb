using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>
/// Staff publish a draft, when everything that the law wants said is said and the fund covers the promise; otherwise as 只记时长. Before that they may look
/// at what it would promise.
/// </summary>
public static class PublishActivity
{
    /// <summary>What is published.</summary>
    /// <param name="Version">The version that was looked at.</param>
    /// <param name="AsHoursOnly">As 只记时长 instead: no coins, no promise.</param>
    public sealed record Request(int Version, bool AsHoursOnly = false);

    /// <summary>What publishing would promise, for staff.</summary>
    /// <param name="ProjectedCoins">Capacity × hours × rule, at most the budget.</param>
    /// <param name="ProjectedFen">What that is taken to cost; null where no liability was agreed.</param>
    /// <param name="Fund">The fund before it; null where no liability was agreed.</param>
    /// <param name="IsCovered">Whether the gate would let it pass now.</param>
    public sealed record Projection(long ProjectedCoins, long? ProjectedFen, FundPosition? Fund, bool IsCovered);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/activities/{id:guid}/publication", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("publishActivity").WithSummary("发布活动");
        community.MapGet("/staff/activities/{id:guid}/projection", (Guid id, Handler handler, CancellationToken cancel) => handler.Project(id, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("projectActivity").WithSummary("发布前看看要承诺多少");
    }

    /// <summary>What residents must be told before they sign up (条例 arts 12, 15, 17) and isn't there yet.</summary>
    internal static Dictionary<string, string[]> MissingTexts(Activity activity)
    {
        var missing = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Need("$.form.hostedBy", activity.HostedBy, "请填写主办单位。");
        Need("$.form.contactName", activity.ContactName, "请填写联系人。");
        Need("$.form.contactPhone", activity.ContactPhone, "请填写联系电话。");
        Need("$.form.risks", activity.Risks, "请写明可能的风险和注意事项。");
        Need("$.form.insurance", activity.Insurance, "请写明参加者的保险安排。");
        return missing;

        void Need(string path, string? text, string message)
        {
            if (text is null)
                missing[path] = [message];
        }
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Promises promises, IFundGate gate, MakeRotaShifts.Maker rota, StaffActivity.Reader reader, Clock clock)
    {
        /// <summary>
        /// The published activity, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="NotDraft"/>, <see cref="TextHeld"/>, <see cref="ActivityIncomplete"/>,
        /// <see cref="CoinRuleMissing"/>, <see cref="PostBusy"/>, <see cref="FundShort"/>, <see cref="FundPolicyMissing"/>.
        /// </summary>
        public Task<Result<StaffActivity.Detail>> Run(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                return new UnknownActivity();
            if (activity.Version != body.Version)
                return new StaleEdit();
            if (activity.State != ActivityState.Draft)
                return new NotDraft();
            if (body.AsHoursOnly)
                (activity.IsHoursOnly, activity.BudgetCoins) = (true, null);
            var shifts = await promises.ShiftsOf(id, cancel);
            if (await Refusal(activity, shifts, cancel) is { } refusal)
                return refusal;
            if (await promises.Pin(activity, shifts, cancel) is { } missing)
                return missing;
            if (await promises.Renew(activity, shifts, cancel) is { } uncovered)
                return uncovered;
            (activity.State, activity.PublishedAt) = (ActivityState.Published, clock.Now);
            activity.Version++;
            await db.SaveChangesAsync(cancel);
            if (activity.Kind == ActivityKind.Standing)
                await rota.Make(activity, cancel);
            return await reader.Show(activity, cancel);
        }, cancel);

        /// <summary>What it would promise, or <see cref="UnknownActivity"/>.</summary>
        public async Task<Result<Projection>> Project(Guid id, CancellationToken cancel)
        {
            if (await db.Set<Activity>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                return new UnknownActivity();
            var coins = await promises.Projected(activity, await promises.ShiftsOf(id, cancel), cancel);
            var more = activity.State == ActivityState.Draft ? coins : Math.Max(0, coins - activity.PromisedCoins);
            return (await gate.Position(cancel)).TryGet(out var fund, out _)
                ? new Projection(coins, coins * fund.LiabilityFenPerCoin, fund, more <= fund.HeadroomCoins)
                : new Projection(coins, null, null, coins == 0);
        }

        private async Task<Error?> Refusal(Activity activity, List<Shift> shifts, CancellationToken cancel)
        {
            if (activity.IsTextHeld)
                return new TextHeld();
            var missing = MissingTexts(activity);
            if (!activity.IsHoursOnly && activity.BudgetCoins is null)
                missing["$.form.budgetCoins"] = ["请填写凤凰币预算，或改为只记时长。"];
            if (activity.Kind == ActivityKind.Standing)
                await NeedRota(activity, missing, cancel);
            else if (shifts.Count == 0)
                missing["$.shifts"] = ["请至少添加一个时段。"];
            else if (shifts.Exists(s => s.StartsAt <= clock.Now))
                missing["$.shifts"] = ["有的时段已经开始或过去，请修改或删除。"];
            if (shifts.Exists(s => s.LeaderId is null))
                missing["$.shifts.form.leaderId"] = ["请给每个时段指定负责人。"];
            if (missing.Count > 0)
                return new ActivityIncomplete { Fields = missing };
            return activity.PostId is { } post && await db.Set<Activity>().AnyAsync(a => a.PostId == post && a.State == ActivityState.Published, cancel) ? new PostBusy() : null;
        }

        private async Task NeedRota(Activity activity, Dictionary<string, string[]> missing, CancellationToken cancel)
        {
            var today = CommunityTime.Shanghai.DayOf(clock.Now);
            if (!await db.Set<RotaLine>().AnyAsync(l => l.PostId == activity.PostId && (l.To == null || l.To >= today), cancel))
                missing["$.rota"] = ["请先给这个岗位排班。"];
            if (!await db.Set<Post>().AnyAsync(p => p.Id == activity.PostId && p.LeaderId != null, cancel))
                missing["$.form.postId"] = ["请先给这个岗位指定负责人。"];
        }
    }
}
