using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram.Content;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records.Thanking;
using Phoenix.App.Volunteering.Summaries;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>活动小结: from what is recorded to what every member reads.</summary>
public sealed class SummaryTests
{
    private static readonly DateTimeOffset s_end = World.Saturday.AddMinutes(150);
    private static readonly string[] s_names = ["王阿姨", "李叔叔", "小张", "赵老师", "孙姐", "周伯"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_text_follows_what_is_recorded_says_what_is_missing_and_names_nobody(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, s_names);
        (await world.Staff.Get(Draft(activity.Id))).Refused(HttpStatusCode.Conflict, "summary.too_early");
        await world.At(s_end);
        foreach (var (_, signup) in people)
            await world.Came(signup.Id);
        await world.Counted(shift, s_names.Length);
        var early = await Read(world.Leader, activity.Id);
        Assert.Equal(["还有 6 人的时长没有核，请负责人先核时长。", "还有 1 个时段没填服务成效，请负责人补上。"], early.Missing);
        Assert.Equal(
            "2026 年 11 月 28 日，我们在3栋大厅一起完成了“楼栋关怀日”。\n活动由凤凰里社区居委会主办。\n还有志愿者的时长没核完，数字会再更新。\n还有时段没填服务成效，填好后会补上。\n谢谢每一位志愿者，也谢谢支持活动的邻居们。",
            early.Text);

        (await world.Leader.Verify(shift)).Ok<VerifyShift.Response>();
        (await world.Leader.Put($"shifts/{shift}/figures", new EnterFigures.Request(18, 3, "陪老人聊天，换好了两盏灯。"))).Ok<EnterFigures.Response>();
        for (var i = 0; i < 5; i++)
            await Rate(await world.Now((await world.Neighbour($"邻居{i}")).Caller), shift, i == 0 ? 4 : 5);
        var whole = await Read(world.Leader, activity.Id);
        Assert.Equal(
            "2026 年 11 月 28 日，我们在3栋大厅一起完成了“楼栋关怀日”。\n活动由凤凰里社区居委会主办。\n6 位志愿者参加，一共服务了 15 小时。\n服务了 18 人，帮大家解决了 3 个问题。\n陪老人聊天，换好了两盏灯。\n"
            + "为志愿者发放凤凰币 150 枚。\n收到 5 位邻居的评价，平均 4.8 分（满分 5 分）。\n谢谢每一位志愿者，也谢谢支持活动的邻居们。",
            whole.Text);
        Assert.Equal(new SummaryFigures(new(2026, 11, 28), new(2026, 11, 28), 1, 6, 900, false, 150, 18, 3, 5, 48, 0, 0), whole.Figures);
        Assert.Equal((0, false, null, 0), (whole.Missing.Count, whole.IsOwn, whole.Published, whole.Version));
        Assert.All(s_names, name => Assert.DoesNotContain(name, whole.Text, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_fewer_than_five_people_the_text_tells_no_figure_and_who_runs_it_sees_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, s_names[..5]);
        await world.At(s_end);
        foreach (var (_, signup) in people.Take(4))
            await world.Came(signup.Id);
        await world.Counted(shift, 4);
        (await world.Leader.Verify(shift)).Ok<VerifyShift.Response>();
        (await world.Leader.Put($"shifts/{shift}/figures", new EnterFigures.Request(2, 0, null))).Ok<EnterFigures.Response>();
        await Rate(await world.Now((await world.Neighbour("邻居")).Caller), shift, 5);
        var draft = await Read(world.Staff, activity.Id);
        Assert.Equal((4, 600L, 100L, 2L, 1), (draft.Figures.Volunteers, draft.Figures.Minutes, draft.Figures.Coins, draft.Figures.PeopleServed, draft.Figures.Ratings));
        Assert.Equal("2026 年 11 月 28 日，我们在3栋大厅一起完成了“楼栋关怀日”。\n活动由凤凰里社区居委会主办。\n志愿者们到场服务，辛苦了。\n谢谢每一位志愿者，也谢谢支持活动的邻居们。", draft.Text);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Several_shifts_are_told_by_day_and_cancelled_ones_are_not(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        ShiftForm[] shifts = [world.Shift(), world.Shift(at: World.Saturday.AddDays(1)), world.Shift(at: World.Saturday.AddDays(1).AddHours(4)), world.Shift(at: World.Saturday.AddDays(40)) with { Address = "社区活动室" }, world.Shift(at: World.Saturday.AddDays(50))];
        var activity = await world.Published(World.Form() with { GuidedBy = "永安镇", RunBy = "凤凰社工站" }, shifts);
        (await world.Staff.Post($"staff/shifts/{activity.Shifts[4].Id}/cancellation", new { reason = "下雨", version = activity.Shifts[4].Version })).Ok<StaffActivity.Detail>();
        await world.At(s_end.AddDays(40));
        (await world.Leader.Put($"shifts/{activity.Shifts[1].Id}/figures", new EnterFigures.Request(3, null, "清理了楼道"))).Ok<EnterFigures.Response>();
        (await world.Leader.Put($"shifts/{activity.Shifts[3].Id}/figures", new EnterFigures.Request(4, null, null))).Ok<EnterFigures.Response>();
        Assert.Equal(
            "2026 年 11 月 28 日至 2027 年 1 月 7 日，我们在3栋大厅、社区活动室一起完成了“楼栋关怀日”，一共 4 个时段。\n活动由永安镇指导，凤凰里社区居委会主办，凤凰社工站承办。\n服务了 7 人次。\n11 月 29 日：清理了楼道\n这次活动只记时长，不发凤凰币。\n"
            + "还有时段没填服务成效，填好后会补上。\n谢谢每一位志愿者，也谢谢支持活动的邻居们。",
            (await Read(world.Staff, activity.Id)).Text);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_never_took_place_or_never_ends_has_none(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var draft = await world.Draft(World.Form("草稿"), world.Shift());
        var off = await world.Published(World.Form("取消的"));
        (await world.Staff.Post($"staff/activities/{off.Id}/cancellation", new { reason = "天气不好", version = off.Version })).Ok<StaffActivity.Detail>();
        var empty = await world.Published(World.Form("都取消了"));
        (await world.Staff.Post($"staff/shifts/{empty.Shifts[0].Id}/cancellation", new { reason = "下雨", version = empty.Shifts[0].Version })).Ok<StaffActivity.Detail>();
        await world.At(s_end);
        foreach (var id in (Guid[])[draft.Id, off.Id, empty.Id])
            (await world.Staff.Get(Draft(id))).Refused(HttpStatusCode.Conflict, "summary.nothing_held");
        (await world.Staff.Get(Draft(world.App.NewRequestId()))).Refused(HttpStatusCode.NotFound, "activity.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_runs_it_writes_own_words_once_and_goes_back_to_the_automatic_ones(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : ContentVerdict.Pass;
        await world.OnWeChat(world.Leader);
        var activity = await world.Published();
        var (other, otherId) = await world.Neighbour("别的负责人");
        await world.Published(World.Form("别的活动"), world.Shift() with { LeaderId = otherId });
        await world.At(s_end);
        (await (await world.Now(other)).Get(Draft(activity.Id))).Refused(HttpStatusCode.NotFound, "activity.unknown");
        (await (await world.Now(other)).Put(Summary(activity.Id), new WriteSummary.Request("不是我的", 0))).Refused(HttpStatusCode.NotFound, "activity.unknown");
        (await world.Leader.Put(Summary(activity.Id), new WriteSummary.Request("坏话", 0))).Refused(HttpStatusCode.Conflict, "content.risky");
        (await world.Leader.Put(Summary(activity.Id), new WriteSummary.Request(new string('长', ActivitySummary.MaxTextLength + 1), 0))).Refused(HttpStatusCode.BadRequest, "request.invalid");

        var id = world.App.NewRequestId();
        var first = await world.Leader.Put(Summary(activity.Id), new WriteSummary.Request(" 大家都辛苦了。\r\n明年再来。 ", 0), id);
        Assert.Equal(first.Text, (await world.Leader.Put(Summary(activity.Id), new WriteSummary.Request(" 大家都辛苦了。\r\n明年再来。 ", 0), id)).Text);
        Assert.Equal(("大家都辛苦了。\n明年再来。", true, 1), Stands(first.Ok<SummaryDraft>()));
        (await world.Staff.Put(Summary(activity.Id), new WriteSummary.Request("同时改的", 0))).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        // Later figures leave own words alone.
        (await world.Leader.Put($"shifts/{activity.Shifts[0].Id}/figures", new EnterFigures.Request(9, 1, null))).Ok<EnterFigures.Response>();
        var kept = await Read(world.Staff, activity.Id);
        Assert.Equal((("大家都辛苦了。\n明年再来。", true, 1), 9L), (Stands(kept), kept.Figures.PeopleServed));
        var back = (await world.Staff.Put(Summary(activity.Id), new WriteSummary.Request("  ", 1))).Ok<SummaryDraft>();
        Assert.Equal((false, 2), (back.IsOwn, back.Version));
        Assert.Contains("服务了 9 人，帮大家解决了 1 个问题。", back.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_member_reads_what_staff_published_until_it_is_published_anew_or_taken_back(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published();
        await world.At(s_end);
        var (member, _) = await world.Neighbour("王阿姨");
        member = await world.Now(member);
        (await member.Get(Summary(activity.Id))).Refused(HttpStatusCode.NotFound, "summary.unknown");
        Assert.False((await member.Get($"activities/{activity.Id}")).Ok<PublicActivities.Detail>().HasSummary);
        (await member.Get(Draft(activity.Id))).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await world.Leader.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(0))).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var id = world.App.NewRequestId();
        var published = await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(0), id);
        Assert.Equal(published.Text, (await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(0), id)).Text);
        var draft = published.Ok<SummaryDraft>();
        Assert.Equal((1, new PublishedSummary(draft.Text, world.App.Now, false, true)), (draft.Version, draft.Published));
        Assert.Equal(new GetSummary.Response(activity.Id, "楼栋关怀日", draft.Text, world.App.Now), (await member.Get(Summary(activity.Id))).Ok<GetSummary.Response>());
        Assert.True((await member.Get($"activities/{activity.Id}")).Ok<PublicActivities.Detail>().HasSummary);

        // Own words of a leader change nothing that is public.
        (await world.Leader.Put(Summary(activity.Id), new WriteSummary.Request("改过的话", 1))).Ok<SummaryDraft>();
        Assert.Equal(draft.Text, (await member.Get(Summary(activity.Id))).Ok<GetSummary.Response>().Text);
        Assert.False((await Read(world.Staff, activity.Id)).Published!.IsCurrent);
        (await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(1))).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        (await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(2))).Ok<SummaryDraft>();
        Assert.Equal("改过的话", (await member.Get(Summary(activity.Id))).Ok<GetSummary.Response>().Text);

        (await world.Staff.Post($"{Summary(activity.Id)}/withdrawal", new PublishSummary.Request(2))).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        Assert.Equal(new PublishSummary.WithdrawalResponse(activity.Id, 4), (await world.Staff.Post($"{Summary(activity.Id)}/withdrawal", new PublishSummary.Request(3))).Ok<PublishSummary.WithdrawalResponse>());
        var gone = await Read(world.Staff, activity.Id);
        Assert.Equal((null, "改过的话", 4), (gone.Published, gone.Text, gone.Version));
        (await world.Staff.Post($"{Summary(activity.Id)}/withdrawal", new PublishSummary.Request(4))).Refused(HttpStatusCode.Conflict, "summary.not_published");
        (await member.Get(Summary(activity.Id))).Refused(HttpStatusCode.NotFound, "summary.unknown");
        Assert.Equal(["summary.published", "summary.published", "summary.withdrawn"], await world.App.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().Where(e => e.Subject == $"activity:{activity.Id:N}" && e.Action.StartsWith("summary.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Doubtful_texts_wait_for_another_person_and_risky_ones_are_never_public(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : text.Contains('疑') ? ContentVerdict.Review : ContentVerdict.Pass;
        var activity = await world.Published();
        var shift = activity.Shifts[0].Id;
        await world.At(s_end);
        var (member, other) = (await world.Now((await world.Neighbour("王阿姨")).Caller), await world.Now(await world.App.Person(Role.SocialWorker)));
        // A leader's line comes into the automatic text without a check of its own.
        (await world.Leader.Put($"shifts/{shift}/figures", new EnterFigures.Request(9, 1, "坏话"))).Ok<EnterFigures.Response>();
        (await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(0))).Refused(HttpStatusCode.Conflict, "content.risky");
        (await world.Leader.Put($"shifts/{shift}/figures", new EnterFigures.Request(9, 1, "可疑的话"))).Ok<EnterFigures.Response>();

        Assert.True((await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(0))).Ok<SummaryDraft>().Published!.IsHeld);
        (await member.Get(Summary(activity.Id))).Refused(HttpStatusCode.NotFound, "summary.unknown");
        Assert.False((await member.Get($"activities/{activity.Id}")).Ok<PublicActivities.Detail>().HasSummary);
        (await world.Staff.Post($"content-reviews/{(await Waiting(other)).Id}/decision", new { mayBeShown = true })).Refused(HttpStatusCode.Conflict, "content.own");
        await Decide(other, isFit: false);
        var refused = await Read(world.Staff, activity.Id);
        Assert.Equal((null, 2), (refused.Published, refused.Version));

        (await world.Staff.Post($"{Summary(activity.Id)}/publication", new PublishSummary.Request(2))).Ok<SummaryDraft>();
        await Decide(other, isFit: true);
        Assert.Contains("可疑的话", (await member.Get(Summary(activity.Id))).Ok<GetSummary.Response>().Text, StringComparison.Ordinal);
        Assert.False((await Read(world.Staff, activity.Id)).Published!.IsHeld);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_two_who_write_at_once_one_is_told_to_look_again(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published();
        await world.At(s_end);
        var both = await Task.WhenAll(new[] { world.Staff, world.Leader }.Select((who, i) => Task.Run(() => who.Put(Summary(activity.Id), new WriteSummary.Request($"第 {i} 个人写的", 0)))));
        var won = Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<SummaryDraft>();
        Assert.Single(both, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        Assert.Equal((won.Text, true, 1), Stands(await Read(world.Staff, activity.Id)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task It_is_printed_for_who_runs_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published();
        (await world.Leader.Get($"{Summary(activity.Id)}/page")).Refused(HttpStatusCode.Conflict, "summary.too_early");
        await world.At(s_end);
        foreach (var caller in (TestCaller[])[world.Leader, world.Staff])
        {
            var page = await caller.Get($"{Summary(activity.Id)}/page");
            Assert.Equal((HttpStatusCode.OK, "application/pdf", "%PDF"), (page.Status, page.ContentType, page.Text[..4]));
        }

        var (stranger, _) = await world.Neighbour("王阿姨");
        (await (await world.Now(stranger)).Get($"{Summary(activity.Id)}/page")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    private static string Summary(Guid activity) => $"activities/{activity}/summary";

    private static string Draft(Guid activity) => $"activities/{activity}/summary/draft";

    private static async Task<SummaryDraft> Read(TestCaller caller, Guid activity) => (await caller.Get(Draft(activity))).Ok<SummaryDraft>();

    private static (string Text, bool IsOwn, int Version) Stands(SummaryDraft draft) => (draft.Text, draft.IsOwn, draft.Version);

    private static async Task Rate(TestCaller caller, Guid shift, int rating) => (await caller.Post($"shifts/{shift}/thanks", new ThankForService.Request(rating))).Ok<ThankForService.Response>();

    private static async Task<ListReviews.Item> Waiting(TestCaller caller) => Assert.Single((await caller.Get("content-reviews")).Ok<Page<ListReviews.Item>>().Items);

    private static async Task Decide(TestCaller caller, bool isFit) =>
        Assert.Equal(HttpStatusCode.OK, (await caller.Post($"content-reviews/{(await Waiting(caller)).Id}/decision", new { mayBeShown = isFit, reason = isFit ? null : "请改一改说法" })).Status);
}
