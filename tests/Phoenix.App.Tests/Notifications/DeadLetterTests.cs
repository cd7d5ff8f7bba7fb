using System.Net;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Sending;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Notifications;

public sealed class DeadLetterTests
{
    private const string Failures = "messages/failures";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_page_through_dead_letters_that_name_nobody_and_send_one_or_all_of_a_kind_again(DatabaseKind database)
    {
        await using var app = await Posting.Start(database);
        var staff = await app.Staff();
        var readers = new List<TestCaller>();
        app.WeChat.OnSend = _ => Task.FromResult<Error?>(new WeChatRequestWrong(47003, "data.thing1.value is empty"));
        for (var i = 0; i < 3; i++)
        {
            readers.Add(await app.Reader("T-hours"));
            await app.Tell(readers[i], "1", Samples.Record);
        }

        var other = await app.Reader("T-offer");
        await app.Tell(other, "1", Samples.All[2]);
        await app.Relay();
        var first = (await staff.Get($"{Failures}?limit=3")).Ok<Page<DeadLetters.Item>>();
        var second = (await staff.Get($"{Failures}?limit=3&cursor={first.Next}")).Ok<Page<DeadLetters.Item>>();
        Assert.Equal(["message.placeOffered", "message.recordWritten", "message.recordWritten", "message.recordWritten"], first.Items.Concat(second.Items).Select(m => m.Kind));
        Assert.All(first.Items, m => Assert.Equal(("wechat.47003", 1), (m.Error, m.Attempts)));
        Assert.Equal(3, (await staff.Get($"{Failures}?kind=message.recordWritten")).Ok<Page<DeadLetters.Item>>().Items.Count);
        var text = (await staff.Get(Failures)).Text;
        Assert.DoesNotContain(readers[0].PersonId.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Posting.OpenIdOf(readers[0]), text, StringComparison.Ordinal);
        Assert.DoesNotContain("楼栋关怀", text, StringComparison.Ordinal);

        // Another community neither sees nor touches them.
        var stranger = await app.Person(TestDatabases.OtherCommunity, Role.Staff);
        Assert.Empty((await stranger.Get(Failures)).Ok<Page<DeadLetters.Item>>().Items);
        (await stranger.Post($"{Failures}/{first.Items[0].Id}/requeue", new { reason = "修好了" })).Refused(HttpStatusCode.NotFound, "messages.dead_letter_unknown");
        (await stranger.Post($"{Failures}/requeue", new { kind = "message.recordWritten", reason = "修好了" })).Refused(HttpStatusCode.NotFound, "messages.dead_letter_unknown");
        (await staff.Post($"{Failures}/{first.Items[0].Id}/requeue", new { reason = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        app.WeChat.OnSend = _ => Task.FromResult<Error?>(null);
        await app.Relay();
        Assert.Empty(app.WeChat.Sent);
        var id = app.NewRequestId();
        for (var i = 0; i < 2; i++)
            Assert.Equal(1, (await staff.Post($"{Failures}/{first.Items[0].Id}/requeue", new { reason = "修好了" }, id)).Ok<DeadLetters.Response>().Count);
        (await staff.Post($"{Failures}/{first.Items[0].Id}/requeue", new { reason = "修好了" })).Refused(HttpStatusCode.NotFound, "messages.dead_letter_unknown");
        await app.Relay();
        Assert.Equal([DeliveryState.Sent], await app.Deliveries(other));
        Assert.Equal(3, (await staff.Post($"{Failures}/requeue", new { kind = "message.recordWritten", reason = "模板改好了" })).Ok<DeadLetters.Response>().Count);
        await app.Relay();
        Assert.Equal(4, app.WeChat.Sent.Count);
        Assert.Empty((await staff.Get(Failures)).Ok<Page<DeadLetters.Item>>().Items);
        Assert.Equal(["outbox:message.recordWritten", $"outbox:{first.Items[0].Id:N}"],
            (await staff.Get("audit-entries?action=messages.requeued")).Ok<Page<ListAuditEntries.Item>>().Items.Select(e => e.Subject));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task On_Monday_each_member_of_staff_reads_once_what_waits_for_them_whatever_runs_twice(DatabaseKind database)
    {
        await using var app = await Posting.Start(database, PhoenixApp.DefaultStart.AddHours(-1));
        var (staff, second, treasurer, resident) = (await app.Staff(), await app.Staff(), await app.Person(Role.Treasurer), await app.Person(Role.Member));
        var reader = await app.Reader("T-hours");
        app.WeChat.OnSend = _ => Task.FromResult<Error?>(new WeChatRequestWrong(47003, ""));
        await app.Tell(reader, "1", Samples.Record);
        await app.Relay();

        // Granting a treasurer's role waits for a second person; both are told of it at once, but not the maker.
        var (candidate, member) = await app.Member("林静");
        (await staff.Post("roles", new GrantRole.Request(member, Role.Treasurer, "接任财务"))).Ok<object>();
        Assert.Equal(0, (await staff.Get("messages/unread")).Ok<ReadInbox.UnreadCount>().Count);
        var told = Assert.Single((await second.Get("messages")).Ok<Page<ReadInbox.Item>>().Items);
        Assert.Equal("有事等您复核", told.Title);
        Assert.StartsWith("packages/staff/approval/approval?id=", told.Page, StringComparison.Ordinal);

        await Task.WhenAll(Task.Run(() => app.Sweep("messages.digest")), Task.Run(() => app.Sweep("messages.digest")));
        await app.Sweep("messages.digest");
        Assert.Equal(["1 件事等您复核；1 条消息没发出去。"], await Digests(staff));
        Assert.Equal(["1 件事等您复核；1 条消息没发出去。"], await Digests(second));
        Assert.Empty(await Digests(treasurer));
        Assert.Empty(await Digests(resident));
        Assert.Empty(await Digests(candidate));
        app.Time.Advance(TimeSpan.FromDays(7));
        await app.Sweep("messages.digest");
        Assert.Equal(2, (await Digests(await app.Again(staff))).Count);

        async Task<List<string>> Digests(TestCaller person) =>
            [.. (await person.Get("messages")).Ok<Page<ReadInbox.Item>>().Items.Where(m => m.Kind == NoticeKind.WeeklyDigest).Select(m => m.Body)];
    }
}
