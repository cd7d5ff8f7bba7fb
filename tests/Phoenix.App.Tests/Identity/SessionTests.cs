using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Identity;

/// <summary>Signing in, going on and out: every way in which a token is lost, copied, repeated or taken away.</summary>
public sealed class SessionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_first_login_makes_the_person_and_the_next_finds_them_and_no_secret_of_WeChat_leaves(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var answer = await LogIn(app, "o-wang");
        var first = answer.Ok<Tokens>();
        Assert.Equal(PhoenixApp.DefaultStart + AccessTokens.Lifetime, first.AccessExpiresAt);
        Assert.Equal(first.PersonId, (await As(app, first).Get("me")).Ok<GetMe.Response>().PersonId);
        Assert.Equal(first.PersonId, (await LogIn(app, "o-wang")).Ok<Tokens>().PersonId);
        Assert.NotEqual(first.PersonId, (await LogIn(app, "o-li")).Ok<Tokens>().PersonId);

        var stored = await app.Read(Seeding.CommunityId, db => db.Set<WeChatAccount>().SingleAsync(a => a.PersonId == first.PersonId));
        Assert.All((string[])["o-wang", Convert.ToBase64String(new byte[16])], secret =>
        {
            Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, stored.OpenId + stored.OpenIdHash + stored.SessionKey, StringComparison.Ordinal);
            Assert.DoesNotContain(app.Logs.Lines, l => l.Text.Contains(secret, StringComparison.Ordinal));
        });
        var remembered = await app.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Data.RequestRecord>().Select(r => r.Response!).ToListAsync());
        Assert.All(remembered, r => Assert.DoesNotContain(first.RefreshToken[^20..], r, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_first_logins_at_once_make_one_person(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var both = await Task.WhenAll(LogIn(app, "o-wang"), LogIn(app, "o-wang"));
        Assert.Single(both.Select(a => a.Ok<Tokens>().PersonId).Distinct());
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<WeChatAccount>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_login_whose_answer_was_lost_is_answered_again_without_asking_WeChat_for_a_minute(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (code, id) = (app.WeChat.LoginCode("o-wang"), app.NewRequestId());
        var first = (await app.Anyone.Post("/api/v1/sessions", new { code }, id)).Ok<Tokens>();
        app.Time.Advance(TimeSpan.FromSeconds(60));
        var again = (await app.Anyone.Post("/api/v1/sessions", new { code }, id)).Ok<Tokens>();
        Assert.Equal((first.PersonId, first.RefreshToken), (again.PersonId, again.RefreshToken));
        Assert.Equal(1, await Sessions(app));
        (await app.Anyone.Post("/api/v1/sessions", new { code = "other" }, id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await app.Anyone.Post("/api/v1/sessions", new { code }, id)).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await app.Anyone.Post("/api/v1/sessions", new { code })).Refused(HttpStatusCode.Conflict, "wechat.code_over");
    }

    [Theory]
    [InlineData("wechat.code_over", HttpStatusCode.Conflict)]
    [InlineData("wechat.user_blocked", HttpStatusCode.Forbidden)]
    [InlineData("wechat.busy", HttpStatusCode.ServiceUnavailable)]
    [InlineData("wechat.no_answer", HttpStatusCode.ServiceUnavailable)]
    [InlineData("wechat.account_wrong", HttpStatusCode.ServiceUnavailable)]
    public async Task Whatever_WeChat_refuses_is_said_with_what_to_do_and_keeps_nothing(string refusal, HttpStatusCode status)
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        app.WeChat.NextRefusals.Enqueue(refusal switch
        {
            "wechat.code_over" => new WeChatCodeOver(40029),
            "wechat.user_blocked" => new WeChatUserBlocked(40226),
            "wechat.busy" => new WeChatBusy(-1),
            "wechat.no_answer" => new WeChatOutcomeUnknown(),
            _ => new WeChatAccountWrong(40125, "invalid appsecret"),
        });
        var id = app.NewRequestId();
        var code = app.WeChat.LoginCode("o-wang");
        Assert.DoesNotContain("secret", (await app.Anyone.Post("/api/v1/sessions", new { code }, id)).Refused(status, refusal).Title, StringComparison.Ordinal);
        Assert.Equal(0, await Sessions(app));
        (await app.Anyone.Post("/api/v1/sessions", new { code }, id)).Ok<Tokens>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refresh_token_works_once_and_its_repeat_within_a_minute_is_the_same_answer(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var first = (await LogIn(app, "o-wang")).Ok<Tokens>();
        var id = app.NewRequestId();
        var second = (await Refresh(app, first.RefreshToken, id)).Ok<Tokens>();
        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
        var both = await Task.WhenAll(Refresh(app, first.RefreshToken, id), Refresh(app, first.RefreshToken, id));
        Assert.All(both, a => Assert.Equal(second.RefreshToken, a.Ok<Tokens>().RefreshToken));
        var third = (await Refresh(app, second.RefreshToken)).Ok<Tokens>();
        Assert.Equal(first.PersonId, (await As(app, third).Get("me")).Ok<GetMe.Response>().PersonId);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refresh_token_used_by_two_ends_the_session_of_both(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (stolen, other) = ((await LogIn(app, "o-wang")).Ok<Tokens>(), (await LogIn(app, "o-wang")).Ok<Tokens>());
        var owner = (await Refresh(app, stolen.RefreshToken)).Ok<Tokens>();
        (await Refresh(app, stolen.RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.token_copied");
        (await Refresh(app, owner.RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await As(app, owner).Delete("/api/v1/sessions/current")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        (await Refresh(app, other.RefreshToken)).Ok<Tokens>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_repeat_after_a_minute_is_taken_for_a_copy(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var first = (await LogIn(app, "o-wang")).Ok<Tokens>();
        var id = app.NewRequestId();
        var second = (await Refresh(app, first.RefreshToken, id)).Ok<Tokens>();
        app.Time.Advance(SessionBook.ReplayWithin + TimeSpan.FromMilliseconds(1));
        (await Refresh(app, first.RefreshToken, id)).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await Refresh(app, second.RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_two_refreshes_at_once_with_one_token_one_wins_and_the_session_ends(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var first = (await LogIn(app, "o-wang")).Ok<Tokens>();
        var both = await Task.WhenAll(Refresh(app, first.RefreshToken), Refresh(app, first.RefreshToken));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status == HttpStatusCode.Unauthorized);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_session_that_is_unused_too_long_or_too_old_is_over(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var tokens = (await LogIn(app, "o-wang")).Ok<Tokens>();
        app.Time.Advance(Session.IdleLifetime - TimeSpan.FromMilliseconds(1));
        tokens = (await Refresh(app, tokens.RefreshToken)).Ok<Tokens>();
        app.Time.Advance(Session.IdleLifetime);
        (await Refresh(app, tokens.RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");

        tokens = (await LogIn(app, "o-wang")).Ok<Tokens>();
        for (var months = 0; months < 12; months++)
        {
            app.Time.Advance(Session.IdleLifetime - TimeSpan.FromDays(1));
            tokens = (await Refresh(app, tokens.RefreshToken)).Ok<Tokens>();
        }

        app.Time.Advance(TimeSpan.FromDays(17));
        (await Refresh(app, tokens.RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");
    }

    [Fact]
    public async Task Tokens_that_are_not_ours_say_so_and_end_nothing()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var tokens = (await LogIn(app, "o-wang")).Ok<Tokens>();
        var (body, mac) = (tokens.RefreshToken.Split('.', 2)[0], tokens.RefreshToken.Split('.', 2)[1]);
        var flipped = (body[0] == 'A' ? 'B' : 'A') + body[1..];
        foreach (var bad in (string[])["x", ".", body, $"{body}.", $".{mac}", $"{flipped}.{mac}", $"{body}.{mac[..^2]}", $"{body}A.{mac}", new string('A', 256)])
            (await Refresh(app, bad)).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await Refresh(app, new string('A', 257))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Refresh(app, tokens.RefreshToken)).Ok<Tokens>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Signing_out_ends_this_device_at_once_or_all_of_them(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var devices = new List<Tokens>();
        for (var i = 0; i < 3; i++)
            devices.Add((await LogIn(app, "o-wang")).Ok<Tokens>());
        (await As(app, devices[2]).Get("me")).Ok<GetMe.Response>();
        Assert.Equal(1, (await As(app, devices[0]).Delete("/api/v1/sessions/current")).Ok<LogOut.Response>().Ended);
        (await Refresh(app, devices[0].RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");
        Assert.Equal(2, (await As(app, devices[1]).Delete("/api/v1/sessions")).Ok<LogOut.Response>().Ended);

        // Reads may go on for five seconds, writes not at all.
        (await As(app, devices[2]).Get("me")).Ok<GetMe.Response>();
        (await As(app, devices[2]).Delete("/api/v1/sessions")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        app.Time.Advance(Callers.StaleAfter);
        (await As(app, devices[2]).Get("me")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_eleventh_device_signs_out_the_one_unused_longest(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var devices = new List<Tokens>();
        for (var i = 0; i <= Session.MaxPerPerson; i++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(2));
            devices.Add((await LogIn(app, "o-wang")).Ok<Tokens>());
        }

        (await Refresh(app, devices[0].RefreshToken)).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await Refresh(app, devices[1].RefreshToken)).Ok<Tokens>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_sign_a_member_out_with_a_reason_that_the_log_keeps(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, (member, id)) = (await app.Staff(), await app.Member("王阿姨"));
        (await staff.Post($"members/{id}/sign-out", new { reason = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await staff.Post($"members/{app.NewRequestId()}/sign-out", new { reason = "手机丢了" })).Refused(HttpStatusCode.NotFound, "member.unknown");
        Assert.Equal(1, (await staff.Post($"members/{id}/sign-out", new { reason = "手机丢了" })).Ok<LogOut.Response>().Ended);
        (await member.Delete("/api/v1/sessions")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        var entry = Assert.Single((await staff.Get($"audit-entries?person={member.PersonId}")).Ok<Page<Phoenix.App.Community.Audit.ListAuditEntries.Item>>().Items);
        Assert.Equal(("member.signed_out", staff.PersonId, "手机丢了", PhoenixApp.DefaultStart), (entry.Action, entry.ActorId, entry.Reason, entry.At));
    }

    [Fact]
    public async Task Signing_in_is_limited_by_address()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        for (var i = 0; i < RateLimits.SignIns.Permits; i++)
            (await Refresh(app, "x")).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await Refresh(app, "x")).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    private static Task<Answer> LogIn(PhoenixApp app, string openId) => app.Anyone.Post("/api/v1/sessions", new { code = app.WeChat.LoginCode(openId) });

    private static Task<Answer> Refresh(PhoenixApp app, string refreshToken, Guid? requestId = null) => app.Anyone.Post("/api/v1/sessions/refresh", new { refreshToken }, requestId);

    private static TestCaller As(PhoenixApp app, Tokens tokens) => app.Anyone.With(tokens.AccessToken);

    private static Task<int> Sessions(PhoenixApp app) => app.Read(Seeding.CommunityId, db => db.Set<Session>().CountAsync());
}
