using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Records.Corrections;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>更正 (令67 art 13): asked in words, answered by a named day, never by whom it concerns; hours and coins corrected together, nothing silently.</summary>
public sealed class CorrectionTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_record_is_corrected_with_its_coins_and_the_history_stays(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        var (asking, askId) = (new AskCorrection.Request("我服务了两个小时，不是两个半", head.RecordId), app.NewRequestId());
        var asked = (await desk.Resident.Post("record-corrections", asking, askId)).Ok<CorrectionItem>();
        // Monday 11-23: five working days later is the next Monday.
        Assert.Equal((new DateOnly(2026, 11, 30), CorrectionState.Asked, false), (asked.AnswerBy, asked.State, asked.Overdue));
        Assert.Equal(asked, (await desk.Resident.Post("record-corrections", asking, askId)).Ok<CorrectionItem>());
        (await desk.Resident.Post("record-corrections", asking)).Refused(HttpStatusCode.Conflict, "correction.waiting");
        Assert.Equal(("王阿姨", true), Assert.Single((await desk.Staff.Get("record-corrections")).Ok<Page<ListCorrections.Item>>().Items) is var item ? (item.Name, item.MayAnswer) : default);

        var (answer, id) = (new AnswerCorrection.Request(true, "已核对签到", new RecordChanges(EndAt: RecordDesk.Morning.AddHours(2), Minutes: 120)), app.NewRequestId());
        var answered = (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", answer, id)).Ok<CorrectionItem>();
        Assert.Equal(answered, (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", answer, id)).Ok<CorrectionItem>());
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", answer)).Refused(HttpStatusCode.Conflict, "correction.ended");
        Assert.Equal(20, await desk.Coins());

        var record = (await desk.Resident.Get($"service-records/{head.RecordId}")).Ok<GetRecord.Response>();
        Assert.Equal((2, 120, 20L, answered.VersionId), (record.Current.Version, record.Current.Minutes, record.Current.Coins, record.Current.VersionId));
        Assert.Equal((1, 150, RecordEnding.Corrected, "已核对签到"), Assert.Single(record.Earlier) is var old ? (old.Version, old.Minutes, old.Ending, old.EndReason) : default);
        Assert.Equal(120, (await desk.Resident.Get("service-records/mine/hours")).Ok<GetMyHours.Response>().Minutes);
        Assert.Equal(CorrectionState.Corrected, Assert.Single((await desk.Resident.Get("record-corrections/mine")).Ok<Page<CorrectionItem>>().Items).State);
        Assert.Equal(NoticeKind.CorrectionAnswered, (await app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().SingleAsync(m => m.PersonId == desk.Resident.PersonId))).Kind);

        // The half hour that was given back counts elsewhere now.
        await desk.Write(desk.Care(startsAfterHours: 2, minutes: 30, coins: 5));
        await app.Sweep("books.reconcile");
        Assert.Null((await app.Read(Seeding.CommunityId, db => db.Set<BookCheckRow>().SingleAsync())).Fault);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_that_were_used_are_not_given_twice(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        await desk.Spend(20);
        // 25 earned, 20 used. Due 10: the 5 left go, 10 are owed. Then a new place, due the same. Then due 30: 20 were used, so 10 come.
        await Correct(desk, head, new RecordChanges(Minutes: 60));
        Assert.Equal(0, await desk.Coins());
        await Correct(desk, head, new RecordChanges(Place: "凤凰里 5 栋"));
        Assert.Equal(0, await desk.Coins());
        await Correct(desk, head, new RecordChanges(EndAt: RecordDesk.Morning.AddHours(3), Minutes: 180));
        Assert.Equal(10, await desk.Coins());
        await Correct(desk, head, new RecordChanges(Content: "陪高龄老人聊天"));
        await Correct(desk, head, new RecordChanges(Minutes: 150));
        Assert.Equal(5, await desk.Coins());
        Assert.Equal(6, (await desk.Resident.Get($"service-records/{head.RecordId}")).Ok<GetRecord.Response>().Current.Version);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Corrected_minutes_are_counted_by_the_rule_of_then_and_within_its_cap(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        CoinRule Rule(int version, int perHour) => new()
        {
            CommunityId = Seeding.CommunityId,
            Version = version,
            CoinsPerHour = perHour,
            DailyCap = 30,
            Rounding = CoinRounding.HalfUp,
            EffectiveFrom = new(2026, 1, 1),
            CreatedBy = desk.Staff.PersonId,
            CreatedAt = PhoenixApp.DefaultStart,
        };
        await app.Write(Seeding.CommunityId, db => db.AddRange(Rule(1, 10), Rule(2, 60)));
        var head = await desk.Write(desk.Care());
        await Correct(desk, head, new RecordChanges(Minutes: 145));
        Assert.Equal(24, await desk.Coins());
        await desk.Write(desk.Care(startsAfterHours: 6, minutes: 60, coins: 10));
        await Correct(desk, head, new RecordChanges(EndAt: RecordDesk.Morning.AddHours(3), Minutes: 180));
        Assert.Equal(30, await desk.Coins());
        var hoursOnly = await desk.Write(desk.Care(startsAfterHours: 24, coins: 0) with { HoursOnly = true, CoinRuleVersion = 1 });
        await Correct(desk, hoursOnly, new RecordChanges(Minutes: 60));
        Assert.Equal(30, await desk.Coins());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_answers_their_own_and_every_refusal_is_clear(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        var (worker, workerMember) = await app.Member("李社工", Role.Staff);
        var own = await desk.Write(desk.Care() with { PersonId = worker.PersonId, MemberId = workerMember });
        var asked = await Ask(worker, own.RecordId);
        var yes = new AnswerCorrection.Request(true, "已核对", new RecordChanges(Minutes: 60));
        (await worker.Post($"record-corrections/{asked.Id}/answer", yes)).Refused(HttpStatusCode.Forbidden, "correction.own");
        (await desk.Resident.Post($"record-corrections/{asked.Id}/answer", yes)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", yes with { Changes = null })).Refused(HttpStatusCode.BadRequest, "correction.nothing");
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", yes with { Changes = new(Minutes: 155) })).Refused(HttpStatusCode.BadRequest, "record.bad_minutes");
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", yes with { Changes = new(Minutes: 62) })).Refused(HttpStatusCode.BadRequest, "record.bad_minutes");
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", yes with { Changes = new(EndAt: PhoenixApp.DefaultStart.AddSeconds(1)) })).Refused(HttpStatusCode.BadRequest, "record.bad_minutes");
        (await desk.Staff.Post($"record-corrections/{asked.Id}/answer", yes with { Answer = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(CorrectionState.Asked, Assert.Single((await worker.Get("record-corrections/mine")).Ok<Page<CorrectionItem>>().Items).State);

        await desk.Write(desk.Care(startsAfterHours: 3));
        var mine = await Ask(desk.Resident, head.RecordId);
        (await desk.Staff.Post($"record-corrections/{mine.Id}/answer", yes with { Changes = new(EndAt: RecordDesk.Morning.AddHours(4)) })).Refused(HttpStatusCode.Conflict, "record.minute_counted");
        (await worker.Post("record-corrections", new AskCorrection.Request("不是我的记录", head.RecordId))).Refused(HttpStatusCode.NotFound, "record.unknown");
        (await worker.Post($"record-corrections/{mine.Id}/withdrawal")).Refused(HttpStatusCode.NotFound, "correction.unknown");
        Assert.Equal(CorrectionState.Withdrawn, (await desk.Resident.Post($"record-corrections/{mine.Id}/withdrawal")).Ok<CorrectionItem>().State);
        (await desk.Resident.Post($"record-corrections/{mine.Id}/withdrawal")).Refused(HttpStatusCode.Conflict, "correction.ended");

        var refused = (await desk.Staff.Post($"record-corrections/{(await Ask(desk.Resident, head.RecordId)).Id}/answer", new AnswerCorrection.Request(false, "签退是十点半"))).Ok<CorrectionItem>();
        Assert.Equal((CorrectionState.Refused, "签退是十点半", null), (refused.State, refused.Answer, refused.VersionId));
        Assert.Equal(1, (await desk.Resident.Get($"service-records/{head.RecordId}")).Ok<GetRecord.Response>().Current.Version);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_nobody_answered_in_time_stands_on_the_list_and_in_the_digest(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var missing = await Ask(desk.Resident, null);
        await Ask(desk.Resident, (await desk.Write(desk.Care())).RecordId);
        app.Time.SetUtcNow(new(2026, 11, 30, 15, 59, 59, TimeSpan.Zero));
        var staff = await app.Staff();
        Assert.Empty((await staff.Get("record-corrections?overdue=true")).Ok<Page<ListCorrections.Item>>().Items);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await staff.Get("record-corrections?overdue=true")).Ok<Page<ListCorrections.Item>>().Items.Count);
        Assert.Equal("2 个记录更正申请等答复，2 个已过期限", await Digest(app));
        var yes = new AnswerCorrection.Request(true, "已补录", new RecordChanges(Minutes: 60));
        (await staff.Post($"record-corrections/{missing.Id}/answer", yes)).Refused(HttpStatusCode.BadRequest, "correction.no_record");
        (await staff.Post($"record-corrections/{missing.Id}/answer", yes with { Changes = null })).Ok<CorrectionItem>();
        Assert.Equal("1 个记录更正申请等答复，1 个已过期限", await Digest(app));
    }

    private static async Task<CorrectionItem> Ask(TestCaller person, Guid? record) => (await person.Post("record-corrections", new AskCorrection.Request("时间不对，请核对", record))).Ok<CorrectionItem>();

    private static async Task Correct(RecordDesk desk, ServiceRecordHead head, RecordChanges changes) =>
        (await desk.Staff.Post($"record-corrections/{(await Ask(desk.Resident, head.RecordId)).Id}/answer", new AnswerCorrection.Request(true, "已核对", changes))).Ok<CorrectionItem>();

    private static async Task<string> Digest(PhoenixApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var lines = new List<DigestLine>();
        foreach (var part in scope.ServiceProvider.GetServices<IDigestPart>())
            lines.AddRange(await part.Lines(CancellationToken.None));
        return Assert.Single(lines, l => l.Text.Contains("更正", StringComparison.Ordinal)).Text;
    }
}
