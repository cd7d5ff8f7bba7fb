using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>
/// A ticket is used: the person, with children where they come along, is checked in, and at the next scan out. The time is that of the scan. The ticket is its
/// own request id: used again for the same people it answers the same, and nothing happens twice.
/// </summary>
public static class CheckIn
{
    /// <summary>Who stands at the door.</summary>
    /// <param name="Ticket">See <see cref="OpenTicket"/>.</param>
    /// <param name="MemberIds">Oneself and one's children, without who is absent; empty for oneself alone.</param>
    public sealed record Request(string Ticket, IReadOnlyList<Guid>? MemberIds = null);

    /// <summary>What came of it.</summary>
    /// <param name="ShiftId">The shift.</param>
    /// <param name="People">One for each person.</param>
    public sealed record Response(Guid ShiftId, IReadOnlyList<CheckedPerson> People);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A family.</summary>
        public Limits()
        {
            RuleFor(r => r.Ticket).NotEmpty().MaximumLength(200).WithName("签到凭据");
            RuleFor(r => r.MemberIds).Must(m => m is null || (m.Count <= JoinShift.MaxPeople && m.Distinct().Count() == m.Count)).WithMessage("一次最多签 8 个人，每人只选一次。");
        }
    }

    /// <summary>The route. The request id that counts is the ticket's: a client that lost its own can't make two of one scan.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/check-in", (Request body, RequestId _, Caller caller, Handler handler, CancellationToken cancel) =>
            handler.Run(body, caller, cancel).ToHttp())
        .RequireRole(Role.Member).WithMetadata(new OneAtATime("check-in"))
        .WithName("checkIn").WithSummary("签到或签退，可带孩子");

    /// <summary>
    /// Does it, for one person on the list with nothing but the writer: at the door thousands come at once. What the longer way needs is made only where
    /// somebody goes it.
    /// </summary>
    internal sealed class Handler(CommunityScope scope, IServiceProvider services, Tickets tickets, CheckInWriter writer)
    {
        /// <summary>
        /// The attendances, or <see cref="TicketUnreadable"/>, <see cref="TicketOver"/>, <see cref="TicketUsed"/>, <see cref="UnknownShift"/>,
        /// <see cref="NotYourChild"/>, and as <see cref="Door.Scan"/> and <see cref="Entrance.Places"/>. All of them or none.
        /// </summary>
        public async Task<Result<Response>> Run(Request body, Caller caller, CancellationToken cancel)
        {
            if (!tickets.Read(body.Ticket, scope.CommunityId).TryGet(out var ticket, out var unreadable))
                return unreadable;
            var members = body.MemberIds ?? [];
            var request = ticket.Request(caller.PersonId, members);
            if (members.Count == 0)
            {
                if (!(await writer.Submit(new ScanItem(ticket, caller.PersonId, request), cancel)).TryGet(out var done, out var error))
                    return Said(error);
                if (done is not null)
                    return done;
            }

            var slowly = await services.GetRequiredService<Longer>().Run(request, ticket, members, caller, cancel);
            return slowly.Error is { } refusal ? Said(refusal) : slowly;
        }

        private static Error Said(Error error) => error is RequestIdReused ? new TicketUsed() : error;
    }

    /// <summary>For families, walk-ins, and who was held to be absent.</summary>
    internal sealed class Longer(PhoenixDb db, UnitOfWork work, Tickets tickets, Entrance entrance, IPeople people, IDocumentConsents consents, IIds ids, Clock clock)
    {
        /// <summary>As <see cref="Handler.Run"/>, in one unit of work under the ticket's id.</summary>
        public Task<Result<Response>> Run(RequestId request, Ticket ticket, IReadOnlyList<Guid> members, Caller caller, CancellationToken cancel) =>
            work.Once<Response>(request, () => Pass(ticket, members, caller, cancel), cancel);

        private async Task<Result<Response>> Pass(Ticket ticket, IReadOnlyList<Guid> memberIds, Caller caller, CancellationToken cancel)
        {
            if (tickets.IsOver(ticket))
                return new TicketOver();
            if (await db.LockShift(ticket.ShiftId, cancel) is not { } shift)
                return new UnknownShift();
            if (!(await Family(memberIds, caller, cancel)).TryGet(out var members, out var stranger))
                return stranger;
            if (await consents.Missing(caller.PersonId, cancel) is { } unread)
                return unread;
            var activity = await db.Set<Activity>().SingleAsync(a => a.Id == shift.ActivityId, cancel);
            var check = new Check(ticket.ScannedAt, ticket.Way, caller.PersonId);
            if (!(await entrance.Places(shift, activity, members, takesWalkIns: ticket.Way == CheckWay.Scan, check, cancel)).TryGet(out var signups, out var refusal))
                return refusal;
            var done = new List<CheckedPerson>();
            foreach (var signup in members.Select(m => signups[m.PersonId]))
            {
                if (!Door.Scan(signup, await entrance.Of(signup, cancel), check, ids.New(), clock.Now).TryGet(out var passed, out var shut))
                    return shut;
                await entrance.Note(activity, passed, check, cancel);
                done.Add(CheckedPerson.Of(passed.Attendance));
            }

            return new Response(shift.Id, done);
        }

        private async Task<Result<List<MemberHead>>> Family(IReadOnlyList<Guid> memberIds, Caller caller, CancellationToken cancel)
        {
            var self = (await people.OfPersons([caller.PersonId], cancel)).GetValueOrDefault(caller.PersonId);
            if (self is null)
                return new NotYourChild();
            if (memberIds.Count == 0)
                return new List<MemberHead> { self };
            var mine = (await people.ActsFor(caller.PersonId, cancel)).Where(a => a.IsChild).Select(a => a.Member).Append(self).Where(m => !m.HasLeft).ToDictionary(m => m.MemberId);
            return memberIds.All(mine.ContainsKey) ? memberIds.Order().Select(id => mine[id]).ToList() : new NotYourChild();
        }
    }
}
