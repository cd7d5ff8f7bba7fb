using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.MiniProgram;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>Changing codes as links and fixed codes as mini program codes.</summary>
public sealed class CodeTests
{
    private static readonly Guid s_shift = new("0192d3a4-0000-7000-8000-000000000001");
    private static readonly CodeBinding s_binding = new(CodePurpose.CheckIn, CodeAudience.Resident, Seeding.CommunityId, s_shift);

    [Fact]
    public async Task A_changing_code_is_good_for_its_step_and_the_next_to_the_second()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var codes = scope.ServiceProvider.GetRequiredService<ICodes>();
        app.Time.Advance(TimeSpan.FromSeconds(29));
        var code = codes.Rotating(s_binding);
        Assert.Equal((PhoenixApp.DefaultStart, PhoenixApp.DefaultStart.AddSeconds(60)), (code.From, code.Until));
        Assert.StartsWith("http://127.0.0.1:5080/q/check-in.1.", code.Link, StringComparison.Ordinal);

        Assert.Equal(s_binding, Read(code.Link).Value);
        Assert.Equal(s_binding, Read(code.Link[(code.Link.LastIndexOf('/') + 1)..]).Value);
        app.Time.SetUtcNow(code.Until.AddTicks(-1));
        Assert.Equal(s_binding, Read(code.Link).Value);
        Assert.NotEqual(code.Link, codes.Rotating(s_binding).Link);
        app.Time.SetUtcNow(code.Until);
        Assert.IsType<CodeOver>(Read(code.Link).Error);

