using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.MiniProgram;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// The leader's phone was without network, kept what it scanned and ticked, and sends it later: each once, however often it is sent, with the phone's time and
/// the server's. What doesn't fit what is known meanwhile changes nothing and is shown as a conflict, for people to decide.
/// </summary>
public static class UploadKept
{
    /// <summary>Most things in one call.</summary>
    public const int MaxItems = 100;

    /// <summary>How long a phone may keep it.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(48);

    /// <summary>What was kept: a tick on the roster (member and what they did), or a scanned personal code or card.</summary>
    /// <param name="Id">The phone's own id of it, made when it was kept.</param>
    /// <param name="At">When, by the phone's clock.</param>
    /// <param name="Did">In or out; null for a scan, which means in at the first and out at a later one.</param>
    /// <param name="MemberId">Who, for a tick.</param>
    /// <param name="Code">The link of a personal code.</param>
    /// <param name="CardCode">The number on a card.</param>
    public sealed record Item(Guid Id, DateTimeOffset At, Did? Did = null, Guid? MemberId = null, string? Code = null, string? CardCode = null);

    /// <summary>What was kept, in the order in which it happened.</summary>
    /// <param name="SentAt">The phone's clock now: by how much it is off is taken out of the times.</param>
    /// <param name="Items">1 to 100.</param>
    public sealed record Request(DateTimeOffset SentAt, IReadOnlyList<Item> Items);

    /// <summary>What became of one.</summary>
    /// <param name="Id">The phone's id of it.</param>
    /// <param name="Kind">What it did, <see cref="AttendanceEventKind.Same"/> where it was so already, <see cref="AttendanceEventKind.Conflict"/> where it doesn't fit.</param>
    /// <param name="Message">What doesn't fit; null otherwise.</param>
    public sealed record Outcome(Guid Id, AttendanceEventKind Kind, string? Message);

    /// <summary>What came of it.</summary>
    /// <param name="Outcomes">One for each, in the order sent.</param>
    public sealed record Response(IReadOnlyList<Outcome> Outcomes);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Each names somebody in one way.</summary>
        public Limits()
        {
            RuleFor(r => r.Items).Must(i => i is { Count: >= 1 and <= MaxItems } && i.All(x => x is not null && x.Id != Guid.Empty) && i.Select(x => x.Id).Distinct().Count() == i.Count).WithMessage("一次上传 1 到 100 条，每条只传一次。");
            RuleForEach(r => r.Items).Must(i => i is null || IsClear(i)).WithMessage("每条离线记录要么是名单登记，要么是扫的一个码。");
        }

