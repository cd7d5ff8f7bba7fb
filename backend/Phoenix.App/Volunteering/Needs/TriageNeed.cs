using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>What staff decide about a need.</summary>
public enum NeedDecision
{
    /// <summary>受理.</summary>
    Accept,

    /// <summary>没法受理, with a reason.</summary>
    Decline,

    /// <summary>转介: to paid staff, the hospital, another service.</summary>
    Refer,
}

/// <summary>
/// Staff take a need on, decline it with a reason that the family is told, or refer it to a service that helps better. What was taken on and can't be arranged is
/// still declined or referred. Never one's own or the family's.
/// </summary>
public static class TriageNeed
{
    /// <summary>The decision.</summary>
    /// <param name="Decision">What.</param>
    /// <param name="Answer">What the family is told; needed unless it is accepted, 2 to 200 characters.</param>
    /// <param name="ReferredTo">Who helps instead, 2 to 40 characters; needed to refer.</param>
    public sealed record Request(NeedDecision Decision, string? Answer = null, string? ReferredTo = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason where it isn't accepted, a service where it is referred.</summary>
        public Limits()
        {
            RuleFor(r => r.Decision).IsInEnum().WithName("决定");
            RuleFor(r => r.Answer).NotEmpty().MinimumLength(2).When(r => r.Decision != NeedDecision.Accept).WithName("告诉对方的话");
            RuleFor(r => r.Answer).MaximumLength(Need.MaxAnswerLength).WithName("告诉对方的话");
            RuleFor(r => r.ReferredTo).NotEmpty().MinimumLength(2).MaximumLength(Need.MaxServiceLength).When(r => r.Decision == NeedDecision.Refer).WithName("转给谁");
            RuleFor(r => r.ReferredTo).Null().When(r => r.Decision != NeedDecision.Refer).WithName("转给谁");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/needs/{id:guid}/triage", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff, Role.SocialWorker).WithName("triageNeed").WithSummary("受理、转介或说明没法受理");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, NeedDesk desk, NeedNotices notices, StaffNeeds.Reader reader, IAuditLog audit, Clock clock)
    {
        /// <summary>The need as decided, or <see cref="UnknownNeed"/>, <see cref="OwnNeed"/>, <see cref="NeedStateWrong"/>.</summary>
        public Task<Result<StaffNeeds.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<StaffNeeds.Item>(requestId, async () =>
        {
            if (!(await desk.LockForStaff(id, caller.PersonId, cancel)).TryGet(out var need, out var error))
                return error;
            if (need.State != NeedState.Raised && (need.State != NeedState.Accepted || body.Decision == NeedDecision.Accept))
                return new NeedStateWrong(NeedWords.Of(need.State));
            var now = clock.Now;
            (need.TriagedBy, need.TriagedAt, need.Answer, need.ReferredTo) = (caller.PersonId, now, Text.OrNull(body.Answer), Text.OrNull(body.ReferredTo));
            if (body.Decision == NeedDecision.Accept)
                need.Become(NeedState.Accepted);
            else
                need.End(body.Decision == NeedDecision.Decline ? NeedState.Declined : NeedState.Referred, caller.PersonId, now);
            audit.Write(body.Decision switch { NeedDecision.Accept => "need.accepted", NeedDecision.Decline => "need.declined", _ => "need.referred" }, $"need:{id:N}", need.HelpedId, need.Answer);
            await notices.Progress(need, caller.PersonId, null, need.ReferredTo is { } service ? $"请找{service}，{need.Answer}" : need.Answer, cancel);
            return await reader.Show(need, caller, cancel);
        }, cancel);
    }
}
