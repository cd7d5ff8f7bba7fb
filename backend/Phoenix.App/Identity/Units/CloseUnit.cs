using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>Staff close a unit: its people are in it no more, nobody speaks for it, its code is over. Records that name it stay as they are.</summary>
public static class CloseUnit
{
    /// <summary>Why.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/units/{id:guid}/closure", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("closeUnit").WithSummary("停用单位");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book, IJoinCodes codes, IAuditLog audit, Clock clock)
    {
        /// <summary>The unit as it now is, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>.</summary>
        public Task<Result<ListUnits.Item>> Run(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListUnits.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.Open(id, cancel)).TryGet(out var unit, out var error))
                return error;
            await book.End(id, await db.Set<UnitMember>().Where(m => m.UnitId == id && m.EndedAt == null).ToListAsync(cancel), "unit.member_ended", body.Reason, cancel);
            foreach (var contact in await db.Set<UnitContact>().Where(c => c.UnitId == id).ToListAsync(cancel))
                await book.RemoveContact(contact, body.Reason, cancel);
            await codes.End(JoinPurpose.Unit, id, cancel);
            unit.ClosedAt = clock.Now;
            audit.Write("unit.closed", $"unit:{id:N}", reason: body.Reason);
            return ListUnits.Show(unit);
        }, cancel);
    }
}