        private static bool IsClear(Item item) => (item.MemberId, item.Code, item.CardCode) switch
        {
            (not null, null, null) => item.Did is not null,
            (null, { Length: > 0 and <= 512 }, null) or (null, null, { Length: > 0 and <= 64 }) => item.Did is null,
            _ => false,
        };
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/shifts/{id:guid}/kept-scans", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Leader, Role.Staff, Role.SocialWorker)
        .WithName("uploadKeptScans").WithSummary("上传断网时留在手机上的签到");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Entrance entrance, IPeople people, IPersonalCodes codes, ICards cards, IIds ids, Clock clock)
    {
        /// <summary>An outcome for each, or <see cref="UnknownShift"/>.</summary>
        public Task<Result<Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await entrance.Led(id, caller, cancel) is not var (shift, activity))
                return new UnknownShift();
            var sent = body.Items.Select(i => i.Id).ToList();
            var before = await db.Set<AttendanceEvent>().AsNoTracking().Where(e => sent.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
            var outcomes = new Dictionary<Guid, Outcome>();
            foreach (var item in body.Items.OrderBy(i => i.At).ThenBy(i => i.Id))
                outcomes[item.Id] = before.TryGetValue(item.Id, out var known)
                    ? new Outcome(item.Id, known.Kind, known.Kind == AttendanceEventKind.Conflict ? known.Note : null)
                    : await One(new Kept(shift, activity, item, clock.Now - (body.SentAt - item.At), caller), cancel);
            return new Response([.. sent.Select(i => outcomes[i])]);
        }, cancel);

        private sealed record Kept(Shift Shift, Activity Activity, Item Item, DateTimeOffset At, Caller Caller)
        {
            public bool IsLate(DateTimeOffset now) => now >= Shift.EndsAt + AttendanceRules.OnTimeAfter;

            // A personal code proves its time by itself, whenever it is sent.
            public CheckWay Way(DateTimeOffset now) => Item.Code is not null ? CheckWay.PersonalCode : IsLate(now) ? CheckWay.Late : Item.CardCode is not null ? CheckWay.Card : CheckWay.Roster;
        }

        private async Task<Outcome> One(Kept kept, CancellationToken cancel)
        {
            var check = new Check(DateTimeOffset.FromUnixTimeMilliseconds(kept.At.ToUnixTimeMilliseconds()), kept.Way(clock.Now), kept.Caller.PersonId);
            Guid? member = kept.Item.MemberId;
            Error? refusal;
            if (!(await Who(kept, check.At, cancel)).TryGet(out var head, out var unread))
            {
                refusal = unread;
            }
            else
            {
                member = head.MemberId;
                if ((await Pass(kept, head, check, cancel)).TryGet(out var passed, out refusal))
                {
                    await entrance.Note(kept.Activity, passed, check, cancel, kept.Item.Id, kept.Item.At.ToUniversalTime());
                    if (passed.Event is { } kind)
                        return new Outcome(kept.Item.Id, kind, null);
                    db.Add(entrance.Event(passed.Attendance, AttendanceEventKind.Same, check, null, kept.Item.Id, kept.Item.At.ToUniversalTime()));
                    await db.SaveChangesAsync(cancel);
                    return new Outcome(kept.Item.Id, AttendanceEventKind.Same, null);
                }
            }

            db.Add(new AttendanceEvent
            {
                CommunityId = kept.Shift.CommunityId,
                Id = kept.Item.Id,
                ShiftId = kept.Shift.Id,
                MemberId = member,
                Kind = AttendanceEventKind.Conflict,
                Way = check.Way,
                At = check.At,
                DeviceAt = kept.Item.At.ToUniversalTime(),
                HeardAt = clock.Now,
                By = check.By,
                Note = refusal.Message,
            });
            await db.SaveChangesAsync(cancel);
            return new Outcome(kept.Item.Id, AttendanceEventKind.Conflict, refusal.Message);
        }

        private async Task<Result<MemberHead>> Who(Kept kept, DateTimeOffset at, CancellationToken cancel)
        {
            var now = clock.Now;
            if (at > now)
                return new TimesWrong();
            if (at < now - MaxAge)
                return new KeptTooLong();
            if (kept.Item.MemberId is { } memberId)
                return (await people.OfMembers([memberId], cancel)).GetValueOrDefault(memberId) is { HasLeft: false } head ? Other(head, kept) : new UnknownNeighbour();
            var scanned = kept.Item.Code is { } code
                ? (await codes.RedeemKept(code, CodePurpose.CheckIn, at, cancel)).Map(c => c.PersonId)
                : (await cards.Holder(kept.Item.CardCode!, kept.Caller.PersonId, cancel)).Map(h => h.PersonId);
            if (!scanned.TryGet(out var person, out var error))
                return error;
            return (await people.OfPersons([person], cancel)).GetValueOrDefault(person) is { HasLeft: false } found ? Other(found, kept) : new UnknownNeighbour();
        }

        private static Result<MemberHead> Other(MemberHead head, Kept kept) => head.PersonId == kept.Caller.PersonId ? new OwnAttendance() : head;

        private async Task<Result<Passed>> Pass(Kept kept, MemberHead head, Check check, CancellationToken cancel)
        {
            if (!(await entrance.Places(kept.Shift, kept.Activity, [head], takesWalkIns: kept.Item.Did != Did.Out, check, cancel)).TryGet(out var signups, out var refusal))
                return refusal;
            var (signup, now) = (signups[head.PersonId], clock.Now);
            var there = await entrance.Of(signup, cancel);
            if (there is null)
                return kept.Item.Did == Did.Out ? new NotCheckedIn() : Door.In(signup, null, check, ids.New(), now);
            if (Near(check.At, there.CheckedInAt) && kept.Item.Did != Did.Out)
                return new Passed(there, null);
            if (there.CheckedOutAt is { } left)
                return kept.Item.Did != Did.In && Near(check.At, left) ? new Passed(there, null)
                    : kept.Item.Did != Did.Out && check.At > left && there.State == AttendanceState.CheckedOut ? Door.In(signup, there, check, ids.New(), now)
                    : new KeptOtherwise();
            if (kept.Item.Did == Did.In || check.At < (there.BackAt ?? there.CheckedInAt))
                return new KeptOtherwise();
            return Door.Out(signup, there, check, now);
        }

        private static bool Near(DateTimeOffset a, DateTimeOffset b) => (a - b).Duration() < AttendanceRules.SameScan;
    }
}
