using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Records.Province;

/// <summary>Staff mark records as entered into the province's system; what is marked stays as it is.</summary>
public static class MarkEntered
{
    /// <summary>Most records marked at once.</summary>
    public const int MaxAtOnce = 500;

    /// <summary>Which.</summary>
    /// <param name="VersionIds">Versions, 1 to 500.</param>
    public sealed record Request(IReadOnlyList<Guid> VersionIds);

    /// <summary>What came of it.</summary>
    /// <param name="Marked">So many are marked now.</param>
    /// <param name="MarkedBefore">So many were.</param>
    /// <param name="Unknown">These aren't records that stand.</param>
    public sealed record Response(int Marked, int MarkedBefore, IReadOnlyList<Guid> Unknown);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A list of a sane length.</summary>
        public Limits() => RuleFor(r => r.VersionIds).Must(v => v is { Count: > 0 and <= MaxAtOnce }).WithMessage("请选 1 到 500 条记录。");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/service-records/province/entries", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker)
        .WithName("markEntered").WithSummary("标记已录入省系统");

    /// <summary>Does it.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, Clock clock)
    {
        /// <summary>What came of it.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            var wanted = body.VersionIds.Distinct().ToArray();
            var standing = await db.Set<ServiceRecord>().Where(r => wanted.Contains(r.Id) && r.Ending == null).Select(r => r.Id).ToListAsync(cancel);
            var before = await db.Set<ProvinceEntry>().Where(e => standing.Contains(e.VersionId)).Select(e => e.VersionId).ToListAsync(cancel);
            var now = clock.Now;
            db.AddRange(standing.Except(before).Select(id => new ProvinceEntry { CommunityId = db.Scope.CommunityId, VersionId = id, EnteredBy = caller.PersonId, EnteredAt = now }));
            return new Response(standing.Count - before.Count, before.Count, [.. wanted.Except(standing)]);
        }, cancel);
    }
}
