using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>The staff's list of needs: 高龄和独居 first, then the longest waiting; what is over newest first. Looks at children are logged (hard rule 8).</summary>
public static class StaffNeeds
{
    /// <summary>A need as staff see it.</summary>
    /// <param name="Need">As the family sees it.</param>
    /// <param name="MemberId">Whom it helps.</param>
    /// <param name="IsOverdue">Whether nobody has looked at it in time.</param>
    /// <param name="IsToConfirm">Whether its shift is over and nobody has said that it is done.</param>
    /// <param name="MayDecide">Whether the caller may: not their own or the family's.</param>
    /// <param name="TriagedBy">Who decided, as the neighbours call them.</param>
    public sealed record Item(NeedView Need, Guid? MemberId, bool IsOverdue, bool IsToConfirm, bool MayDecide, string? TriagedBy);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/staff/needs", List).RequireRole(Role.Staff, Role.SocialWorker).WithName("listStaffNeeds").WithSummary("求助清单");
        community.MapGet("/staff/needs/{id:guid}", (Guid id, Caller caller, PhoenixDb db, Reader reader, CancellationToken cancel) => Get(id, caller, db, reader, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("getStaffNeed").WithSummary("一条求助（工作人员）");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List(
        [AsParameters] PageQuery page, [FromQuery] string? state, [FromQuery] bool? overdue, Caller caller, PhoenixDb db, Reader reader, ICommunityCalendar calendar, Clock clock, CancellationToken cancel)
    {
        if (!page.Read<Cursor>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!Enum.TryParse<NeedState>(state ?? nameof(NeedState.Raised), ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            return new Refusal(new BadParameter());
        var (today, isOpen) = (calendar.Time.DayOf(clock.Now), wanted is NeedState.Raised or NeedState.Accepted or NeedState.Arranged);
        var needs = db.Set<Need>().AsNoTracking().Where(n => n.State == wanted);
        if (overdue is { } late)
            needs = needs.Where(n => (n.State == NeedState.Raised && n.TriageBy < today) == late);
        if (at.After is { IsFirst: var first, Id: var id })
            needs = isOpen ? needs.Where(n => (first && !n.IsFirst) || (n.IsFirst == first && n.Id.CompareTo(id) > 0)) : needs.Where(n => n.Id.CompareTo(id) < 0);
        needs = isOpen ? needs.OrderByDescending(n => n.IsFirst).ThenBy(n => n.Id) : needs.OrderByDescending(n => n.Id);
        var items = await reader.Show(await needs.Take(at.Limit + 1).ToListAsync(cancel), caller, "needs", cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(Page.Of(items, at.Limit, i => new Cursor(i.Need.IsFirst, i.Need.Id)));
    }

    private static async Task<Result<Item>> Get(Guid id, Caller caller, PhoenixDb db, Reader reader, CancellationToken cancel)
    {
        if (await db.Set<Need>().AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, cancel) is not { } need)
            return new UnknownNeed();
        var item = await reader.Show(need, caller, cancel);
        await db.SaveChangesAsync(cancel);
        return item;
    }

    private sealed record Cursor(bool IsFirst, Guid Id);

    /// <summary>Puts people and rights to needs and notes the look; the caller saves.</summary>
    internal sealed class Reader(NeedReader needs, NeedDesk desk, IPeople people, ICommunityCalendar calendar, Clock clock)
    {
        public async Task<Item> Show(Need need, Caller caller, CancellationToken cancel) => (await Show([need], caller, $"need:{need.Id:N}", cancel))[0];

        public async Task<IReadOnlyList<Item>> Show(IReadOnlyList<Need> rows, Caller caller, string page, CancellationToken cancel)
        {
            var helped = rows.Select(n => n.HelpedId).Distinct().ToList();
            await people.LogLooks(caller.PersonId, helped, page, cancel);
            var (views, own) = (await needs.Show(rows, cancel), await desk.Own(caller.PersonId, cancel));
            var heads = await people.OfPersons([.. helped.Concat(rows.Select(n => n.TriagedBy).OfType<Guid>()).Distinct()], cancel);
            var (now, today) = (clock.Now, calendar.Time.DayOf(clock.Now));
            return [.. rows.Zip(views, (n, view) => new Item(
                view, heads.GetValueOrDefault(n.HelpedId)?.MemberId, n.State == NeedState.Raised && n.TriageBy < today, n.State == NeedState.Arranged && view.Visit?.EndsAt <= now,
                n.IsOpen && !NeedDesk.IsOwn(n, caller.PersonId, own), n.TriagedBy is { } by ? heads.GetValueOrDefault(by)?.Name : null))];
        }
    }
}
