using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Staff register an item, which gets its number here, and change what is said of it. Residents read the name and the place, so both are checked.</summary>
public static class SaveEquipment
{
    /// <summary>An item as it is to be.</summary>
    /// <param name="Name">What it is, 1 to 20 characters: 轮椅.</param>
    /// <param name="Kind">What it is for.</param>
    /// <param name="StationId">The station where it stands; one of the two.</param>
    /// <param name="Place">Where it stands, 1 to 40 characters; one of the two.</param>
    /// <param name="Note">What colleagues should know, at most 100 characters.</param>
    /// <param name="Version">The version that was edited; 0 for a new one.</param>
    public sealed record Request(string Name, EquipmentKind Kind, Guid? StationId = null, string? Place = null, string? Note = null, int Version = 0);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Lengths, a kind, and one place.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(EquipmentItem.MaxNameLength).WithName("名称");
            RuleFor(r => r.Kind).IsInEnum().WithName("类别");
            RuleFor(r => r.Place).MaximumLength(EquipmentItem.MaxPlaceLength).WithName("放在哪里");
            RuleFor(r => r.Place).Must((r, place) => (r.StationId is null) != string.IsNullOrWhiteSpace(place)).WithMessage("请选一个站点，或写明放在哪里。").WithName("放在哪里");
            RuleFor(r => r.Note).MaximumLength(EquipmentItem.MaxNoteLength).WithName("备注");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/equipment", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(null, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("addEquipment").WithSummary("登记器材");
        community.MapPut("/staff/equipment/{id:guid}", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("changeEquipment").WithSummary("修改器材");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, EquipmentDesk desk, EquipmentReader reader, IContentCheck content, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>
        /// The item, or <see cref="UnknownEquipment"/>, <see cref="StaleEdit"/>, <see cref="EquipmentStateWrong"/>, <see cref="UnknownStation"/>, <see cref="TooMuchEquipment"/>, or what the
        /// check of the texts refuses.
        /// </summary>
        public async Task<Result<EquipmentView>> Run(Guid? id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<EquipmentView>(requestId, cancel) is { } before)
                return before;
            // Whoever writes it is staff and would be who judges it: what WeChat can't judge may stand.
            if ((await content.Text(caller.PersonId, ContentScene.Forum, [body.Name, body.Place ?? ""], cancel)).Error is { } risky)
                return risky;
            return await work.Once<EquipmentView>(requestId, async () =>
            {
                if (!(id is { } known ? await desk.Lock(known, cancel) : await New(body, cancel)).TryGet(out var item, out var error))
                    return error;
                if (item.Version != body.Version)
                    return new StaleEdit();
                if (item.State == EquipmentState.Retired)
                    return new EquipmentStateWrong(EquipmentWords.Of(item.State));
                if (body.StationId is { } station && !await db.Set<Station>().AnyAsync(s => s.Id == station && (!s.IsArchived || s.Id == item.StationId), cancel))
                    return new UnknownStation();
                (item.Name, item.Kind, item.StationId, item.Place, item.Note) = (body.Name.Trim(), body.Kind, body.StationId, Text.OrNull(body.Place), Text.OrNull(body.Note));
                item.Version++;
                audit.Write(id is null ? "equipment.added" : "equipment.changed", $"equipment:{item.Id:N}");
                return await reader.Show(item, await desk.OpenLoan(item.Id, cancel), caller, cancel);
            }, cancel);
        }

        private async Task<Result<EquipmentItem>> New(Request body, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            if (await db.Set<EquipmentItem>().CountAsync(i => i.State != EquipmentState.Retired, cancel) >= EquipmentItem.MaxPerCommunity)
                return new TooMuchEquipment();
            var item = new EquipmentItem
            {
                CommunityId = db.Scope.CommunityId,
                Id = ids.New(),
                Number = (await db.Set<EquipmentItem>().MaxAsync(i => (int?)i.Number, cancel) ?? 0) + 1,
                Name = body.Name,
                RegisteredAt = clock.Now,
            };
            db.Add(item);
            return item;
        }
    }
}
