using System.Net;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What the leader does about sign-ups: roster, 接龙, walk-ins, saying no.</summary>
public sealed class LeaderTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_chain_of_the_chat_group_becomes_a_roster_and_goes_back(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 2))).Shifts[0].Id;
        var ((_, wang), (_, li), (_, zhang1), (_, zhang2)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔叔"), await world.Neighbour("小张"), await world.Neighbour("小张"));
        world.App.Time.Advance(TimeSpan.FromSeconds(6));
        const string Text = "#接龙\n周六打扫，报名接龙\n1. 王阿姨\n2、李叔叔 +1\n3）小张（带娃）\n4 外来的人\n5. 王阿姨\n";
        var preview = (await world.Leader.Post($"shifts/{shift}/chain-preview", new { text = Text })).Ok<Chain.Preview>();
        Assert.Equal(["王阿姨", "李叔叔", "小张", "外来的人"], preview.Lines.Select(l => l.Name));
        Assert.Equal([1, 1, 2, 0], preview.Lines.Select(l => l.Members.Count));
        Assert.Equal(["#接龙", "周六打扫，报名接龙"], preview.Ignored);

        var made = (await world.Leader.Post($"shifts/{shift}/roster", new { memberIds = new[] { wang, li, zhang1, world.App.NewRequestId() } })).Ok<FillRoster.Response>().Outcomes;
        Assert.Equal([SignupState.Confirmed, SignupState.Confirmed, SignupState.Waitlisted, null], made.Select(o => o.State));
        Assert.Equal("signup.unknown_member", made[3].Code);
        Assert.Equal(made[0].SignupId, (await world.Leader.Post($"shifts/{shift}/roster", new { memberIds = new[] { wang } })).Ok<FillRoster.Response>().Outcomes[0].SignupId);
        Assert.NotEqual(zhang1, zhang2);
        var copy = (await world.Leader.Get($"shifts/{shift}/chain")).Ok<Chain.Copy>().Text;
        Assert.Equal("#接龙\n楼栋关怀日 11月28日 9:00-11:30 3栋大厅\n1. 王阿姨\n2. 李叔叔\n3. 小张（候补）", copy);
        Assert.Equal(3, (await world.Leader.Post($"shifts/{shift}/chain-preview", new { text = copy })).Ok<Chain.Preview>().Lines.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_roster_costs_nothing_while_it_is_unchanged_and_is_the_leader_s_alone(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (caller, _) = await world.Neighbour("王阿姨");
        var signed = await World.SignedUp(caller, shift);
        world.App.Time.Advance(TimeSpan.FromSeconds(6));
        var first = await world.Leader.Get($"shifts/{shift}/roster");
        var roster = first.Ok<Roster.Response>();
        Assert.Equal((2, 1, 0, "王阿姨"), (roster.Capacity, roster.Taken, roster.Waiting, Assert.Single(roster.Lines.Items).Name));
        var tag = first.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.NotModified, (await world.Leader.Send(HttpMethod.Get, $"shifts/{shift}/roster", null, null, ("If-None-Match", tag))).Status);
        await World.SignedUp((await world.Neighbour("李叔叔")).Caller, shift);
        var second = await world.Leader.Send(HttpMethod.Get, $"shifts/{shift}/roster", null, null, ("If-None-Match", tag));
        Assert.Equal(2, second.Ok<Roster.Response>().Lines.Items.Count);

        var stranger = await world.App.Person(Role.Leader);
        foreach (var address in (string[])[$"shifts/{shift}/roster", $"shifts/{shift}/chain"])
            (await stranger.Get(address)).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await stranger.Post($"shifts/{shift}/roster", new { memberIds = new[] { signed.MemberId } })).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await stranger.Post($"signups/{signed.Id}/rejection", new { reason = "不行" })).Refused(HttpStatusCode.NotFound, "signup.unknown");
        (await stranger.Put($"shifts/{shift}/figures", new { peopleServed = 1, problemsSolved = 1, lines = "" })).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await world.Leader.Put($"shifts/{shift}/figures", new { peopleServed = 1, problemsSolved = 1, lines = "" })).Refused(HttpStatusCode.Conflict, "shift.figures_too_early");
        (await (await world.App.Person(TestDatabases.OtherCommunity, Role.Staff)).Get($"shifts/{shift}/roster")).Refused(HttpStatusCode.NotFound, "shift.unknown");

        // No with a reason, which the person reads; then not again for this shift, and never about oneself.
        (await world.Leader.Post($"signups/{signed.Id}/rejection", new { reason = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Leader.Post($"signups/{signed.Id}/rejection", new { reason = "需要急救证" })).Ok<LeadSignup.Response>();
        Assert.Equal("需要急救证", (await caller.Get("my/signups")).Ok<Page<SignupView>>().Items[0].Reason);
        Assert.Contains(NoticeKind.SignupRejected, await world.Told(caller));
        (await World.SignUp(caller, shift)).Refused(HttpStatusCode.Conflict, "signup.rejected_before");
        var own = await World.SignedUp(world.Leader, shift);
        (await world.Leader.Post($"signups/{own.Id}/rejection", new { reason = "不去了" })).Refused(HttpStatusCode.Conflict, "signup.own");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_stands_at_the_door_comes_in_while_places_remain(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 2))).Shifts[0].Id;
        var ((early, a), (_, b), (_, c)) = (await world.Neighbour("甲"), await world.Neighbour("乙"), await world.Neighbour("丙"));
        await World.SignedUp(early, shift);
        var opens = World.Saturday - SignupTimes.WalkInsBefore;
        await world.At(opens.AddMilliseconds(-1));
        (await In(b)).Refused(HttpStatusCode.Conflict, "signup.walk_ins_not_now");
        await world.At(opens);
        var outcomes = (await In(a, b, c)).Ok<FillRoster.Response>().Outcomes;
        Assert.Equal([SignupState.Confirmed, SignupState.Confirmed, null], outcomes.Select(o => o.State));
        Assert.Equal("signup.full", outcomes[2].Code);
        await world.At(World.Saturday.AddMinutes(150));
        (await In(c)).Refused(HttpStatusCode.Conflict, "signup.walk_ins_not_now");

        Task<Answer> In(params Guid[] members) => world.Leader.Post($"shifts/{shift}/walk-ins", new { memberIds = members });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_approve_only_where_the_activity_says_so(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(World.Form(approval: true), world.Shift(capacity: 1))).Shifts[0].Id;
        var ((first, _), (second, _)) = (await world.Neighbour("甲"), await world.Neighbour("乙"));
        var (a, b) = (await World.SignedUp(first, shift), await World.SignedUp(second, shift));
        Assert.Equal((SignupState.Requested, SignupState.Requested), (a.State, b.State));
        world.App.Time.Advance(TimeSpan.FromSeconds(6));
        (await world.Leader.Post($"signups/{a.Id}/approval")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var both = await Task.WhenAll(world.Staff.Post($"signups/{a.Id}/approval"), world.Staff.Post($"signups/{b.Id}/approval"));
        Assert.Equal([SignupState.Confirmed, SignupState.Waitlisted], both.Select(x => x.Ok<LeadSignup.Response>().State).Order().Reverse().OrderBy(s => s == SignupState.Waitlisted));
    }

    [Theory]
    [InlineData("1. 王阿姨", "王阿姨")]
    [InlineData("12、李叔叔", "李叔叔")]
    [InlineData("3）小张（带娃）", "小张")]
    [InlineData("4：老赵 两人", "老赵")]
    [InlineData("5 阿芳+2", "阿芳")]
    [InlineData("６. 全角不算", null)]
    [InlineData("接龙标题", null)]
    [InlineData("7.", null)]
    [InlineData("8. （空）", null)]
    public void A_line_is_numbered_or_it_is_not(string line, string? name)
    {
        var (lines, _) = Chain.Parse(line);
        Assert.Equal(name, lines.Count == 0 ? null : lines[0].Name);
    }
}
