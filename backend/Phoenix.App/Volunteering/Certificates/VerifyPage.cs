using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>The page behind a certificate's code: no script, no picture, big letters, readable on any phone.</summary>
internal static class VerifyPage
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private const string Head = """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>志愿服务记录证明核验</title>
        <style>
        body{margin:0;font:18px/1.6 sans-serif;color:#1b1b1b;background:#f6f4f0}
        main{max-width:40rem;margin:0 auto;padding:16px;background:#fff;min-height:100vh;box-sizing:border-box}
        h1{font-size:24px;margin:8px 0 16px}
        .yes,.no{padding:12px 16px;border-radius:8px;font-size:20px;font-weight:bold}
        .yes{background:#e5f3e8;color:#14532d}
        .no{background:#fdeaea;color:#8b1a1a}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:8px 16px;margin:16px 0}
        dt{color:#555}
        dd{margin:0;overflow-wrap:anywhere}
        li{margin:0 0 12px}
        </style>
        </head>
        <body><main>
        <h1>志愿服务记录证明核验</h1>
        """;

    /// <summary>The page; null: no certificate has the number.</summary>
    public static string Of(VerifyCertificate.Response? found)
    {
        var page = new StringBuilder(Head);
        if (found is null)
            return page.Append("<p class=\"no\">没有找到这份证明，请核对证明上的编号。</p></main></body></html>\n").ToString();
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"{(found.IsValid ? "yes" : "no")}\">{Text(found.Words)}</p><dl>");
        Fact("证明编号", found.Number);
        Fact("志愿者", found.Holder.Length == 0 ? "已注销" : found.Holder);
        Fact("服务期间", $"{Day(found.From)}至{Day(found.To)}");
        Fact("服务次数", $"{found.Records} 次");
        Fact("服务时长", Hours(found.Minutes));
        Fact("出具单位", found.Issuer);
        Fact("出具日期", Day(found.IssuedOn));
        page.Append("</dl>");
        if (found.Lines.Count > 0)
        {
            page.Append("<h2>服务记录</h2><ol>");
            foreach (var line in found.Lines)
                page.Append(CultureInfo.InvariantCulture, $"<li>{Day(line.Day)} {Text(line.ActivityName)}，{Hours(line.Minutes)}<br>{Text(line.Content)}（{Text(line.Organiser)}）</li>");
            page.Append("</ol>");
        }

        return page.Append("<p>本页只显示持有人同意公开的内容。</p></main></body></html>\n").ToString();

        void Fact(string name, string value) => page.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Text(value)}</dd>");
    }

    private static string Text(string text) => s_encoder.Encode(text);

    private static string Day(DateOnly day) => $"{day.Year} 年 {day.Month} 月 {day.Day} 日";

    private static string Hours(int minutes) => (minutes / 60m).ToString("0.##", CultureInfo.InvariantCulture) + " 小时";
}
