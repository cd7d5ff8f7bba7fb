using System.Net;
using Microsoft.Extensions.Logging;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Templates;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Notifications;

/// <summary>The catalogue is held against the account's templates; what doesn't fit goes to the inbox only, says why, and can be mapped anew.</summary>
public sealed class CatalogueTests
{
    private const string Catalogue = "messages/catalogue";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_template_that_does_not_fit_is_warned_of_by_its_keyword_and_its_kind_goes_to_the_inbox_only(DatabaseKind database)
    {
        await using var app = await Posting.Start(database, templates:
        [
            Posting.Template("T-hours", "志愿服务时长通知", ("thing1", "服务项目"), ("thing2", "服务地点")),
            Posting.Template("T-offer", "候补成功通知", ("thing1", "活动名称"), ("number2", "活动时间")),
            Posting.Template("T-outcome", "审核结果通知", ("thing1", "审核事项")) with { IsLongTerm = true },
        ]);
        var warnings = app.Logs.Lines.Where(l => l.Level == LogLevel.Warning && l.Category.EndsWith("CheckTemplates", StringComparison.Ordinal)).Select(l => l.Text).ToList();
        Assert.Contains("Messages of kind RecordWritten go to the inbox only: 关键词“服务地点”没有对应的内容", warnings);
        Assert.Contains("Messages of kind PlaceOffered go to the inbox only: 关键词“活动时间”的类型 number 对不上", warnings);
        Assert.Contains("Messages of kind DisputeAnswered go to the inbox only: 是长期订阅模板", warnings);
        Assert.Contains("Messages of kind ShiftReminder go to the inbox only: 小程序里没有“活动开始提醒”模板", warnings);

        var reader = await app.Reader("T-hours");
        await app.Tell(reader, "1", Samples.Record);
        await app.Relay();
        Assert.Empty(app.WeChat.Sent);
        Assert.Equal([DeliveryState.InboxOnly], await app.Deliveries(reader));
        Assert.Equal(1, await app.Consents(reader, "T-hours"));

        // Mended in WeChat's console, seen at the next check; with WeChat away the last list goes on.
        app.WeChat.AccountTemplates = Posting.Account;
        await app.Sweep("messages.templates");
        app.WeChat.TemplatesRefusal = new WeChatBusy(-1);
        await app.Sweep("messages.templates");
        Assert.Contains(app.Logs.Lines, l => l.Level == LogLevel.Warning && l.Text == "WeChat didn't list the message templates: wechat.busy");
        await app.Tell(reader, "2", Samples.Record);
        await app.Relay();
        Assert.Equal(["2.5", "25"], app.WeChat.Sent.Single().Data.Where(d => d.Key.StartsWith("number", StringComparison.Ordinal)).Select(d => d.Value));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_see_the_catalogue_and_choose_another_template_for_their_community_and_the_log_keeps_why(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        app.WeChat.AccountTemplates = [.. Posting.Account, Posting.Template("T-other", "服务完成提醒", ("thing1", "服务项目"), ("number2", "获得积分")), Posting.Template("T-bad", "别的", ("thing1", "服务项目"), ("amount2", "费用"))];
        var (staff, auditor) = (await app.Staff(), await app.Person(Role.Auditor));
        (await staff.Post($"{Catalogue}/check")).Ok<ManageCatalogue.Response>();
        var all = (await staff.Get(Catalogue)).Ok<ManageCatalogue.Response>();
        Assert.Equal(Enum.GetValues<NoticeKind>(), all.Kinds.Select(k => k.Kind));
        Assert.Equal(("T-hours", false, null), Of(all, NoticeKind.RecordWritten));
        Assert.Equal((null, false, "小程序里没有“兑换成功通知”模板"), Of(all, NoticeKind.CardUsed));
        Assert.Equal((null, false, null), Of(all, NoticeKind.CheckedIn));
        Assert.Equal(Posting.Account.Length + 2, all.Templates.Count);

        var id = app.NewRequestId();
        for (var i = 0; i < 2; i++)
            Assert.Equal(("T-other", true, null), Of((await Choose(staff, "recordWritten", "T-other", "换一个短的", id)).Ok<ManageCatalogue.Response>(), NoticeKind.RecordWritten));
        (await Choose(staff, "recordWritten", "T-bad", "试试")).Refused(HttpStatusCode.Conflict, "messages.template_unfit");
        (await Choose(staff, "recordWritten", "T-none", "试试")).Refused(HttpStatusCode.NotFound, "messages.template_unknown");
        (await Choose(staff, "checkedIn", "T-other", "试试")).Refused(HttpStatusCode.Conflict, "messages.inbox_only");
        (await Choose(staff, "recordWritten", "T-other", "")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await auditor.Get(Catalogue)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var entry = Assert.Single((await auditor.Get("audit-entries?action=messages.template_chosen")).Ok<Page<ListAuditEntries.Item>>().Items);
        Assert.Equal((staff.PersonId, "message:RecordWritten", "换一个短的"), (entry.ActorId, entry.Subject, entry.Reason));

        // The other community keeps its own; gone from the account, the choice says so; taken back, the title decides again.
        var reader = await app.Reader("T-other", 2);
        await app.Tell(reader, "1", Samples.Record);
        await app.Tell(reader, "1", Samples.Record, TestDatabases.OtherCommunity);
        await app.Relay();
        Assert.Equal("T-other", app.WeChat.Sent.Single().TemplateId);
        app.WeChat.AccountTemplates = Posting.Account;
        Assert.Equal((null, true, "选的模板已经不在小程序里"), Of((await staff.Post($"{Catalogue}/check")).Ok<ManageCatalogue.Response>(), NoticeKind.RecordWritten));
        Assert.Equal(("T-hours", false, null), Of((await Choose(staff, "recordWritten", null, "改回来")).Ok<ManageCatalogue.Response>(), NoticeKind.RecordWritten));
        app.WeChat.TemplatesRefusal = new WeChatAccountWrong(40164, "ip");
        (await staff.Post($"{Catalogue}/check")).Refused(HttpStatusCode.ServiceUnavailable, "wechat.account_wrong");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_host_starts_and_is_ready_while_WeChat_is_away_and_asks_again(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, weChat: new FakeWeChat { TemplatesRefusal = new WeChatOutcomeUnknown() });
        (await app.Anyone.Get("/health/ready")).Ok<object>();
        await Gates.Until(() => Task.FromResult(app.Logs.Lines.Any(l => l.Text.Contains("didn't list the message templates: wechat.no_answer. Asked again", StringComparison.Ordinal))));
        (app.WeChat.TemplatesRefusal, app.WeChat.AccountTemplates) = (null, Posting.Account);
        var staff = await app.Staff();
        await Gates.Until(async () =>
        {
            // The wait begins a moment after the line is logged.
            app.Time.Advance(TimeSpan.FromSeconds(30));
            staff = await app.Again(staff);
            return (await staff.Get(Catalogue)).Ok<ManageCatalogue.Response>().Templates.Count == Posting.Account.Length;
        });
    }

    [Fact]
    public void Values_are_written_as_each_type_of_field_takes_them()
    {
        var time = CommunityTime.Shanghai;
        var at = FieldValue.At(new DateTimeOffset(2026, 11, 23, 16, 5, 0, TimeSpan.Zero));
        Assert.Equal(["2026年11月24日 00:05", "2026年11月24日 00:05"], ((string[])["time", "thing"]).Select(t => at.For(t, time)));
        Assert.Equal("2026年12月31日", FieldValue.On(new DateOnly(2026, 12, 31)).For("date", time));
        Assert.Equal(["2.5", "25", "0.33"], ((decimal[])[150m / 60, 25m, 1m / 3]).Select(n => FieldValue.Number(n).For("number", time)));
        Assert.Equal("已安排", FieldValue.Text("已安排 2 人").For("phrase", time) is var phrase ? phrase[..3] : "");
        Assert.Equal("无", FieldValue.Text(" 。").For("thing", time));
        Assert.Equal("王奶奶和她的邻居们…", FieldValue.Text("王奶奶和她的邻居们一起来").For("name", time));
        Assert.Equal(20, FieldValue.Text(new string('长', 30)).For("thing", time).Length);

        // Never through a character: a family of emoji is one.
        Assert.Equal(new string('长', 12) + "…", FieldValue.Text(new string('长', 12) + "👨‍👩‍👧‍👦" + "尾").For("thing", time));
        Assert.Equal("第一行 第二行", FieldValue.Text("第一行\r\n第二行").For("thing", time));
        Assert.Equal(("thing", "character_string"), (FieldValue.TypeOf("thing12"), FieldValue.TypeOf("character_string3")));
    }

    private static Task<Answer> Choose(TestCaller staff, string kind, string? template, string reason, Guid? requestId = null) =>
        staff.Put(Catalogue, new { kind, templateId = template, reason }, requestId);

    private static (string?, bool, string?) Of(ManageCatalogue.Response all, NoticeKind kind) => all.Kinds.Single(k => k.Kind == kind) is var item ? (item.TemplateId, item.IsChosen, item.Fault) : default;
}
