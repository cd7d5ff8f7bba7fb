using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>Staff limit somebody's signing up for a while, with a reason that the person reads, and lift it again.</summary>
public static class SignupLimits
{
    /// <summary>A limit.</summary>
    /// <param name="MemberId">Who.</param>
    /// <param name="Days">1 to 90.</param>
    /// <param name="Reason">As the person reads it, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, int Days, string Reason);

    /// <summary>Why it is lifted.</summary>
    /// <param name="Reason">2 to 200 characters.</param>
    public sealed record LiftRequest(string Reason);

    /// <summary>A limit as it stands.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MemberId">Who; null on one's own page.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Until">From when on the person may sign up again.</param>
    /// <param name="LiftedAt">When it was lifted early.</param>
    public sealed record Item(Guid Id, Guid? MemberId, string Reason, DateTimeOffset Until, DateTimeOffset? LiftedAt);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Days and a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.Days).InclusiveBetween(1, SignupLimit.MaxDays).WithName("天数");
            RuleFor(r => r.Reason).NotEmpty().Length(2, Signup.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The limits of a lifting.</summary>
    public sealed class LiftLimits : AbstractValidator<LiftRequest>
    {
        /// <summary>A reason.</summary>
        public LiftLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, Signup.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/signup-limits", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Add(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("limitSignups").WithSummary("暂停报名");
        community.MapPost("/staff/signup-limits/{id:guid}/lifting", (Guid id, LiftRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Lift(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff).WithName("liftSignupLimit").WithSummary("恢复报名");
    }

    internal static Item Show(SignupLimit l, Guid? memberId) => new(l.Id, memberId, l.Reason, l.Until, l.LiftedAt);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, IPeople people, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The limit, or <see cref="UnknownNeighbour"/>, <see cref="OwnSignup"/>.</summary>
        public Task<Result<Item>> Add(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            if ((await people.OfMembers([body.MemberId], cancel)).GetValueOrDefault(body.MemberId) is not { HasLeft: false } member)
                return new UnknownNeighbour();
            if (member.PersonId == caller.PersonId)
                return new OwnSignup();
            var now = clock.Now;
            var limit = new SignupLimit { CommunityId = db.Scope.CommunityId, Id = ids.New(), PersonId = member.PersonId, Reason = body.Reason.Trim(), From = now, Until = now.AddDays(body.Days) };
            db.Add(limit);
            audit.Write("signup.limited", $"signup-limit:{limit.Id:N}", member.PersonId, body.Reason);
            return Show(limit, body.MemberId);
        }, cancel);

        /// <summary>The limit as lifted, or <see cref="UnknownLimit"/>.</summary>
        public Task<Result<Item>> Lift(Guid id, LiftRequest body, RequestId requestId, CancellationToken cancel) => work.Once<Item>(requestId, async () =>
        {
            if (await db.Set<SignupLimit>().FirstOrDefaultAsync(l => l.Id == id, cancel) is not { } limit)
                return new UnknownLimit();
            if (limit.LiftedAt is null)
            {
                (limit.LiftedAt, limit.LiftReason) = (clock.Now, body.Reason.Trim());
                audit.Write("signup.limit_lifted", $"signup-limit:{limit.Id:N}", limit.PersonId, body.Reason);
            }

            var member = (await people.OfPersons([limit.PersonId], cancel)).GetValueOrDefault(limit.PersonId);
            return Show(limit, member?.MemberId);
        }, cancel);
    }
}
