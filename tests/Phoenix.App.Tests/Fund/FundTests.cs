using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Volunteering;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Fund;

/// <summary>The fund's cash and the gate in front of every promise of coins.</summary>
public sealed class FundTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_opening_money_is_there_once_when_a_second_person_approved_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((treasurer, _), (staff, _)) = (await app.Member("周会计", Role.Treasurer, Role.Staff), await app.Member("李主任", Role.Staff));
        var opening = new { amountFen = 500_000, evidence = "双流区慈善会 2026-001 号收据" };
        (await treasurer.Post("fund/opening", new { amountFen = 0, evidence = "双流区慈善会" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await treasurer.Post("fund/opening", new { amountFen = 1, evidence = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var waiting = (await treasurer.Post("fund/opening", opening)).Ok<OpenFund.Response>().ApprovalId;
        (await treasurer.Post("fund/opening", opening)).Refused(HttpStatusCode.Conflict, "approval.already_proposed");
        Assert.Equal(0, (await treasurer.Get("fund")).Ok<GetFund.Response>().CashFen);
        (await treasurer.Post($"approvals/{waiting}/decision", new { approve = true })).Refused(HttpStatusCode.Conflict, "approval.own");
        (await staff.Post($"approvals/{waiting}/decision", new { approve = true })).Ok<ListApprovals.Item>();
        (await treasurer.Post("fund/opening", opening)).Refused(HttpStatusCode.Conflict, "fund.opened");

        var fund = (await treasurer.Get("fund")).Ok<GetFund.Response>();
        Assert.Equal((500_000, null), (fund.CashFen, fund.Position));
        var row = await app.Read(Seeding.CommunityId, db => db.Set<FundContribution>().SingleAsync());
        Assert.Equal((500_000, 1, treasurer.PersonId), (row.AmountFen, row.PostingSeq, row.MakerId));
        (await (await app.Person(Role.Member)).Get("fund")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.Equal(0, (await (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).Get("fund")).Ok<GetFund.Response>().CashFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_promise_passes_up_to_the_last_coin_that_the_fund_covers_and_not_one_more(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var coins = World.Form(hoursOnly: false, budget: 50);
        var draft = await world.Draft(coins, world.Shift(capacity: 2));
        Assert.Equal(50, draft.ProjectedCoins);
        (await world.Publish(draft)).Refused(HttpStatusCode.Conflict, "fund.no_policy");
        Assert.False((await world.Staff.Get($"staff/activities/{draft.Id}/projection")).Ok<PublishActivity.Projection>().IsCovered);

        // 50 coins at 50 fen: 25 yuan. 80 % of 31.24 yuan is 24.99.
        await world.OpenFund(3_124, ratio: 80);
        var refused = (await world.Publish(draft)).Refused(HttpStatusCode.Conflict, "fund.short");
        Assert.Contains("现有 31.24 元，可承诺 24.99 元，已承诺 0.00 元，这次要 50 枚（合 25.00 元），最多还能承诺 49 枚", refused.Title, StringComparison.Ordinal);
        var projection = (await world.Staff.Get($"staff/activities/{draft.Id}/projection")).Ok<PublishActivity.Projection>();
        Assert.Equal((50, 2_500, 49, false), (projection.ProjectedCoins, projection.ProjectedFen, projection.Fund!.HeadroomCoins, projection.IsCovered));
        Assert.Equal(ActivityState.Published, (await world.Publish(draft, asHoursOnly: true)).Ok<StaffActivity.Detail>().State);

        // A budget cuts the projection: 49 of 50 coins.
        var within = await world.Draft(World.Form("第二场", hoursOnly: false, budget: 49), world.Shift(capacity: 2, at: World.Saturday.AddDays(1)));
        var published = (await world.Publish(within)).Ok<StaffActivity.Detail>();
        Assert.Equal((49, 1), (published.PromisedCoins, published.Shifts[0].CoinRuleVersion));
        var position = (await world.Staff.Get("fund")).Ok<GetFund.Response>().Position!;
        Assert.Equal((49, 0, FundCover.Tight), (position.PromisedCoins, position.HeadroomCoins, position.Cover));

        // More people are more coins: up to the budget for nothing, beyond only with a higher one, which must pass.
        var raised = await world.Staff.Put($"staff/activities/{published.Id}", new { form = published.Form with { BudgetCoins = 50 }, version = published.Version });
        raised.Refused(HttpStatusCode.Conflict, "fund.short");
        (await world.Staff.Put($"staff/activities/{published.Id}", new { form = published.Form with { BudgetCoins = 48 }, version = published.Version })).Refused(HttpStatusCode.Conflict, "activity.fixed");
        var cancelled = (await world.Staff.Post($"staff/activities/{published.Id}/cancellation", new { reason = "下雨", version = published.Version })).Ok<StaffActivity.Detail>();
        Assert.Equal(0, cancelled.PromisedCoins);
        Assert.Equal(49, (await world.Staff.Get("fund")).Ok<GetFund.Response>().Position!.HeadroomCoins);
        Assert.DoesNotContain("元", (await world.App.Anyone.Get($"activities/{published.Id}")).Text + (await world.App.Anyone.Get("activities")).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_two_published_at_once_on_the_last_headroom_one_passes(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        await world.OpenFund(2_500);
        var one = await world.Draft(World.Form("甲", hoursOnly: false, budget: 50), world.Shift(capacity: 2));
        var two = await world.Draft(World.Form("乙", hoursOnly: false, budget: 50), world.Shift(capacity: 2));
        var answers = await Task.WhenAll(world.Publish(one), world.Publish(two));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "fund.short");
        Assert.Equal(50, (await world.Staff.Get("fund")).Ok<GetFund.Response>().Position!.PromisedCoins);
    }
}
