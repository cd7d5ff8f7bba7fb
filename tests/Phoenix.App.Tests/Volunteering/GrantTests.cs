using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Bookkeeping.Coins;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity.Volunteers;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Grants;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>表扬发放: one proposes, another decides, nobody for themselves, within the month, from a form or a sheet.</summary>
public sealed class GrantTests
{
    private static readonly string[] s_headings = ["志愿者编号", "枚数", "事由", "依据"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_grant_is_given_when_the_treasurer_agrees_once_and_the_member_is_told_why(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, treasurer) = (await app.Staff(), await app.Person(Role.Treasurer));
        var (member, id) = await app.Member("王阿姨");
        var request = app.NewRequestId();
        var proposed = await Propose(staff, id, 20, request);
        var waits = proposed.Ok<ProposeGrant.Response>();
        Assert.Equal(GrantBatch.MonthlyCapPerMaker - 20, waits.LeftThisMonth);
        Assert.Equal(proposed.Text, (await Propose(staff, id, 20, request)).Text);
        Assert.Equal(0, (await member.Get("coins")).Ok<GetCoins.Response>().Available);

        var decision = app.NewRequestId();
        (await Decide(treasurer, waits.ApprovalId, decision)).Ok<ListApprovals.Item>();
        (await Decide(treasurer, waits.ApprovalId, decision)).Ok<ListApprovals.Item>();
        var coins = (await member.Get("coins")).Ok<GetCoins.Response>();
        Assert.Equal([new GetCoins.Lot(20, new(2027, 12, 31))], coins.Lots);
        Assert.Equal("20 枚，2026 年 11 月 23 日表扬发放“拾金不昧”，2027 年 12 月 31 日前可用。", Assert.Single((await member.Get("coins/why")).Ok<ExplainCoins.Response>().Items).Why);
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().CountAsync(m => m.PersonId == member.PersonId)));
        var listed = Assert.Single((await treasurer.Get("grants")).Ok<Page<ListGrants.Item>>().Items);
        Assert.Equal((PhoenixApp.DefaultStart, "王阿姨", "拾金不昧", "门岗登记本"), (listed.GivenAt, listed.Parts[0].Name, listed.Parts[0].Reason, listed.Parts[0].Evidence));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_proposes_or_decides_for_themselves_and_a_refused_grant_gives_nothing(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, staffId) = await app.Member("小李", Role.Staff);
        var (treasurer, treasurerId) = await app.Member("老周", Role.Treasurer);
        var (member, id) = await app.Member("王阿姨");
        (await Propose(staff, staffId, 5)).Refused(HttpStatusCode.Conflict, "grant.own");
        (await Propose(staff, app.NewRequestId(), 5)).Refused(HttpStatusCode.NotFound, "grant.member_unknown");
        (await Propose(staff, id, 0)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Propose(staff, id, Grant.MaxCoins + 1)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var own = (await Propose(staff, treasurerId, 5)).Ok<ProposeGrant.Response>().ApprovalId;
        (await Decide(treasurer, own)).Refused(HttpStatusCode.Conflict, "approval.own");

        var refused = (await Propose(staff, id, 5)).Ok<ProposeGrant.Response>();
        (await treasurer.Post($"approvals/{refused.ApprovalId}/decision", new { approve = false, reason = "依据不够" })).Ok<ListApprovals.Item>();
        Assert.Equal(0, (await member.Get("coins")).Ok<GetCoins.Response>().Available);
        Assert.Equal(GrantBatch.MonthlyCapPerMaker - 10, (await Propose(staff, id, 5)).Ok<ProposeGrant.Response>().LeftThisMonth);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_maker_has_a_month_s_cap_that_two_requests_at_once_do_not_pass(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var (_, id) = await app.Member("王阿姨");
        for (var i = 0; i < 3; i++)
            (await Propose(staff, id, Grant.MaxCoins)).Ok<ProposeGrant.Response>();
        var answers = await Task.WhenAll(Propose(staff, id, 300), Propose(staff, id, 300));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "grant.cap_reached");

        app.Time.SetUtcNow(new(2026, 11, 30, 15, 59, 59, TimeSpan.Zero));
        (await Propose(app.Fresh(staff), id, 300)).Refused(HttpStatusCode.Conflict, "grant.cap_reached");
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(GrantBatch.MonthlyCapPerMaker - 300, (await Propose(app.Fresh(staff), id, 300)).Ok<ProposeGrant.Response>().LeftThisMonth);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_sheet_is_checked_row_by_row_and_given_whole_and_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, treasurer) = (await app.Staff(), await app.Person(Role.Treasurer));
        var members = new List<TestCaller>();
        for (var i = 0; i < 3; i++)
            members.Add(await Volunteer(app, $"志愿者{i}", i));
        var checker = await Volunteer(app, "财务", 3, Role.Treasurer);

        var bad = (await Send(app, staff, Sheet.Write("表扬", s_headings,
        [
            [Number(0), 10, "清扫积雪", "照片"], ["2026000000", 10, "清扫积雪", "照片"], [Number(1), 0, "清扫积雪", "照片"], [Number(1), 2.5, "清扫积雪", "照片"],
            [Number(1), 10, "好", "照片"], [Number(1), 10, "清扫积雪", ""], [Number(0), 5, "清扫积雪", "照片"],
        ]))).Ok<ProposeGrantSheet.Response>();
        Assert.Equal([3, 4, 5, 6, 7, 8], bad.Bad.Select(b => b.Row));
        Assert.All(bad.Bad, b => Assert.EndsWith("。", b.Why, StringComparison.Ordinal));
        Assert.Null(bad.ApprovalId);

        var sheet = Sheet.Write("表扬", s_headings, [.. Enumerable.Range(0, 4).Select(i => (IReadOnlyList<object?>)[Number(i), 10 + i, "清扫积雪", "照片"])]);
        var dry = (await Send(app, staff, sheet, dryRun: true)).Ok<ProposeGrantSheet.Response>();
        Assert.Equal((null, 4, 46), (dry.ApprovalId, dry.Members, dry.Coins));
        var approval = (await Send(app, staff, sheet)).Ok<ProposeGrantSheet.Response>().ApprovalId!.Value;
        (await Send(app, staff, sheet)).Refused(HttpStatusCode.Conflict, "grant.sheet_known");
        (await Decide(checker, approval)).Refused(HttpStatusCode.Conflict, "approval.own");
        (await Decide(treasurer, approval)).Ok<ListApprovals.Item>();
        for (var i = 0; i < 3; i++)
            Assert.Equal(10 + i, (await members[i].Get("coins")).Ok<GetCoins.Response>().Available);
        (await Send(app, staff, sheet)).Refused(HttpStatusCode.Conflict, "grant.sheet_known");
        (await Send(app, staff, Sheet.Write("表扬", s_headings, [.. Enumerable.Range(0, GrantBatch.MaxGrants + 1).Select(_ => (IReadOnlyList<object?>)[Number(0), 1, "清扫", "照片"])])))
            .Refused(HttpStatusCode.BadRequest, "grant.sheet_size");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task While_issuing_is_paused_an_approval_waits_and_nothing_is_half_done(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, treasurer) = (await app.Staff(), await app.Person(Role.Treasurer));
        var (member, id) = await app.Member("王阿姨");
        var approval = (await Propose(staff, id, 5)).Ok<ProposeGrant.Response>().ApprovalId;
        (await staff.Post("coins/pauses", new PauseCoins.Request(CoinFlow.Issuing, true, "核对规则"))).Ok<PauseCoins.Response>();
        (await Decide(treasurer, approval)).Refused(HttpStatusCode.Conflict, "ledger.issue_frozen");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().CountAsync(m => m.PersonId == member.PersonId)));
        (await staff.Post("coins/pauses", new PauseCoins.Request(CoinFlow.Issuing, false, "核对好了"))).Ok<PauseCoins.Response>();
        (await Decide(treasurer, approval)).Ok<ListApprovals.Item>();
        Assert.Equal(5, (await member.Get("coins")).Ok<GetCoins.Response>().Available);
    }

    private static string Number(int i) => string.Create(CultureInfo.InvariantCulture, $"202610000{i}");

    private static async Task<TestCaller> Volunteer(PhoenixApp app, string name, int i, params Role[] roles)
    {
        var (caller, _) = await app.Member(name, [Role.Volunteer, .. roles]);
        await app.Write(Seeding.CommunityId, db => db.Add(new Volunteer { CommunityId = Seeding.CommunityId, PersonId = caller.PersonId, Number = Number(i), RegisteredAt = PhoenixApp.DefaultStart }));
        return caller;
    }

    private static Task<Answer> Propose(TestCaller staff, Guid member, long coins, Guid? requestId = null) =>
        staff.Post("grants", new ProposeGrant.Request(member, coins, "拾金不昧", "门岗登记本"), requestId);

    private static Task<Answer> Decide(TestCaller treasurer, Guid approval, Guid? requestId = null) => treasurer.Post($"approvals/{approval}/decision", new { approve = true }, requestId);

    private static async Task<Answer> Send(PhoenixApp app, TestCaller staff, byte[] sheet, bool dryRun = false)
    {
        using var file = new ByteArrayContent(sheet);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(Sheet.MediaType);
        using var form = new MultipartFormDataContent { { file, "file", "grants.xlsx" } };
        return await staff.Send(HttpMethod.Post, $"grants/sheets?dryRun={(dryRun ? "true" : "false")}", form, app.NewRequestId());
    }
}
