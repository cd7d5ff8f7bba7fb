using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>续借: the due day is put off, a few times at most; never one's own or the family's.</summary>
public static class ExtendLoan
{
    /// <summary>Until when.</summary>
    /// <param name="DueOn">The new last day, later than the present one, from today to 30 days from today.</param>
    public sealed record Request(DateOnly DueOn);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/equipment-loans/{id:guid}/extension", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker, Role.Leader).WithName("extendEquipmentLoan").WithSummary("续借器材");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, EquipmentDesk desk, EquipmentReader reader, IAuditLog audit)
    {
        /// <summary>The item with its loan, or <see cref="UnknownLoan"/>, <see cref="LoanReturned"/>, <see cref="OwnLoan"/>, <see cref="TooManyExtensions"/>, <see cref="LoanDayWrong"/>.</summary>
        public Task<Result<EquipmentView>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EquipmentView>(requestId, async () =>
        {
            if (!(await desk.LockOpen(id, caller.PersonId, cancel)).TryGet(out var open, out var error))
                return error;
            var (loan, item) = open;
            if (loan.Extensions >= EquipmentLoan.MaxExtensions)
                return new TooManyExtensions();
            if (body.DueOn <= loan.DueOn || !EquipmentDesk.IsDueDay(body.DueOn, reader.Today))
                return new LoanDayWrong();
            loan.Until(body.DueOn, reader.Today);
            loan.Extensions++;
            audit.Write("equipment.extended", $"equipment:{item.Id:N}", loan.BorrowerId);
            return await reader.Show(item, loan, caller, cancel);
        }, cancel);
    }
}
