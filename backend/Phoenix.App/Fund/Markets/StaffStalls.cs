using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Http.Sheets;
using Phoenix.App.Identity;
using Phoenix.Platform.Text;

namespace Phoenix.App.Fund.Markets;

/// <summary>The stalls of a market with the people, for staff: as a page and as an XLSX. Looks at children are logged (hard rule 8).</summary>
public static class StaffStalls
{
    private static readonly IReadOnlyList<string> s_headings =
        ["摊位号", "类型", "状态", "摊位名称", "说明", "负责的大人", "孩子", "捐赠比例（%）", "收入（元）", "承诺捐赠（元）", "收据入账（元）", "服务人数", "感谢"];

    /// <summary>A stall.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MarketId">The market.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="State">What has become of it.</param>
    /// <param name="Title">What stands on the sign.</param>
    /// <param name="Description">What is sold or done.</param>
    /// <param name="AdultId">Who answers for it, a member.</param>
    /// <param name="AdultName">What the neighbours call them.</param>
    /// <param name="ChildName">The child that takes part.</param>
    /// <param name="PledgePercent">Which part is pledged.</param>
    /// <param name="Number">Its number.</param>
    /// <param name="Reason">Why it was refused.</param>
    /// <param name="AppliedAt">When it was applied for.</param>
    /// <param name="TakingsFen">What it took, in fen.</param>
    /// <param name="PledgedFen">What of it is pledged, in fen.</param>
    /// <param name="ReceivedFen">What came by its own receipt, in fen.</param>
    /// <param name="PeopleServed">People served.</param>
    /// <param name="Thanks">How many neighbours thanked it.</param>
    public sealed record Item(
        Guid Id, Guid MarketId, StallKind Kind, StallState State, string Title, string Description, Guid? AdultId, string? AdultName, string? ChildName, int PledgePercent, int? Number, string? Reason,
        DateTimeOffset AppliedAt, long? TakingsFen, long? PledgedFen, long ReceivedFen, int? PeopleServed, int Thanks);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/markets/{id:guid}/stalls", Run)
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor).WithName("listStaffStalls").WithSummary("集市的摊位");
        community.MapGet("/staff/markets/{id:guid}/stalls.xlsx", Export)
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Treasurer)
            .Produces(StatusCodes.Status200OK, contentType: Sheet.MediaType)
            .WithName("exportStalls").WithSummary("导出集市的摊位");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        Guid id, [AsParameters] PageQuery page, [FromQuery] string? state, Caller caller, PhoenixDb db, Reader reader, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!await db.Set<Market>().AnyAsync(m => m.Id == id, cancel))
            return new Refusal(new UnknownMarket());
        var stalls = db.Set<MarketStall>().AsNoTracking().Where(s => s.MarketId == id);
        if (state is not null)
        {
            if (!Enum.TryParse<StallState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return new Refusal(new BadParameter());
            stalls = stalls.Where(s => s.State == wanted);
        }

        if (at.After is { } after)
            stalls = stalls.Where(s => s.Id.CompareTo(after) > 0);
        var rows = await stalls.OrderBy(s => s.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var items = await reader.Show(rows, caller.PersonId, id, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(items, at.Limit, i => i.Id));
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Export(Guid id, Caller caller, PhoenixDb db, Reader reader, IAuditLog audit, CancellationToken cancel)
    {
        if (!await db.Set<Market>().AnyAsync(m => m.Id == id, cancel))
            return new Refusal(new UnknownMarket());
        var rows = await db.Set<MarketStall>().AsNoTracking().Where(s => s.MarketId == id).OrderBy(s => s.Number == null).ThenBy(s => s.Number).ThenBy(s => s.Id).Take(Sheet.MaxRows + 1).ToListAsync(cancel);
        if (rows.Count > Sheet.MaxRows)
            return new Refusal(new ExportTooLong());
        var items = await reader.Show(rows, caller.PersonId, id, cancel);
        audit.Write("stalls.exported", $"market:{id:N}");
        await db.SaveChangesAsync(cancel);
        return Sheet.File(Sheet.Write("摊位", s_headings, items.Select(Row)), "stalls.xlsx");
    }

    private static IReadOnlyList<object?> Row(Item i) =>
    [
        i.Number, i.Kind == StallKind.Family ? "家庭摊" : "便民摊", WordOf(i.State), i.Title, i.Description, i.AdultName, i.ChildName, i.PledgePercent,
        Yuan.Number(i.TakingsFen), Yuan.Number(i.PledgedFen), Yuan.Number(i.ReceivedFen), i.PeopleServed, i.Thanks,
    ];

    internal static string WordOf(StallState state) => state switch
    {
        StallState.Applied => "待审核",
        StallState.Approved => "已通过",
        StallState.Refused => "未通过",
        _ => "已撤回",
    };

    /// <summary>Puts people and figures to stalls and notes the look; the caller saves.</summary>
    internal sealed class Reader(PhoenixDb db, MarketBook book, IPeople people)
    {
        public async Task<IReadOnlyList<Item>> Show(IReadOnlyList<MarketStall> stalls, Guid viewer, Guid marketId, CancellationToken cancel)
        {
            var ids = stalls.Select(s => s.Id).ToList();
            var persons = stalls.Select(s => s.AdultId).Concat(stalls.Select(s => s.ChildId).OfType<Guid>()).Distinct().ToList();
            await people.LogLooks(viewer, persons, $"market:{marketId:N}", cancel);
            var (heads, received, thanks) = (await people.OfPersons(persons, cancel), await book.ReceivedByStall(ids, cancel), await db.ThanksOf(ids, cancel));
            return [.. stalls.Select(s => new Item(
                s.Id, s.MarketId, s.Kind, s.State, s.Title, s.Description, heads.GetValueOrDefault(s.AdultId)?.MemberId, heads.GetValueOrDefault(s.AdultId)?.Name,
                s.ChildId is { } child ? heads.GetValueOrDefault(child)?.Name : null, s.PledgePercent, s.Number, s.Reason, s.AppliedAt, s.TakingsFen, s.PledgedFen, received.GetValueOrDefault(s.Id),
                s.PeopleServed, thanks.GetValueOrDefault(s.Id)))];
        }
    }
}