        Phoenix.Platform.Results.Result<CodeBinding> Read(string scanned) => codes.Read(scanned, CodePurpose.CheckIn, CodeAudience.Resident, Seeding.CommunityId);
    }

    [Fact]
    public async Task A_code_does_one_thing_in_one_community_for_one_audience()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var codes = scope.ServiceProvider.GetRequiredService<ICodes>();
        var link = codes.Rotating(s_binding).Link;
        Assert.IsType<CodeElsewhere>(codes.Read(link, CodePurpose.Till, CodeAudience.Resident, 1).Error);
        Assert.IsType<CodeElsewhere>(codes.Read(link, CodePurpose.CheckIn, CodeAudience.Resident, 2).Error);
        Assert.IsType<CodeUnreadable>(codes.Read(link, CodePurpose.CheckIn, CodeAudience.Leader, 1).Error);

        // Passed off as another's by changing what it says: the MAC covers each part.
        var step = PhoenixApp.DefaultStart.ToUnixTimeSeconds() / 30;
        foreach (var (from, to) in ((string, string)[])[("check-in", "till"), (".1.", ".2."), ($".{step}.", $".{step + 1}."), ("AZLTpAAA", "AZLTpAAB")])
        {
            var forged = link.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(link, forged);
            var purpose = to is "till" ? CodePurpose.Till : CodePurpose.CheckIn;
            Assert.IsType<CodeUnreadable>(codes.Read(forged, purpose, CodeAudience.Resident, to is ".2." ? 2 : 1).Error);
        }

        foreach (var bad in (string[])["", "x", "/q/", "check-in.1.x.1.x", link + "A", link[..^1], link.Replace(".1.", ".0.", StringComparison.Ordinal), new string('a', 600), "q/./././."])
            Assert.False(codes.Read(bad, CodePurpose.CheckIn, CodeAudience.Resident, 1).IsOk, bad);
        for (var at = link.LastIndexOf('.') + 1; at < link.Length - 1; at++)
            Assert.IsType<CodeUnreadable>(codes.Read(link[..at] + (link[at] == 'A' ? 'B' : 'A') + link[(at + 1)..], CodePurpose.CheckIn, CodeAudience.Resident, 1).Error);
    }

    [Fact]
    public async Task The_leader_s_phone_makes_the_same_codes_from_the_exported_key_and_no_other_shift_s()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        await using var scope = app.Services.CreateAsyncScope();
        var codes = scope.ServiceProvider.GetRequiredService<ICodes>();
        var key = codes.ExportKey(s_binding);
        app.Time.Advance(TimeSpan.FromHours(3));
        var step = app.Now.ToUnixTimeSeconds() / key.StepSeconds;
        Assert.Equal(codes.Rotating(s_binding).Link, OnThePhone(key, step));
        Assert.True(codes.Read(OnThePhone(key, step + 1), CodePurpose.CheckIn, CodeAudience.Resident, 1).IsOk);
        Assert.IsType<CodeAhead>(codes.Read(OnThePhone(key, step + 2), CodePurpose.CheckIn, CodeAudience.Resident, 1).Error);
        Assert.IsType<CodeOver>(codes.Read(OnThePhone(key, step - 2), CodePurpose.CheckIn, CodeAudience.Resident, 1).Error);

        var other = codes.ExportKey(s_binding with { Subject = app.NewRequestId() });
        Assert.NotEqual(key.Key, other.Key);
        Assert.IsType<CodeUnreadable>(codes.Read(OnThePhone(other with { Key = key.Key }, step), CodePurpose.CheckIn, CodeAudience.Resident, 1).Error);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_fixed_code_is_drawn_once_however_many_ask_and_its_scene_leads_back(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (merchant, asked) = (app.NewRequestId(), app.WeChat.Drawn.Count);
        var images = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Draw(app, FixedCode.Merchant, merchant))));
        var scene = Assert.Single(images.Select(i => i.Value.Scene).Distinct());
        Assert.Equal(1, app.WeChat.Drawn.Count - asked);
        Assert.Matches("^[0-9A-Za-z-]{26}$", scene);
        Assert.NotEqual(scene, (await Draw(app, FixedCode.Venue, merchant)).Value.Scene);

        var caller = await app.Person();
        var found = (await caller.Get($"/api/v1/scenes/{scene}")).Ok<ResolveScene.Response>();
        Assert.Equal(new ResolveScene.Response(FixedCode.Merchant, Seeding.CommunityId, merchant), found);
        (await app.Anyone.Get($"/api/v1/scenes/{scene}")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        foreach (var other in (string[])[scene[..^1], scene + "A", scene.ToLowerInvariant(), "x", "%E5%87%A4"])
            (await caller.Get($"/api/v1/scenes/{other}")).Refused(HttpStatusCode.NotFound, "code.unknown");
    }

    [Fact]
    public async Task A_code_that_WeChat_could_not_draw_is_drawn_the_next_time_under_the_same_scene()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var card = app.NewRequestId();
        app.WeChat.NextRefusals.Enqueue(new WeChatBusy(-1));
        Assert.IsType<WeChatBusy>((await Draw(app, FixedCode.Card, card)).Error);
        var scene = await app.Read(Seeding.CommunityId, db => db.Set<CodeScene>().Select(s => s.Scene).SingleAsync());
        Assert.Equal(scene, (await Draw(app, FixedCode.Card, card)).Value.Scene);
    }

    [Fact]
    public async Task Scenes_cannot_be_tried_by_the_thousand()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var caller = await app.Person();
        for (var i = 0; i < ResolveScene.Limit.Permits; i++)
            (await caller.Get("/api/v1/scenes/x")).Refused(HttpStatusCode.NotFound, "code.unknown");
        (await caller.Get("/api/v1/scenes/x")).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    [Fact]
    public async Task Another_scanner_gets_a_page_that_says_to_use_WeChat_and_tells_nothing()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, settings: s => s with
        {
            WeChatVerificationFiles = new Dictionary<string, string>(StringComparer.Ordinal) { ["MP_verify_a1.txt"] = "a1b2c3" },
        });
        await using var scope = app.Services.CreateAsyncScope();
        var code = new Uri(scope.ServiceProvider.GetRequiredService<ICodes>().Rotating(s_binding).Link).PathAndQuery;
        var pages = new[] { await app.Anyone.Get(code), await app.Anyone.Get("/q/"), await app.Anyone.Get("/q/a/b?c=%00"), await app.Anyone.Get("/q/<script>") };
        Assert.All(pages, page => Assert.Equal((HttpStatusCode.OK, "text/html", pages[0].Text), (page.Status, page.ContentType, page.Text)));
        Assert.Contains("请用微信扫码", pages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", pages[0].Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", pages[0].Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("default-src 'none'", Assert.Single(pages[0].Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(pages[0].Headers.Contains("Set-Cookie"));

        foreach (var path in (string[])["/MP_verify_a1.txt", "/q/MP_verify_a1.txt"])
            Assert.Equal(("text/plain", "a1b2c3"), ((await app.Anyone.Get(path)).ContentType, (await app.Anyone.Get(path)).Text));
        foreach (var path in (string[])["/MP_verify_a2.txt", "/robots.txt", "/.txt", "/x/MP_verify_a1.txt"])
            (await app.Anyone.Get(path)).Refused(HttpStatusCode.NotFound, "route.unknown");
    }

    private static string OnThePhone(RotatingKey key, long step)
    {
        var mac = HMACSHA256.HashData(Base64Url.DecodeFromChars(key.Key), Encoding.UTF8.GetBytes($"{key.Message}{step}"));
        return $"{key.Prefix}{step}.{Base64Url.EncodeToString(mac.AsSpan(0, 16))}";
    }

    private static async Task<Phoenix.Platform.Results.Result<CodeImage>> Draw(PhoenixApp app, FixedCode purpose, Guid subject)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await scope.ServiceProvider.GetRequiredService<ICodes>().MiniProgramCode(purpose, subject, CancellationToken.None);
    }
}
