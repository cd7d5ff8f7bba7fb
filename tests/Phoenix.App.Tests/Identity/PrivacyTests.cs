using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>Own data out, the account closed for ever, a community left: what goes, what stays, and what every retry answers.</summary>
public sealed class PrivacyTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Own_data_comes_as_JSON_and_as_a_page_and_nobody_else_s(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (wang, _), (staff, _)) = (await app.Notice(), await app.Member("王<b>阿姨"), await app.Member("李工作", Role.Staff));
        (await wang.Post("documents/accept", new { documentIds = new[] { notice } })).Ok<object>();
        var number = PeopleWorld.IdNumber("19600229");
        (await wang.Put("details", new WriteDetails.Request("王桂兰", IdDocument.ResidentIdCard, number))).Ok<WriteDetails.Response>();
        (await wang.Post("phone/wechat", new { code = app.WeChat.PhoneCode("13800001234") })).Ok<PhoneView>();
        var child = (await wang.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        var data = (await wang.Get("personal-data")).Ok<ExportMyData.Response>();
        Assert.All(data.Sections, s => Assert.All(s.Rows, r => Assert.Equal(s.Columns.Count, r.Count)));
        var all = string.Join('\n', data.Sections.SelectMany(s => s.Rows.SelectMany(r => r)));
        Assert.All((string[])["王桂兰", number, "1960-02-29", "13800001234", "小明", "details.written", "规则文件"], text => Assert.Contains(text, all, StringComparison.Ordinal));

        var page = await wang.Get("personal-data/page");
        Assert.Equal("text/html", page.ContentType);
        Assert.Contains("王&lt;b&gt;阿姨", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page.Text, StringComparison.Ordinal);
        Assert.Contains("2016-05-01", (await wang.Get($"children/{child.MemberId}/personal-data")).Text, StringComparison.Ordinal);
        (await staff.Get($"children/{child.MemberId}/personal-data")).Refused(HttpStatusCode.NotFound, "child.unknown");
        Assert.DoesNotContain(number, (await staff.Get("personal-data")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("王桂兰", (await wang.In(TestDatabases.OtherCommunity).Get("personal-data")).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_closed_account_names_nobody_any_more_the_ledger_is_whole_and_the_same_WeChat_is_a_new_person(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var notice = await app.Notice();
        var tokens = await LogIn(app, "o-wang");
        var wang = app.Anyone.With(tokens.AccessToken);
        (await wang.Post("membership", new JoinCommunity.Request("王独名阿姨", "3栋独楼", [notice]))).Ok<Membership>();
        var number = PeopleWorld.IdNumber("19600229");
        (await wang.Put("details", new WriteDetails.Request("王桂兰", IdDocument.ResidentIdCard, number))).Ok<WriteDetails.Response>();
        (await wang.Post("phone/wechat", new { code = app.WeChat.PhoneCode("13800001234") })).Ok<PhoneView>();
        var member = await app.Read(Seeding.CommunityId, db => db.Set<Member>().Where(m => m.PersonId == tokens.PersonId).Select(m => m.Id).SingleAsync());
        await Issue(app, member, "表扬王独名阿姨");

        (await wang.Post("/api/v1/account/closing", new { confirmation = "注销" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var id = app.NewRequestId();
        var closed = await wang.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word }, id);
        Assert.Equal(PhoenixApp.DefaultStart, closed.Ok<CloseAccount.Response>().ClosedAt);
        Assert.Equal(closed.Text, (await wang.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word }, id)).Text);
        (await wang.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word })).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await wang.Put("membership", new { displayName = "王姐" })).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        (await app.Anyone.Post("/api/v1/sessions/refresh", new { refreshToken = tokens.RefreshToken })).Refused(HttpStatusCode.Unauthorized, "session.over");

        var dump = await app.Dump();
        Assert.All((string[])["王独名", "3栋独楼", "表扬王独名"], text => Assert.DoesNotContain(text, dump, StringComparison.Ordinal));
        var left = await app.Read(Seeding.CommunityId, async db => (
            await db.Set<Member>().SingleAsync(m => m.Id == member), await db.Set<Person>().SingleAsync(p => p.Id == tokens.PersonId),
            await db.Set<PersonDetails>().CountAsync() + await db.Set<Phone>().CountAsync() + await db.Set<BirthDate>().CountAsync() + await db.Set<WeChatAccount>().CountAsync() + await db.Set<RoleGrant>().CountAsync(g => g.PersonId == tokens.PersonId)));
        Assert.Equal(("已注销的居民", null, true, true, 0), (left.Item1.DisplayName, left.Item1.Building, left.Item1.LeftAt is not null, left.Item2.ErasedAt is not null, left.Item3));
        var check = await app.Services.GetRequiredService<Phoenix.Ledger.Reads.LedgerReads>().CoinsNow(Seeding.CommunityId, member, Asset.Coin, default);
        Assert.Equal(25, check.Lots.Sum(l => l.Amount));
        await app.Sweep("books.reconcile");

        Assert.NotEqual(tokens.PersonId, (await LogIn(app, "o-wang")).PersonId);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_closing_that_was_cut_short_is_finished_by_the_sweep(DatabaseKind database)
    {
        var failing = new Failing();
        await using var app = await PhoenixApp.Start(database, customize: b => b.Services.AddSingleton<IPersonalData>(failing));
        var (wang, member) = await app.Member("王阿姨");
        (await wang.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word })).Ok<CloseAccount.Response>();
        Assert.Equal("王阿姨", await Name(app, member));
        (await wang.Put("membership", new { displayName = "王姐" })).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        await app.Sweep("identity.erase");
        Assert.Equal("王阿姨", await Name(app, member));
        failing.IsDown = false;
        await app.Sweep("identity.erase");
        Assert.Equal("已注销的居民", await Name(app, member));
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<Person>().CountAsync(p => p.ClosedAt != null && p.ErasedAt == null)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_goes_while_something_is_open_and_the_refusal_says_what(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, _), (father, _)) = (await app.Notice(), await app.Member("王妈妈", Role.Treasurer), await app.Member("王爸爸"));
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        var open = (await mother.Get("/api/v1/account/closing")).Ok<CloseAccount.OpenResponse>().Open;
        Assert.Equal(["您是最后一位财务，请先办离任交接。", "您是小明唯一的家长，请先请另一位家长加入，或为孩子注销。"], open);
        foreach (var (address, word) in ((string, string)[])[("/api/v1/account/closing", CloseAccount.Word), ("membership/leaving", LeaveCommunity.Word)])
            Assert.Contains("account.something_open", (await mother.Post(address, new { confirmation = word })).Refused(HttpStatusCode.Conflict, "account.something_open").Code, StringComparison.Ordinal);

        await app.Person(Role.Treasurer);
        var code = (await mother.Post($"children/{child.MemberId}/guardian-code")).Ok<FamilyCodeShown>().Code;
        (await father.Post("guardianships", new { code, relation = "father", documentId = notice })).Ok<ChildView>();
        var both = await Task.WhenAll(
            mother.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word }), mother.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word }));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(ConsentState.Valid, Assert.Single(await father.Children()).Consent);
        (await father.Post($"children/{child.MemberId}/closing", new { confirmation = CloseAccount.Word })).Ok<CloseAccount.Response>();
        Assert.Empty(await father.Children());
        Assert.DoesNotContain("小明", await app.Dump(), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_leaves_a_community_and_comes_back_is_the_same_member(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, wang, staff, id) = (await app.Notice(), await app.Person(), await app.Staff(), app.NewRequestId());
        (await wang.Post("membership", new JoinCommunity.Request("王阿姨", null, [notice]))).Ok<Membership>();
        (await wang.Post("volunteer")).Ok<object>();
        var member = await app.Read(Seeding.CommunityId, db => db.Set<Member>().Where(m => m.PersonId == wang.PersonId).Select(m => m.Id).SingleAsync());
        var left = await wang.Post("membership/leaving", new { confirmation = LeaveCommunity.Word }, id);
        Assert.Equal(left.Ok<LeaveCommunity.Response>(), (await wang.Post("membership/leaving", new { confirmation = LeaveCommunity.Word }, id)).Ok<LeaveCommunity.Response>());
        (await wang.Post("membership/leaving", new { confirmation = LeaveCommunity.Word })).Refused(HttpStatusCode.NotFound, "membership.none");
        (await wang.Put("membership", new { displayName = "王姐" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await wang.Get("membership")).Refused(HttpStatusCode.NotFound, "membership.none");
        (await staff.Get($"members/{member}")).Refused(HttpStatusCode.NotFound, "member.unknown");
        Assert.Equal("已退出的居民", (await app.People(p => p.OfMembers([member], default)))[member].Name);

        (await wang.Post("membership", new JoinCommunity.Request("王阿姨", null, [notice]))).Ok<Membership>();
        app.Time.Advance(Callers.StaleAfter);
        (await wang.Get("volunteer")).Ok<object>();
        Assert.Equal(member, await app.Read(Seeding.CommunityId, db => db.Set<Member>().Where(m => m.PersonId == wang.PersonId && m.LeftAt == null).Select(m => m.Id).SingleAsync()));
    }

    private static async Task Issue(PhoenixApp app, Guid member, string text)
    {
        var issue = new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, new(2027, 12, 31)), 25) { Reason = text };
        var posted = await app.Services.GetRequiredService<LedgerPoster>().Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), member, "test", issue), default);
        Assert.True(posted.IsOk, posted.Error?.Code);
    }

    private static Task<string> Name(PhoenixApp app, Guid member) => app.Read(Seeding.CommunityId, db => db.Set<Member>().Where(m => m.Id == member).Select(m => m.DisplayName).SingleAsync());

    private static async Task<Tokens> LogIn(PhoenixApp app, string openId) => (await app.Anyone.Post("/api/v1/sessions", new { code = app.WeChat.LoginCode(openId) })).Ok<Tokens>();

    private sealed class Failing : IPersonalData
    {
        public bool IsDown { get; set; } = true;

        public Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonalSection>>([]);

        public Task Erase(Guid personId, Departure departure, CancellationToken cancel) => IsDown ? throw new InvalidOperationException("planted") : Task.CompletedTask;
    }
}
