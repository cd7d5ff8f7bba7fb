using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Places;

/// <summary>Staff add a place to the tree, rename it, move it to another parent of the same level, or archive it.</summary>
public static class SavePlace
{
    /// <summary>A new place.</summary>
    /// <param name="Kind">Its level.</param>
    /// <param name="ParentId">The place one level up; null for a grid.</param>
    /// <param name="Name">1 to 40 characters, unique among its siblings.</param>
    public sealed record NewRequest(PlaceKind Kind, Guid? ParentId, string Name);

    /// <summary>A place as it is to be.</summary>
    /// <param name="ParentId">The place one level up; null for a grid.</param>
    /// <param name="Name">1 to 40 characters, unique among its siblings.</param>
    /// <param name="IsArchived">Whether it is no longer offered; refused while a place below it is.</param>
    /// <param name="Version">The version that was edited.</param>
    public sealed record ChangeRequest(Guid? ParentId, string Name, bool IsArchived, int Version);

    /// <summary>The limits of a new place.</summary>
    public sealed class NewLimits : AbstractValidator<NewRequest>
    {
        /// <summary>A name.</summary>
        public NewLimits() => RuleFor(r => r.Name).NotEmpty().MaximumLength(Place.MaxNameLength).WithName("名称");
    }

    /// <summary>The limits of a change.</summary>
    public sealed class ChangeLimits : AbstractValidator<ChangeRequest>
    {
        /// <summary>A name.</summary>
        public ChangeLimits() => RuleFor(r => r.Name).NotEmpty().MaximumLength(Place.MaxNameLength).WithName("名称");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/places", (NewRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Add(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("addPlace").WithSummary("新增网格、小区或楼栋");
        community.MapPut("/places/{id:guid}", (Guid id, ChangeRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Change(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("changePlace").WithSummary("修改网格、小区或楼栋");
    }

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IIds ids)
    {
        /// <summary>The place, or <see cref="PlaceParentWrong"/>, <see cref="PlaceNameTaken"/>.</summary>
        public Task<Result<ListPlaces.Item>> Add(NewRequest body, RequestId requestId, CancellationToken cancel) => work.Once<ListPlaces.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var place = new Place { CommunityId = db.Scope.CommunityId, Id = ids.New(), Kind = body.Kind, ParentId = body.ParentId, Name = body.Name.Trim(), Version = 1 };
            if (await Check(place, cancel) is { } refusal)
                return refusal;
            db.Add(place);
            return ListPlaces.Show(place);
        }, cancel);

        /// <summary>The place, or <see cref="UnknownPlace"/>, <see cref="StaleEdit"/>, <see cref="PlaceParentWrong"/>, <see cref="PlaceNameTaken"/>, <see cref="PlaceInUse"/>.</summary>
        public Task<Result<ListPlaces.Item>> Change(Guid id, ChangeRequest body, RequestId requestId, CancellationToken cancel) => work.Once<ListPlaces.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Place>().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } place)
                return new UnknownPlace();
            if (place.Version != body.Version)
                return new StaleEdit();
            (place.ParentId, place.Name) = (body.ParentId, body.Name.Trim());
            if (await Check(place, cancel) is { } refusal)
                return refusal;
            if (body.IsArchived && await db.Set<Place>().AnyAsync(p => p.ParentId == id && !p.IsArchived, cancel))
                return new PlaceInUse();
            (place.IsArchived, place.Version) = (body.IsArchived, place.Version + 1);
            return ListPlaces.Show(place);
        }, cancel);

        private async Task<Error?> Check(Place place, CancellationToken cancel)
        {
            var parent = place.ParentId is { } above ? await db.Set<Place>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == above, cancel) : null;
            var isRight = place.Kind == PlaceKind.Grid ? place.ParentId is null : parent is { IsArchived: false } && parent.Kind == place.Kind - 1;
            if (!isRight)
                return new PlaceParentWrong();
            return await db.Set<Place>().AnyAsync(p => p.Id != place.Id && p.ParentId == place.ParentId && p.Name == place.Name, cancel) ? new PlaceNameTaken() : null;
        }
    }
}
