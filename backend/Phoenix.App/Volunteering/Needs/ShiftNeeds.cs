using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>
/// What a shift's volunteers and its leader must know to help: whom, what, where, and whom to call. Nobody else, and not longer than a day after the shift. And the
/// code that they show at the end, which opens the thanks on the phone of whom they helped.
/// </summary>
public static class ShiftNeeds
{
    /// <summary>So long after the shift the words and the address are still shown.</summary>
    public static readonly TimeSpan ShownAfter = TimeSpan.FromHours(24);

    /// <summary>A need, as its volunteers see it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Category">Which kind of help.</param>
    /// <param name="HelpedName">Whom it helps, as the neighbours call them.</param>
    /// <param name="Details">What, where, when, whom to call.</param>
    /// <param name="Thanks">The words of thanks, when they may be shown.</param>
    public sealed record Item(Guid Id, NeedState State, ImpactCategory Category, string HelpedName, NeedDetails? Details, string? Thanks);

    /// <summary>The needs of a shift.</summary>
    /// <param name="Items">Those that are arranged or done, oldest first.</param>
    public sealed record Response(IReadOnlyList<Item> Items);

    /// <summary>The shifts of the caller that are a need's work.</summary>
    /// <param name="ShiftIds">Those that are to come, go on or were over less than a day ago.</param>
    public sealed record MineResponse(IReadOnlyList<Guid> ShiftIds);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/shifts/{id:guid}/needs", Run).RequireRole(Role.Member).WithName("listShiftNeeds").WithSummary("这个时段帮谁（志愿者）");
        community.MapGet("/my/shifts-with-needs", Mine).RequireRole(Role.Member).WithName("listMyShiftsWithNeeds").WithSummary("我的时段里有求助要帮的");
        community.MapGet("/needs/{id:guid}/code", Code)
            .RequireRole(Role.Member)
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .WithName("getNeedCode").WithSummary("帮好后请对方扫的码");
    }

    private static async Task<Results<Ok<Response>, Refusal>> Run(
        Guid id, Caller caller, PhoenixDb db, Leaderships leaderships, IPeople people, KeyRing keys, Clock clock, CancellationToken cancel)
    {
        if (await db.Set<Shift>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } shift || !await MaySee(db, leaderships, shift, caller.PersonId, clock.Now, cancel))
            return new Refusal(new UnknownShift());
        var needs = await db.Set<Need>().AsNoTracking().Where(n => n.ShiftId == id && (n.State == NeedState.Arranged || n.State == NeedState.Done)).OrderBy(n => n.Id).Take(PageQuery.MaxLimit).ToListAsync(cancel);
        var helped = needs.ConvertAll(n => n.HelpedId);
        var heads = await people.OfPersons(helped, cancel);
        if (await people.LogLooks(caller.PersonId, helped, $"shift-needs:{id:N}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new Response(needs.ConvertAll(n => new Item(n.Id, n.State, n.Category, heads.GetValueOrDefault(n.HelpedId)?.Name ?? "", n.Open(keys), n.IsThanksShown ? n.Thanks : null))));
    }

    private static async Task<Ok<MineResponse>> Mine(Caller caller, PhoenixDb db, Leaderships leaderships, Clock clock, CancellationToken cancel)
    {
        var since = clock.Now - ShownAfter;
        var (led, signed) = (leaderships.Led(caller.PersonId).Select(s => s.Id), NeedNotices.Volunteers(db).Where(s => s.PersonId == caller.PersonId).Select(s => s.ShiftId));
        var ids = await db.Set<Shift>().Where(s => s.EndsAt > since && (led.Contains(s.Id) || signed.Contains(s.Id)) && db.Set<Need>().Any(n => n.ShiftId == s.Id && (n.State == NeedState.Arranged || n.State == NeedState.Done)))
            .OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(PageQuery.MaxLimit).Select(s => s.Id).ToListAsync(cancel);
        return TypedResults.Ok(new MineResponse(ids));
    }

    private static async Task<Results<FileContentHttpResult, Refusal>> Code(Guid id, Caller caller, PhoenixDb db, Leaderships leaderships, ICodes codes, Clock clock, CancellationToken cancel)
    {
        var shift = await db.Set<Need>().Where(n => n.Id == id && n.State == NeedState.Arranged).Join(db.Set<Shift>(), n => n.ShiftId, s => (Guid?)s.Id, (_, s) => s).AsNoTracking().FirstOrDefaultAsync(cancel);
        if (shift is null || !await MaySee(db, leaderships, shift, caller.PersonId, clock.Now, cancel))
            return new Refusal(new UnknownNeed());
        return (await codes.MiniProgramCode(FixedCode.Need, id, cancel)).TryGet(out var image, out var error) ? TypedResults.File(image.Bytes, image.ContentType) : new Refusal(error);
    }

    private static async Task<bool> MaySee(PhoenixDb db, Leaderships leaderships, Shift shift, Guid person, DateTimeOffset now, CancellationToken cancel) =>
        now < shift.EndsAt + ShownAfter
        && (await NeedNotices.Volunteers(db, shift.Id).AnyAsync(s => s.PersonId == person, cancel) || await leaderships.Leads(person, shift, cancel));
}
