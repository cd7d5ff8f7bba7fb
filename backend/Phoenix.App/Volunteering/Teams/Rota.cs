using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>Staff write a post's weekly rota line by line. A published post's shifts are made at once; a line that ends takes its coming empty shifts with it.</summary>
public static class Rota
{
    /// <summary>A line.</summary>
    /// <param name="Weekday">The day of the week.</param>
    /// <param name="StartsAt">When, by the community's clock.</param>
    /// <param name="Minutes">10 to 720.</param>
    /// <param name="Capacity">How many people.</param>
    /// <param name="From">First day; today or later.</param>
    public sealed record Request(DayOfWeek Weekday, TimeOnly StartsAt, int Minutes, int Capacity, DateOnly From);

    /// <summary>The last day of a line.</summary>
    /// <param name="To">Today or later.</param>
    public sealed record EndRequest(DateOnly To);

    /// <summary>A line as it stands.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Weekday">The day of the week.</param>
    /// <param name="StartsAt">When.</param>
    /// <param name="Minutes">How long.</param>
    /// <param name="Capacity">How many people.</param>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day; null while it goes on.</param>
    public sealed record Item(Guid Id, DayOfWeek Weekday, TimeOnly StartsAt, int Minutes, int Capacity, DateOnly From, DateOnly? To);

    /// <summary>The limits of a line.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.Minutes).InclusiveBetween(Shift.MinMinutes, Shift.MaxMinutes).WithName("时长");
            RuleFor(r => r.Capacity).InclusiveBetween(1, Shift.MaxCapacity).WithName("人数");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/posts/{id:guid}/rota", List).AllowAnyone().WithName("listRota").WithSummary("岗位排班");
        community.MapPost("/posts/{id:guid}/rota", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Add(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("addRotaLine").WithSummary("新增排班");
        community.MapPost("/rota-lines/{id:guid}/end", (Guid id, EndRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.End(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("endRotaLine").WithSummary("结束排班");
    }

    private static async Task<Ok<Page<Item>>> List(Guid id, PhoenixDb db, Clock clock, CancellationToken cancel)
    {
        var today = CommunityTime.Shanghai.DayOf(clock.Now);
        var rows = await db.Set<RotaLine>().AsNoTracking().Where(l => l.PostId == id && (l.To == null || l.To >= today)).OrderBy(l => l.Id).Take(RotaLine.MaxLines).ToListAsync(cancel);
        return TypedResults.Ok(new Page<Item>([.. rows.OrderBy(l => l.Weekday).ThenBy(l => l.StartsAt).Select(Show)], null));
    }

    private static Item Show(RotaLine l) => new(l.Id, l.Weekday, l.StartsAt, l.Minutes, l.Capacity, l.From, l.To);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MakeRotaShifts.Maker maker, ICommunityCalendar calendar, IIds ids, Clock clock)
    {
        /// <summary>The line, or <see cref="UnknownPost"/>, <see cref="RotaDayOver"/>, <see cref="TooManyShifts"/>.</summary>
        public Task<Result<Item>> Add(Guid postId, Request body, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!await db.Set<Post>().AnyAsync(p => p.Id == postId && !p.IsArchived, cancel))
                return new UnknownPost();
            var today = calendar.Time.DayOf(clock.Now);
            if (body.From < today)
                return new RotaDayOver();
            if (await db.Set<RotaLine>().CountAsync(l => l.PostId == postId && (l.To == null || l.To >= today), cancel) >= RotaLine.MaxLines)
                return new TooManyShifts();
            var line = new RotaLine
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                PostId = postId,
                Weekday = body.Weekday,
                StartsAt = body.StartsAt,
                Minutes = body.Minutes,
                Capacity = body.Capacity,
                From = body.From,
            };
            db.Add(line);
            await db.SaveChangesAsync(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.PostId == postId && a.State == ActivityState.Published, cancel) is { } activity)
                await maker.Make(activity, cancel);
            return Show(line);
        }, cancel);

        /// <summary>The line as ended, or <see cref="UnknownRotaLine"/>, <see cref="RotaDayOver"/>. Shifts with people in them stay: staff cancel those with a reason.</summary>
        public Task<Result<Item>> End(Guid id, EndRequest body, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<RotaLine>().FirstOrDefaultAsync(l => l.Id == id, cancel) is not { } line)
                return new UnknownRotaLine();
            if (body.To < calendar.Time.DayOf(clock.Now) || body.To < line.From)
                return new RotaDayOver();
            line.To = body.To;
            foreach (var after in await db.Set<Shift>().Where(s => s.RotaLineId == id && s.RotaDate > body.To && s.State == ShiftState.Open).OrderBy(s => s.Id).ToListAsync(cancel))
            {
                await db.LockShift(after.Id, cancel);
                SignupState[] live = [.. SignupStates.Live];
                if (!await db.Set<Signup>().AnyAsync(s => s.ShiftId == after.Id && live.Contains(s.State), cancel))
                    after.State = ShiftState.Cancelled;
            }

            return Show(line);
        }, cancel);
    }
}
