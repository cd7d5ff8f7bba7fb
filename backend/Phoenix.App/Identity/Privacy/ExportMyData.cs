using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Guardians;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>Everything that this community keeps about the caller, or a child of theirs, as JSON and as a page to read or print (PIPL art 45).</summary>
public static class ExportMyData
{
    /// <summary>Each gathers everything there is.</summary>
    public static readonly RatePolicy Exports = new("data-exports", 10, TimeSpan.FromMinutes(10));

    /// <summary>The data.</summary>
    /// <param name="GeneratedAt">As of when.</param>
    /// <param name="Sections">A table each.</param>
    public sealed record Response(DateTimeOffset GeneratedAt, IReadOnlyList<PersonalSection> Sections);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/personal-data", async (Caller caller, Exporter exporter, HttpResponse response, CancellationToken cancel) =>
                Json(await exporter.Run(caller.PersonId, cancel), response))
            .RequireSignedIn().WithMetadata(new RateLimit(Exports)).WithName("exportMyData").WithSummary("下载我的信息");
        community.MapGet("/personal-data/page", async (Caller caller, Exporter exporter, CancellationToken cancel) => Page(await exporter.Run(caller.PersonId, cancel)))
            .RequireSignedIn().WithMetadata(new RateLimit(Exports)).Produces(StatusCodes.Status200OK, contentType: "text/html")
            .WithName("exportMyDataPage").WithSummary("下载我的信息（网页）");
        community.MapGet("/children/{id:guid}/personal-data", async (Guid id, Caller caller, Exporter exporter, HttpResponse response, CancellationToken cancel) =>
                Json(await exporter.OfChild(id, caller, cancel), response))
            .RequireRole(Role.Member).WithMetadata(new RateLimit(Exports)).WithName("exportChildData").WithSummary("下载孩子的信息");
        community.MapGet("/children/{id:guid}/personal-data/page", async (Guid id, Caller caller, Exporter exporter, CancellationToken cancel) => Page(await exporter.OfChild(id, caller, cancel)))
            .RequireRole(Role.Member).WithMetadata(new RateLimit(Exports)).Produces(StatusCodes.Status200OK, contentType: "text/html")
            .WithName("exportChildDataPage").WithSummary("下载孩子的信息（网页）");
    }

    private static Results<Ok<Response>, Refusal> Json(Result<Response> data, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return data.ToHttp();
    }

    private static Results<FileContentHttpResult, Refusal> Page(Result<Response> data) => data.TryGet(out var found, out var error)
        ? TypedResults.File(Encoding.UTF8.GetBytes(Html(found)), "text/html; charset=utf-8", $"personal-data-{CommunityTime.Shanghai.DayOf(found.GeneratedAt):yyyy-MM-dd}.html")
        : new Refusal(error);

    private static string Html(Response data)
    {
        var page = new StringBuilder(
            """
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>我的信息</title>
            <style>body{font:18px/1.6 sans-serif;margin:1em auto;max-width:60em;padding:0 1em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em .5em;text-align:left;overflow-wrap:anywhere}</style></head><body>
            """);
        page.Append(CultureInfo.InvariantCulture, $"<h1>我的信息</h1><p>生成时间：{CommunityTime.Shanghai.DayOf(data.GeneratedAt):yyyy-MM-dd} {CommunityTime.Shanghai.TimeOf(data.GeneratedAt):HH\\:mm}。里面有个人信息，请妥善保管。</p>\n");
        foreach (var section in data.Sections)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(section.Title)}</h2>\n");
            if (section.Rows.Count == 0)
            {
                page.Append("<p>没有记录。</p>\n");
                continue;
            }

            page.Append("<table><tr>").AppendJoin("", section.Columns.Select(c => $"<th>{WebUtility.HtmlEncode(c)}</th>")).Append("</tr>\n");
            foreach (var row in section.Rows)
                page.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{WebUtility.HtmlEncode(c)}</td>")).Append("</tr>\n");
            page.Append("</table>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    /// <summary>Gathers the sections of every module.</summary>
    internal sealed class Exporter(PhoenixDb db, IEnumerable<IPersonalData> parts, GuardianBook guardians, IAuditLog audit, Clock clock)
    {
        /// <summary>What is kept about the person here.</summary>
        public async Task<Result<Response>> Run(Guid person, CancellationToken cancel)
        {
            var sections = new List<PersonalSection>();
            foreach (var part in parts)
                sections.AddRange(await part.Export(person, cancel));
            db.ChangeTracker.Clear();
            audit.Write("data.exported", "personal-data", person);
            await db.SaveChangesAsync(cancel);
            return new Response(clock.Now, sections);
        }

        /// <summary>What is kept about a child of the caller, or <see cref="UnknownChild"/>.</summary>
        public async Task<Result<Response>> OfChild(Guid memberId, Caller caller, CancellationToken cancel) =>
            (await guardians.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown) ? await Run(minor.Id, cancel) : unknown;
    }
}
