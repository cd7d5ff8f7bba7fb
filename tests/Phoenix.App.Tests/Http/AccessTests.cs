using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Http;

public sealed class AccessTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_a_stranger_and_a_neighbour_are_told_apart(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        (await app.Anyone.Get("me")).Refused(HttpStatusCode.Unauthorized, "auth.required");
        (await app.Anyone.Get("calendar/entries")).Refused(HttpStatusCode.Unauthorized, "auth.required");

        var stranger = await app.Person();
        Assert.Empty((await stranger.Get("me")).Ok<GetMe.Response>().Roles);
        (await stranger.Get("calendar/entries")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var many = await app.Person(Role.Staff, Role.Member, Role.Clerk);
        Assert.Equal([Role.Member, Role.Staff, Role.Clerk], (await many.Get("me")).Ok<GetMe.Response>().Roles);
        Assert.Empty((await many.In(TestDatabases.OtherCommunity).Get("me")).Ok<GetMe.Response>().Roles);
    }

    [Fact]
    public async Task A_token_works_for_its_fifteen_minutes_and_no_longer()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var member = await app.Person(Role.Member);
        app.Time.Advance(AccessTokens.Lifetime - TimeSpan.FromSeconds(1));
        (await member.Get("me")).Ok<GetMe.Response>();
        app.Time.Advance(TimeSpan.FromSeconds(1));
        (await member.Get("me")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
        (await member.Get("")).Ok<GetCommunity.Response>();
    }

    [Fact]
    public async Task A_token_that_was_changed_or_signed_by_another_is_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        await using var elsewhere = await PhoenixApp.Start(DatabaseKind.Sqlite, seed: 2);
        var member = await app.Person(Role.Member);
        var parts = member.Token!.Split('.');
        var unsigned = Convert.ToBase64String("{\"alg\":\"none\",\"typ\":\"JWT\"}"u8).TrimEnd('=') + "." + parts[1] + ".";
        var otherPerson = parts[0] + "." + Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"sub\":\"" + Guid.Empty.ToString("N") + "\"}")).TrimEnd('=') + "." + parts[2];
        var foreign = elsewhere.Services.GetRequiredService<AccessTokens>().Issue(member.PersonId, app.NewRequestId());
        foreach (var bad in (string[])["", "x", "a.b.c", unsigned, otherPerson, member.Token[..^2], foreign])
            (await member.With(bad).Get("me")).Refused(HttpStatusCode.Unauthorized, bad.Length == 0 ? "auth.required" : "auth.token_refused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_role_taken_away_is_gone_for_writes_at_once_and_for_reads_within_five_seconds(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>();
        await app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().ExecuteDeleteAsync());

        app.Time.Advance(Callers.StaleAfter - TimeSpan.FromMilliseconds(1));
        (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>();
        (await staff.Put("calendar/entries/2026-12-24", new { isWorking = true, note = "好" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        app.Time.Advance(Callers.StaleAfter);
        (await staff.Get("calendar/entries")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Fact]
    public async Task Calls_over_the_limit_are_refused_with_the_time_to_wait_and_go_on_after_it()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var one = await app.Person(Role.Member);
        var other = await app.Person(Role.Member);
        for (var i = 0; i < RateLimits.Default.Permits; i++)
            (await one.Get("me")).Ok<GetMe.Response>();
        var refused = await one.Get("me");
        refused.Refused(HttpStatusCode.TooManyRequests, "limit.reached");
        Assert.Equal(RateLimits.Default.Window, refused.Headers.RetryAfter!.Delta);
        (await other.Get("me")).Ok<GetMe.Response>();

        app.Time.Advance(RateLimits.Default.Window);
        (await one.Get("me")).Ok<GetMe.Response>();
    }

    [Fact]
    public async Task With_the_simulator_a_request_through_a_proxy_is_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        foreach (var header in (string[])["X-Forwarded-For", "x-forwarded-host", "Forwarded"])
            (await app.Anyone.Send(HttpMethod.Get, "/api/v1/communities", null, null, (header, "for=10.0.0.1"))).Refused(HttpStatusCode.Forbidden, "system.simulator_is_local");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_row_of_another_community_cannot_be_written_in_this_one_s_scope(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var entry = new CalendarEntry { CommunityId = TestDatabases.OtherCommunity, Date = new(2026, 12, 24), Note = "越界" };
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Write(Seeding.CommunityId, db => db.Add(entry)));
        await app.Write(TestDatabases.OtherCommunity, db => db.Add(entry));
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<CalendarEntry>().CountAsync()));
        Assert.Throws<InvalidOperationException>(() =>
        {
            var scope = new CommunityScope();
            scope.Enter(1);
            scope.Enter(2);
        });
    }

    [Fact]
    public async Task The_server_s_clock_and_the_community_s_day_are_told_to_the_phone()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite, at: new(2026, 11, 23, 16, 30, 0, TimeSpan.Zero));
        var community = (await app.Anyone.Get("")).Ok<GetCommunity.Response>();
        Assert.Equal((new DateOnly(2026, 11, 24), app.Services.GetRequiredService<Clock>().Now), (community.Today, community.Now));
        Assert.Equal([1, 2], (await app.Anyone.Get("/api/v1/communities")).Ok<Page<ListCommunities.Item>>().Items.Select(c => c.Id));
    }
}
