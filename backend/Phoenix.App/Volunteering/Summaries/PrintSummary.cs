using Microsoft.AspNetCore.Http.HttpResults;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Papers;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>The 小结 as an A4 page for the file: the text as it stands, the figures, a place for the stamp.</summary>
public static class PrintSummary
{
    private static readonly RatePolicy s_printing = new("summaries", 20, TimeSpan.FromMinutes(1));
    private static readonly double[] s_widths = [140, 343];

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/activities/{id:guid}/summary/page", Run)
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker).WithMetadata(new RateLimit(s_printing))
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
        .WithName("getSummaryPage").WithSummary("打印活动小结（PDF）");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(Guid id, Caller caller, PhoenixDb db, SummaryDesk desk, ICommunities communities, Clock clock, CancellationToken cancel)
    {
        if (!(await desk.Gather(id, caller, cancel)).TryGet(out var matter, out var error))
            return new Refusal(error);
        var (draft, community) = (desk.Show(matter, await desk.Kept(id, cancel), caller), await communities.NameOf(db.Scope.CommunityId, cancel));
        var name = $"{draft.Title} 活动小结";
        return PaperPrinter.Print(name, id.ToString("N"), clock.Now, paper => Write(paper, community, draft), name) is { } pdf
            ? TypedResults.File(pdf, "application/pdf", $"{name}.pdf")
            : new Refusal(new SummaryUnprintable());
    }

    private static void Write(Paper paper, string community, SummaryDraft draft)
    {
        var (text, cell) = (Paper.Font(13), Paper.Font(11));
        paper.Centre("活动小结", Paper.Font(24, bold: true));
        paper.Skip(6);
        paper.Paragraph(draft.Title, Paper.Font(16, bold: true));
        paper.Skip(8);
        foreach (var line in draft.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            paper.Paragraph(line, text, indented: true);
        paper.Skip(14);
        foreach (var row in Rows(draft))
        {
            paper.Ensure(paper.RowHeight(row, s_widths, cell));
            paper.Row(row, s_widths, cell);
        }

        paper.Skip(26);
        paper.Ensure(40);
        paper.Paragraph($"{community}（盖章）：____________________　　　日期：______________", cell);
    }

    private static IEnumerable<string[]> Rows(SummaryDraft draft)
    {
        var f = draft.Figures;
        yield return ["活动日期", SummaryText.Days(f.FirstDay, f.LastDay)];
        yield return ["时段", $"{f.Shifts} 个"];
        yield return ["志愿者", $"{f.Volunteers} 人"];
        yield return ["服务时长", $"{SummaryText.Hours(f.Minutes)} 小时"];
        yield return ["凤凰币", f.IsHoursOnly ? "只记时长" : $"{f.Coins} 枚"];
        yield return ["服务人数", f.PeopleServed is { } people ? $"{people} 人次" : "没有填"];
        yield return ["解决问题", f.ProblemsSolved is { } problems ? $"{problems} 个" : "没有填"];
        yield return ["邻居评价", f.RatingTenths is { } tenths ? $"{f.Ratings} 份，平均 {SummaryText.Points(tenths)} 分" : "还没有"];
        foreach (var missing in draft.Missing)
            yield return ["还没做完", missing];
    }
}
