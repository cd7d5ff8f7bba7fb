using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping.SpotChecks;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Settlement;
using Phoenix.App.Tests.Volunteering;
using Phoenix.App.Volunteering.Records;
using Phoenix.Ledger.Journal;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Bookkeeping;

/// <summary>随机抽 10 笔: what is drawn can be drawn again, shows its evidence, and agrees with the journal that is exported.</summary>
public sealed class SpotCheckTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ten_different_ones_are_drawn_from_the_seed_alone_and_stay_as_they_were(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        await books.Exchange(6);
        var desk = await RecordDesk.Open(books.App);
        for (var i = 0; i < 8; i++)
            await desk.Write(desk.Care(i * 3, 60, i < 4 ? 10 : 0) with { HoursOnly = i >= 4 });
        var auditor = await books.App.Person(Role.Auditor);

        var requestId = books.App.NewRequestId();
        var drawn = (await auditor.Post("spot-checks", new { month = "2026-11" }, requestId)).Ok<DrawSpotCheck.Response>();
        Assert.Equal(10, drawn.Count);
        Assert.Equal(drawn, (await auditor.Post("spot-checks", new { month = "2026-11" }, requestId)).Ok<DrawSpotCheck.Response>());
        var shown = await Shown(auditor, drawn.Id);
        Assert.Equal((8, 0L, auditor.PersonId, "2026-11"), (shown.Records, shown.AfterSeq, shown.DrawnBy, shown.Month));
        Assert.Equal(Enumerable.Range(1, 10), shown.Items.Select(i => i.Place));
        Assert.Equal(5, shown.Items.Count(i => i.IsRecord));

        // Drawn again with nothing but what is shown: the seed, the piles' sizes, the order in which records were written.
        var versions = await books.App.Read(1, db => db.Set<ServiceRecord>().OrderBy(r => r.WrittenAt).ThenBy(r => r.Id).Select(r => r.Id).ToListAsync());
        var items = await books.App.Read(1, db => db.Set<SpotCheckItem>().OrderBy(i => i.Place).ToListAsync());
        Assert.Equal(Numbers(shown.Seed, 0, 5, versions.Count).Select(n => (Guid?)versions[(int)n]), items.Take(5).Select(i => i.RecordVersionId));
        Assert.Equal(Numbers(shown.Seed, 1, 5, shown.ThroughSeq).Select(n => (long?)(n + 1)), items.Skip(5).Select(i => i.Seq));

        // What comes later changes nothing of it, and another draw is another one.
        await books.Exchange(1);
        Assert.Equal(shown.Items.Select(i => i.Title), (await Shown(auditor, drawn.Id)).Items.Select(i => i.Title));
        Assert.NotEqual(shown.Seed, (await Shown(auditor, (await Draw(auditor)).Id)).Seed);
        Assert.Equal(2, (await auditor.Get("spot-checks")).Ok<Page<ListSpotChecks.Item>>().Items.Count);
        var logged = (await auditor.Get("audit-entries?action=spot_check.drawn")).Ok<Page<ListAuditEntries.Item>>().Items;
        Assert.Equal([auditor.PersonId, auditor.PersonId], logged.Select(e => e.ActorId!.Value));
        foreach (var change in (string[])["update spot_checks set records = 9", "delete from spot_check_items", "update spot_check_items set place = 11 where place = 1"])
            await Assert.ThrowsAnyAsync<Exception>(() => books.App.Read(1, db => db.Database.ExecuteSqlRawAsync(change)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_shows_its_evidence_and_the_journal_s_own_line_and_nobody_s_name(DatabaseKind database)
    {
        await using var books = await Books.Open(database);
        var redemption = (await books.Exchange(1))[0];
        await books.Refund(redemption, 3);
        var desk = await RecordDesk.Open(books.App);
        var record = await desk.Write(desk.Care());
        await desk.Write(desk.Care(4, 60, 0) with { HoursOnly = true, Grade = EvidenceGrade.C });
        var auditor = await books.App.Person(Role.Auditor);

        // Draws until everything there is was seen: a draw of ten from few leaves little out.
        var items = new List<GetSpotCheck.Item>();
        while (items.Select(i => i.Entry?.Seq ?? 0).Distinct().Count() <= await Head(books.App) || !items.Exists(i => i.IsRecord && i.Entry is null))
            items.AddRange((await Shown(auditor, (await Draw(auditor)).Id)).Items);

        var exchange = items.First(i => i.Entry?.Line.Contains($"redemption:{redemption:N}", StringComparison.Ordinal) == true);
        Assert.Equal("兑换：爱心午餐，社区食堂", exchange.Title);
        Assert.Equal(["居民", "换了", "留着", "已兑换", "退回"], exchange.Facts.Select(f => f.Label));
        Assert.Equal(books.MemberId, exchange.Facts[0].Who);
        Assert.Equal(books.Clerk.PersonId, exchange.Facts[3].Who);
        var served = items.First(i => i.IsRecord && i.Entry is not null);
        Assert.Equal("服务记录：楼栋关怀日", served.Title);
        Assert.Contains(new("依据", "A 扫码"), served.Facts.Select(f => (f.Label, f.Text)));
        Assert.Contains(served.Facts, f => f.Label == "核时长" && f.Who == desk.Staff.PersonId);
        Assert.Contains($"record:{record.RecordId:N}", served.Entry!.Line, StringComparison.Ordinal);
        Assert.Contains(new("依据", "C 补录"), items.First(i => i.IsRecord && i.Entry is null).Facts.Select(f => (f.Label, f.Text)));
        Assert.Contains(items, i => i.Title.StartsWith("表扬发放：", StringComparison.Ordinal) || i.Title == "服务所得" || i.Title == "发放");

        Assert.Equal("基金：期初", items.First(i => i.Entry?.Line.Contains("fund.opening", StringComparison.Ordinal) == true).Title);
        Assert.Equal(desk.Staff.PersonId, served.Entry.Actor);

        var lines = await Export(books.App);
        foreach (var entry in items.Select(i => i.Entry).OfType<GetSpotCheck.Entry>())
        {
            Assert.Equal(lines[(int)entry.Seq], entry.Line);
            Assert.Contains($"\"hash\":\"{entry.Hash}\"", entry.Line, StringComparison.Ordinal);
            Assert.Equal(entry.Seq == 1 ? new string('0', 64) : lines[(int)entry.Seq - 1][^66..^2], entry.PreviousHash);
        }

        var text = (await auditor.Get($"spot-checks/{(await Draw(auditor)).Id}")).Text;
        foreach (var name in (string[])["王阿姨", "李社工"])
            Assert.DoesNotContain(name, text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Few_are_all_drawn_none_are_refused_and_only_an_auditor_draws(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var auditor = await app.Person(Role.Auditor);
        (await auditor.Post("spot-checks", new { month = "2026-11" })).Refused(HttpStatusCode.Conflict, "spot_check.nothing");
        (await auditor.Post("spot-checks", new { month = "2026-12" })).Refused(HttpStatusCode.BadRequest, "spot_check.bad_month");
        (await auditor.Post("spot-checks", new { month = "十一月" })).Refused(HttpStatusCode.BadRequest, "spot_check.bad_month");
        var desk = await RecordDesk.Open(app);
        await desk.Write(desk.Care());
        var drawn = await Draw(auditor);
        Assert.Equal(2, drawn.Count);
        // Records are drawn by the day on which they were written, not by that of the service.
        (await auditor.Post("spot-checks", new { month = "2026-10" })).Refused(HttpStatusCode.Conflict, "spot_check.nothing");

        (await (await app.Staff()).Post("spot-checks", new { month = "2026-11" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await (await app.Staff()).Get($"spot-checks/{drawn.Id}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await auditor.Get($"spot-checks/{app.NewRequestId()}")).Refused(HttpStatusCode.NotFound, "spot_check.unknown");
        var elsewhere = await app.Person(TestDatabases.OtherCommunity, Role.Auditor);
        (await elsewhere.Get($"spot-checks/{drawn.Id}")).Refused(HttpStatusCode.NotFound, "spot_check.unknown");
        (await elsewhere.Post("spot-checks", new { month = "2026-11" })).Refused(HttpStatusCode.Conflict, "spot_check.nothing");
    }

    private static async Task<DrawSpotCheck.Response> Draw(TestCaller auditor) => (await auditor.Post("spot-checks", new { month = "2026-11" })).Ok<DrawSpotCheck.Response>();

    private static async Task<GetSpotCheck.Response> Shown(TestCaller auditor, Guid id) => (await auditor.Get($"spot-checks/{id}")).Ok<GetSpotCheck.Response>();

    private static async Task<long> Head(PhoenixApp app) => (await app.Services.GetRequiredService<JournalReader>().Head(1, CancellationToken.None))!.Seq;

    private static async Task<string[]> Export(PhoenixApp app)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var file = new MemoryStream();
        await app.Services.GetRequiredService<JournalExport>().Write(1, file, new EcdsaJournalSigner(key), withTexts: false, CancellationToken.None);
        return Encoding.UTF8.GetString(file.ToArray()).Split('\n');
    }

    // As the draw is described, written once more.
    private static List<long> Numbers(string seed, byte pile, int count, long size)
    {
        var numbers = new List<long>();
        for (var i = 0; numbers.Count < count; i++)
        {
            var number = (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData([.. Convert.FromHexString(seed), pile, (byte)(i >> 24), (byte)(i >> 16), (byte)(i >> 8), (byte)i])) % (ulong)size);
            if (!numbers.Contains(number))
                numbers.Add(number);
        }

        return numbers;
    }
}
