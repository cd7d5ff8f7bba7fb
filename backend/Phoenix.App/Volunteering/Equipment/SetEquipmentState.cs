using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Staff send an item to repair, take it back from there, or retire it for good; not while somebody has it.</summary>
public static class SetEquipmentState
{
    /// <summary>The state.</summary>
    /// <param name="State">Which.</param>
    public sealed record Request(EquipmentState State);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A state that there is.</summary>
        public Limits() => RuleFor(r => r.State).IsInEnum().WithName("状态");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/equipment/{id:guid}/state", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithName("setEquipmentState").WithSummary("送修、修好或停用器材");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, EquipmentDesk desk, EquipmentReader reader, IAuditLog audit)
    {
        /// <summary>The item in the state, also where it was in it; or <see cref="UnknownEquipment"/>, <see cref="EquipmentStateWrong"/>, <see cref="EquipmentOut"/>.</summary>
        public Task<Result<EquipmentView>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EquipmentView>(requestId, async () =>
        {
            if (!(await desk.Lock(id, cancel)).TryGet(out var item, out var error))
                return error;
            if (await desk.OpenLoan(id, cancel) is not null)
                return new EquipmentOut();
            if (item.State != body.State)
            {
                if (item.State == EquipmentState.Retired)
                    return new EquipmentStateWrong(EquipmentWords.Of(item.State));
                (item.State, item.Version) = (body.State, item.Version + 1);
                audit.Write(body.State switch { EquipmentState.Ready => "equipment.repaired", EquipmentState.Repair => "equipment.broken", _ => "equipment.retired" }, $"equipment:{id:N}");
            }

            return await reader.Show(item, null, caller, cancel);
        }, cancel);
    }
}
