using FluentValidation;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>The leader scans a volunteer's 我的码 or printed card: in at the first, out at a later one, as when the volunteer scans. Grade A; never one's own.</summary>
public static class ScanPerson
{
    /// <summary>What was scanned; one of the two.</summary>
    /// <param name="Code">The link of a personal code.</param>
    /// <param name="CardCode">The number on a card.</param>
    public sealed record Request(string? Code = null, string? CardCode = null);

    /// <summary>Who it was.</summary>
    /// <param name="Name">What the neighbours call them.</param>
    /// <param name="Person">The attendance.</param>
    public sealed record Response(string Name, CheckedPerson Person);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>One of the two.</summary>
        public Limits() => RuleFor(r => r.Code).Must((r, _) => (r.Code is { Length: > 0 and <= 512 }) != (r.CardCode is { Length: > 0 and <= 64 })).WithMessage("请扫居民的我的码或卡片。");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/shifts/{id:guid}/person-scans", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("scanPersonAtDoor").WithSummary("负责人扫居民的我的码或卡片");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Entrance entrance, IPeople people, IPersonalCodes codes, ICards cards, IIds ids, Clock clock)
    {
        /// <summary>
        /// The person, or <see cref="UnknownShift"/>, <see cref="OwnAttendance"/>, <see cref="UnknownNeighbour"/>, and as <see cref="IPersonalCodes.Redeem"/>,
        /// <see cref="ICards.Holder"/>, <see cref="Entrance.Places"/> and <see cref="Door.Scan"/>.
        /// </summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, activity))
                return new UnknownShift();
            if (!(await Scanned(body, caller, cancel)).TryGet(out var person, out var unread))
                return unread;
            if (person == caller.PersonId)
                return new OwnAttendance();
            if ((await people.OfPersons([person], cancel)).GetValueOrDefault(person) is not { HasLeft: false } member)
                return new UnknownNeighbour();
            var check = new Check(clock.Now, body.Code is null ? CheckWay.Card : CheckWay.PersonalCode, caller.PersonId);
            if (!(await entrance.Places(shift, activity, [member], takesWalkIns: true, check, cancel)).TryGet(out var signups, out var refusal))
                return refusal;
            var signup = signups[person];
            if (!Door.Scan(signup, await entrance.Of(signup, cancel), check, ids.New(), clock.Now).TryGet(out var passed, out var shut))
                return shut;
            await entrance.Note(activity, passed, check, cancel);
            await people.LogLooks(caller.PersonId, [person], $"shift:{id:N}", cancel);
            await db.SaveChangesAsync(cancel);
            return new Response(member.Name, CheckedPerson.Of(passed.Attendance));
        }, cancel);

        private async Task<Result<Guid>> Scanned(Request body, Caller caller, CancellationToken cancel) => body.Code is { } code
            ? (await codes.Redeem(code, CodePurpose.CheckIn, cancel)).Map(c => c.PersonId)
            : (await cards.Holder(body.CardCode!, caller.PersonId, cancel)).Map(h => h.PersonId);
    }
}
