using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Places;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Teams;

/// <summary>Everybody sees the stations; staff add and change them.</summary>
public static class StationDesk
{
    /// <summary>A station as it is to be.</summary>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Name">1 to 40 characters, unique.</param>
    /// <param name="PlaceId">Where in the place tree.</param>
    /// <param name="Address">1 to 100 characters.</param>
    /// <param name="OpeningHours">In words, at most 100 characters.</param>
    /// <param name="Phone">At most 20 characters.</param>
    /// <param name="IsArchived">Whether it is closed for good.</param>
    /// <param name="Version">The version that was edited; 0 for a new one.</param>
    public sealed record Request(StationKind Kind, string Name, Guid? PlaceId, string Address, string? OpeningHours = null, string? Phone = null, bool IsArchived = false, int Version = 0);

    /// <summary>A station.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">Which kind.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="PlaceId">Where in the place tree.</param>
    /// <param name="Address">In words.</param>
    /// <param name="OpeningHours">In words.</param>
    /// <param name="Phone">Whom to call.</param>
    /// <param name="IsArchived">Whether it is closed for good.</param>
    /// <param name="Version">Of its last edit.</param>
    public sealed record Item(Guid Id, StationKind Kind, string Name, Guid? PlaceId, string Address, string? OpeningHours, string? Phone, bool IsArchived, int Version);

    /// <summary>A station with what its page says.</summary>
    /// <param name="Station">The station.</param>
    /// <param name="Place">Where in the place tree, in words.</param>
    public sealed record Detail(Item Station, string? Place);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Lengths.</summary>
        public Limits()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(Station.MaxNameLength).WithName("名称");
            RuleFor(r => r.Address).NotEmpty().MaximumLength(Station.MaxTextLength).WithName("地址");
            RuleFor(r => r.OpeningHours).MaximumLength(Station.MaxTextLength).WithName("开放时间");
            RuleFor(r => r.Phone).MaximumLength(20).WithName("电话");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/stations", List).AllowAnyone().WithName("listStations").WithSummary("志愿服务站和文明实践站");
        community.MapGet("/stations/{id:guid}", (Guid id, Handler handler, CancellationToken cancel) => handler.Get(id, cancel).ToHttp())
            .AllowAnyone().WithName("getStation").WithSummary("一个站点");
        community.MapPost("/stations", (Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(null, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("addStation").WithSummary("新增站点");
        community.MapPut("/stations/{id:guid}", (Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Save(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("changeStation").WithSummary("修改站点");
    }

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, [FromQuery] bool? archived, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<string?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var withArchived = archived is true;
        var stations = db.Set<Station>().AsNoTracking().Where(s => withArchived || !s.IsArchived);
        if (at.After is { } after)
            stations = stations.Where(s => s.Name.CompareTo(after) > 0);
        var rows = await stations.OrderBy(s => s.Name).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Name));
    }

    private static Item Show(Station s) => new(s.Id, s.Kind, s.Name, s.PlaceId, s.Address, s.OpeningHours, s.Phone, s.IsArchived, s.Version);

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IIds ids)
    {
        /// <summary>The station, or <see cref="UnknownStation"/>.</summary>
        public async Task<Result<Detail>> Get(Guid id, CancellationToken cancel) =>
            await db.Set<Station>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is { } station
                ? new Detail(Show(station), await PlaceWords.Of(db, station.PlaceId, cancel))
                : new UnknownStation();

        /// <summary>The station, or <see cref="UnknownStation"/>, <see cref="UnknownPlace"/>, <see cref="StaleEdit"/>, <see cref="StationNameTaken"/>.</summary>
        public Task<Result<Item>> Save(Guid? id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var station = id is null
                ? new Station { CommunityId = db.Scope.CommunityId, Id = ids.New(), Name = body.Name, Address = body.Address }
                : await db.Set<Station>().FirstOrDefaultAsync(s => s.Id == id, cancel);
            if (station is null)
                return new UnknownStation();
            if (station.Version != body.Version)
                return new StaleEdit();
            var name = body.Name.Trim();
            if (await db.Set<Station>().AnyAsync(s => s.Id != station.Id && s.Name == name, cancel))
                return new StationNameTaken();
            if (body.PlaceId is { } place && !await db.Set<Place>().AnyAsync(p => p.Id == place && !p.IsArchived, cancel))
                return new UnknownPlace();
            (station.Kind, station.Name, station.PlaceId, station.Address) = (body.Kind, name, body.PlaceId, body.Address.Trim());
            (station.OpeningHours, station.Phone, station.IsArchived) = (Text.OrNull(body.OpeningHours), Text.OrNull(body.Phone), body.IsArchived);
            station.Version++;
            if (id is null)
                db.Add(station);
            return Show(station);
        }, cancel);
    }
}
