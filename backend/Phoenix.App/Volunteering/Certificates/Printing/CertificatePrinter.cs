using System.Globalization;
using Phoenix.App.Http.Papers;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Certificates.Printing;

/// <summary>Prints certificates as PDF.</summary>
public sealed class CertificatePrinter
{
    private static readonly string[] s_headings = ["序号", "日期", "活动名称", "服务内容", "地点", "小时", "组织单位", "负责人"];
    private static readonly double[] s_widths = [30, 62, 82, 102, 66, 40, 62, 39];

    /// <summary>The file, or <see cref="FontMissing"/>.</summary>
    public Result<byte[]> Print(CertificateSheet sheet) =>
        PaperPrinter.Print(TitleOf(sheet.Certificate.Kind), sheet.Certificate.Number, sheet.Certificate.IssuedAt, paper => Write(sheet, paper), $"证明编号 {sheet.Certificate.Number}") is { } pdf ? pdf : new FontMissing();

    private static string TitleOf(CertificateKind kind) => kind == CertificateKind.SchoolTerm ? "学生志愿服务情况表" : "志愿服务记录证明";

    private static void Write(CertificateSheet sheet, Paper paper)
    {
        var (certificate, text, small) = (sheet.Certificate, Paper.Font(11), Paper.Font(8));
        paper.Centre(TitleOf(certificate.Kind), Paper.Font(22, bold: true));
        paper.Skip(4);
        paper.AtRight($"证明编号：{certificate.Number}", Paper.Font(9));
        paper.Skip(10);
        if (certificate.Kind == CertificateKind.SchoolTerm)
            paper.Paragraph($"学校班级：{certificate.School ?? "____________________"}　　学生姓名：{sheet.Holder}　　证件号码：{sheet.IdNumber}", text);
        paper.Paragraph(
            $"兹证明{sheet.Holder}（证件号码：{sheet.IdNumber}）于 {Day(certificate.FirstDay)}至 {Day(certificate.LastDay)}期间，参加志愿服务 {sheet.Records.Count} 次，累计志愿服务时长 {Hours(certificate.Minutes)} 小时。具体记录如下：",
            text, indented: true);
        paper.Skip(8);
        Table(sheet.Records, certificate.Minutes, paper);
        paper.Skip(14);
        Signatures(sheet, paper, text, small);
    }

    private static void Table(IReadOnlyList<ServiceRecord> records, int minutes, Paper paper)
    {
        var (head, cell) = (Paper.Font(8.5, bold: true), Paper.Font(8.5));
        paper.Row(s_headings, s_widths, head);
        for (var i = 0; i < records.Count; i++)
        {
            string[] cells = Cells(i + 1, records[i]);
            if (paper.Ensure(paper.RowHeight(cells, s_widths, cell)))
                paper.Row(s_headings, s_widths, head);
            paper.Row(cells, s_widths, cell);
        }

        string[] total = ["合计", "", "", "", "", Hours(minutes), "", ""];
        paper.Ensure(paper.RowHeight(total, s_widths, head));
        paper.Row(total, s_widths, head);
    }

    private static string[] Cells(int number, ServiceRecord r) =>
    [
        number.ToString(CultureInfo.InvariantCulture), r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), r.ActivityName, r.Content, r.Place, Hours(r.Minutes), r.Organiser, r.PersonInCharge,
    ];

    private static void Signatures(CertificateSheet sheet, Paper paper, PdfSharp.Drawing.XFont text, PdfSharp.Drawing.XFont small)
    {
        const double Height = 150;
        const double Code = 84;
        const double Seal = 110;
        var certificate = sheet.Certificate;
        paper.Ensure(Height);
        var y = paper.Y;
        paper.QrCode(sheet.VerifyUrl, Paper.Left, y, Code);
        paper.Put("扫码核验真伪", small, Paper.Left, y + Code + 4);
        paper.Put(sheet.VerifyUrl, Paper.Font(6.5), Paper.Left, y + Code + 18);

        const double X = Paper.Left + 190;
        if (sheet.Seal is null)
            paper.Slot("（盖章处）", small, Paper.Right - Seal, y, Seal);
        else
            paper.Image(sheet.Seal, Paper.Right - Seal, y, Seal);
        paper.Put($"出具单位：{certificate.Issuer}", text, X, y + 6);
        paper.Put($"负责人：{certificate.PersonInCharge}", text, X, y + 28);
        paper.Put($"经办人：{certificate.Handler}", text, X, y + 50);
        paper.Put($"出具日期：{Day(sheet.IssuedOn)}", text, X, y + 72);
        paper.Skip(Code + 40);
        paper.Paragraph("本证明依据《志愿服务条例》第十九条和《志愿服务记录与证明出具办法（试行）》免费出具，仅用于证明志愿服务情况，不用于商业用途。", small);
    }

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year} 年 {day.Month} 月 {day.Day} 日");

    private static string Hours(int minutes) => (minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture);
}
