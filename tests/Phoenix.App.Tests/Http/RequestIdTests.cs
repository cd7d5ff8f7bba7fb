using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Http;

/// <summary>An unsafe request has its effect once, however often and by however many phones it is sent.</summary>
public sealed class RequestIdTests
{
    private const string Day = "calendar/entries/2026-12-24";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_request_again_gets_the_same_answer_and_does_nothing(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var id = app.NewRequestId();
        var first = await staff.Put(Day, new { isWorking = false, note = "停电" }, id);
        first.Ok<CalendarDay>();
        (await staff.Put(Day, new { isWorking = true, note = "来电" })).Ok<CalendarDay>();

        var again = await staff.Put(Day, new { isWorking = false, note = "停电" }, id);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal("来电", (await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items[0].Note);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_id_with_another_input_address_method_or_caller_is_refused(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var id = app.NewRequestId();
        (await staff.Put(Day, new { isWorking = false, note = "停电" }, id)).Ok<CalendarDay>();

        (await staff.Put(Day, new { isWorking = false, note = "停水" }, id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
        (await staff.Put("calendar/entries/2026-12-25", new { isWorking = false, note = "停电" }, id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
        (await staff.Delete(Day, id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
        (await (await app.Staff()).Put(Day, new { isWorking = false, note = "停电" }, id)).Refused(HttpStatusCode.Conflict, "request.id_reused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_refusal_is_not_remembered_and_is_judged_anew(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var id = app.NewRequestId();
        (await staff.Delete(Day, id)).Refused(HttpStatusCode.NotFound, "calendar.day_not_declared");
        (await staff.Put(Day, new { isWorking = false, note = "停电" })).Ok<CalendarDay>();
        (await staff.Delete(Day, id)).Ok<CalendarDay>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_hundred_identical_requests_at_once_have_one_effect_and_one_answer(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var id = app.NewRequestId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => staff.Put(Day, new { isWorking = false, note = "停电" }, id))));

        Assert.All(answers, a => a.Ok<CalendarDay>());
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Different_requests_for_one_row_at_once_all_take_their_turn(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => staff.Put(Day, new { isWorking = false, note = $"第{i}次" }))));
        Assert.All(answers, a => a.Ok<CalendarDay>());
        Assert.Equal(20, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().CountAsync()));
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<CalendarEntry>().CountAsync()));
    }

    [Fact]
    public async Task An_unsafe_call_without_an_id_or_with_one_that_is_no_UUID_is_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        (await staff.Send(HttpMethod.Delete, Day, null, null)).Refused(HttpStatusCode.BadRequest, "request.id_missing");
        (await staff.Send(HttpMethod.Delete, Day, null, Guid.Empty)).Refused(HttpStatusCode.BadRequest, "request.id_missing");
        foreach (var bad in (string[])["x", "123", "11111111-1111-1111-1111-11111111111"])
            (await staff.Send(HttpMethod.Delete, Day, null, null, (RequestId.Header, bad))).Refused(HttpStatusCode.BadRequest, "request.id_missing");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answers_are_forgotten_after_ninety_days_and_not_before(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        (await staff.Put(Day, new { isWorking = false, note = "停电" })).Ok<CalendarDay>();
        app.Time.Advance(RequestRecord.Retention);
        await app.Sweep("requests.purge");
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().CountAsync()));

        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Sweep("requests.purge");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().CountAsync()));
    }
}
