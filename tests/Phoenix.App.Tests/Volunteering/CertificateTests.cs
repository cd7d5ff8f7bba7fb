using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Certificates;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>志愿服务记录证明 (令67 arts 14-17): free, the same number for the same content, checked by anybody, worth nothing once a record in it isn't so.</summary>
public sealed class CertificateTests
{
    private static readonly IssueCertificate.Request s_november = new(new(2026, 11, 1), new(2026, 11, 30));

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_same_content_has_the_same_number_and_anybody_checks_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var first = await desk.Write(desk.Care() with { Content = "看望 <b>老人" });
        (await desk.Resident.Post("certificates", s_november)).Refused(HttpStatusCode.Conflict, "details.needed");
        await Details(app, desk.Resident.PersonId);
        (await desk.Resident.Post("certificates", s_november)).Refused(HttpStatusCode.Conflict, "certificate.not_set_up");
        await SetUp(desk);
        var certificate = (await desk.Resident.Post("certificates", s_november)).Ok<CertificateView>();
        Assert.Matches("^2026-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", certificate.Number);
        Assert.Equal((150, 1, true), (certificate.Minutes, certificate.Records, certificate.IsValid));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var twice = await Task.WhenAll(desk.Resident.Post("certificates", s_november), desk.Resident.Post("certificates", s_november with { RecordIds = [first.RecordId] }));
        Assert.All(twice, t => Assert.Equal(certificate, t.Ok<CertificateView>()));

