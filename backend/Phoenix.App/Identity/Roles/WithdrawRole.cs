using FluentValidation;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Roles;

/// <summary>Staff take a role away, at once: also their own, as long as somebody else has it.</summary>
public static class WithdrawRole
{
    /// <summary>From whom, what, why.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Role">The role.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, Role Role, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Role">The role that they don't have any more.</param>
    public sealed record Response(Guid MemberId, Role Role);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/roles/withdrawal", (
            Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("withdrawRole").WithSummary("取消身份");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, RoleBook roles)
    {
        /// <summary>What was taken, or <see cref="UnknownMember"/>, <see cref="RoleNotGrantable"/>, <see cref="RoleNotHeld"/>, <see cref="LastApprover"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!RoleBook.Grantable.Contains(body.Role))
                return new RoleNotGrantable();
            if (await roles.Member(body.MemberId, cancel) is not { } member)
                return new UnknownMember();
            return await roles.Withdraw(member.PersonId, body.Role, body.Reason, cancel) is { } refusal ? refusal : new Response(body.MemberId, body.Role);
        }, cancel);
    }
}
