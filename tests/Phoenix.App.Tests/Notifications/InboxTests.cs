using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Notifications;

public sealed class InboxTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_person_pages_counts_and_reads_the_own_inbox_by_community_and_over_all(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (reader, other) = (await app.Person(), await app.Person());
        for (var i = 0; i < 5; i++)
        {
            await app.Tell(reader, $"{i}", Samples.All[i]);
            app.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await app.Tell(other, "0", Samples.Record);
        await app.Tell(reader, "0", Samples.Record, TestDatabases.OtherCommunity);

        var first = (await reader.Get("messages?limit=3")).Ok<Page<ReadInbox.Item>>();
        var second = (await reader.Get($"messages?limit=3&cursor={first.Next}")).Ok<Page<ReadInbox.Item>>();
        Assert.Equal(["4", "3", "2", "1", "0"], first.Items.Concat(second.Items).Select(m => m.Page[^1..]));
        Assert.Null(second.Next);
        Assert.All(first.Items, m => Assert.False(m.IsRead));
        var everywhere = (await reader.Get("/api/v1/messages")).Ok<Page<ReadInbox.Item>>().Items;
        Assert.Equal([2, 1, 1, 1, 1, 1], everywhere.Select(m => m.CommunityId));
        Assert.Equal((5, 6), (await Unread(reader, "messages/unread"), await Unread(reader, "/api/v1/messages/unread")));
        (await reader.Get("messages?cursor=x!")).Refused(HttpStatusCode.BadRequest, "page.bad");
        (await reader.Get("messages?limit=101")).Refused(HttpStatusCode.BadRequest, "page.bad");

        // One; twice is once; another's isn't there, nor one's own through another community.
        var one = second.Items[^1].Id;
        (await other.Post($"messages/{one}/read")).Refused(HttpStatusCode.NotFound, "messages.unknown");
        (await reader.In(TestDatabases.OtherCommunity).Post($"messages/{one}/read")).Refused(HttpStatusCode.NotFound, "messages.unknown");
        Assert.Equal(1, (await reader.Post($"messages/{one}/read")).Ok<MarkRead.Response>().Marked);
        Assert.Equal(0, (await reader.Post($"messages/{one}/read")).Ok<MarkRead.Response>().Marked);

        // All up to what was seen: what came after stays unread.
        Assert.Equal(2, (await reader.Post("messages/read", new { upTo = first.Items[^1].Id })).Ok<MarkRead.Response>().Marked);
        Assert.Equal((2, 3, 1), (await Unread(reader, "messages/unread"), await Unread(reader, "/api/v1/messages/unread"), await Unread(other, "messages/unread")));
        Assert.Equal(3, (await reader.Post("/api/v1/messages/read", new { upTo = everywhere[0].Id })).Ok<MarkRead.Response>().Marked);
        Assert.Equal((0, 1), (await Unread(reader, "/api/v1/messages/unread"), await Unread(other, "messages/unread")));
        (await app.Anyone.Get("messages")).Refused(HttpStatusCode.Unauthorized, "auth.required");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_message_is_kept_180_days_and_not_a_second_longer(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var reader = await app.Person();
        await app.Tell(reader, "old", Samples.Record);
        await app.Tell(reader, "old", Samples.Record, TestDatabases.OtherCommunity);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.Tell(reader, "younger", Samples.Record);
        app.Time.SetUtcNow(PhoenixApp.DefaultStart + InboxMessage.Retention);
        await app.Sweep("messages.purge");
        Assert.Equal(3, await Left());
        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.Sweep("messages.purge");
        Assert.Equal(1, await Left());

        Task<int> Left() => app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().IgnoreQueryFilters().CountAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Groups_are_switched_off_and_on_for_oneself_and_what_others_wait_for_stays_on(DatabaseKind database)
    {
        const string Preferences = "/api/v1/messages/preferences";
        await using var app = await PhoenixApp.Start(database);
        var (reader, other) = (await app.Person(), await app.Person());
        Assert.All((await reader.Get(Preferences)).Ok<ChangePreferences.Response>().Groups, g => Assert.True(g.IsOn));
        var id = app.NewRequestId();
        for (var i = 0; i < 2; i++)
            Assert.Equal(["凤凰币"], Off((await reader.Put(Preferences, new { group = "coins", isOn = false }, id)).Ok<ChangePreferences.Response>()));
        Assert.Equal(["凤凰币"], Off((await reader.Put(Preferences, new { group = "coins", isOn = false })).Ok<ChangePreferences.Response>()));
        (await reader.Put(Preferences, new { group = "essential", isOn = false })).Refused(HttpStatusCode.Conflict, "messages.always_on");
        (await reader.Put(Preferences, new { group = "nothing", isOn = false })).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        var all = (await reader.Get(Preferences)).Ok<ChangePreferences.Response>();
        Assert.Equal("必要通知", Assert.Single(all.Groups, g => !g.MaySwitchOff).Name);
        Assert.Equal((new TimeOnly(21, 0), new TimeOnly(8, 0)), (all.QuietFrom, all.QuietTo));
        Assert.Empty(Off((await other.Get(Preferences)).Ok<ChangePreferences.Response>()));
        Assert.Empty(Off((await reader.Put(Preferences, new { group = "coins", isOn = true })).Ok<ChangePreferences.Response>()));
    }

    private static IEnumerable<string> Off(ChangePreferences.Response all) => all.Groups.Where(g => !g.IsOn).Select(g => g.Name);

    private static async Task<int> Unread(TestCaller reader, string address) => (await reader.Get(address)).Ok<ReadInbox.UnreadCount>().Count;
}
