using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>What a member decides alone about a unit of theirs: whether it sees their hours, whether records name it, leaving it, declining it.</summary>
public static class ChangeMyUnit
{
    /// <summary>The consent.</summary>
    /// <param name="SharesHours">Whether the unit may see the caller's hours; taking it back works at once.</param>
    public sealed record Request(bool SharesHours);

    /// <summary>The membership that is over.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Response(Guid Id);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPut("/unit-memberships/{id:guid}/sharing", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Share(id, body.SharesHours, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("shareHoursWithUnit").WithSummary("是否让单位看到我的时长");
        community.MapPost("/unit-memberships/{id:guid}/primary", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.MakePrimary(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("choosePrimaryUnit").WithSummary("设为记录上的单位");
        community.MapDelete("/unit-memberships/{id:guid}", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Leave(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("leaveUnit").WithSummary("退出单位或谢绝邀请");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book)
    {
        /// <summary>The membership as it now is, or <see cref="UnknownUnitMembership"/>, <see cref="UnitNotConfirmed"/>, <see cref="SharingTooYoung"/>.</summary>
        public Task<Result<ListMyUnits.Item>> Share(Guid id, bool shares, RequestId requestId, Caller caller, CancellationToken cancel) =>
            Change(id, requestId, caller, place => book.Share(place, shares, cancel), cancel);

        /// <summary>The membership as it now is, or <see cref="UnknownUnitMembership"/>, <see cref="UnitNotConfirmed"/>.</summary>
        public Task<Result<ListMyUnits.Item>> MakePrimary(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => Change(id, requestId, caller, async place =>
        {
            await book.MakePrimary(place, cancel);
            return null;
        }, cancel);

        /// <summary>The membership or proposal that is over, or <see cref="UnknownUnitMembership"/>.</summary>
        public Task<Result<Response>> Leave(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await Own(id, caller, cancel) is not { } place)
                return new UnknownUnitMembership();
            await book.End(place.UnitId, [place], place.JoinedAt is null ? "unit.declined" : "unit.left", null, cancel);
            return new Response(id);
        }, cancel);

        private Task<Result<ListMyUnits.Item>> Change(Guid id, RequestId requestId, Caller caller, Func<UnitMember, Task<Error?>> change, CancellationToken cancel) =>
            work.Once<ListMyUnits.Item>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (await Own(id, caller, cancel) is not { } place)
                    return new UnknownUnitMembership();
                if (place.JoinedAt is null)
                    return new UnitNotConfirmed();
                if (await change(place) is { } refusal)
                    return refusal;
                await db.SaveChangesAsync(cancel);
                var unit = await db.Set<Unit>().SingleAsync(u => u.Id == place.UnitId, cancel);
                var isPrimary = await db.Set<UnitPrimary>().AnyAsync(p => p.PersonId == place.PersonId && p.UnitId == unit.Id && p.EndedAt == null, cancel);
                return ListMyUnits.Show(place, unit.Name, unit.Kind, isPrimary);
            }, cancel);

        private Task<UnitMember?> Own(Guid id, Caller caller, CancellationToken cancel) =>
            db.Set<UnitMember>().FirstOrDefaultAsync(m => m.Id == id && m.PersonId == caller.PersonId && m.EndedAt == null, cancel);
    }
}
