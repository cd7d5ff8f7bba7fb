using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Markets;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Identity;
using Phoenix.App.Tests.Volunteering;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Fund;

/// <summary>Who may have a stall, who decides, what it declares, and what stays private.</summary>
public sealed class StallTests
{
    private static readonly DateOnly s_born = new(2016, 5, 1);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_family_stall_has_a_responsible_adult_and_only_their_own_child_with_its_consents(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var child = await fair.World.Child("小明明", s_born, wang);
        var person = await fair.App.PersonOf(child);
        (await Fair.Apply(zhao, market.Id, child: child)).Refused(HttpStatusCode.Conflict, "stall.child_unknown");
        (await Fair.Apply(zhao, market.Id, child: fair.App.NewRequestId())).Refused(HttpStatusCode.Conflict, "stall.child_unknown");
        (await Fair.Apply(wang, market.Id, title: "小明明的书摊", child: child)).Refused(HttpStatusCode.BadRequest, "stall.names_somebody");
        (await Fair.Apply(wang, market.Id, title: "王阿姨书摊")).Refused(HttpStatusCode.BadRequest, "stall.names_somebody");
        (await Fair.Apply(wang, market.Id, StallKind.Service, child: child)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Fair.Apply(wang, market.Id, pledge: 0)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Fair.Apply(wang, market.Id, pledge: 101)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var stall = await Fair.Applied(wang, market.Id, child: child);
        Assert.Equal(("小明明", StallState.Applied), (stall.ChildName, stall.State));

        // The guardian takes the consent back before staff decide: the stall can't be approved with the child.
        await fair.App.Read(Seeding.CommunityId, db => db.Set<MinorConsent>().Where(c => c.ChildId == person).ExecuteUpdateAsync(u => u.SetProperty(c => c.WithdrawnAt, fair.App.Now)));
        Assert.Equal(HttpStatusCode.Conflict, (await Fair.Decide(fair.Staff, stall.Id)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Fair.Apply(wang, market.Id, child: child)).Status);
        (await Fair.Decide(fair.Staff, stall.Id, approve: false)).Ok<StaffStalls.Item>();
        (await fair.App.Anyone.Get($"stalls/{stall.Id}")).Refused(HttpStatusCode.NotFound, "stall.unknown");

        var teen = await fair.App.Person(Role.Member);
        var keys = fair.App.Services.GetRequiredService<KeyRing>();
        await fair.App.Write(Seeding.CommunityId, db => db.Add(new BirthDate { PersonId = teen.PersonId, Day = BirthDate.Seal(keys, teen.PersonId, new DateOnly(2010, 1, 1)), SaidAt = fair.App.Now }));
        (await Fair.Apply(teen, market.Id)).Refused(HttpStatusCode.Conflict, "stall.needs_adult");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_child_at_a_stall_stands_on_no_public_page_and_each_look_of_staff_is_logged(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var wang = (await fair.App.Member("王阿姨")).Caller;
        var child = await fair.World.Child("小明明", s_born, wang);
        var person = await fair.App.PersonOf(child);
        var stall = await fair.Approved(wang, market.Id, child: child);
        await fair.Closed(market.Id);
        wang = await fair.App.Later(wang);
        (await Fair.Declare(wang, stall.Id, 2_000)).Ok<MyStalls.Item>();
        await fair.Received(1_000, market.Id, stall.Id);
        var texts = await fair.Public(market.Id, stall.Id);
        Assert.All((string[])["小明明", "王阿姨", child.ToString(), person.ToString(), wang.PersonId.ToString(), "child", "adult"], word => Assert.DoesNotContain(word, texts, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("takingsFen\":2000", texts, StringComparison.Ordinal);

        var before = await Looks(fair, person);
        Assert.Equal("小明明", Assert.Single((await fair.Staff.Get($"staff/markets/{market.Id}/stalls")).Ok<Page<StaffStalls.Item>>().Items).ChildName);
        Assert.Equal(HttpStatusCode.OK, (await fair.Staff.Get($"staff/markets/{market.Id}/stalls.xlsx")).Status);
        Assert.Equal(before + 2, await Looks(fair, person));
        (await wang.Get($"staff/markets/{market.Id}/stalls")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_decides_their_own_stall_or_the_family_s_and_nobody_decides_twice(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var own = await Fair.Applied(fair.Staff, market.Id);
        (await Fair.Decide(fair.Staff, own.Id)).Refused(HttpStatusCode.Forbidden, "stall.own");
        var (wang, zhang) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("张工作", Role.Staff)).Caller);
        var child = await fair.World.Child("小明明", s_born, wang, zhang);
        var family = await Fair.Applied(wang, market.Id, child: child);
        (await Fair.Decide(zhang, family.Id)).Refused(HttpStatusCode.Forbidden, "stall.own");
        (await Fair.Decide(zhang, own.Id)).Ok<StaffStalls.Item>();
        (await Fair.Decide(zhang, own.Id, approve: false)).Refused(HttpStatusCode.Conflict, "stall.decided");
        (await fair.Staff.Post($"staff/stalls/{family.Id}/decision", new { approve = false })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Fair.Decide(await fair.App.Person(TestDatabases.OtherCommunity, Role.Staff), family.Id)).Refused(HttpStatusCode.NotFound, "stall.unknown");
        (await Fair.Decide(await fair.App.Person(Role.Staff), family.Id, approve: false)).Ok<StaffStalls.Item>();
        Assert.Equal("内容不合适", Assert.Single((await wang.Get("my/stalls")).Ok<Page<MyStalls.Item>>().Items).Reason);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_last_place_goes_to_one_of_two_and_an_adult_has_two_stalls_at_most(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened(Fair.Form(stalls: 1));
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var id = fair.App.NewRequestId();
        var first = await Fair.Apply(wang, market.Id, requestId: id);
        Assert.Equal(first.Text, (await Fair.Apply(wang, market.Id, requestId: id)).Text);
        await Fair.Applied(wang, market.Id);
        (await Fair.Apply(wang, market.Id)).Refused(HttpStatusCode.Conflict, "stall.too_many");
        var (one, two) = (first.Ok<MyStalls.Item>().Id, (await Fair.Applied(zhao, market.Id)).Id);
        var answers = await Task.WhenAll(Fair.Decide(fair.Staff, one), Fair.Decide(fair.Staff, two));
        var approved = Assert.Single(answers, a => a.Status == HttpStatusCode.OK).Ok<StaffStalls.Item>();
        Assert.Single(answers, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "market.full");

        // Whoever doesn't come makes room; the number isn't given twice.
        var (holder, waiting) = approved.Id == one ? (wang, two) : (zhao, one);
        Assert.Equal(StallState.Withdrawn, (await holder.Post($"stalls/{approved.Id}/withdrawal")).Ok<MyStalls.Item>().State);
        (await holder.Post($"stalls/{approved.Id}/withdrawal")).Refused(HttpStatusCode.Conflict, "stall.decided");
        (await fair.Staff.Post($"stalls/{waiting}/withdrawal")).Refused(HttpStatusCode.NotFound, "stall.unknown");
        Assert.Equal(2, (await Fair.Decide(fair.Staff, waiting)).Ok<StaffStalls.Item>().Number);
        await fair.At(World.Saturday);
        (await Fair.Apply(await fair.App.Later(wang), market.Id)).Refused(HttpStatusCode.Conflict, "market.no_applications");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Takings_are_declared_after_the_market_by_the_adult_or_staff_until_a_receipt_stands_for_them(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var (books, hair, refused) = (await fair.Approved(wang, market.Id, pledge: 33), await fair.Approved(wang, market.Id, StallKind.Service, "免费理发", 0), await Fair.Applied(zhao, market.Id));
        await fair.Closed(market.Id);
        (wang, zhao) = (await fair.App.Later(wang), await fair.App.Later(zhao));
        (await Fair.Declare(zhao, books.Id, 100)).Refused(HttpStatusCode.NotFound, "stall.unknown");
        (await Fair.Declare(zhao, refused.Id, 100)).Refused(HttpStatusCode.NotFound, "stall.unknown");
        (await Fair.Declare(wang, books.Id, -1)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Fair.Declare(wang, books.Id, MarketStall.MaxTakingsFen + 1)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Fair.Declare(wang, books.Id, 100, served: 3)).Refused(HttpStatusCode.BadRequest, "stall.people_served");
        (await Fair.Declare(wang, hair.Id, 0)).Refused(HttpStatusCode.BadRequest, "stall.people_served");
        Assert.Equal(33, (await Fair.Declare(wang, books.Id, 101)).Ok<MyStalls.Item>().PledgedFen);
        Assert.Equal(3_300, (await Fair.Declare(fair.Staff, books.Id, 10_000)).Ok<MyStalls.Item>().PledgedFen);
        (await fair.Enter(10, market.Id, hair.Id)).Refused(HttpStatusCode.Conflict, "stall.no_pledge");

        var entry = (await fair.Enter(3_300, market.Id, books.Id)).Ok<Phoenix.App.Fund.Book.EntryProposed>();
        (await Fair.Declare(wang, books.Id, 5_000)).Refused(HttpStatusCode.Conflict, "stall.receipt_there");
        Assert.Equal(HttpStatusCode.OK, (await fair.Staff.Post($"approvals/{entry.ApprovalId}/decision", new { approve = false, reason = "看不清" })).Status);
        (await Fair.Declare(wang, books.Id, 5_000)).Ok<MyStalls.Item>();
        await fair.Received(1_650, market.Id, books.Id);
        (await Fair.Declare(fair.Staff, books.Id, 6_000)).Refused(HttpStatusCode.Conflict, "stall.receipt_there");
        Assert.Equal(1_650, (await fair.Staff.Get($"staff/markets/{market.Id}/stalls?state=approved")).Ok<Page<StaffStalls.Item>>().Items[0].ReceivedFen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_stallholder_takes_their_data_along_and_leaves_a_stall_without_a_name(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var later = await fair.Opened(Fair.Form("下一场", at: World.Saturday.AddDays(7)));
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var child = await fair.World.Child("小明明", s_born, wang, zhao);
        var stall = await fair.Approved(wang, market.Id, title: "独一无二书摊", child: child);
        var coming = await fair.Approved(wang, later.Id, title: "独一无二玩具");
        var thanked = await fair.Approved(zhao, market.Id, title: "赵家果蔬");
        await fair.Closed(market.Id);
        (wang, zhao) = (await fair.App.Later(wang), await fair.App.Later(zhao));
        (await wang.Post($"stalls/{thanked.Id}/thanks")).Ok<ThankStall.Response>();
        var closing = new { confirmation = CloseAccount.Word };
        var refused = await wang.Post("/api/v1/account/closing", closing);
        Assert.Contains("您在“秋日公益集市”的摊位“独一无二书摊”还没申报收入，请先申报。", refused.Text, StringComparison.Ordinal);
        (await Fair.Declare(wang, stall.Id, 2_000)).Ok<MyStalls.Item>();
        await fair.Received(1_000, market.Id, stall.Id);

        var sections = (await wang.Get("personal-data")).Ok<ExportMyData.Response>().Sections;
        Assert.Contains("独一无二书摊", sections.Single(s => s.Title == "我的摊位").Rows[0][2], StringComparison.Ordinal);
        Assert.Equal("赵家果蔬", Assert.Single(sections.Single(s => s.Title == "我感谢过的摊位").Rows)[0]);
        Assert.DoesNotContain("独一无二", (await zhao.Get("personal-data")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await wang.Post("/api/v1/account/closing", closing)).Status);
        var shown = (await fair.App.Anyone.Get($"stalls/{stall.Id}")).Ok<PublicMarkets.StallItem>();
        Assert.Equal(("家庭摊", "（已注销）"), (shown.Title, shown.Description));
        (await fair.App.Anyone.Get($"stalls/{coming.Id}")).Refused(HttpStatusCode.NotFound, "stall.unknown");
        Assert.Equal(0, (await fair.App.Anyone.Get($"stalls/{thanked.Id}")).Ok<PublicMarkets.StallItem>().Thanks);
        Assert.Equal(1_000, (await fair.Market(market.Id)).ReceivedFen);
        Assert.Equal(0, await fair.App.Read(Seeding.CommunityId, db => db.Set<MarketStall>().CountAsync(s => s.ChildId != null || s.Title.StartsWith("独一"))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_leaves_the_community_comes_to_no_market_and_a_child_that_leaves_is_forgotten(DatabaseKind database)
    {
        await using var fair = await Fair.Start(database);
        var market = await fair.Opened();
        var (wang, zhao) = ((await fair.App.Member("王阿姨")).Caller, (await fair.App.Member("赵叔")).Caller);
        var child = await fair.World.Child("小明明", s_born, wang, zhao);
        var family = await fair.Approved(wang, market.Id, child: child);
        var own = await fair.Approved(zhao, market.Id, title: "果蔬摊");
        Assert.Equal(HttpStatusCode.OK, (await zhao.Post("membership/leaving", new { confirmation = LeaveCommunity.Word })).Status);
        Assert.Equal([family.Id], (await fair.App.Anyone.Get($"markets/{market.Id}")).Ok<PublicMarkets.Detail>().Stalls.Select(s => s.Id));
        Assert.Equal("果蔬摊", (await fair.Staff.Get($"staff/markets/{market.Id}/stalls?state=withdrawn")).Ok<Page<StaffStalls.Item>>().Items.Single(s => s.Id == own.Id).Title);

        var person = await fair.App.PersonOf(child);
        await using (var scope = fair.App.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            foreach (var part in scope.ServiceProvider.GetServices<IPersonalData>())
                await part.Erase(person, Departure.Community, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
        }

        var left = (await wang.Get("my/stalls")).Ok<Page<MyStalls.Item>>().Items.Single();
        Assert.Equal((StallState.Withdrawn, null), (left.State, left.ChildName));
    }

    private static Task<int> Looks(Fair fair, Guid person) =>
        fair.App.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Community.Audit.AuditEntry>().CountAsync(e => e.Action == "minor.looked_at" && e.PersonId == person));
}
