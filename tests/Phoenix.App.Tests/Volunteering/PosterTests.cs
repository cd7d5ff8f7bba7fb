using System.Net;
using PdfSharp.Pdf.IO;
using Phoenix.App.MiniProgram;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Data;
using SkiaSharp;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>An activity's code and its A4 poster.</summary>
public sealed class PosterTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_code_of_a_published_activity_opens_it_and_there_is_one_code(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var draft = await world.Draft(null, world.Shift());
        (await world.Staff.Get($"activities/{draft.Id}/code")).Refused(HttpStatusCode.Conflict, "poster.nothing");
        (await world.Publish(draft)).Ok<StaffActivity.Detail>();
        foreach (var caller in (TestCaller[])[world.Staff, world.Leader])
            Assert.Equal((HttpStatusCode.OK, "image/png"), (await caller.Get($"activities/{draft.Id}/code") is var a ? (a.Status, a.ContentType) : default));
        var scene = Assert.Single(world.App.WeChat.Drawn).Scene;
        var (member, _) = await world.Neighbour("王阿姨");
        Assert.Equal(new ResolveScene.Response(FixedCode.Activity, 1, draft.Id), (await member.Get($"/api/v1/scenes/{scene}")).Ok<ResolveScene.Response>());
        (await member.Get($"activities/{draft.Id}/code")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await member.Get($"activities/{draft.Id}/poster")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_poster_is_one_page_however_much_there_is_to_say(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        world.App.WeChat.CodePicture = Picture();
        var line = new string('长', Activity.MaxLineLength);
        var longest = World.Form(new string('名', Activity.MaxTitleLength)) with { GuidedBy = line, HostedBy = line, RunBy = line, ContactName = new string('人', 20) };
        var long1 = await world.Published(longest, [.. Enumerable.Range(0, 9).Select(i => world.Shift(at: World.Saturday.AddDays(i), minutes: 720) with { Address = $"{i}{new string('地', 99)}" })]);
        var short1 = await world.Paid();
        foreach (var id in (Guid[])[long1.Id, short1.Id])
        {
            var answer = await world.Staff.Get($"activities/{id}/poster");
            Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.Status, answer.ContentType));
            using var pdf = PdfReader.Open(new MemoryStream(answer.Bytes), PdfDocumentOpenMode.Import);
            Assert.Equal((1, 595, 842), (pdf.PageCount, (int)pdf.Pages[0].Width.Point, (int)pdf.Pages[0].Height.Point));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_is_called_to_what_is_over_and_another_leader_s_is_unknown(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (other, otherId) = await world.Neighbour("别的负责人");
        var activity = await world.Published();
        await world.Published(World.Form("别的活动"), world.Shift() with { LeaderId = otherId });
        (await (await world.Now(other)).Get($"activities/{activity.Id}/poster")).Refused(HttpStatusCode.NotFound, "activity.unknown");
        await world.At(World.Saturday.AddMinutes(150));
        foreach (var what in (string[])["poster", "code"])
            (await world.Staff.Get($"activities/{activity.Id}/{what}")).Refused(HttpStatusCode.Conflict, "poster.nothing");
        Assert.Empty(world.App.WeChat.Drawn);
    }

    private static byte[] Picture()
    {
        using var bitmap = new SKBitmap(280, 280);
        bitmap.Erase(SKColors.Black);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
