using System.Net;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Fund.Book;
using Phoenix.App.Fund.Markets;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Volunteering;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Fund;

/// <summary>凤凰里社区 before its 秋日公益集市: Saturday 2026-11-28, 9:00 to 12:00 in Chengdu; it is the Monday before.</summary>
internal sealed class Fair : IAsyncDisposable
{
    private int _receipts;

    private Fair(World world) => World = world;

    public World World { get; }

    public PhoenixApp App => World.App;

    public TestCaller Staff => World.Staff;

    public TestCaller Treasurer { get; private set; } = null!;

    public Guid Picture { get; private set; }

    public static async Task<Fair> Start(DatabaseKind database)
    {
        var fair = new Fair(await World.Start(database));
        fair.Treasurer = (await fair.App.Member("周会计", Role.Treasurer)).Caller;
        fair.Picture = await FundDesk.Upload(fair.App, fair.Treasurer);
        return fair;
    }

    public static object Form(string title = "秋日公益集市", int stalls = 20, DateTimeOffset? at = null, string description = "带上旧书旧玩具，一起来摆摊。") => new
    {
        title,
        description,
        startsAt = at ?? World.Saturday,
        endsAt = (at ?? World.Saturday).AddHours(3),
        address = "社区广场",
        maxStalls = stalls,
    };

    public async Task<StaffMarkets.Detail> Draft(object? form = null) => (await Staff.Post("staff/markets", form ?? Form())).Ok<StaffMarkets.Detail>();

    public async Task<StaffMarkets.Detail> Opened(object? form = null) => (await Staff.Post($"staff/markets/{(await Draft(form)).Id}/opening")).Ok<StaffMarkets.Detail>();

    public static Task<Answer> Apply(TestCaller caller, Guid market, StallKind kind = StallKind.Family, string title = "旧书摊", int pledge = 50, Guid? child = null, Guid? requestId = null) =>
        caller.Post($"markets/{market}/stalls", new { kind, title, description = "看过的书，找个新家。", pledgePercent = pledge, childMemberId = child }, requestId);

    public static async Task<MyStalls.Item> Applied(TestCaller caller, Guid market, StallKind kind = StallKind.Family, string title = "旧书摊", int pledge = 50, Guid? child = null) =>
        (await Apply(caller, market, kind, title, pledge, child)).Ok<MyStalls.Item>();

    public static Task<Answer> Decide(TestCaller staff, Guid stall, bool approve = true) => staff.Post($"staff/stalls/{stall}/decision", new { approve, reason = approve ? null : "内容不合适" });

    public async Task<StaffStalls.Item> Approved(TestCaller caller, Guid market, StallKind kind = StallKind.Family, string title = "旧书摊", int pledge = 50, Guid? child = null) =>
        (await Decide(Staff, (await Applied(caller, market, kind, title, pledge, child)).Id)).Ok<StaffStalls.Item>();

    /// <summary>The market is over and closed.</summary>
    public async Task Closed(Guid market)
    {
        await At(World.Saturday.AddHours(3));
        (await Staff.Post($"staff/markets/{market}/closing")).Ok<StaffMarkets.Detail>();
    }

    public async Task At(DateTimeOffset at)
    {
        await World.At(at);
        Treasurer = await App.Later(Treasurer);
    }

    public Task<Answer> Enter(long fen, Guid market, Guid? stall = null, string? on = null) => Treasurer.Post("fund/contributions", new
    {
        amountFen = fen,
        charityName = "双流区慈善会",
        filingNumber = "51012200MJQ",
        receiptNumber = $"J{++_receipts}",
        receiptOn = on ?? "2026-11-23",
        donor = DonorKind.Stall,
        fileId = Picture,
        marketId = market,
        stallId = stall,
    });

    public async Task<EntryProposed> Received(long fen, Guid market, Guid? stall = null)
    {
        var entry = (await Enter(fen, market, stall)).Ok<EntryProposed>();
        (await Staff.Post($"approvals/{entry.ApprovalId}/decision", new { approve = true })).Ok<ListApprovals.Item>();
        return entry;
    }

    public static Task<Answer> Declare(TestCaller caller, Guid stall, long fen, int? served = null) => caller.Put($"stalls/{stall}/takings", new { takingsFen = fen, peopleServed = served });

    public async Task<StaffMarkets.Detail> Market(Guid id) => (await Staff.Get($"staff/markets/{id}")).Ok<StaffMarkets.Detail>();

    /// <summary>Everything about a market that anybody can read.</summary>
    public async Task<string> Public(Guid market, Guid stall)
    {
        var texts = new List<string>();
        foreach (var address in (string[])["markets", $"markets/{market}", $"markets/{market}/trace", $"stalls/{stall}", $"stalls/{stall}/trace", "fund/accounts", "fund/receipts", "fund/cover"])
        {
            var answer = await App.Anyone.Get(address);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            texts.Add(answer.Text);
        }

        return string.Join('\n', texts);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