        var seen = (await app.Anyone.Get($"certificates/{certificate.Number.ToLowerInvariant()}/verification")).Ok<VerifyCertificate.Response>();
        Assert.Equal((true, "王**", "凤凰里社区居民委员会", 150), (seen.IsValid, seen.Holder, seen.Issuer, seen.Minutes));
        Assert.Equal("楼栋关怀日", Assert.Single(seen.Lines).ActivityName);
        var page = await app.Anyone.Get($"/verify/1/{certificate.Number}");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.ContentType));
        Assert.Contains("真实有效", page.Text, StringComparison.Ordinal);
        Assert.Contains("看望 &lt;b&gt;老人", page.Text, StringComparison.Ordinal);
        Assert.Contains("2.5 小时", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("王桂花", page.Text, StringComparison.Ordinal);

        var whole = (await desk.Resident.Post("certificates", s_november with { ShowName = true, ShowLines = false })).Ok<CertificateView>();
        Assert.NotEqual(certificate.Number, whole.Number);
        var chosen = (await app.Anyone.Get($"certificates/{whole.Number}/verification")).Ok<VerifyCertificate.Response>();
        Assert.Equal(("王桂花", 0), (chosen.Holder, chosen.Lines.Count));
        Assert.Equal([whole, certificate], (await desk.Resident.Get("certificates/mine")).Ok<Page<CertificateView>>().Items);
        (await app.Anyone.Get("certificates/2026-0000-0000-0000/verification")).Refused(HttpStatusCode.NotFound, "certificate.unknown");
        (await app.Anyone.Get($"/api/v1/communities/2/certificates/{certificate.Number}/verification")).Refused(HttpStatusCode.NotFound, "certificate.unknown");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anyone.Get("/verify/1/2026-0000-0000-0000")).Status);
        (await app.Anyone.Get("/verify/9/2026-0000-0000-0000")).Refused(HttpStatusCode.NotFound, "community.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_record_that_was_voided_or_corrected_takes_the_certificate_with_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        await Details(app, desk.Resident.PersonId);
        await SetUp(desk);
        (await desk.Resident.Post("certificates", s_november)).Refused(HttpStatusCode.Conflict, "certificate.nothing");
        var (kept, voided) = (await desk.Write(desk.Care()), await desk.Write(desk.Care(startsAfterHours: 3)));
        var both = (await desk.Resident.Post("certificates", s_november)).Ok<CertificateView>();
        var one = (await desk.Resident.Post("certificates", s_november with { RecordIds = [kept.RecordId] })).Ok<CertificateView>();
        (await desk.Resident.Post("certificates", s_november with { To = new(2026, 11, 20) })).Refused(HttpStatusCode.Conflict, "certificate.nothing");
        (await desk.Resident.Post("certificates", s_november with { RecordIds = [kept.RecordId, app.NewRequestId()] })).Refused(HttpStatusCode.Conflict, "certificate.record_not_in_period");
        (await desk.Resident.Post("certificates", s_november with { To = new(2026, 10, 1) })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        (await desk.Staff.Post($"service-records/{voided.RecordId}/voiding", new VoidRecord.Request("当天没有来"))).Ok<RecordItem>();
        var seen = (await app.Anyone.Get($"certificates/{both.Number}/verification")).Ok<VerifyCertificate.Response>();
        Assert.Equal((false, 0), (seen.IsValid, seen.Lines.Count));
        Assert.Contains("已失效", (await app.Anyone.Get($"/verify/1/{both.Number}")).Text, StringComparison.Ordinal);
        (await desk.Resident.Get($"certificates/{both.Number}/pdf")).Refused(HttpStatusCode.Gone, "certificate.revoked");
        Assert.True((await app.Anyone.Get($"certificates/{one.Number}/verification")).Ok<VerifyCertificate.Response>().IsValid);
        Assert.Equal([(one.Number, true), (both.Number, false)], (await desk.Resident.Get("certificates/mine")).Ok<Page<CertificateView>>().Items
            .OrderByDescending(c => c.IsValid).Select(c => (c.Number, c.IsValid)));
        Assert.Equal(one.Number, (await desk.Resident.Post("certificates", s_november)).Ok<CertificateView>().Number);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task It_is_printed_with_every_letter_embedded_for_those_whom_it_concerns(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        await Details(app, desk.Resident.PersonId);
        await SetUp(desk);
        for (var i = 0; i < 40; i++)
            await desk.Write(desk.Care(startsAfterHours: i * -3));
        var number = (await desk.Resident.Post("certificates", s_november)).Ok<CertificateView>().Number;
        var answer = await desk.Resident.Get($"certificates/{number}/pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.Status, answer.ContentType));
        using var pdf = PdfReader.Open(new MemoryStream(answer.Bytes), PdfDocumentOpenMode.Import);
        Assert.True(pdf.PageCount > 1);
        Assert.All(pdf.Pages.Cast<PdfPage>(), p => Assert.Equal((595, 842), ((int)p.Width.Point, (int)p.Height.Point)));
        var fonts = pdf.Internals.GetAllObjects().OfType<PdfDictionary>().Where(d => d.Elements.GetName("/Type") is "/FontDescriptor").ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, f => Assert.NotNull(f.Elements["/FontFile2"]));
        Assert.InRange(answer.Bytes.Length, 10_000, 400_000);

        Assert.Equal(HttpStatusCode.OK, (await desk.Staff.Get($"certificates/{number}/pdf")).Status);
        (await (await app.Person(Role.Member)).Get($"certificates/{number}/pdf")).Refused(HttpStatusCode.NotFound, "certificate.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_guardian_asks_for_the_child_s_school_and_looks_of_staff_are_logged(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var (mother, _) = await app.Member("小明妈妈");
        await Child(app, desk.Resident.PersonId, mother.PersonId);
        await Details(app, desk.Resident.PersonId);
        await SetUp(desk);
        var head = await desk.Write(desk.Care());
        var asked = s_november with { Kind = CertificateKind.SchoolTerm, MemberId = desk.MemberId, School = "永安小学三年级二班" };
        (await (await app.Person(Role.Member)).Post("certificates", asked)).Refused(HttpStatusCode.NotFound, "record.unknown");
        var certificate = (await mother.Post("certificates", asked)).Ok<CertificateView>();
        Assert.Equal(HttpStatusCode.OK, (await mother.Get($"certificates/{certificate.Number}/pdf")).Status);
        Assert.Equal(certificate.Number, Assert.Single((await mother.Get("certificates/mine")).Ok<Page<CertificateView>>().Items).Number);
        Assert.Single((await mother.Get($"service-records/mine?memberId={desk.MemberId}")).Ok<Page<RecordItem>>().Items);
        Assert.Equal(150, (await mother.Get($"service-records/mine/hours?memberId={desk.MemberId}")).Ok<GetMyHours.Response>().Minutes);
        (await desk.Staff.Get($"service-records/mine?memberId={desk.MemberId}")).Refused(HttpStatusCode.NotFound, "record.unknown");
        Assert.Equal(0, await Looks(app));

        await desk.Staff.Get($"certificates/{certificate.Number}/pdf");
        await desk.Staff.Get("service-records");
        await desk.Staff.Get($"service-records/{head.RecordId}");
        await desk.Staff.Get("service-records/province.xlsx");
        Assert.Equal(4, await Looks(app));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task With_the_account_the_name_goes_and_the_number_stays(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        await Details(app, desk.Resident.PersonId);
        await SetUp(desk);
        await desk.Write(desk.Care());
        var number = (await desk.Resident.Post("certificates", s_november with { ShowName = true })).Ok<CertificateView>().Number;
        var stored = await app.Read(Seeding.CommunityId, db => db.Set<Certificate>().AsNoTracking().SingleAsync());
        Assert.DoesNotContain("王桂花", stored.HolderName + stored.IdNumber, StringComparison.Ordinal);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            var part = Assert.Single(scope.ServiceProvider.GetServices<IPersonalData>(), p => p.GetType().Namespace == typeof(Certificate).Namespace);
            Assert.Contains("王桂花", Assert.Single(Assert.Single(await part.Export(desk.Resident.PersonId, CancellationToken.None)).Rows));
            await part.Erase(desk.Resident.PersonId, Departure.Account, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<PhoenixDb>().SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var seen = (await app.Anyone.Get($"certificates/{number}/verification")).Ok<VerifyCertificate.Response>();
        Assert.Equal((true, ""), (seen.IsValid, seen.Holder));
        Assert.Contains("已注销", (await app.Anyone.Get($"/verify/1/{number}")).Text, StringComparison.Ordinal);
    }

    private static Task<int> Looks(PhoenixApp app) => app.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().CountAsync(e => e.Action == "minor.looked_at"));

    private static async Task SetUp(RecordDesk desk) => (await desk.Staff.Put("certificate-settings", new SetUpCertificates.Settings("凤凰里社区居民委员会", "周书记", "李社工"))).Ok<SetUpCertificates.Settings>();

    private static async Task Details(PhoenixApp app, Guid person)
    {
        var keys = app.Services.GetRequiredService<KeyRing>();
        string Sealed(string column, string text) => keys.Encrypt(text, PersonDetails.Place(Seeding.CommunityId, person, column));
        await app.Write(Seeding.CommunityId, db => db.Add(new PersonDetails
        {
            CommunityId = Seeding.CommunityId,
            PersonId = person,
            RealName = Sealed("real_name", "王桂花"),
            IdKind = IdDocument.ResidentIdCard,
            IdNumber = Sealed("id_number", "510116195001010025"),
            IdNumberHash = keys.KeyedHash(PersonDetails.IdNumberScope, "510116195001010025"),
            Gender = Sealed("gender", "Female"),
            WrittenAt = PhoenixApp.DefaultStart,
        }));
    }

    private static async Task Child(PhoenixApp app, Guid child, Guid guardian)
    {
        var keys = app.Services.GetRequiredService<KeyRing>();
        await app.Write(Seeding.CommunityId, db =>
        {
            db.Add(new BirthDate { PersonId = child, Day = BirthDate.Seal(keys, child, new DateOnly(2017, 5, 1)), SaidAt = PhoenixApp.DefaultStart });
            db.Add(new Guardianship { CommunityId = Seeding.CommunityId, Id = app.NewRequestId(), GuardianId = guardian, ChildId = child, Relation = Relation.Mother, Since = PhoenixApp.DefaultStart });
        });
    }
}
