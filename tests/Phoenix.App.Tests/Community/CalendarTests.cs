using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Community;

public sealed class CalendarTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_declare_a_day_off_and_everybody_sees_why(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();

        var declared = (await staff.Put("calendar/entries/2026-12-24", new { isWorking = false, note = "社区停电检修" })).Ok<CalendarDay>();
        Assert.Equal(new CalendarDay(new(2026, 12, 24), false, DaySource.Community, "社区停电检修"), declared);

        var seen = (await app.Anyone.Get("calendar?from=2026-12-23&to=2026-12-25")).Ok<GetCalendar.Response>();
        Assert.Equal([true, false, true], seen.Days.Select(d => d.IsWorking));
        Assert.Equal(declared, seen.Days[1]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_day_declared_again_and_taken_back_ends_as_the_week_has_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        await staff.Put("calendar/entries/2026-12-26", new { isWorking = true, note = "补班" });
        (await staff.Put("calendar/entries/2026-12-26", new { isWorking = true, note = "年终盘点" })).Ok<CalendarDay>();

        var entry = Assert.Single((await staff.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items);
        Assert.Equal(("年终盘点", staff.PersonId, PhoenixApp.DefaultStart), (entry.Note, entry.ChangedBy, entry.ChangedAt));

        var back = (await staff.Delete("calendar/entries/2026-12-26")).Ok<CalendarDay>();
        Assert.Equal(new CalendarDay(new(2026, 12, 26), false, DaySource.Week, null), back);
        (await staff.Delete("calendar/entries/2026-12-26")).Refused(HttpStatusCode.NotFound, "calendar.day_not_declared");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_day_is_over_when_the_community_says_so_not_when_UTC_does(DatabaseKind database)
    {
        // 15:59 UTC is 23:59 in Chengdu: the 23rd still runs there; one minute later it is over.
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 23, 15, 59, 0, TimeSpan.Zero));
        var staff = await app.Staff();
        (await staff.Put("calendar/entries/2026-11-23", new { isWorking = false, note = "停水" })).Ok<CalendarDay>();

        app.Time.Advance(TimeSpan.FromMinutes(1));
        (await staff.Put("calendar/entries/2026-11-23", new { isWorking = true, note = "来水" })).Refused(HttpStatusCode.Conflict, "calendar.day_over");
        (await staff.Delete("calendar/entries/2026-11-23")).Refused(HttpStatusCode.Conflict, "calendar.day_over");
        (await staff.Put("calendar/entries/2028-11-24", new { isWorking = true, note = "准时" })).Ok<CalendarDay>();
        (await staff.Put("calendar/entries/2028-11-25", new { isWorking = true, note = "太远" })).Refused(HttpStatusCode.Conflict, "calendar.day_too_far");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_national_arrangement_moves_working_days_and_an_unknown_year_is_named(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var october = (await app.Anyone.Get("calendar?from=2026-10-01&to=2026-10-10")).Ok<GetCalendar.Response>();
        Assert.Equal("0000000111", string.Concat(october.Days.Select(d => d.IsWorking ? '1' : '0')));
        Assert.Equal(("国庆节", "国庆节调休上班"), (october.Days[0].Note, october.Days[9].Note));
        Assert.Empty(october.YearsWithoutArrangement);

        var turn = (await app.Anyone.Get("calendar?from=2026-12-31&to=2027-01-02")).Ok<GetCalendar.Response>();
        Assert.Equal([2027], turn.YearsWithoutArrangement);
        (await app.Anyone.Get("calendar?from=2026-12-31&to=2026-12-30")).Refused(HttpStatusCode.BadRequest, "calendar.range_bad");
        (await app.Anyone.Get("calendar?from=2026-01-01&to=2027-01-02")).Refused(HttpStatusCode.BadRequest, "calendar.range_bad");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Declared_days_come_in_pages_to_the_end_without_gap_or_repeat(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var days = Enumerable.Range(0, 7).Select(i => new DateOnly(2026, 12, 1).AddDays(i)).ToList();
        foreach (var day in days)
            (await staff.Put($"calendar/entries/{day:yyyy-MM-dd}", new { isWorking = true, note = "值守" })).Ok<CalendarDay>();

        var seen = new List<DateOnly>();
        string? cursor = null;
        do
        {
            var page = (await staff.Get("calendar/entries?limit=3" + (cursor is null ? "" : "&cursor=" + cursor))).Ok<Page<ListCalendarEntries.Item>>();
            seen.AddRange(page.Items.Select(i => i.Date));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(days, seen);
        Assert.Equal(7, (await staff.Get("calendar/entries?limit=7")).Ok<Page<ListCalendarEntries.Item>>().Items.Count);

        foreach (var bad in (string[])["limit=0", "limit=101", "cursor=%20", "cursor=aGVsbG8", "cursor=" + new string('A', 300)])
            (await staff.Get("calendar/entries?" + bad)).Refused(HttpStatusCode.BadRequest, "page.bad");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_community_sees_and_changes_nothing(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        (await staff.Put("calendar/entries/2026-12-24", new { isWorking = false, note = "停电" })).Ok<CalendarDay>();

        (await staff.In(TestDatabases.OtherCommunity).Put("calendar/entries/2026-12-24", new { isWorking = false, note = "停电" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var other = await app.Person(TestDatabases.OtherCommunity, Role.Staff);
        Assert.Empty((await other.Get("calendar/entries")).Ok<Page<ListCalendarEntries.Item>>().Items);
        (await other.Delete("calendar/entries/2026-12-24")).Refused(HttpStatusCode.NotFound, "calendar.day_not_declared");
        (await app.Anyone.In(99).Get("calendar?from=2026-12-24&to=2026-12-24")).Refused(HttpStatusCode.NotFound, "community.unknown");
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<CalendarEntry>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_breaks_a_limit_is_said_field_by_field(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var tooLong = (await staff.Put("calendar/entries/2026-12-24", new { isWorking = true, note = new string('长', 61) })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Contains("说明", Assert.Single(tooLong.Errors!["$.note"]), StringComparison.Ordinal);
        (await staff.Put("calendar/entries/2026-12-24", new { isWorking = true, note = " " })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await staff.Put("calendar/entries/2026-13-01", new { isWorking = true, note = "好" })).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
    }

    [Fact]
    public void Working_days_are_counted_over_a_holiday_and_its_exchanged_weekends()
    {
        // 2026-09-30 (Wednesday) + 3: the 8th and 9th of October, then Saturday the 10th, which is worked in exchange.
        Assert.Equal(new DateOnly(2026, 10, 10), WorkingDays.National.Add(new(2026, 9, 30), 3));
        Assert.Equal(new DateOnly(2026, 10, 8), WorkingDays.National.Add(new(2026, 10, 1), 0));
        Assert.Equal(new DateOnly(2026, 10, 8), WorkingDays.National.Add(new(2026, 10, 1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkingDays.National.Add(new(2026, 10, 1), 367));
    }

    [Fact]
    public void Months_begin_and_end_at_the_community_s_midnight()
    {
        var time = CommunityTime.Shanghai;
        Assert.Equal(new DateTimeOffset(2026, 10, 31, 16, 0, 0, TimeSpan.Zero), time.StartOf(new Month(2026, 11)));
        Assert.Equal(time.StartOf(new Month(2026, 12)), time.EndOf(new Month(2026, 11)));
        Assert.Equal(new Month(2026, 11), time.MonthOf(new(2026, 10, 31, 16, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new Month(2026, 10), time.MonthOf(new(2026, 10, 31, 15, 59, 59, TimeSpan.Zero)));
        Assert.Equal((new Month(2027, 1), new Month(2026, 12)), (new Month(2026, 12).Next, new Month(2027, 1).Previous));
        Assert.Equal("2026-02", new Month(2026, 2).ToString());
        Assert.Equal(new DateOnly(2028, 2, 29), new Month(2028, 2).LastDay);
    }

    [Fact]
    public void A_wall_time_that_a_clock_change_skips_or_repeats_is_taken_at_its_first_instant()
    {
        var newYork = new CommunityTime(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), newYork.At(new(2026, 3, 8), new(2, 30)));
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 5, 30, 0, TimeSpan.Zero), newYork.At(new(2026, 11, 1), new(1, 30)));
    }
}
