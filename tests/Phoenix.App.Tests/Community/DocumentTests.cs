using System.Net;
using Phoenix.App.Community;
using Phoenix.App.Community.Documents;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Community;

public sealed class DocumentTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Versions_go_forward_only_and_everybody_reads_every_one(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var first = (await Publish(staff, DocumentKind.PointsRules, 1, "一小时十枚。")).Ok<DocumentHead>();
        (await Publish(staff, DocumentKind.PointsRules, 1, "另一份。")).Refused(HttpStatusCode.Conflict, "documents.version_taken");
        (await Publish(staff, DocumentKind.PointsRules, 3, "跳过一版。")).Refused(HttpStatusCode.Conflict, "documents.version_taken");
        app.Time.Advance(TimeSpan.FromMinutes(10));
        var second = (await Publish(staff, DocumentKind.PointsRules, 2, "一小时八枚。")).Ok<DocumentHead>();
        Assert.Equal(PhoenixApp.DefaultStart.AddMinutes(10), second.PublishedAt);

        Assert.Equal([second], (await app.Anyone.Get("documents")).Ok<ListDocuments.Response>().Items);
        var page = (await app.Anyone.Get($"documents/{first.Id}/versions?limit=1")).Ok<Page<DocumentHead>>();
        Assert.Equal([second], page.Items);
        Assert.Equal([first], (await app.Anyone.Get($"documents/{second.Id}/versions?limit=1&cursor={page.Next}")).Ok<Page<DocumentHead>>().Items);
        Assert.Equal("一小时十枚。", (await app.Anyone.Get($"documents/{first.Id}")).Ok<GetDocument.Response>().Body);
        Assert.Equal("一小时八枚。", (await app.Anyone.Get($"documents/{second.Id}")).Ok<GetDocument.Response>().Body);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_publish_the_same_version_at_once_do_not_bury_each_other(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (one, two) = (await app.Staff(), await app.Staff());
        var answers = await Task.WhenAll(Publish(one, DocumentKind.ServiceCode, 1, "甲。"), Publish(two, DocumentKind.ServiceCode, 1, "乙。"));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "documents.version_taken");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_request_sent_again_publishes_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, id) = (await app.Staff(), app.NewRequestId());
        var body = new { kind = "managementRules", version = 1, title = "管理规则", body = "请守时。", mustAccept = false };
        var first = (await staff.Post("documents", body, id)).Ok<DocumentHead>();
        Assert.Equal(first, (await staff.Post("documents", body, id)).Ok<DocumentHead>());
        Assert.Single((await app.Anyone.Get($"documents/{first.Id}/versions")).Ok<Page<DocumentHead>>().Items);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_community_has_its_own_documents(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var mine = (await Publish(await app.Staff(), DocumentKind.PrivacyNotice, 1, "我们只收必要的信息。")).Ok<DocumentHead>();
        Assert.Empty((await app.Anyone.In(TestDatabases.OtherCommunity).Get("documents")).Ok<ListDocuments.Response>().Items);
        (await app.Anyone.In(TestDatabases.OtherCommunity).Get($"documents/{mine.Id}")).Refused(HttpStatusCode.NotFound, "documents.unknown");
        (await app.Anyone.In(TestDatabases.OtherCommunity).Get($"documents/{mine.Id}/versions")).Refused(HttpStatusCode.NotFound, "documents.unknown");
        var other = await app.Person(TestDatabases.OtherCommunity, Role.Staff, Role.Member);
        (await other.Post("documents/accept", new { documentIds = new[] { mine.Id } })).Refused(HttpStatusCode.Conflict, "documents.not_current");
        (await Publish(other, DocumentKind.PrivacyNotice, 1, "我们也是。")).Ok<DocumentHead>();
    }

    internal static Task<Answer> Publish(TestCaller staff, DocumentKind kind, int version, string body, bool mustAccept = false) =>
        staff.Post("documents", new PublishDocument.Request(kind, version, "规则文件", body, mustAccept));
}
