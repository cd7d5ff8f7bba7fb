using System.Net;
using System.Text.Json;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Stations, teams, posts; the leader's role comes with the first thing led and goes with the last.</summary>
public sealed class TeamTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_leader_is_one_from_the_first_team_or_shift_to_the_last(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var station = (await world.Staff.Post("stations", new { kind = "volunteering", name = "凤凰里志愿服务站", placeId = (Guid?)null, address = "社区一楼" })).Ok<StationDesk.Item>();
        (await world.Staff.Post("stations", new { kind = "civilizationPractice", name = "凤凰里志愿服务站", placeId = (Guid?)null, address = "社区一楼" })).Refused(HttpStatusCode.Conflict, "station.name_taken");
        (await world.Staff.Put($"stations/{station.Id}", new { kind = "volunteering", name = "凤凰里志愿服务站", placeId = world.App.NewRequestId(), address = "二楼", version = 1 })).Refused(HttpStatusCode.NotFound, "place.unknown");
        Assert.Equal("凤凰里志愿服务站", Assert.Single((await world.App.Anyone.Get("stations")).Ok<Page<StationDesk.Item>>().Items).Name);

        Assert.False(await Leads());
        Task<Answer> Save(Guid? id, int version, params Guid[] leaders) => id is null
            ? world.Staff.Post("teams", new { name = "助残扶老队", purpose = "看望独居老人", stationId = station.Id, leaderIds = leaders })
            : world.Staff.Put($"teams/{id}", new { name = "助残扶老队", purpose = "看望独居老人", stationId = station.Id, leaderIds = leaders, version });
        (await Save(null, 0, world.App.NewRequestId())).Refused(HttpStatusCode.Conflict, "leader.unknown");
        var team = (await Save(null, 0, world.LeaderId)).Ok<TeamDesk.Detail>();
        Assert.Equal("陈姐", Assert.Single(team.Leaders).Name);
        Assert.True(await Leads());
        (await Save(null, 0)).Refused(HttpStatusCode.Conflict, "team.name_taken");
        (await Save(team.Id, 9)).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");

        var draft = await world.Draft(null, world.Shift());
        (await Save(team.Id, 1)).Ok<TeamDesk.Detail>();
        Assert.True(await Leads());
        (await world.Staff.Delete($"staff/shifts/{draft.Shifts[0].Id}")).Ok<StaffActivity.Detail>();
        Assert.False(await Leads());

        async Task<bool> Leads()
        {
            world.App.Time.Advance(Callers.StaleAfter);
            return (await world.Leader.Get("me")).Ok<GetMe.Response>().Roles.Contains(Role.Leader);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_hand_over_takes_teams_posts_and_shifts_along(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (_, successor) = await world.Neighbour("张姐");
        var grid = (await world.Staff.Post("places", new { kind = "grid", parentId = (Guid?)null, name = "网格" })).Ok<ListPlaces.Item>();
        var estate = (await world.Staff.Post("places", new { kind = "estate", parentId = grid.Id, name = "小区" })).Ok<ListPlaces.Item>();
        var building = (await world.Staff.Post("places", new { kind = "building", parentId = estate.Id, name = "3栋" })).Ok<ListPlaces.Item>();
        var team = (await world.Staff.Post("teams", new { name = "平安队", purpose = "巡逻", stationId = (Guid?)null, leaderIds = new[] { world.LeaderId } })).Ok<TeamDesk.Detail>();
        object Post(string name, Guid? at) => new { kind = "demonstration", name, duties = "导诊", teamId = team.Id, buildingId = at, leaderId = world.LeaderId };
        (await world.Staff.Post("posts", Post("3栋岗", building.Id))).Ok<PostDesk.Item>();
        (await world.Staff.Post("posts", Post("3栋岗", null))).Refused(HttpStatusCode.Conflict, "post.name_taken");
        (await world.Staff.Post("posts", Post("又一岗", building.Id))).Refused(HttpStatusCode.Conflict, "post.building_taken");
        (await world.Staff.Post("posts", Post("又一岗", estate.Id))).Refused(HttpStatusCode.NotFound, "place.unknown");
        var activity = await world.Published();

        var moved = (await world.Staff.Post("hand-over", new { memberId = world.LeaderId, successorId = successor, reason = "搬家" })).Ok<HandOver.Response>();
        Assert.Contains("志愿服务队：1 个", moved.Moved);
        Assert.Contains("志愿服务岗：1 个", moved.Moved);
        Assert.Contains("时段：1 个", moved.Moved);
        Assert.Equal(successor, (await world.Staff.Get($"staff/activities/{activity.Id}")).Ok<StaffActivity.Detail>().Shifts[0].Leader!.MemberId);
        Assert.Equal(successor, Assert.Single((await world.Staff.Get($"teams/{team.Id}")).Ok<TeamDesk.Detail>().Leaders).MemberId);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_rota_makes_its_shifts_four_weeks_ahead_once_however_often_it_runs(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var post = (await world.Staff.Post("posts", new { kind = "demonstration", name = "卫生院导诊岗", duties = "导诊", teamId = (Guid?)null, buildingId = (Guid?)null, leaderId = world.LeaderId })).Ok<PostDesk.Item>();
        var draft = await world.Draft(World.Form("卫生院导诊", ActivityKind.Standing, post: post.Id));
        var missing = (await world.Publish(draft)).Refused(HttpStatusCode.Conflict, "activity.incomplete");
        Assert.Contains("$.rota", missing.Errors!.Keys);

        Task<Answer> Line(string weekday, string from, int minutes = 120) => world.Staff.Post($"posts/{post.Id}/rota", new { weekday, startsAt = "09:00:00", minutes, capacity = 2, from });
        (await Line("tuesday", "2026-11-22")).Refused(HttpStatusCode.Conflict, "rota.day_over");
        var tuesday = (await Line("tuesday", "2026-11-23")).Ok<Rota.Item>();
        var activity = (await world.Publish(draft)).Ok<StaffActivity.Detail>();
        // Tuesdays 24 November to 15 December, within 28 days of the 23rd.
        Assert.Equal(4, activity.Shifts.Count);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 1, 0, 0, TimeSpan.Zero), activity.Shifts[0].Form.StartsAt);
        (await Line("saturday", "2026-12-01", minutes: 30)).Ok<Rota.Item>();
        Assert.Equal(7, (await Shifts()).Count);
        await Task.WhenAll(world.App.Sweep("rota.shifts"), world.App.Sweep("rota.shifts"));
        Assert.Equal(7, (await Shifts()).Count);

        var signed = await World.SignedUp((await world.Neighbour("王阿姨")).Caller, (await Shifts())[0].Id);
        (await world.Staff.Post($"staff/shifts/{(await Shifts())[1].Id}/cancellation", new { reason = "卫生院停电", version = 1 })).Ok<StaffActivity.Detail>();
        await world.At(PhoenixApp.DefaultStart.AddDays(1));
        await world.App.Sweep("rota.shifts");
        Assert.Equal(7 + 1, (await Shifts()).Count);
        (await world.Staff.Post($"rota-lines/{tuesday.Id}/end", new { to = "2026-11-24" })).Ok<Rota.Item>();
        Assert.Equal(4, (await Shifts()).Count(s => s.State == ShiftState.Open));
        Assert.NotEqual(Guid.Empty, signed.Id);

        // A new leader of the post leads its coming shifts.
        var (_, successor) = await world.Neighbour("张姐");
        (await world.Staff.Put($"posts/{post.Id}", new { kind = "demonstration", name = "卫生院导诊岗", duties = "导诊", teamId = (Guid?)null, buildingId = (Guid?)null, leaderId = successor, version = 1 })).Ok<PostDesk.Item>();
        Assert.All((await Shifts()).Where(s => s.State == ShiftState.Open && s.Form.StartsAt > PhoenixApp.DefaultStart.AddDays(1)), s => Assert.Equal(successor, s.Leader!.MemberId));

        // Called off with shifts behind it, it ends: those are still to be verified.
        await world.At(PhoenixApp.DefaultStart.AddDays(2));
        var ended = (await world.Staff.Post($"staff/activities/{activity.Id}/cancellation", new { reason = "岗位撤销", version = activity.Version })).Ok<StaffActivity.Detail>();
        Assert.Equal((ActivityState.Ended, 1), (ended.State, ended.Shifts.Count(s => s.State == ShiftState.Open)));

        async Task<IReadOnlyList<StaffActivity.ShiftDetail>> Shifts() => (await world.Staff.Get($"staff/activities/{activity.Id}")).Ok<StaffActivity.Detail>().Shifts;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_post_says_who_leads_it_where_and_by_which_activity_and_what_is_given_up_is_listed_where_asked_for(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var grid = (await world.Staff.Post("places", new { kind = "grid", parentId = (Guid?)null, name = "第一网格" })).Ok<ListPlaces.Item>();
        var estate = (await world.Staff.Post("places", new { kind = "estate", parentId = grid.Id, name = "凤凰苑" })).Ok<ListPlaces.Item>();
        var building = (await world.Staff.Post("places", new { kind = "building", parentId = estate.Id, name = "3栋" })).Ok<ListPlaces.Item>();
        var station = (await world.Staff.Post("stations", new { kind = "volunteering", name = "凤凰里志愿服务站", placeId = estate.Id, address = "社区一楼" })).Ok<StationDesk.Item>();
        Assert.Equal(new StationDesk.Detail(station, "凤凰苑"), (await world.App.Anyone.Get($"stations/{station.Id}")).Ok<StationDesk.Detail>());
        (await world.App.Anyone.Get($"stations/{world.App.NewRequestId()}")).Refused(HttpStatusCode.NotFound, "station.unknown");
        var team = (await world.Staff.Post("teams", new { name = "平安队", purpose = "巡逻", stationId = station.Id, leaderIds = new[] { world.LeaderId } })).Ok<TeamDesk.Detail>();
        var post = (await world.Staff.Post("posts", new { kind = "ordinary", name = "3栋岗", duties = "看门", teamId = team.Id, buildingId = building.Id, leaderId = world.LeaderId })).Ok<PostDesk.Item>();

        async Task<PostDesk.Detail> Detail() => (await world.Staff.Get($"posts/{post.Id}")).Ok<PostDesk.Detail>();
        Assert.Equal(new PostDesk.Detail(post, "平安队", "凤凰苑 3栋", new Named(world.LeaderId, "陈姐"), null, false), await Detail());
        (await world.Leader.Get($"posts/{post.Id}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await world.Staff.Get($"posts/{world.App.NewRequestId()}")).Refused(HttpStatusCode.NotFound, "post.unknown");
        (await world.Staff.Post($"posts/{post.Id}/rota", new { weekday = "friday", startsAt = "09:00:00", minutes = 120, capacity = 2, from = "2026-11-23" })).Ok<Rota.Item>();
        var draft = await world.Draft(World.Form("看门", ActivityKind.Standing, post: post.Id));
        Assert.Equal((draft.Id, false), ((await Detail()).ActivityId!.Value, (await Detail()).IsPublished));
        (await world.Publish(draft)).Ok<StaffActivity.Detail>();
        await world.Draft(World.Form("看门，又一个", ActivityKind.Standing, post: post.Id));
        Assert.Equal((draft.Id, true), ((await Detail()).ActivityId!.Value, (await Detail()).IsPublished));

        (await world.Staff.Put($"posts/{post.Id}", new { kind = "ordinary", name = "3栋岗", duties = "看门", teamId = team.Id, buildingId = building.Id, leaderId = (Guid?)null, isArchived = true, version = 1 })).Ok<PostDesk.Item>();
        (await world.Staff.Put($"teams/{team.Id}", new { name = "平安队", purpose = "巡逻", stationId = station.Id, leaderIds = Array.Empty<Guid>(), isArchived = true, version = 1 })).Ok<TeamDesk.Detail>();
        (await world.Staff.Put($"stations/{station.Id}", new { kind = "volunteering", name = "凤凰里志愿服务站", placeId = estate.Id, address = "社区一楼", isArchived = true, version = 1 })).Ok<StationDesk.Item>();
        foreach (var list in (string[])["posts", "teams", "stations"])
        {
            Assert.Empty((await world.App.Anyone.Get(list)).Ok<Page<JsonElement>>().Items);
            Assert.Single((await world.App.Anyone.Get($"{list}?archived=true")).Ok<Page<JsonElement>>().Items);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_post_has_one_published_activity(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var post = (await world.Staff.Post("posts", new { kind = "ordinary", name = "平安岗", duties = "巡逻", teamId = (Guid?)null, buildingId = (Guid?)null, leaderId = world.LeaderId })).Ok<PostDesk.Item>();
        (await world.Staff.Post($"posts/{post.Id}/rota", new { weekday = "friday", startsAt = "23:00:00", minutes = 120, capacity = 2, from = "2026-11-23" })).Ok<Rota.Item>();
        var activity = (await world.Publish(await world.Draft(World.Form("夜巡", ActivityKind.Standing, post: post.Id)))).Ok<StaffActivity.Detail>();
        Assert.Equal(new DateTimeOffset(2026, 11, 27, 17, 0, 0, TimeSpan.Zero), activity.Shifts[0].Form.EndsAt);
        var second = await world.Draft(World.Form("又一个", ActivityKind.Standing, post: post.Id));
        (await world.Publish(second)).Refused(HttpStatusCode.Conflict, "post.busy");
        (await world.Staff.Post($"staff/activities/{activity.Id}/copy", new { firstDay = "2026-12-01" })).Refused(HttpStatusCode.Conflict, "activity.standing_repeats");
    }
}
