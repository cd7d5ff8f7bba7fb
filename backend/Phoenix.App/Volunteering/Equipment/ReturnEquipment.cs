using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>An item comes back, whole or broken; broken ones go to repair. Never taken back by who borrowed it, since somebody else looks at it.</summary>
public static class ReturnEquipment
{
    /// <summary>How it came back.</summary>
    /// <param name="Condition">Whole or broken.</param>
    /// <param name="Note">What is to be said about it, at most 100 characters.</param>
    public sealed record Request(ReturnCondition Condition, string? Note = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A condition that there is, and a sane length.</summary>
        public Limits()
        {
            RuleFor(r => r.Condition).IsInEnum().WithName("情况");
            RuleFor(r => r.Note).MaximumLength(EquipmentLoan.MaxNoteLength).WithName("说明");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/equipment-loans/{id:guid}/return", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Leader).WithName("returnEquipment").WithSummary("收回器材");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, EquipmentDesk desk, EquipmentReader reader, LoanNotices notices, IAuditLog audit, Clock clock)
    {
        /// <summary>The item as it is now, or <see cref="UnknownLoan"/>, <see cref="LoanReturned"/>, <see cref="OwnLoan"/>.</summary>
        public Task<Result<EquipmentView>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EquipmentView>(requestId, async () =>
        {
            if (!(await desk.LockOpen(id, caller.PersonId, cancel)).TryGet(out var open, out var error))
                return error;
            var (loan, item) = open;
            (loan.ReturnedAt, loan.ReturnedTo, loan.Condition, loan.Note) = (clock.Now, caller.PersonId, body.Condition, Text.OrNull(body.Note));
            if (body.Condition == ReturnCondition.Broken)
                (item.State, item.Version) = (EquipmentState.Repair, item.Version + 1);
            audit.Write("equipment.returned", $"equipment:{item.Id:N}", loan.BorrowerId);
            await notices.Returned(loan, item, cancel);
            return await reader.Show(item, null, caller, cancel);
        }, cancel);
    }
}
