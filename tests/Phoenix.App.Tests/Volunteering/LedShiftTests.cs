using System.Net;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>The list with which a leader's day begins.</summary>
public sealed class LedShiftTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_leader_sees_what_is_to_come_by_time_then_what_is_over_and_waits_and_nobody_else_s(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        await world.Draft(World.Form("草稿"), world.Shift());
        var later = (await world.Published(World.Form("文明劝导"), world.Shift(at: World.Saturday.AddDays(1)))).Shifts[0].Id;
        var first = (await world.Published(null, world.Shift())).Shifts[0].Id;
        var (_, otherId) = await world.Neighbour("王队长");
        await world.Published(World.Form("别人的"), world.Shift() with { LeaderId = otherId });
        var (aunt, auntId) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, first);

        await world.At(World.Saturday.AddMinutes(10));
        (await world.Leader.Post($"shifts/{first}/check-ins", new { memberIds = new[] { auntId } })).Ok<RegisterByLeader.Response>();
        var coming = (await world.Leader.Get("led-shifts?limit=1")).Ok<Page<LedShifts.Item>>();
        var now = Assert.Single(coming.Items);
        Assert.Equal((first, "楼栋关怀日", 1, 2, 1, 1), (now.Id, now.Activity, now.Taken, now.Capacity, now.There, now.ToVerify));
        Assert.Equal(later, Assert.Single((await world.Leader.Get($"led-shifts?limit=1&cursor={Uri.EscapeDataString(coming.Next!)}")).Ok<Page<LedShifts.Item>>().Items).Id);
        Assert.Empty((await world.Leader.Get("led-shifts?past=true")).Ok<Page<LedShifts.Item>>().Items);

        // One second after the end of the first it is over; after the second, newest first, a page each.
        await world.At(World.Saturday.AddMinutes(150));
        Assert.Equal([later], (await world.Leader.Get("led-shifts")).Ok<Page<LedShifts.Item>>().Items.Select(s => s.Id));
        await world.At(World.Saturday.AddDays(2));
        var past = (await world.Leader.Get("led-shifts?past=true&limit=1")).Ok<Page<LedShifts.Item>>();
        Assert.Equal(later, Assert.Single(past.Items).Id);
        var over = Assert.Single((await world.Leader.Get($"led-shifts?past=true&limit=1&cursor={Uri.EscapeDataString(past.Next!)}")).Ok<Page<LedShifts.Item>>().Items);
        Assert.Equal((first, 1, 1), (over.Id, over.There, over.ToVerify));
        await world.At(World.Saturday.AddMinutes(150) + LedShifts.Past);
        Assert.Equal([later], (await world.Leader.Get("led-shifts?past=true")).Ok<Page<LedShifts.Item>>().Items.Select(s => s.Id));

        (await (await world.Now(aunt)).Get("led-shifts")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await world.Leader.Get("led-shifts?cursor=x")).Refused(HttpStatusCode.BadRequest, "page.bad");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Whoever_leads_the_team_leads_its_shifts(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (captain, captainId) = await world.Neighbour("队长");
        var team = (await world.Staff.Post("teams", new { name = "助残扶老", purpose = "上门帮忙", stationId = (Guid?)null, leaderIds = new[] { captainId } })).Ok<Phoenix.App.Volunteering.Teams.TeamDesk.Detail>();
        var shift = (await world.Published(World.Form() with { OrganiserKind = Phoenix.App.Volunteering.Activities.OrganiserKind.Team, OrganiserId = team.Id }, world.Shift())).Shifts[0].Id;
        Assert.Equal([shift], (await (await world.Now(captain)).Get("led-shifts")).Ok<Page<LedShifts.Item>>().Items.Select(s => s.Id));
        Assert.Empty((await world.Staff.Get("led-shifts")).Ok<Page<LedShifts.Item>>().Items);
        (await world.Staff.Post($"staff/shifts/{shift}/cancellation", new { reason = "下雨", version = 1 })).Ok<object>();
        Assert.Empty((await (await world.Now(captain)).Get("led-shifts")).Ok<Page<LedShifts.Item>>().Items);
    }
}
