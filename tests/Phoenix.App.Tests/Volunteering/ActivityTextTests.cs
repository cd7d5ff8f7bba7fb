using System.Net;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What residents will read is checked first.</summary>
public sealed class ActivityTextTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Risky_texts_are_refused_and_doubtful_ones_wait_before_they_are_published(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.Judge = text => text.Contains('坏') ? ContentVerdict.Risky : text.Contains('疑') ? ContentVerdict.Review : ContentVerdict.Pass;
        Assert.NotEqual(HttpStatusCode.OK, (await world.Staff.Post("staff/activities", World.Form("坏活动"))).Status);
        var held = await world.Draft(World.Form("疑活动"), world.Shift());
        Assert.True(held.IsTextHeld);
        (await world.Publish(held)).Refused(HttpStatusCode.Conflict, "activity.text_held");
        Assert.True((await world.Staff.Post($"staff/activities/{held.Id}/copy", new { firstDay = "2026-12-01" })).Ok<StaffActivity.Detail>().IsTextHeld);
        var clear = (await world.Staff.Put($"staff/activities/{held.Id}", new { form = World.Form("好活动"), version = held.Version })).Ok<StaffActivity.Detail>();
        var published = (await world.Publish(clear)).Ok<StaffActivity.Detail>();
        (await world.Staff.Put($"staff/activities/{held.Id}", new { form = World.Form("疑活动"), version = published.Version })).Refused(HttpStatusCode.Conflict, "activity.text_unjudged");
    }
}
