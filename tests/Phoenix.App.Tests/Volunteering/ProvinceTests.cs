using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Records.Province;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>The province's system (hard rule 7): out in its columns, marked as entered, its numbers back in.</summary>
public sealed class ProvinceTests
{
    private static readonly string[] s_two = ["记录编号", "省系统编号"];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Records_go_out_are_marked_and_their_numbers_come_back(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var first = await desk.Write(desk.Care() with { ActivityName = "=HYPERLINK(1)", Content = "-1 个楼道" });
        var second = await desk.Write(desk.Care(startsAfterHours: 3));
        (await desk.Resident.Get("service-records/province.xlsx")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var rows = Read(await desk.Staff.Get("service-records/province.xlsx?from=2026-11-21&to=2026-11-21"), "项目名称", "服务时长（小时）", "开始时间", "服务内容", "记录编号", "录入状态");
        Assert.Equal([first.VersionId.ToString("N"), second.VersionId.ToString("N")], rows.Select(r => r["记录编号"]));
        Assert.Equal(("2.5", "09:00", "未录入"), (rows[0]["服务时长（小时）"], rows[0]["开始时间"], rows[0]["录入状态"]));

        var (body, id, stranger) = (new MarkEntered.Request([first.VersionId, app.NewRequestId()]), app.NewRequestId(), app.NewRequestId());
        body = body with { VersionIds = [first.VersionId, stranger] };
        var marked = (await desk.Staff.Post("service-records/province/entries", body, id)).Ok<MarkEntered.Response>();
        Assert.Equal((1, 0, stranger), (marked.Marked, marked.MarkedBefore, Assert.Single(marked.Unknown)));
        Assert.Equal(1, (await desk.Staff.Post("service-records/province/entries", body, id)).Ok<MarkEntered.Response>().Marked);
        Assert.Equal((0, 1), (await desk.Staff.Post("service-records/province/entries", body)).Ok<MarkEntered.Response>() is var again ? (again.Marked, again.MarkedBefore) : default);
        Assert.Equal(second.VersionId.ToString("N"), Assert.Single(Read(await desk.Staff.Get("service-records/province.xlsx?entered=false"), "记录编号"))["记录编号"]);

        var sheet = Sheet.Write("编号", s_two, [[first.VersionId.ToString("N"), "510116202611210001"], [second.VersionId.ToString("N"), ""]]);
        var dry = (await Send(app, desk.Staff, sheet, dryRun: true)).Ok<ImportNumbers.Response>();
        Assert.Equal((false, 1, 0, 1), (dry.Taken, dry.New, dry.Known, dry.Empty));
        Assert.Null((await desk.Staff.Get($"service-records/{first.RecordId}")).Ok<GetRecord.Response>().Current.ProvinceNumber);
        Assert.True((await Send(app, desk.Staff, sheet)).Ok<ImportNumbers.Response>().Taken);
        Assert.Equal((true, 0, 1), (await Send(app, desk.Staff, sheet)).Ok<ImportNumbers.Response>() is var twice ? (twice.Taken, twice.New, twice.Known) : default);
        Assert.Equal((true, "510116202611210001"), (await desk.Resident.Get($"service-records/{first.RecordId}")).Ok<GetRecord.Response>().Current is var now ? (now.InProvince, now.ProvinceNumber) : default);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_bad_row_is_named_and_nothing_of_the_sheet_is_taken(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var desk = await RecordDesk.Open(app);
        var heads = new List<ServiceRecordHead>();
        for (var i = 0; i < 5; i++)
            heads.Add(await desk.Write(desk.Care(startsAfterHours: 3 * i)));
        var ids = heads.ConvertAll(h => h.VersionId.ToString("N"));
        Assert.True((await Send(app, desk.Staff, Sheet.Write("编号", s_two, [[ids[0], "A-1"], [ids[1], "A-2"]]))).Ok<ImportNumbers.Response>().Taken);
        (await desk.Staff.Post($"service-records/{heads[3].RecordId}/voiding", new VoidRecord.Request("当天没有来"))).Ok<RecordItem>();

        var bad = (await Send(app, desk.Staff, Sheet.Write("编号", s_two,
        [
            ["不是编号", "B-1"], [ids[2], "A-1"], [ids[1], "A-9"], [ids[3], "B-2"], [ids[4], "B-3"], [ids[4], "B-4"], [ids[2], "B-3"], [ids[2], new string('7', 41)],
        ]))).Ok<ImportNumbers.Response>();
        Assert.False(bad.Taken);
        Assert.Equal([2, 3, 4, 5, 7, 8, 9], bad.Bad.Select(b => b.Row));
        Assert.All(bad.Bad, b => Assert.EndsWith("。", b.Reason, StringComparison.Ordinal));
        Assert.Null((await desk.Staff.Get($"service-records/{heads[4].RecordId}")).Ok<GetRecord.Response>().Current.ProvinceNumber);
        (await Send(app, await app.Person(TestDatabases.OtherCommunity, Phoenix.App.Http.Role.Staff), Sheet.Write("编号", s_two, [[ids[0], "A-1"]])))
            .Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Fact]
    public async Task What_is_no_sheet_or_too_much_of_one_is_refused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var staff = await app.Staff();
        (await Send(app, staff, [1, 2, 3])).Refused(HttpStatusCode.BadRequest, "sheet.unreadable");
        (await Send(app, staff, [])).Refused(HttpStatusCode.BadRequest, "sheet.unreadable");
        (await Send(app, staff, Zip(("a.txt", 10)))).Refused(HttpStatusCode.BadRequest, "sheet.unreadable");
        (await Send(app, staff, Zip(("xl/worksheets/sheet1.xml", Sheet.MaxUnpackedBytes + 1)))).Refused(HttpStatusCode.RequestEntityTooLarge, "sheet.too_large");
        (await Send(app, staff, Sheet.Write("编号", ["记录编号"], [["1"]]))).Refused(HttpStatusCode.BadRequest, "sheet.column_missing");
        (await Send(app, staff, new byte[Sheet.MaxBytes + 1])).Refused(HttpStatusCode.RequestEntityTooLarge, "sheet.too_large");
        (await Send(app, staff, new byte[Sheet.MaxFormBytes + 1])).Refused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
        (await Send(app, staff, Sheet.Write("编号", s_two, Enumerable.Range(0, Sheet.MaxRows + 1).Select(i => (IReadOnlyList<object?>)[i, i])))).Refused(HttpStatusCode.BadRequest, "sheet.too_many_rows");
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86")]
    [InlineData("-1")]
    [InlineData("@a")]
    [InlineData("\t=1")]
    public void A_text_never_becomes_a_formula(string text)
    {
        var bytes = Sheet.Write("表", ["甲"], [[text]]);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var xml = XDocument.Load(sheet);
        Assert.DoesNotContain(xml.Descendants(), e => e.Name.LocalName is "f");
        Assert.Contains(xml.Descendants(), e => e.Name.LocalName is "v" && e.Value.Equals("'" + text, StringComparison.Ordinal));
        Assert.Equal(text.Trim(), Assert.Single(Sheet.Read(bytes, ["甲"]).Value)["甲"]);
    }

    private static SheetRow[] Read(Answer answer, params string[] headings)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal(Sheet.MediaType, answer.ContentType);
        return Sheet.Read(answer.Bytes, headings).Value;
    }

    private static Task<Answer> Send(PhoenixApp app, TestCaller staff, byte[] sheet, bool dryRun = false) => staff.In(1).Send(
        HttpMethod.Post, $"service-records/province/numbers{(dryRun ? "?dryRun=true" : "")}", new MultipartFormDataContent { { new ByteArrayContent(sheet), "file", "numbers.xlsx" } }, app.NewRequestId());

    private static byte[] Zip(params (string Name, int Length)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, length) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[length]);
            }

        return stream.ToArray();
    }
}
