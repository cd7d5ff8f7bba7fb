using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>志愿服务记录 (令67 arts 7, 11, 12): written once per minute and attendance, read by its holder and staff, never changed, voided with a reason.</summary>
public sealed class RecordTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_record_says_what_the_law_asks_and_its_coins_come_with_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        Assert.True(head.InTime);
        Assert.Equal(25, await desk.Coins());

        var record = (await desk.Resident.Get($"service-records/{head.RecordId}")).Ok<GetRecord.Response>().Current;
        Assert.Equal(("楼栋关怀日", new DateOnly(2026, 11, 21), "凤凰里 3 栋", "上门看望高龄老人"), (record.ActivityName, record.Day, record.Place, record.Content));
        Assert.Equal((150, "凤凰里社区居民委员会", "李社工", EvidenceGrade.A, 25L), (record.Minutes, record.Organiser, record.PersonInCharge, record.Grade, record.Coins));
        // Saturday's service: the tenth working day is the Friday after next.
        Assert.Equal(new DateOnly(2026, 12, 4), record.Deadline);
        Assert.Equal(record with { MemberName = "王阿姨" }, Assert.Single((await desk.Staff.Get($"service-records?memberId={desk.MemberId}")).Ok<Page<RecordItem>>().Items));
        (await (await app.Person(Role.Member)).Get($"service-records/{head.RecordId}")).Refused(HttpStatusCode.NotFound, "record.unknown");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).Get($"service-records/{head.RecordId}")).Refused(HttpStatusCode.NotFound, "record.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Hours_stay_when_coins_go_and_are_counted_by_year(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2027, 1, 4, 2, 0, 0, TimeSpan.Zero));
        var desk = await RecordDesk.Open(app);
        await desk.Write(desk.Care());
        await desk.Write(desk.Care(startsAfterHours: 24, minutes: 60, coins: 0) with { HoursOnly = true });
        // 2026-12-31 16:00 UTC is the new year in Chengdu.
        await desk.Write(desk.Care(minutes: 30, coins: 0) with { Start = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero), End = new(2026, 12, 31, 16, 30, 0, TimeSpan.Zero) });
        await desk.Spend(25);
        Assert.Equal(0, await desk.Coins());
        var hours = (await desk.Resident.Get("service-records/mine/hours")).Ok<GetMyHours.Response>();
        Assert.Equal((240, 3), (hours.Minutes, hours.Records));
        Assert.Equal([new(2027, 30, 1), new(2026, 210, 2)], hours.Years);

        var first = (await desk.Resident.Get("service-records/mine?limit=2")).Ok<Page<RecordItem>>();
        var rest = (await desk.Resident.Get($"service-records/mine?limit=2&cursor={first.Next}")).Ok<Page<RecordItem>>();
        Assert.Equal([30, 60, 150], first.Items.Concat(rest.Items).Select(r => r.Minutes));
        Assert.Null(rest.Next);
        Assert.Single((await desk.Resident.Get("service-records/mine?year=2027")).Ok<Page<RecordItem>>().Items);
        (await desk.Resident.Get("service-records/mine?year=1")).Refused(HttpStatusCode.BadRequest, "record.bad_span");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_minute_counts_once_in_all_communities_and_an_attendance_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var care = desk.Care();
        await desk.Write(care);
        Assert.IsType<AlreadyRecorded>((await desk.TryWrite(Seeding.CommunityId, care with { Start = care.Start.AddDays(-1), End = care.End.AddDays(-1) }))[0].Error);
        Assert.IsType<MinuteCountedAlready>((await desk.TryWrite(Seeding.CommunityId, desk.Care(startsAfterHours: 2)))[0].Error);
        Assert.IsType<MinuteCountedAlready>((await desk.TryWrite(TestDatabases.OtherCommunity, desk.Care(startsAfterHours: 2, coins: 0)))[0].Error);
        Assert.IsType<OwnRecord>((await desk.TryWrite(Seeding.CommunityId, desk.Care(startsAfterHours: 5) with { WrittenBy = desk.Resident.PersonId }))[0].Error);

        // Right after the end is another minute; what is refused keeps nothing else from being written.
        var both = await desk.TryWrite(Seeding.CommunityId, desk.Care(startsAfterHours: 2.5), desk.Care(startsAfterHours: 4), desk.Care(startsAfterHours: 5));
        Assert.True(both[0].IsOk);
        Assert.IsType<MinuteCountedAlready>(both[1].Error);
        Assert.True(both[2].IsOk);
        await Assert.ThrowsAsync<ArgumentException>(() => desk.TryWrite(Seeding.CommunityId, desk.Care(minutes: 7)));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.TryWrite(Seeding.CommunityId, desk.Care(startsAfterHours: 9) with { HoursOnly = true }));
        Assert.Equal(75, await desk.Coins());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_minutes_from_two_communities_at_once_are_written_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => desk.TryWrite(i % 2 == 0 ? Seeding.CommunityId : TestDatabases.OtherCommunity, desk.Care(startsAfterHours: i * 0.1, coins: 0))));
        Assert.Single(outcomes, o => o[0].IsOk);
        Assert.All(outcomes.Where(o => !o[0].IsOk), o => Assert.IsType<MinuteCountedAlready>(o[0].Error));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_is_late_is_marked_and_listed(DatabaseKind database)
    {
        // Ten working days after Saturday 2026-11-21 end with Friday 12-04, in the community's time.
        await using var app = await PhoenixApp.Start(database, at: new(2026, 12, 4, 15, 59, 59, TimeSpan.Zero));
        var desk = await RecordDesk.Open(app);
        Assert.True((await desk.Write(desk.Care())).InTime);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        var late = await desk.Write(desk.Care(startsAfterHours: 3));
        Assert.False(late.InTime);
        Assert.Equal(late.RecordId, Assert.Single((await desk.Staff.Get("service-records?late=true")).Ok<Page<RecordItem>>().Items).RecordId);
        Assert.Single((await desk.Staff.Get("service-records?late=false&from=2026-11-21&to=2026-11-21")).Ok<Page<RecordItem>>().Items);
        Assert.Empty((await desk.Staff.Get("service-records?from=2026-11-22")).Ok<Page<RecordItem>>().Items);
        (await desk.Staff.Get("service-records?from=2026-11-22&to=2026-11-21")).Refused(HttpStatusCode.BadRequest, "record.bad_span");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_voided_record_gives_back_what_is_left_and_stays_visible(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var (head, id) = (await desk.Write(desk.Care()), app.NewRequestId());
        await desk.Spend(20);
        var alsoStaff = await desk.Write(desk.Care(coins: 0) with { PersonId = desk.Staff.PersonId, MemberId = app.NewRequestId(), WrittenBy = desk.Resident.PersonId });
        (await desk.Staff.Post($"service-records/{alsoStaff.RecordId}/voiding", new VoidRecord.Request("不想要"))).Refused(HttpStatusCode.Forbidden, "record.own");
        (await desk.Resident.Post($"service-records/{head.RecordId}/voiding", new VoidRecord.Request("不想要"))).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var voided = (await desk.Staff.Post($"service-records/{head.RecordId}/voiding", new VoidRecord.Request("当天没有来"), id)).Ok<RecordItem>();
        Assert.Equal(voided, (await desk.Staff.Post($"service-records/{head.RecordId}/voiding", new VoidRecord.Request("当天没有来"), id)).Ok<RecordItem>());
        Assert.Equal((RecordEnding.Voided, "当天没有来"), (voided.Ending, voided.EndReason));
        Assert.Equal(0, await desk.Coins());
        Assert.Equal(20, (await app.Read(Seeding.CommunityId, db => db.Set<RecordShortfall>().SingleAsync())).Coins);
        (await desk.Staff.Post($"service-records/{head.RecordId}/voiding", new VoidRecord.Request("再来一次"))).Refused(HttpStatusCode.Conflict, "record.voided");
        Assert.Equal(voided, Assert.Single((await desk.Resident.Get("service-records/mine")).Ok<Page<RecordItem>>().Items));
        Assert.Equal(0, (await desk.Resident.Get("service-records/mine/hours")).Ok<GetMyHours.Response>().Minutes);
        await desk.Write(desk.Care());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_database_refuses_to_change_or_lose_a_record(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        string[] refused = ["update service_records set minutes = 600", "update service_records set coins = 1", "delete from service_records"];
        foreach (var sql in refused)
            await RefusedBySchema(app, sql, "is refused");
        (await desk.Staff.Post($"service-records/{head.RecordId}/voiding", new VoidRecord.Request("当天没有来"))).Ok<RecordItem>();
        await RefusedBySchema(app, "update service_records set ended_at = null, ending = null, ended_by = null, end_reason = null", "is refused");

        // The same minutes of the same person in another community, past the code that refuses them first.
        await desk.Write(desk.Care());
        const string Columns = "id, record_id, version, person_id, member_id, activity_name, start_at, end_at, day, place, content, minutes, organiser, person_in_charge, grade, hours_only, coins, written_by, written_at, deadline, in_time";
        await RefusedBySchema(app, $"insert into service_records (community_id, {Columns}) select 2, {Columns} from service_records where ended_at is null",
            database == DatabaseKind.Sqlite ? "a minute counts once" : "ex_service_records_minute");
    }

    private static async Task RefusedBySchema(PhoenixApp app, string sql, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAnyAsync<DbException>(() => app.Read(Seeding.CommunityId, db => db.Database.ExecuteSqlRawAsync(sql)))).Message, StringComparison.Ordinal);
}
