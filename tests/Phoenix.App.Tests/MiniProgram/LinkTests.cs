using System.Net;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram.Links;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>Links that staff send, made by WeChat and used again until they nearly expire.</summary>
public sealed class LinkTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_link_is_made_once_for_a_page_and_anew_a_week_before_it_expires(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, activity) = (await app.Staff(), app.NewRequestId());
        app.WeChat.LinkSuffix = "#1";
        var first = (await staff.Post("links", new { page = "activity", subject = activity })).Ok<MakeLink.Response>();
        Assert.Equal(($"https://link.example/pages/activity/activity?community=1&id={activity}#1", PhoenixApp.DefaultStart + AppLink.Lifetime), (first.Url, first.ExpiresAt));
        app.WeChat.LinkSuffix = "#2";
        app.Time.SetUtcNow(first.ExpiresAt - AppLink.MinLeft);
        staff = await app.Staff();
        Assert.Equal(first, (await staff.Post("links", new { page = "activity", subject = activity })).Ok<MakeLink.Response>());
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        var request = app.NewRequestId();
        var second = await staff.Post("links", new { page = "activity", subject = activity }, request);
        Assert.EndsWith("#2", second.Ok<MakeLink.Response>().Url, StringComparison.Ordinal);
        app.WeChat.LinkSuffix = "#3";
        Assert.Equal(second.Text, (await staff.Post("links", new { page = "activity", subject = activity }, request)).Text);
        Assert.EndsWith("#3", (await staff.Post("links", new { page = "home" })).Ok<MakeLink.Response>().Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_pages_of_the_list_with_what_they_need_and_WeChat_s_refusal_is_passed_on()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        (await staff.Post("links", new { page = "pages/evil/evil" })).Refused(HttpStatusCode.BadRequest, "request.wrong_type");
        (await staff.Post("links", new { page = "activity" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await staff.Post("links", new { page = "home", subject = app.NewRequestId() })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        app.WeChat.NextRefusals.Enqueue(new WeChatBusy(45009));
        (await staff.Post("links", new { page = "home" })).Refused(HttpStatusCode.ServiceUnavailable, "wechat.busy");
        (await (await app.Person(Role.Member)).Post("links", new { page = "home" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await staff.Post("links", new { page = "home" })).Ok<MakeLink.Response>();
    }
}
