using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>Staff enter a unit, or change its name or kind. Records keep the name that they were written with.</summary>
public static class EnterUnit
{
    /// <summary>The unit.</summary>
    /// <param name="Name">2 to 40 characters; no other open unit has it.</param>
    /// <param name="Kind">What it is.</param>
    public sealed record Request(string Name, UnitKind Kind);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A name.</summary>
        public Limits() => RuleFor(r => r.Name).NotEmpty().Length(2, Unit.MaxNameLength).Must(n => Unit.NameOf(n ?? "").Length >= 2).WithName("单位名称");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/units", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Enter(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("enterUnit").WithSummary("登记单位");
        community.MapPut("/units/{id:guid}", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Change(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("changeUnit").WithSummary("修改单位名称或类别");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book, IAuditLog audit, Clock clock, IIds ids)
    {
        /// <summary>The unit, or <see cref="UnitNameTaken"/>.</summary>
        public Task<Result<ListUnits.Item>> Enter(Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListUnits.Item>(requestId, async () =>
        {
            var name = Unit.NameOf(body.Name);
            if (await IsTaken(name, null, cancel))
                return new UnitNameTaken();
            var unit = new Unit { CommunityId = db.Scope.CommunityId, Id = ids.New(), Name = name, SortKey = ChineseOrder.KeyOf(name), Kind = body.Kind, CreatedAt = clock.Now };
            db.Add(unit);
            audit.Write("unit.entered", $"unit:{unit.Id:N}");
            return ListUnits.Show(unit);
        }, cancel);

        /// <summary>The unit as it now is, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>, <see cref="UnitNameTaken"/>.</summary>
        public Task<Result<ListUnits.Item>> Change(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<ListUnits.Item>(requestId, async () =>
        {
            if (!(await book.Open(id, cancel)).TryGet(out var unit, out var error))
                return error;
            var name = Unit.NameOf(body.Name);
            if (await IsTaken(name, id, cancel))
                return new UnitNameTaken();
            (unit.Name, unit.SortKey, unit.Kind) = (name, ChineseOrder.KeyOf(name), body.Kind);
            audit.Write("unit.changed", $"unit:{id:N}");
            return ListUnits.Show(unit);
        }, cancel);

        private Task<bool> IsTaken(string name, Guid? but, CancellationToken cancel) =>
            db.Set<Unit>().AnyAsync(u => u.Name == name && u.ClosedAt == null && u.Id != but, cancel);
    }
}
