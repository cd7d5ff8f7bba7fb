using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>凤凰里社区 ready for volunteering: staff, a leader, ten coins an hour. It is Monday 2026-11-23, 10:00 in Chengdu.</summary>
public sealed class World : IAsyncDisposable
{
    private World(PhoenixApp app) => App = app;

    public PhoenixApp App { get; }

    public TestCaller Staff { get; private set; } = null!;

    public TestCaller Leader { get; private set; } = null!;

    public Guid LeaderId { get; private set; }

    /// <summary>Saturday's shift: 2026-11-28, 9:00 to 11:30 in Chengdu.</summary>
    public static DateTimeOffset Saturday { get; } = new(2026, 11, 28, 1, 0, 0, TimeSpan.Zero);

    public static async Task<World> Start(DatabaseKind database, Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder>? customize = null)
    {
        var world = new World(await PhoenixApp.Start(database, customize: customize));
        world.Staff = (await world.App.Member("社工小李", Role.Staff)).Caller;
        await world.OnWeChat(world.Staff);
        (world.Leader, world.LeaderId) = await world.App.Member("陈姐");
        await world.App.Write(Seeding.CommunityId, db => db.Add(new CoinRule
        {
            CommunityId = Seeding.CommunityId,
            Version = 1,
            CoinsPerHour = 10,
            EffectiveFrom = new(2026, 11, 1),
            CreatedAt = PhoenixApp.DefaultStart,
        }));
        return world;
    }

    /// <summary>Gives somebody a WeChat account: whose texts WeChat judges.</summary>
    public Task OnWeChat(TestCaller caller)
    {
        var (keys, person) = (App.Services.GetRequiredService<KeyRing>(), caller.PersonId);
        return App.Write(Seeding.CommunityId, db => db.Add(new WeChatAccount
        {
            PersonId = person,
            OpenIdHash = keys.KeyedHash(WeChatAccount.OpenIdScope, $"o-{person:N}"),
            OpenId = keys.Encrypt($"o-{person:N}", WeChatAccount.OpenIdPlace(person)),
            SessionKey = keys.Encrypt("c2Vzc2lvbg==", WeChatAccount.SessionKeyPlace(person)),
            LoggedInAt = PhoenixApp.DefaultStart,
        }));
    }

    /// <summary>The fund with so much in it, at so many fen a coin and all of it to promise; each by two people.</summary>
    public async Task OpenFund(long fen, long fenPerCoin = 50, int ratio = 100)
    {
        var treasurer = await App.Person(Role.Treasurer);
        await Approve((await treasurer.Post("fund/opening", new { amountFen = fen, evidence = "双流区慈善会 2026-001 号收据" })).Ok<OpenFund.Response>().ApprovalId);
        await Approve((await treasurer.Post("fund/policies", new { liabilityFenPerCoin = fenPerCoin, ratioPercent = ratio, reason = "年度约定" })).Ok<SetFundPolicy.Response>().ApprovalId);
    }

    public async Task Approve(Guid id) => Assert.Equal(HttpStatusCode.OK, (await Staff.Post($"approvals/{id}/decision", new { approve = true })).Status);

    /// <summary>A form with everything that publishing wants.</summary>
    public static ActivityForm Form(string title = "楼栋关怀日", ActivityKind kind = ActivityKind.Gathering, bool hoursOnly = true, long? budget = null, bool approval = false, Guid? post = null) => new(
        title, "上门看望独居老人，帮忙打扫和买菜。", kind, ImpactCategory.EldersAndChildren, HostedBy: "凤凰里社区居委会", ContactName: "小李", ContactPhone: "028-85670000",
        Risks: "上下楼梯注意安全，两人一组。", Insurance: "社区统一投保志愿者意外险。", IsHoursOnly: hoursOnly, BudgetCoins: budget, NeedsApproval: approval, PostId: post);

    public ShiftForm Shift(int capacity = 2, DateTimeOffset? at = null, int minutes = 150) => new(at ?? Saturday, (at ?? Saturday).AddMinutes(minutes), capacity, "3栋大厅", LeaderId: LeaderId);

    public async Task<StaffActivity.Detail> Draft(ActivityForm? form = null, params ShiftForm[] shifts)
    {
        var draft = (await Staff.Post("staff/activities", form ?? Form())).Ok<StaffActivity.Detail>();
        foreach (var shift in shifts)
            draft = (await Staff.Post($"staff/activities/{draft.Id}/shifts", shift)).Ok<StaffActivity.Detail>();
        return draft;
    }

    public Task<Answer> Publish(StaffActivity.Detail draft, bool asHoursOnly = false) => Staff.Post($"staff/activities/{draft.Id}/publication", new { version = draft.Version, asHoursOnly });

    /// <summary>A published activity, hours only unless the form says otherwise.</summary>
    public async Task<StaffActivity.Detail> Published(ActivityForm? form = null, params ShiftForm[] shifts) =>
        (await Publish(await Draft(form, shifts is [] ? [Shift()] : shifts))).Ok<StaffActivity.Detail>();

    public async Task<(TestCaller Caller, Guid MemberId)> Neighbour(string name) => await App.Member(name);

    public static Task<Answer> SignUp(TestCaller caller, Guid shift, bool wait = true, params Guid[] members) => caller.Post($"shifts/{shift}/signups", new { memberIds = members, joinWaitlist = wait });

    public static async Task<SignupView> SignedUp(TestCaller caller, Guid shift) => Assert.Single((await SignUp(caller, shift)).Ok<JoinShift.Response>().Signups);

    /// <summary>The same device with a token of now.</summary>
    public Task<TestCaller> Now(TestCaller caller) => App.Later(caller);

    /// <summary>Somebody born on a day, with guardians who consented.</summary>
    public async Task<Guid> Child(string name, DateOnly born, params TestCaller[] guardians)
    {
        var (child, member) = await App.Member(name);
        var (keys, ids) = (App.Services.GetRequiredService<KeyRing>(), App.Services.GetRequiredService<IIds>());
        await App.Write(Seeding.CommunityId, db =>
        {
            db.Add(new BirthDate { PersonId = child.PersonId, Day = BirthDate.Seal(keys, child.PersonId, born), SaidAt = PhoenixApp.DefaultStart });
            foreach (var guardian in guardians)
            {
                db.Add(new Guardianship { CommunityId = Seeding.CommunityId, Id = ids.New(), GuardianId = guardian.PersonId, ChildId = child.PersonId, Since = PhoenixApp.DefaultStart });
                db.Add(new MinorConsent { CommunityId = Seeding.CommunityId, Id = ids.New(), ChildId = child.PersonId, GivenBy = guardian.PersonId, Stage = ConsentStage.UnderFourteen, DocumentId = ids.New(), GivenAt = PhoenixApp.DefaultStart });
            }
        });
        return member;
    }

    /// <summary>Sets the clock and gives staff and leader tokens of then.</summary>
    public async Task At(DateTimeOffset at)
    {
        App.Time.SetUtcNow(at);
        (Staff, Leader) = (await Now(Staff), await Now(Leader));
    }

    public Task<SignupState> StateOf(Guid signup) => App.Read(Seeding.CommunityId, db => db.Set<Signup>().Where(s => s.Id == signup).Select(s => s.State).SingleAsync());

    /// <summary>What the person was told, in order.</summary>
    public async Task<IReadOnlyList<NoticeKind>> Told(TestCaller caller) =>
        await App.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().Where(m => m.PersonId == caller.PersonId).OrderBy(m => m.Id).Select(m => m.Kind).ToListAsync());

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
