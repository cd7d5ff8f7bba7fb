using System.Net;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>From a draft to a closed or cancelled activity.</summary>
public sealed class ActivityTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_draft_is_published_when_everything_is_said_and_ends_with_its_last_shift(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var bare = await world.Draft(World.Form() with { Risks = null, Insurance = " ", ContactPhone = null, HostedBy = null });
        var missing = (await world.Publish(bare)).Refused(HttpStatusCode.Conflict, "activity.incomplete");
        Assert.Equal(["$.form.contactPhone", "$.form.hostedBy", "$.form.insurance", "$.form.risks", "$.shifts"], missing.Errors!.Keys.Order());
        (await world.App.Anyone.Get($"activities/{bare.Id}")).Refused(HttpStatusCode.NotFound, "activity.unknown");

        var full = (await world.Staff.Put($"staff/activities/{bare.Id}", new { form = World.Form(), version = 1 })).Ok<StaffActivity.Detail>();
        (await world.Staff.Put($"staff/activities/{bare.Id}", new { form = World.Form(), version = 1 })).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        full = (await world.Staff.Post($"staff/activities/{bare.Id}/shifts", world.Shift() with { LeaderId = null })).Ok<StaffActivity.Detail>();
        Assert.Contains("$.shifts.form.leaderId", (await world.Publish(full)).Refused(HttpStatusCode.Conflict, "activity.incomplete").Errors!.Keys);
        full = (await world.Staff.Put($"staff/shifts/{full.Shifts[0].Id}", new { form = world.Shift(), version = 1 })).Ok<StaffActivity.Detail>();
        (await world.Publish(full with { Version = 9 })).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        var published = (await world.Publish(full)).Ok<StaffActivity.Detail>();
        (await world.Publish(published)).Refused(HttpStatusCode.Conflict, "activity.not_draft");
        var seen = (await world.App.Anyone.Get($"activities/{bare.Id}")).Ok<PublicActivities.Detail>();
        Assert.Equal(("陈姐", 2, 0L, "凤凰里社区居委会"), (seen.Shifts[0].Leader, seen.Shifts[0].FreePlaces, seen.Shifts[0].Coins, seen.HostedBy));

        var end = World.Saturday.AddMinutes(150);
        (await world.Staff.Post($"staff/activities/{bare.Id}/closing", new { version = published.Version })).Refused(HttpStatusCode.Conflict, "activity.not_ended");
        await world.At(end.AddMilliseconds(-1));
        await world.App.Sweep("activities.end");
        Assert.Equal(ActivityState.Published, (await Get()).State);
        (await world.Staff.Post($"staff/activities/{bare.Id}/cancellation", new { reason = "太晚", version = published.Version })).Refused(HttpStatusCode.Conflict, "activity.begun");
        await world.At(end);
        await Task.WhenAll(world.App.Sweep("activities.end"), world.App.Sweep("activities.end"));
        var ended = await Get();
        Assert.Equal(ActivityState.Ended, ended.State);
        (await World.SignUp((await world.Neighbour("王阿姨")).Caller, published.Shifts[0].Id)).Refused(HttpStatusCode.Conflict, "signup.closed");
        (await world.Staff.Put($"staff/activities/{bare.Id}", new { form = World.Form(), version = ended.Version })).Refused(HttpStatusCode.Conflict, "activity.finished");
        (await world.Leader.Put($"shifts/{published.Shifts[0].Id}/figures", new { peopleServed = 12, problemsSolved = 3, lines = "帮三位老人买菜" })).Ok<EnterFigures.Response>();
        var closed = (await world.Staff.Post($"staff/activities/{bare.Id}/closing", new { version = ended.Version })).Ok<StaffActivity.Detail>();
        Assert.Equal((ActivityState.Closed, 12), (closed.State, closed.Shifts[0].PeopleServed!.Value));
        (await world.Staff.Put($"shifts/{published.Shifts[0].Id}/figures", new { peopleServed = 1, problemsSolved = 1, lines = (string?)null })).Refused(HttpStatusCode.Conflict, "activity.finished");

        async Task<StaffActivity.Detail> Get() => (await world.Staff.Get($"staff/activities/{bare.Id}")).Ok<StaffActivity.Detail>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_published_changes_by_rule_and_capacity_stays_above_who_signed_up(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published(null, world.Shift(capacity: 3));
        var shift = activity.Shifts[0];
        var (first, _) = await world.Neighbour("王阿姨");
        var (second, _) = await world.Neighbour("李叔叔");
        await World.SignedUp(first, shift.Id);
        await World.SignedUp(second, shift.Id);
        Task<Answer> Change(ShiftForm form, int version = 1) => world.Staff.Put($"staff/shifts/{shift.Id}", new { form, version });

        Assert.Contains("要先请 1 人", (await Change(world.Shift(capacity: 1))).Refused(HttpStatusCode.Conflict, "shift.capacity_taken").Title, StringComparison.Ordinal);
        (await Change(world.Shift(minutes: 9))).Refused(HttpStatusCode.BadRequest, "shift.time_bad");
        (await Change(world.Shift(minutes: 721))).Refused(HttpStatusCode.BadRequest, "shift.time_bad");
        (await Change(world.Shift(at: PhoenixApp.DefaultStart))).Refused(HttpStatusCode.Conflict, "shift.begun");
        (await Change(world.Shift(capacity: 2), version: 2)).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        (await Change(world.Shift() with { PlaceId = world.App.NewRequestId() })).Refused(HttpStatusCode.NotFound, "place.unknown");
        (await Change(world.Shift() with { RadiusMetres = 100 })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        // Somebody's other place stands in the way of the new time.
        var other = await world.Published(World.Form("另一场"), world.Shift(at: World.Saturday.AddHours(4)));
        await World.SignedUp(second, other.Shifts[0].Id);
        Assert.Contains("1 位", (await Change(world.Shift(at: World.Saturday.AddHours(3)))).Refused(HttpStatusCode.Conflict, "shift.overlaps_others").Title, StringComparison.Ordinal);
        var moved = (await Change(world.Shift(capacity: 2, at: World.Saturday.AddHours(1.5)))).Ok<StaffActivity.Detail>();
        Assert.Equal(2, moved.Shifts[0].Taken);
        Assert.Equal(World.Saturday.AddHours(1.5), (await first.Get("my/signups")).Ok<Page<SignupView>>().Items[0].StartsAt);

        // Over midnight is allowed; a micro-shift is 10 to 30 minutes.
        (await world.Staff.Post($"staff/activities/{activity.Id}/shifts", world.Shift(at: new(2026, 11, 27, 15, 30, 0, TimeSpan.Zero), minutes: 60))).Ok<StaffActivity.Detail>();
        var micro = await world.Draft(World.Form("随手拍", ActivityKind.Micro));
        (await world.Staff.Post($"staff/activities/{micro.Id}/shifts", world.Shift(minutes: 31))).Refused(HttpStatusCode.BadRequest, "shift.time_bad");
        (await world.Staff.Post($"staff/activities/{micro.Id}/shifts", world.Shift(minutes: 30))).Ok<StaffActivity.Detail>();
        (await world.Staff.Put($"staff/activities/{activity.Id}", new { form = World.Form(approval: true), version = activity.Version })).Refused(HttpStatusCode.Conflict, "activity.fixed");
        (await world.Staff.Put($"staff/activities/{activity.Id}", new { form = World.Form() with { Risks = null }, version = activity.Version })).Refused(HttpStatusCode.Conflict, "activity.incomplete");
        (await world.Staff.Delete($"staff/shifts/{shift.Id}")).Refused(HttpStatusCode.Conflict, "activity.fixed");

        var off = (await world.Staff.Post($"staff/shifts/{shift.Id}/cancellation", new { reason = "停水", version = 2 })).Ok<StaffActivity.Detail>();
        Assert.Equal(ShiftState.Cancelled, off.Shifts.Single(s => s.Id == shift.Id).State);
        var told = (await first.Get("my/signups")).Ok<Page<SignupView>>().Items[0];
        Assert.Equal((SignupState.Cancelled, "停水"), (told.State, told.Reason));
        Assert.Equal([NoticeKind.SignupConfirmed, NoticeKind.ShiftChanged, NoticeKind.ShiftCancelled], await world.Told(first));
        (await World.SignUp(first, shift.Id)).Refused(HttpStatusCode.Conflict, "signup.shift_off");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Residents_find_activities_by_day_category_place_and_free_places(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        async Task<Guid> Place(string kind, Guid? parent, string name) => (await world.Staff.Post("places", new { kind, parentId = parent, name })).Ok<ListPlaces.Item>().Id;
        var grid = await Place("grid", null, "一网格");
        var estate = await Place("estate", grid, "凤凰里");
        var building = await Place("building", estate, "3栋");
        var late = await world.Published(World.Form("后天的"), world.Shift(at: World.Saturday.AddDays(1)) with { PlaceId = building });
        var soon = await world.Published(World.Form("明天的") with { Category = ImpactCategory.Environment }, world.Shift(capacity: 1), world.Shift(at: World.Saturday.AddDays(2)));
        await world.Draft(World.Form("草稿"), world.Shift());
        await World.SignedUp((await world.Neighbour("王阿姨")).Caller, soon.Shifts[0].Id);

        Assert.Equal(["明天的", "后天的"], await Titles(""));
        Assert.Equal(["后天的"], await Titles("category=eldersAndChildren"));
        Assert.Equal(["后天的"], await Titles("from=2026-11-29&to=2026-11-29"));
        Assert.Equal(["明天的"], await Titles("to=2026-11-28"));
        Assert.Empty(await Titles("to=2026-11-28&free=true"));
        Assert.Equal(["后天的", "明天的"], await Titles("free=true"));
        foreach (var place in (Guid[])[grid, estate, building])
            Assert.Equal(["后天的"], await Titles($"place={place}"));
        var page = (await world.App.Anyone.Get("activities?limit=1")).Ok<Page<PublicActivities.Item>>();
        Assert.Equal(["后天的"], await Titles($"limit=1&cursor={page.Next}"));
        Assert.Null((await world.App.Anyone.Get($"activities?limit=1&cursor={page.Next}")).Ok<Page<PublicActivities.Item>>().Next);
        (await world.App.Anyone.Get("activities?category=x")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        Assert.Empty((await world.App.Anyone.In(TestDatabases.OtherCommunity).Get("activities")).Ok<Page<PublicActivities.Item>>().Items);
        (await world.App.Anyone.In(TestDatabases.OtherCommunity).Get($"activities/{late.Id}")).Refused(HttpStatusCode.NotFound, "activity.unknown");
        Assert.Equal(2, (await world.Staff.Get("staff/activities?state=published")).Ok<Page<StaffActivity.Item>>().Items.Count);
        Assert.Equal(["草稿"], (await world.Staff.Get("staff/activities?state=draft")).Ok<Page<StaffActivity.Item>>().Items.Select(i => i.Title));

        async Task<List<string>> Titles(string query) => [.. (await world.App.Anyone.Get("activities?" + query)).Ok<Page<PublicActivities.Item>>().Items.Select(i => i.Title)];
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Copies_keep_the_time_of_day_and_a_series_repeats_by_the_week(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published(null, world.Shift(), world.Shift(at: World.Saturday.AddHours(4)));
        var copy = (await world.Staff.Post($"staff/activities/{activity.Id}/copy", new { firstDay = "2026-12-31" })).Ok<StaffActivity.Detail>();
        Assert.Equal((ActivityState.Draft, new DateTimeOffset(2026, 12, 31, 1, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 12, 31, 5, 0, 0, TimeSpan.Zero)), (copy.State, copy.Shifts[0].Form.StartsAt, copy.Shifts[1].Form.StartsAt));
        Assert.Equal(world.LeaderId, copy.Shifts[0].Leader!.MemberId);

        var id = world.App.NewRequestId();
        var series = (await world.Staff.Post($"staff/activities/{copy.Id}/series", new { times = 3 }, id)).Ok<CopyActivity.SeriesResponse>();
        Assert.Equal(series.ActivityIds, (await world.Staff.Post($"staff/activities/{copy.Id}/series", new { times = 3 }, id)).Ok<CopyActivity.SeriesResponse>().ActivityIds);
        var third = (await world.Staff.Get($"staff/activities/{series.ActivityIds[2]}")).Ok<StaffActivity.Detail>();
        Assert.Equal((series.SeriesId, new DateTimeOffset(2027, 1, 21, 1, 0, 0, TimeSpan.Zero)), (third.SeriesId!.Value, third.Shifts[0].Form.StartsAt));
        (await world.Staff.Post($"staff/activities/{copy.Id}/series", new { times = 1 })).Refused(HttpStatusCode.Conflict, "activity.series_already");
        (await world.Staff.Post($"staff/activities/{activity.Id}/series", new { times = 27 })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        var elsewhere = await world.App.Person(TestDatabases.OtherCommunity, Role.Staff);
        (await elsewhere.Post($"staff/activities/{activity.Id}/copy", new { firstDay = "2026-12-31" })).Refused(HttpStatusCode.NotFound, "activity.unknown");
        (await elsewhere.Post($"staff/activities/{activity.Id}/publication", new { version = 1 })).Refused(HttpStatusCode.NotFound, "activity.unknown");
        (await elsewhere.Put($"staff/shifts/{activity.Shifts[0].Id}", new { form = world.Shift(), version = 1 })).Refused(HttpStatusCode.NotFound, "shift.unknown");
    }
}
