using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Redemption;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.Redemption;

/// <summary>Merchants and their people: entered, opened with an owner that two approved, clerks by code, idle ones off.</summary>
public sealed class MerchantTests
{
    private const string Why = "工作需要";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_enter_merchants_and_residents_see_the_active_ones_in_alphabetical_order(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        var (resident, _) = await app.Member("王阿姨");
        var paused = (await Enter(shop.Staff, " 爱心  食堂 ")).Ok<ListMerchants.Item>();
        Assert.Equal(("爱心 食堂", MerchantState.Paused), (paused.Name, paused.State));
        (await Enter(shop.Staff, "爱心 食堂")).Refused(HttpStatusCode.Conflict, "merchant.name_taken");
        (await shop.Staff.Put($"merchants/{paused.Id}", Body("永安超市"))).Refused(HttpStatusCode.Conflict, "merchant.name_taken");
        (await shop.Staff.Post("merchants", new { name = "音乐工作室", kind = "merchant", address = "1号", phone = "打我电话", openingHours = "全天" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await SetState(shop.Staff, paused.Id, "active")).Refused(HttpStatusCode.Conflict, "merchant.ownerless");
        Assert.Equal(["永安超市"], await Names(resident, "merchants"));
        Assert.Equal(["永安超市"], await Names(resident, "merchants?state=paused"));
        Assert.Equal(["爱心 食堂"], await Names(shop.Staff, "merchants?state=paused"));
        (await resident.Get("merchants?state=closed")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        Assert.Equal("爱心 食堂", (await resident.Get($"merchants/{paused.Id}")).Ok<ListMerchants.Item>().Name);

        var second = await Shop.Open(app, "成都书店", shop.Staff);
        var first = (await resident.Get("merchants?limit=1")).Ok<Page<ListMerchants.Item>>();
        Assert.Equal(second.Id, Assert.Single(first.Items).Id);
        Assert.Equal(["永安超市"], await Names(resident, $"merchants?limit=1&cursor={first.Next}"));
        Assert.Equal("9:00-20:00", (await second.Owner.Put($"merchants/{second.Id}/shop", new { address = "2号", phone = "028-85670001", openingHours = " 9:00-20:00 " })).Ok<ListMerchants.Item>().OpeningHours);
        (await second.Owner.Put($"merchants/{shop.Id}/shop", new { address = "2号", phone = "028-85670001", openingHours = "全天" })).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        Assert.Equal("红色书店", (await shop.Staff.Put($"merchants/{second.Id}", Body("红色书店", "red"))).Ok<ListMerchants.Item>().Name);

        var neighbour = (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).In(TestDatabases.OtherCommunity);
        (await neighbour.Get($"merchants/{shop.Id}")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await SetState(neighbour, shop.Id, "paused")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await Enter(neighbour, "永安超市")).Ok<ListMerchants.Item>();
        var twice = await Task.WhenAll(Enter(shop.Staff, "新商家"), Enter(await app.Staff(), "新商家"));
        Assert.Single(twice, a => a.Status == HttpStatusCode.OK);
        Assert.Single(twice, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "merchant.name_taken");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_owner_is_proposed_by_staff_and_approved_by_a_treasurer_who_does_not_gain_by_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((staff, own), (treasurer, treasurerId)) = (await app.Member("李主任", Role.Staff, Role.Treasurer), await app.Member("陈会计", Role.Treasurer));
        var (owner, ownerId) = await app.Member("刘老板");
        var id = (await Enter(staff, "永安超市")).Ok<ListMerchants.Item>().Id;
        (await Propose(staff, id, own)).Refused(HttpStatusCode.Conflict, "merchant.owner_self");
        (await Propose(staff, id, app.NewRequestId())).Refused(HttpStatusCode.NotFound, "merchant.member_unknown");
        (await Propose(staff, app.NewRequestId(), ownerId)).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await Propose(staff, id, ownerId, treasurerId)).Refused(HttpStatusCode.NotFound, "merchant_staff.unknown");
        var waiting = (await Propose(staff, id, ownerId)).Ok<ProposeOwner.Response>().ApprovalId;
        (await Propose(staff, id, treasurerId)).Refused(HttpStatusCode.Conflict, "approval.already_proposed");
        (await Decide(staff, waiting)).Refused(HttpStatusCode.Conflict, "approval.own");
        Assert.False(await HasRole(app, owner, Role.MerchantOwner));
        Assert.Equal("永安超市 的负责人：刘老板", (await Decide(treasurer, waiting)).Ok<ListApprovals.Item>().Summary);
        Assert.True(await HasRole(app, owner, Role.MerchantOwner));
        (await Propose(staff, id, ownerId)).Refused(HttpStatusCode.Conflict, "merchant_staff.already");
        (await SetState(staff, id, "active")).Ok<ListMerchants.Item>();

        var own2 = (await Propose(staff, id, treasurerId)).Ok<ProposeOwner.Response>().ApprovalId;
        (await Decide(treasurer, own2)).Refused(HttpStatusCode.Conflict, "approval.own");
        var log = (await staff.Get($"audit-entries?person={owner.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items.Select(e => e.Action);
        Assert.Equal(["role.granted", "merchant.owner_added", "approval.approved", "approval.proposed"], log);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_last_owner_of_an_active_merchant_stays_until_another_takes_over(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        var place = Assert.Single(await shop.People()).Id;
        (await shop.Staff.Post($"merchants/{shop.Id}/staff/removal", new { staffId = place, reason = Why })).Refused(HttpStatusCode.Conflict, "merchant.last_owner");
        (await shop.Owner.Delete($"merchant-jobs/{place}")).Refused(HttpStatusCode.Conflict, "merchant.last_owner");
        Assert.Equal(["您是“永安超市”唯一的负责人，请先请社区办理负责人变更。"], await Ask<IClosingCheck, IReadOnlyList<string>>(app, c => c.Open(shop.Owner.PersonId, Departure.Community, CancellationToken.None)));

        // A clerk takes over: one step, one role instead of the other, the old owner's code is over.
        var (clerk, clerkId) = await app.Member("小张");
        await shop.Hire(clerk);
        var code = await shop.Code();
        var waiting = (await Propose(shop.Staff, shop.Id, clerkId, shop.OwnerId)).Ok<ProposeOwner.Response>().ApprovalId;
        Assert.Equal("永安超市 的负责人：小张（接替 刘老板）", (await Decide(shop.Treasurer, waiting)).Ok<ListApprovals.Item>().Summary);
        Assert.Equal((false, true, false), (await HasRole(app, shop.Owner, Role.MerchantOwner), await HasRole(app, clerk, Role.MerchantOwner), await HasRole(app, clerk, Role.Clerk)));
        (await Join((await app.Member("小李")).Caller, code)).Refused(HttpStatusCode.Conflict, "join_code.wrong");

        // Of two owners who go at once, one stays.
        var (other, otherId) = await app.Member("老周");
        (await Decide(shop.Treasurer, (await Propose(shop.Staff, shop.Id, otherId)).Ok<ProposeOwner.Response>().ApprovalId)).Ok<ListApprovals.Item>();
        var owners = await shop.People();
        (await other.Post($"merchants/{shop.Id}/staff/removal", new { staffId = owners[0].Id, reason = Why })).Refused(HttpStatusCode.Conflict, "merchant_staff.owner_by_staff");
        var both = await Task.WhenAll(owners.Select(o => shop.Staff.Post($"merchants/{shop.Id}/staff/removal", new { staffId = o.Id, reason = Why })));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "merchant.last_owner");
        (await SetState(shop.Staff, shop.Id, "paused")).Ok<ListMerchants.Item>();
        (await shop.Staff.Post($"merchants/{shop.Id}/staff/removal", new { staffId = Assert.Single(await shop.People()).Id, reason = Why })).Ok<LeaveMerchant.Response>();
        (await SetState(shop.Staff, shop.Id, "active")).Refused(HttpStatusCode.Conflict, "merchant.ownerless");
        Assert.False(await HasRole(app, clerk, Role.MerchantOwner) || await HasRole(app, other, Role.MerchantOwner));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Clerks_join_by_the_owner_s_code_for_minutes_and_the_role_follows_every_shop(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (shop, canteen) = (await Shop.Open(app, "永安超市"), await Shop.Open(app, "社区食堂"));
        var people = new List<TestCaller>();
        for (var i = 0; i < 4; i++)
            people.Add((await app.Member($"小{i}")).Caller);
        (await canteen.Owner.Post($"merchants/{shop.Id}/clerk-code", new { })).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await canteen.Owner.Get($"merchants/{shop.Id}/staff")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await shop.Owner.Post($"merchants/{shop.Id}/clerk-code", new { validMinutes = 1441 })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await shop.Owner.Post($"merchants/{shop.Id}/clerk-code", new { uses = 21 })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        var code = await shop.Code(uses: 1);
        (await people[0].Post("unit-memberships", new { code })).Refused(HttpStatusCode.Conflict, "join_code.wrong");
        var race = await Task.WhenAll(Join(people[0], code), Join(people[1], code));
        var job = Assert.Single(race, a => a.Status == HttpStatusCode.OK).Ok<ListMerchantStaff.Job>();
        Assert.Single(race, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "join_code.wrong");
        Assert.Equal(("永安超市", MerchantPost.Clerk), (job.Name, job.Post));
        (await Join(shop.Owner, await shop.Code(uses: 2))).Refused(HttpStatusCode.Conflict, "merchant_staff.already");

        var (clerk, at) = (people[2], await shop.Hire(people[2]));
        var second = await canteen.Hire(clerk);
        Assert.Equal(["社区食堂", "永安超市"], (await clerk.Get("merchant-jobs")).Ok<List<ListMerchantStaff.Job>>().Select(j => j.Name));
        (await canteen.Owner.Post($"merchants/{canteen.Id}/staff/removal", new { staffId = at, reason = Why })).Refused(HttpStatusCode.NotFound, "merchant_staff.unknown");
        (await shop.Owner.Post($"merchants/{shop.Id}/staff/removal", new { staffId = at, reason = Why })).Ok<LeaveMerchant.Response>();
        Assert.IsType<UnknownMerchant>(await MayActAt(app, shop, clerk));
        Assert.Null(await MayActAt(app, canteen, clerk));
        Assert.True(await HasRole(app, clerk, Role.Clerk));
        (await clerk.Delete($"merchant-jobs/{second}")).Ok<LeaveMerchant.Response>();
        (await clerk.Delete($"merchant-jobs/{second}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.False(await HasRole(app, clerk, Role.Clerk));

        var minutes = await shop.Code(uses: 2, validMinutes: 10);
        app.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await Expect<ListMerchantStaff.Job>(Join(clerk, minutes));
        app.Time.Advance(TimeSpan.FromSeconds(1));
        (await Join(people[3], minutes)).Refused(HttpStatusCode.Conflict, "join_code.wrong");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_clerk_idle_for_60_days_is_off_to_the_second_and_comes_back_by_a_new_code(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        var ((idle, _), (busy, _)) = (await app.Member("小张"), await app.Member("小李"));
        await shop.Hire(idle);
        await shop.Hire(busy);
        app.Time.Advance(MerchantStaff.TouchEvery - TimeSpan.FromMilliseconds(1));
        await Touch(app, shop, busy);
        app.Time.SetUtcNow(PhoenixApp.DefaultStart + MerchantStaff.IdleLimit - TimeSpan.FromSeconds(1));
        Assert.Null(await MayActAt(app, shop, busy));
        await Touch(app, shop, busy);
        await app.Sweep("merchants.idle-clerks");
        Assert.Null(await MayActAt(app, shop, idle));
        Assert.Equal(3, (await (await app.Later(shop.Staff)).Get($"merchants/{shop.Id}/staff")).Ok<List<ListMerchantStaff.Item>>().Count);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<ClerkIdle>(await MayActAt(app, shop, idle));
        await Touch(app, shop, idle);
        Assert.IsType<ClerkIdle>(await MayActAt(app, shop, idle));
        Assert.Empty((await (await app.Later(idle)).Get("merchant-jobs")).Ok<List<ListMerchantStaff.Job>>());
        await Task.WhenAll(app.Sweep("merchants.idle-clerks"), app.Sweep("merchants.idle-clerks"));
        Assert.IsType<UnknownMerchant>(await MayActAt(app, shop, idle));
        Assert.Equal((false, true), (await HasRole(app, idle, Role.Clerk), await HasRole(app, busy, Role.Clerk)));
        Assert.Null(await MayActAt(app, shop, busy));
        Assert.Null(await MayActAt(app, shop, shop.Owner));
        Assert.Single((await (await app.Later(shop.Staff)).Get("audit-entries?action=merchant.clerk_idle")).Ok<Page<ListAuditEntries.Item>>().Items, e => e.PersonId == idle.PersonId && e.ActorId is null);

        var later = shop with { Owner = await app.Later(shop.Owner) };
        await later.Hire(await app.Later(idle));
        Assert.Null(await MayActAt(app, shop, idle));
        // Idle again, and back before any sweep: the old place ends as idle, the new one begins.
        app.Time.Advance(MerchantStaff.IdleLimit);
        await (shop with { Owner = await app.Later(shop.Owner) }).Hire(await app.Later(idle));
        Assert.Null(await MayActAt(app, shop, idle));
        Assert.Equal([MerchantEnd.Idle, MerchantEnd.Idle, null], await app.Read(Seeding.CommunityId, db => db.Set<MerchantStaff>().Where(s => s.PersonId == idle.PersonId).OrderBy(s => s.JoinedAt).Select(s => s.EndCause).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_paused_merchant_does_nothing_and_one_that_left_has_nobody(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        var (clerk, _) = await app.Member("小张");
        await shop.Hire(clerk);
        (await SetState(shop.Staff, shop.Id, "paused")).Ok<ListMerchants.Item>();
        Assert.IsType<MerchantNotActive>(await MayActAt(app, shop, clerk));
        (await SetState(shop.Staff, shop.Id, "active")).Ok<ListMerchants.Item>();
        Assert.Null(await MayActAt(app, shop, clerk));
        var code = await shop.Code();
        (await SetState(shop.Staff, shop.Id, "left")).Ok<ListMerchants.Item>();
        (await SetState(shop.Staff, shop.Id, "active")).Refused(HttpStatusCode.Conflict, "merchant.left");
        (await shop.Staff.Put($"merchants/{shop.Id}", Body("永安超市"))).Refused(HttpStatusCode.Conflict, "merchant.left");
        (await Propose(shop.Staff, shop.Id, shop.OwnerId)).Refused(HttpStatusCode.Conflict, "merchant.left");
        (await Join((await app.Member("小李")).Caller, code)).Refused(HttpStatusCode.Conflict, "join_code.wrong");
        Assert.IsType<UnknownMerchant>(await MayActAt(app, shop, clerk));
        Assert.False(await HasRole(app, clerk, Role.Clerk) || await HasRole(app, shop.Owner, Role.MerchantOwner));
        (await Enter(shop.Staff, "永安超市")).Ok<ListMerchants.Item>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_goes_gets_their_data_and_leaves_the_shop(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        var (clerk, _) = await app.Member("小张");
        await shop.Hire(clerk);
        var sections = await Ask<IPersonalData, IReadOnlyList<PersonalSection>>(app, d => d.Export(clerk.PersonId, CancellationToken.None));
        Assert.Equal([["永安超市", "店员", "2026-11-23", "", "2026-11-23"]], Assert.Single(sections, s => s.Title == "我在商家的身份").Rows);
        Assert.Empty(await Ask<IClosingCheck, IReadOnlyList<string>>(app, c => c.Open(clerk.PersonId, Departure.Account, CancellationToken.None)));
        foreach (var person in (TestCaller[])[clerk, shop.Owner, clerk])
            await Ask<IPersonalData, int>(app, async d =>
            {
                await d.Erase(person.PersonId, Departure.Account, CancellationToken.None);
                return 0;
            });
        Assert.False(await HasRole(app, clerk, Role.Clerk) || await HasRole(app, shop.Owner, Role.MerchantOwner));
        Assert.Equal(MerchantState.Paused, (await clerk.Get($"merchants/{shop.Id}")).Ok<ListMerchants.Item>().State);
    }

    private static object Body(string name, string kind = "merchant") => new { name, kind, address = "永安路1号", phone = "028-85670000", openingHours = "8:00-20:00" };

    internal static Task<Answer> Enter(TestCaller staff, string name) => staff.Post("merchants", Body(name));

    internal static Task<Answer> SetState(TestCaller staff, Guid id, string state) => staff.Post($"merchants/{id}/state", new { state, reason = Why });

    internal static Task<Answer> Propose(TestCaller staff, Guid merchant, Guid memberId, Guid? replacesMemberId = null) => staff.Post($"merchants/{merchant}/owners", new { memberId, replacesMemberId, reason = Why });

    internal static Task<Answer> Decide(TestCaller checker, Guid? approval, bool approve = true) => checker.Post($"approvals/{approval}/decision", new { approve, reason = "再核对" });

    private static Task<Answer> Join(TestCaller clerk, string code) => clerk.Post("merchant-jobs", new { code });

    private static async Task<T> Expect<T>(Task<Answer> answer) => (await answer).Ok<T>();

    private static async Task<IEnumerable<string>> Names(TestCaller caller, string address) => (await caller.Get(address)).Ok<Page<ListMerchants.Item>>().Items.Select(m => m.Name);

    private static Task<bool> HasRole(PhoenixApp app, TestCaller caller, Role role) =>
        app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().AnyAsync(g => g.PersonId == caller.PersonId && g.Role == role));

    private static Task<Error?> MayActAt(PhoenixApp app, Shop shop, TestCaller person) => Ask<IMerchantPeople, Error?>(app, p => p.MayActAt(shop.Id, person.PersonId, CancellationToken.None));

    private static Task Touch(PhoenixApp app, Shop shop, TestCaller person) => Ask<IMerchantPeople, int>(app, async p =>
    {
        await p.Touch(shop.Id, person.PersonId, CancellationToken.None);
        return 0;
    });

    // Of a contract that several modules carry, the merchants' own.
    private static async Task<T> Ask<TContract, T>(PhoenixApp app, Func<TContract, Task<T>> ask)
        where TContract : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await ask(scope.ServiceProvider.GetServices<TContract>().Single(s => s.GetType().Namespace == typeof(Merchant).Namespace));
    }

    /// <summary>An open merchant with its owner, the staff who entered it and the treasurer who approved the owner.</summary>
    internal sealed record Shop(Guid Id, TestCaller Staff, TestCaller Treasurer, TestCaller Owner, Guid OwnerId)
    {
        public static async Task<Shop> Open(PhoenixApp app, string name, TestCaller? by = null)
        {
            var (staff, treasurer, (owner, ownerId)) = (by ?? await app.Staff(), await app.Person(Role.Treasurer), await app.Member("刘老板"));
            var id = (await Enter(staff, name)).Ok<ListMerchants.Item>().Id;
            (await Decide(treasurer, (await Propose(staff, id, ownerId)).Ok<ProposeOwner.Response>().ApprovalId)).Ok<ListApprovals.Item>();
            (await SetState(staff, id, "active")).Ok<ListMerchants.Item>();
            return new Shop(id, staff, treasurer, owner, ownerId);
        }

        public async Task<List<ListMerchantStaff.Item>> People() => (await Staff.Get($"merchants/{Id}/staff")).Ok<List<ListMerchantStaff.Item>>();

        public async Task<string> Code(int uses = 1, int validMinutes = 30) => (await Owner.Post($"merchants/{Id}/clerk-code", new { uses, validMinutes })).Ok<JoinCodeShown>().Code;

        public async Task<Guid> Hire(TestCaller clerk) => (await Join(clerk, await Code())).Ok<ListMerchantStaff.Job>().Id;
    }
}
