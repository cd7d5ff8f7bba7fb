using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Needs;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>求助: every state, from asking to thanks, and who is told what.</summary>
public sealed class NeedTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_asking_to_thanks_with_coins_for_the_volunteer_and_words_in_the_inbox(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        await world.OnWeChat(wang);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var id = world.App.NewRequestId();
        var asked = (await wang.Post("needs", Asking.Form(), id)).Ok<NeedView>();
        Assert.Equal(asked, (await wang.Post("needs", Asking.Form(), id)).Ok<NeedView>());
        // Monday: two working days later is Wednesday.
        Assert.Equal((NeedState.Raised, NeedSource.Self, "王奶奶", Asking.Details, new DateOnly(2026, 11, 25), true, false), (asked.State, asked.Source, asked.HelpedName, asked.Details, asked.TriageBy, asked.MayWithdraw, asked.MayThank));
        var waiting = Assert.Single((await world.Staff.Get("staff/needs")).Ok<Page<StaffNeeds.Item>>().Items);
        Assert.Equal((asked.Id, true, false), (waiting.Need.Id, waiting.MayDecide, waiting.IsOverdue));

        (await world.Staff.Arrange(asked.Id, shift)).Refused(HttpStatusCode.Conflict, "need.state_wrong");
        (await world.Staff.Triage(asked.Id, "accept", "周六会有人来")).Ok<StaffNeeds.Item>();
        (await world.Staff.Triage(asked.Id, "accept")).Refused(HttpStatusCode.Conflict, "need.state_wrong");
        var arranged = (await world.Staff.Arrange(asked.Id, shift)).Ok<StaffNeeds.Item>();
        Assert.Equal((NeedState.Arranged, World.Saturday, "陈姐", "社工小李"), (arranged.Need.State, arranged.Need.Visit!.StartsAt, arranged.Need.Visit.Leader, arranged.TriagedBy));
        (await world.Staff.Arrange(asked.Id, shift)).Ok<StaffNeeds.Item>();
        (await wang.Post($"needs/{asked.Id}/thanks", new { })).Refused(HttpStatusCode.Conflict, "need.not_begun");

        var (helper, helperId) = await world.Neighbour("小赵");
        var signup = await World.SignedUp(helper, shift);
        Assert.Equal((Asking.Details, "王奶奶"), Assert.Single((await helper.Get($"shifts/{shift}/needs")).Ok<ShiftNeeds.Response>().Items) is var told ? (told.Details, told.HelpedName) : default);
        await world.Came(signup.Id);
        await world.Counted(shift, 1);
        await world.At(World.Saturday.AddHours(3));
        (wang, helper) = (await world.Now(wang), await world.Now(helper));
        Assert.True(Assert.Single((await world.Staff.Get("staff/needs?state=arranged")).Ok<Page<StaffNeeds.Item>>().Items).IsToConfirm);
        Assert.Equal(FixedCode.Need, await Scanned(world, helper, wang, asked.Id));
        var thanksId = world.App.NewRequestId();
        var done = (await wang.Post($"needs/{asked.Id}/thanks", new { text = "谢谢小赵，走得慢慢的" }, thanksId)).Ok<NeedView>();
        Assert.Equal(done, (await wang.Post($"needs/{asked.Id}/thanks", new { text = "谢谢小赵，走得慢慢的" }, thanksId)).Ok<NeedView>());
        Assert.Equal((NeedState.Done, "谢谢小赵，走得慢慢的", false), (done.State, done.Thanks, done.MayWithdraw));
        (await wang.Post($"needs/{asked.Id}/thanks", new { })).Refused(HttpStatusCode.Conflict, "need.state_wrong");
        (await world.Staff.Verify(shift)).Ok<VerifyShift.Response>();
        Assert.Equal(25, await world.CoinsOf(helperId));

        Assert.Contains("楼栋关怀日帮到的邻居对您说：谢谢小赵，走得慢慢的。", await world.Letters(helper));
        Assert.Equal(
            ["一老一小求助：已受理。周六会有人来。有事打社区电话 028-85670000。", "一老一小求助：已安排。志愿者11月28日（周六）9:00来。有事打社区电话 028-85670000。"],
            await world.Letters(wang));
        Assert.Equal(["一老一小求助：等受理。点开办理。"], (await world.Letters(world.Staff)).Where(l => l.Contains("求助", StringComparison.Ordinal)));
        Assert.Equal(NeedState.Done, Assert.Single((await wang.Get("my/needs")).Ok<Page<NeedView>>().Items).State);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Declined_or_referred_with_words_that_the_family_is_told_also_after_it_was_accepted(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        var (first, second) = (await wang.Raised(), await wang.Raised());
        (await world.Staff.Triage(first.Id, "decline")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Staff.Triage(first.Id, "refer", "要专业护士")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Staff.Triage(first.Id, "accept", null, "医院")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await world.Staff.Triage(first.Id, "9")).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        var declined = (await world.Staff.Triage(first.Id, "decline", "装修的事请找物业")).Ok<StaffNeeds.Item>();
        Assert.Equal((NeedState.Declined, "装修的事请找物业", false), (declined.Need.State, declined.Need.Answer, declined.MayDecide));
        (await world.Staff.Triage(first.Id, "accept")).Refused(HttpStatusCode.Conflict, "need.state_wrong");

        (await world.Staff.Triage(second.Id, "accept")).Ok<StaffNeeds.Item>();
        var referred = (await world.Staff.Triage(second.Id, "refer", "护士周一上门", "社区卫生服务中心")).Ok<StaffNeeds.Item>();
        Assert.Equal((NeedState.Referred, "社区卫生服务中心"), (referred.Need.State, referred.Need.ReferredTo));
        (await wang.Post($"needs/{second.Id}/withdrawal")).Refused(HttpStatusCode.Conflict, "need.state_wrong");
        var letters = await world.Letters(wang);
        Assert.Contains(letters, l => l.Contains("没能受理。装修的事请找物业。", StringComparison.Ordinal));
        Assert.Contains(letters, l => l.Contains("已转介。请找社区卫生服务中心，护士周一上门。", StringComparison.Ordinal));
        Assert.Equal([second.Id], (await world.Staff.Get("staff/needs?state=referred")).Ok<Page<StaffNeeds.Item>>().Items.Select(i => i.Need.Id));
        (await world.Staff.Get("staff/needs?state=nonsense")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withdrawn_in_every_open_state_and_who_was_to_come_is_told(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        var activity = await world.Published();
        var raised = await wang.Raised();
        Assert.Equal(NeedState.Withdrawn, (await wang.Post($"needs/{raised.Id}/withdrawal")).Ok<NeedView>().State);
        (await world.Staff.Triage(raised.Id, "accept")).Refused(HttpStatusCode.Conflict, "need.state_wrong");
        var accepted = await wang.Raised();
        (await world.Staff.Triage(accepted.Id, "accept")).Ok<StaffNeeds.Item>();
        (await wang.Post($"needs/{accepted.Id}/withdrawal")).Ok<NeedView>();

        var arranged = await world.Arranged(wang, activity);
        var (helper, _) = await world.Neighbour("小赵");
        await World.SignedUp(helper, activity.Shifts[0].Id);
        var id = world.App.NewRequestId();
        var gone = (await wang.Post($"needs/{arranged.Id}/withdrawal", null, id)).Ok<NeedView>();
        Assert.Equal(gone, (await wang.Post($"needs/{arranged.Id}/withdrawal", null, id)).Ok<NeedView>());
        Assert.Equal([NoticeKind.SignupConfirmed, NoticeKind.NeedDropped], await world.Told(helper));
        Assert.Equal([NoticeKind.RoleGiven, NoticeKind.NeedGiven, NoticeKind.NeedDropped], await world.Told(world.Leader));
        Assert.Empty((await helper.Get($"shifts/{activity.Shifts[0].Id}/needs")).Ok<ShiftNeeds.Response>().Items);
        // Three raised, three withdrawn: staff heard of each.
        Assert.Equal(6, (await world.Told(world.Staff)).Count(k => k == NoticeKind.NeedWaiting));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_cancelled_shift_gives_the_need_back_and_another_takes_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (wang, _) = await world.Neighbour("王奶奶");
        var (first, second) = (await world.Published(), await world.Published(World.Form("周日关怀"), world.Shift(at: World.Saturday.AddDays(1))));
        var need = await world.Arranged(wang, first);
        var (helper, _) = await world.Neighbour("小赵");
        await World.SignedUp(helper, first.Shifts[0].Id);
        Assert.DoesNotContain(NoticeKind.NeedGiven, await world.Told(helper));
        Assert.Contains(NoticeKind.NeedGiven, await world.Told(world.Leader));
        // At another time: the family is told.
        var shift = first.Shifts[0];
        (await world.Staff.Put($"staff/shifts/{shift.Id}", new { form = shift.Form with { StartsAt = World.Saturday.AddHours(1), EndsAt = World.Saturday.AddHours(3) }, version = shift.Version })).Ok<StaffActivity.Detail>();
        Assert.Contains("一老一小求助：已安排。志愿者11月28日（周六）10:00来。时间改了，不方便请打电话给社区。有事打社区电话 028-85670000。", await world.Letters(wang));
        // Moved while it stands: the first shift's people hear of it.
        (await world.Staff.Arrange(need.Id, second.Shifts[0].Id)).Ok<StaffNeeds.Item>();
        Assert.Contains(NoticeKind.NeedDropped, await world.Told(helper));
        (await world.Staff.Post($"staff/activities/{second.Id}/cancellation", new { reason = "下大雨", version = second.Version })).Ok<object>();
        var back = Assert.Single((await world.Staff.Get("staff/needs?state=accepted")).Ok<Page<StaffNeeds.Item>>().Items);
        Assert.Equal((need.Id, null), (back.Need.Id, back.Need.Visit));
        Assert.Contains(await world.Letters(wang), l => l.Contains("原来约的时段取消了，社区正在重新安排", StringComparison.Ordinal));
        (await world.Staff.Arrange(need.Id, second.Shifts[0].Id)).Refused(HttpStatusCode.Conflict, "signup.shift_off");
        (await world.Staff.Arrange(need.Id, (await world.Draft(null, world.Shift())).Shifts[0].Id)).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await world.Staff.Arrange(need.Id, world.App.NewRequestId())).Refused(HttpStatusCode.NotFound, "shift.unknown");
        Assert.Equal(NeedState.Arranged, (await world.Staff.Arrange(need.Id, first.Shifts[0].Id)).Ok<StaffNeeds.Item>().Need.State);
        Assert.Contains(NoticeKind.NeedGiven, await world.Told(helper));
        await world.At(World.Saturday.AddHours(1));
        var late = await (await world.Now(wang)).Raised();
        (await world.Staff.Triage(late.Id, "accept")).Ok<StaffNeeds.Item>();
        (await world.Staff.Arrange(late.Id, first.Shifts[0].Id)).Refused(HttpStatusCode.Conflict, "shift.begun");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task For_somebody_without_a_phone_staff_ask_and_confirm_and_who_did_is_kept(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (zhou, zhouId) = await world.Neighbour("周爷爷");
        (await world.Staff.Post("staff/needs", Asking.Form())).Refused(HttpStatusCode.Conflict, "need.member_unknown");
        (await world.Staff.Post("staff/needs", Asking.Form(world.App.NewRequestId()))).Refused(HttpStatusCode.Conflict, "need.member_unknown");
        var asked = (await world.Staff.Post("staff/needs", Asking.Form(zhouId, first: true))).Ok<NeedView>();
        Assert.Equal((NeedSource.Staff, "周爷爷", "社工小李", true), (asked.Source, asked.HelpedName, asked.RaisedByName, asked.IsFirst));
        (await world.Staff.Triage(asked.Id, "accept")).Ok<StaffNeeds.Item>();
        var activity = await world.Published();
        (await world.Staff.Arrange(asked.Id, activity.Shifts[0].Id)).Ok<StaffNeeds.Item>();
        (await world.Staff.Post($"staff/needs/{asked.Id}/completion", new { answer = "电话问过，都好了" })).Refused(HttpStatusCode.Conflict, "need.not_begun");
        await world.At(World.Saturday.AddHours(3));
        var done = (await world.Staff.Post($"staff/needs/{asked.Id}/completion", new { answer = "电话问过，都好了" })).Ok<StaffNeeds.Item>();
        Assert.Equal((NeedState.Done, "电话问过，都好了", false), (done.Need.State, done.Need.Answer, done.IsToConfirm));
        Assert.Equal([NeedState.Done], (await (await world.Now(zhou)).Get("my/needs")).Ok<Page<NeedView>>().Items.Select(n => n.State));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Words_are_checked_and_doubtful_thanks_reach_the_volunteer_after_a_look(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : text.Contains('疑') ? ContentVerdict.Review : ContentVerdict.Pass;
        var (wang, _) = await world.Neighbour("王奶奶");
        await world.OnWeChat(wang);
        (await wang.Post("needs", Asking.Form(details: Asking.Details with { What = "坏话" }))).Refused(HttpStatusCode.Conflict, "content.risky");
        (await wang.Post("needs", Asking.Form(details: Asking.Details with { ContactPhone = "王奶奶" }))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await wang.Post("needs", new { category = "eldersAndChildren" })).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        var activity = await world.Published();
        var need = await world.Arranged(wang, activity);
        var (helper, _) = await world.Neighbour("小赵");
        await World.SignedUp(helper, activity.Shifts[0].Id);
        await world.At(World.Saturday.AddHours(3));
        wang = await world.Now(wang);
        (await wang.Post($"needs/{need.Id}/thanks", new { text = "坏话" })).Refused(HttpStatusCode.Conflict, "content.risky");
        (await wang.Post($"needs/{need.Id}/thanks", new { text = "有疑的话" })).Ok<NeedView>();
        Assert.Equal(["楼栋关怀日帮到的邻居谢谢您。"], (await world.Letters(helper)).Where(l => l.Contains("邻居", StringComparison.Ordinal)));
        Assert.Null(Assert.Single((await (await world.Now(helper)).Get($"shifts/{activity.Shifts[0].Id}/needs")).Ok<ShiftNeeds.Response>().Items).Thanks);
        await using (var scope = world.App.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            var owner = scope.ServiceProvider.GetServices<IReviewedContent>().Single(c => c.Kind == "need-thanks");
            await owner.Decided(new ContentDecision(need.Id, null, false, "不合适"), CancellationToken.None);
            await owner.Decided(new ContentDecision(need.Id, null, true, null), CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
        }

        Assert.Contains("楼栋关怀日帮到的邻居对您说：有疑的话。", await world.Letters(helper));
        Assert.Equal("有疑的话", Assert.Single((await (await world.Now(helper)).Get($"shifts/{activity.Shifts[0].Id}/needs")).Ok<ShiftNeeds.Response>().Items).Thanks);
    }

    // What the code on the volunteer's phone stands for on the phone of whom they helped.
    private static async Task<FixedCode> Scanned(World world, TestCaller helper, TestCaller wang, Guid need)
    {
        Assert.StartsWith("image/", (await helper.Get($"needs/{need}/code")).ContentType, StringComparison.Ordinal);
        var scene = Assert.Single(world.App.WeChat.Drawn).Scene;
        var found = (await wang.Get($"/api/v1/scenes/{scene}")).Ok<App.MiniProgram.Codes.ResolveScene.Response>();
        Assert.Equal(need, found.Subject);
        return found.Purpose;
    }
}
