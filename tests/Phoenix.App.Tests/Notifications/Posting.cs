using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Platform.Redis;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Notifications;

/// <summary>What tests of messages do again and again.</summary>
internal static class Posting
{
    /// <summary>Templates as an account has them: the keys differ from the catalogue's order on purpose.</summary>
    public static MessageTemplate[] Account { get; } =
    [
        Template("T-reminder", "活动开始提醒", ("thing7", "活动名称"), ("time2", "开始时间"), ("thing3", "活动地点"), ("thing9", "温馨提示")),
        Template("T-offer", "候补成功通知", ("thing1", "活动名称"), ("date2", "活动时间"), ("time3", "确认截止时间"), ("thing4", "温馨提示")),
        Template("T-cancelled", "活动取消通知", ("thing1", "活动名称"), ("time2", "活动时间"), ("thing3", "取消原因")),
        Template("T-hours", "志愿服务时长通知", ("thing1", "服务项目"), ("date2", "服务日期"), ("number3", "服务时长"), ("number4", "获得积分"), ("thing5", "备注")),
        Template("T-collect", "取餐提醒", ("thing1", "餐品名称"), ("character_string2", "取餐号"), ("time3", "有效期至"), ("thing4", "取餐地点")),
        Template("T-todo", "待办审核提醒", ("thing1", "审核事项"), ("name2", "提交人"), ("time3", "提交时间"), ("thing4", "备注")),
        Template("T-outcome", "审核结果通知", ("thing1", "审核事项"), ("phrase2", "审核结果"), ("time3", "审核时间"), ("thing4", "备注")),
        Template("T-statement", "对账单确认提醒", ("thing1", "账单名称"), ("number2", "笔数"), ("date3", "确认截止日期"), ("thing4", "温馨提示")),
    ];

    public static MessageTemplate Template(string id, string title, params (string Key, string Label)[] fields) =>
        new(id, title, [.. fields.Select(f => new TemplateField(f.Key, f.Label, []))], false);

    /// <summary>Starts the product with the account's templates known.</summary>
    public static async Task<PhoenixApp> Start(DatabaseKind kind, DateTimeOffset? at = null, Database? database = null, MessageTemplate[]? templates = null,
        Func<HostSettings, HostSettings>? settings = null)
    {
        var app = await PhoenixApp.Start(kind, at, database: database, settings: settings, weChat: new FakeWeChat { AccountTemplates = templates ?? Account });
        await app.TemplatesChecked();
        return app;
    }

    /// <summary>Waits for the check at start, which runs beside it.</summary>
    public static Task TemplatesChecked(this PhoenixApp app) =>
        Gates.Until(() => Task.FromResult(app.Logs.Lines.Any(l => l.Text.StartsWith("The message templates are checked", StringComparison.Ordinal))));

    /// <summary>Somebody with WeChat, who agreed to so many messages under a template.</summary>
    public static async Task<TestCaller> Reader(this PhoenixApp app, string? template = null, int consents = 1, params Role[] roles)
    {
        var person = await app.Person(roles);
        var keys = app.Services.GetRequiredService<KeyRing>();
        var openId = OpenIdOf(person);
        await app.Write(Seeding.CommunityId, db => db.Add(new WeChatAccount
        {
            PersonId = person.PersonId,
            OpenIdHash = keys.KeyedHash(WeChatAccount.OpenIdScope, openId),
            OpenId = keys.Encrypt(openId, WeChatAccount.OpenIdPlace(person.PersonId)),
            SessionKey = "",
        }));
        for (var i = 0; template is not null && i < consents; i++)
            (await person.Agree(template)).Ok<ReportConsents.Response>();
        return person;
    }

    /// <summary>The same person with a token of now: access tokens are short-lived, and these tests move the clock far.</summary>
    public static async Task<TestCaller> Again(this PhoenixApp app, TestCaller person)
    {
        var (session, now) = (app.NewRequestId(), app.Services.GetRequiredService<Clock>().Now);
        await app.Write(Seeding.CommunityId, db => db.Add(new Session { Id = session, PersonId = person.PersonId, Number = 1, Nonce = session, CreatedAt = now, UsedAt = now }));
        return person.With(app.Services.GetRequiredService<AccessTokens>().Issue(person.PersonId, session));
    }

    public static string OpenIdOf(TestCaller person) => $"o-{person.PersonId:N}";

    public static Task<Answer> Agree(this TestCaller person, string template, string result = "accept", Guid? requestId = null) =>
        person.Post("/api/v1/messages/consents", new { answers = new[] { new { templateId = template, result } } }, requestId);

    public static Task Relay(this PhoenixApp app) => app.Sweep("outbox.relay");

    public static Task<int> Consents(this PhoenixApp app, TestCaller person, string template) => app.Read(Seeding.CommunityId, db =>
        db.Set<MessageConsent>().Where(c => c.PersonId == person.PersonId && c.TemplateId == template).Select(c => c.Balance).SingleAsync());

    /// <summary>What became of the person's messages, in the order of telling.</summary>
    public static Task<List<DeliveryState>> Deliveries(this PhoenixApp app, TestCaller person) => app.Read(Seeding.CommunityId, db =>
        db.Set<InboxMessage>().Where(m => m.PersonId == person.PersonId).OrderBy(m => m.Id).Select(m => m.Delivery).ToListAsync());

    public static Task<OutboxMessage> Row(this PhoenixApp app, TestCaller person) =>
        app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().AsNoTracking().Where(m => m.PersonId == person.PersonId).OrderByDescending(m => m.Id).FirstAsync());
}
