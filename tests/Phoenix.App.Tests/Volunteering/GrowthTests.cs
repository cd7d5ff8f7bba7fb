using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Records.Corrections;
using Phoenix.App.Volunteering.Records.Growth;
using Phoenix.App.Volunteering.Records.Thanking;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What stands beside the records: trainings, awards, thanks; and what becomes of it all when somebody goes.</summary>
public sealed class GrowthTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Trainings_and_awards_are_entered_by_others_and_voided_with_a_reason(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var training = new VolunteerEntries.Request(desk.MemberId, VolunteerEntryKind.Training, new(2026, 11, 23), "急救培训", "永安镇卫生院", 90);
        var entered = (await desk.Staff.Post("volunteer-entries", training)).Ok<VolunteerEntries.Item>();
        (await desk.Staff.Post("volunteer-entries", training with { Day = new(2026, 11, 24) })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Staff.Post("volunteer-entries", training with { Minutes = null })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await desk.Staff.Post("volunteer-entries", training with { MemberId = app.NewRequestId() })).Refused(HttpStatusCode.NotFound, "volunteer_entry.unknown_member");
        var (worker, workerMember) = await app.Member("李社工", Role.Staff);
        (await worker.Post("volunteer-entries", training with { MemberId = workerMember })).Refused(HttpStatusCode.Forbidden, "record.own");
        var award = (await desk.Staff.Post("volunteer-entries", new VolunteerEntries.Request(desk.MemberId, VolunteerEntryKind.Award, new(2026, 11, 1), "优秀志愿者", "凤凰里社区"))).Ok<VolunteerEntries.Item>();
        (await desk.Staff.Post($"volunteer-entries/{award.Id}/voiding", new VolunteerEntries.Voiding("发错了人"))).Ok<VolunteerEntries.Item>();
        (await desk.Staff.Post($"volunteer-entries/{award.Id}/voiding", new VolunteerEntries.Voiding("发错了人"))).Refused(HttpStatusCode.Conflict, "volunteer_entry.voided");
        Assert.Equal([award with { VoidReason = "发错了人" }, entered], (await desk.Resident.Get("volunteer-entries/mine")).Ok<Page<VolunteerEntries.Item>>().Items);
        Assert.Equal(0, (await desk.Resident.Get("service-records/mine/hours")).Ok<GetMyHours.Response>().Minutes);
        Assert.Equal(0, await desk.Coins());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_neighbour_thanks_once_and_the_words_wait_for_who_must_look_at_them(DatabaseKind database)
    {
        var check = new Check();
        await using var app = await PhoenixApp.Start(database, customize: b => b.Services.AddScoped<IContentCheck>(_ => check));
        var desk = await RecordDesk.Open(app);
        var care = desk.Care();
        var head = await desk.Write(care);
        var (neighbour, _) = await app.Member("张爷爷");
        var (other, _) = await app.Member("赵阿姨");
        var (thanks, id) = (new ThankForService.Request(5, "谢谢你们来看我"), app.NewRequestId());
        Assert.True((await neighbour.Post($"shifts/{care.ShiftId}/thanks", thanks, id)).Ok<ThankForService.Response>().IsShown);
        Assert.True((await neighbour.Post($"shifts/{care.ShiftId}/thanks", thanks, id)).Ok<ThankForService.Response>().IsShown);
        (await neighbour.Post($"shifts/{care.ShiftId}/thanks", thanks)).Refused(HttpStatusCode.Conflict, "thanks.already");
        (await desk.Resident.Post($"shifts/{care.ShiftId}/thanks", thanks)).Refused(HttpStatusCode.Forbidden, "thanks.served");
        (await neighbour.Post($"shifts/{app.NewRequestId()}/thanks", thanks)).Refused(HttpStatusCode.NotFound, "thanks.nothing");
        (await other.Post($"shifts/{care.ShiftId}/thanks", thanks with { Rating = 6 })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        check.Outcome = ContentOutcome.Review;
        Assert.False((await other.Post($"shifts/{care.ShiftId}/thanks", thanks with { Text = "这句要人看" })).Ok<ThankForService.Response>().IsShown);
        Assert.Equal("这句要人看", Assert.Single(check.Kept).Text);
        Assert.Equal(["谢谢你们来看我"], (await desk.Resident.Get($"service-records/{head.RecordId}/thanks")).Ok<ThankForService.Received>().Words);
        await InScope(app, services => services.GetServices<IReviewedContent>().Single(k => k.Kind == check.Kept[0].Kind).Decided(new ContentDecision(check.Kept[0].Subject, null, true, null), CancellationToken.None));
        Assert.Equal(2, (await desk.Resident.Get($"service-records/{head.RecordId}/thanks")).Ok<ThankForService.Received>().Words.Count);
        (await neighbour.Get($"service-records/{head.RecordId}/thanks")).Refused(HttpStatusCode.NotFound, "record.unknown");

        await InScope(app, Erase(neighbour.PersonId));
        Assert.Equal(["这句要人看"], (await desk.Resident.Get($"service-records/{head.RecordId}/thanks")).Ok<ThankForService.Received>().Words);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_goes_takes_their_words_and_leaves_the_records(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var head = await desk.Write(desk.Care());
        async Task<CorrectionItem> Ask(Guid? record) => (await desk.Resident.Post("record-corrections", new AskCorrection.Request("我家的事，时间不对", record))).Ok<CorrectionItem>();
        (await desk.Staff.Post($"record-corrections/{(await Ask(head.RecordId)).Id}/answer", new AnswerCorrection.Request(false, "签退是十点半"))).Ok<CorrectionItem>();
        await Ask(null);
        await InScope(app, async services =>
        {
            var sections = new List<PersonalSection>();
            foreach (var part in services.GetServices<IPersonalData>())
                sections.AddRange(await part.Export(desk.Resident.PersonId, CancellationToken.None));
            Assert.Contains("楼栋关怀日", Assert.Single(Assert.Single(sections, s => s.Title == "我的服务记录").Rows));
            Assert.Equal(2, Assert.Single(sections, s => s.Title == "我的更正申请").Rows.Count);
        });
        await InScope(app, Erase(desk.Resident.PersonId));
        var left = await app.Read(Seeding.CommunityId, db => db.Set<Correction>().AsNoTracking().OrderBy(c => c.Id).ToListAsync());
        Assert.Equal([("", CorrectionState.Refused, "签退是十点半"), ("", CorrectionState.Withdrawn, null)], left.Select(c => (c.Text, c.State, c.Answer)));
        Assert.Equal(150, (await app.Read(Seeding.CommunityId, db => db.Set<ServiceRecord>().SingleAsync())).Minutes);
    }

    private static Func<IServiceProvider, Task> Erase(Guid person) => async services =>
    {
        foreach (var part in services.GetServices<IPersonalData>().Where(p => p.GetType().Namespace!.StartsWith(typeof(ServiceRecord).Namespace!, StringComparison.Ordinal)))
            await part.Erase(person, Departure.Account, CancellationToken.None);
    };

    private static async Task InScope(PhoenixApp app, Func<IServiceProvider, Task> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        await work(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync();
    }

    private sealed class Check : IContentCheck
    {
        public ContentOutcome Outcome { get; set; }

        public List<TextReview> Kept { get; } = [];

        public Task<Result<ContentOutcome>> Text(Guid author, ContentScene scene, IReadOnlyList<string> texts, CancellationToken cancel) => Task.FromResult<Result<ContentOutcome>>(Outcome);

        public Task KeepForReview(TextReview review, CancellationToken cancel)
        {
            Kept.Add(review);
            return Task.CompletedTask;
        }

        public Task Picture(PictureReview review, CancellationToken cancel) => throw new InvalidOperationException("No picture is checked here.");
    }
}
