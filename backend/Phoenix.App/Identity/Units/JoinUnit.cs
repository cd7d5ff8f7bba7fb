using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>A member joins a unit, by the code that its contact gave out or by confirming that contact's proposal. Nobody is put into a unit by others.</summary>
public static class JoinUnit
{
    /// <summary>The code.</summary>
    /// <param name="Code">8 letters and digits, in any case; hyphens and spaces don't matter.</param>
    /// <param name="SharesHours">Whether the unit may see the caller's hours; not, unless the box was ticked.</param>
    public sealed record Request(string Code, bool SharesHours = false);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code is there.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(40).WithName("加入码");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/unit-memberships", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.ByCode(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
            .WithName("joinUnit").WithSummary("用加入码加入单位");
        community.MapPost("/unit-memberships/{id:guid}/confirmation", (Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Confirm(id, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("confirmUnit").WithSummary("确认加入单位");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, UnitBook book, IJoinCodes codes, IDocumentConsents consents, Clock clock, IIds ids)
    {
        /// <summary>The membership, or <see cref="JoinCodeWrong"/>, <see cref="AlreadyInUnit"/>, <see cref="TooManyUnits"/>, <see cref="SharingTooYoung"/>, or what <see cref="IDocumentConsents.Missing"/> refuses.</summary>
        public Task<Result<ListMyUnits.Item>> ByCode(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListMyUnits.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await codes.Use(JoinPurpose.Unit, body.Code, cancel)).TryGet(out var unitId, out var error) || !(await book.Open(unitId, cancel)).TryGet(out var unit, out error))
                return error;
            var place = await book.Present(unitId, caller.PersonId, cancel);
            if (place?.JoinedAt is not null)
                return new AlreadyInUnit();
            if (await consents.Missing(caller.PersonId, cancel) is { } refusal)
                return refusal;
            if (place is null)
                db.Add(place = new UnitMember { CommunityId = db.Scope.CommunityId, Id = ids.New(), UnitId = unitId, PersonId = caller.PersonId });
            if (await book.Join(place, cancel) is { } tooMany)
                return tooMany;
            if (body.SharesHours && await book.Share(place, true, cancel) is { } tooYoung)
                return tooYoung;
            return await Shown(place, unit, cancel);
        }, cancel);

        /// <summary>
        /// The membership, or <see cref="UnknownUnitMembership"/>, <see cref="AlreadyInUnit"/>, <see cref="UnitProposalOver"/>, <see cref="TooManyUnits"/>, or the
        /// refusal of <see cref="IDocumentConsents.Missing"/>.
        /// </summary>
        public Task<Result<ListMyUnits.Item>> Confirm(Guid id, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListMyUnits.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<UnitMember>().FirstOrDefaultAsync(m => m.Id == id && m.PersonId == caller.PersonId && m.EndedAt == null, cancel) is not { } place)
                return new UnknownUnitMembership();
            if (place.JoinedAt is not null)
                return new AlreadyInUnit();
            if (place.IsStale(clock.Now))
                return new UnitProposalOver();
            if (await consents.Missing(caller.PersonId, cancel) is { } refusal)
                return refusal;
            if (await book.Join(place, cancel) is { } tooMany)
                return tooMany;
            return await Shown(place, await db.Set<Unit>().SingleAsync(u => u.Id == place.UnitId, cancel), cancel);
        }, cancel);

        private async Task<ListMyUnits.Item> Shown(UnitMember place, Unit unit, CancellationToken cancel)
        {
            await db.SaveChangesAsync(cancel);
            var isPrimary = await db.Set<UnitPrimary>().AnyAsync(p => p.PersonId == place.PersonId && p.UnitId == unit.Id && p.EndedAt == null, cancel);
            return ListMyUnits.Show(place, unit.Name, unit.Kind, isPrimary);
        }
    }
}
