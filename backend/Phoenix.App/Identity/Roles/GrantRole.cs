using System.Text.Json;
using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Roles;

/// <summary>
/// Staff give a member a role. Nobody gives one to themselves; a role that approves needs a second member of staff, unless there is none yet.
/// </summary>
public static class GrantRole
{
    /// <summary>To whom, what, why.</summary>
    /// <param name="MemberId">The member.</param>
    /// <param name="Role">Leader, SocialWorker, Auditor, Staff or Treasurer.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, Role Role, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="IsGranted">Whether the member has the role now.</param>
    /// <param name="ApprovalId">The proposal that waits for a second member of staff; null when there is nothing to wait for.</param>
    public sealed record Response(bool IsGranted, Guid? ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid PersonId, Role Role, string Reason);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/roles", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("grantRole").WithSummary("授予身份");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, RoleBook roles, IApprovals approvals)
    {
        /// <summary>Whether it is done or waits; <see cref="UnknownMember"/>, <see cref="RoleNotGrantable"/>, <see cref="OwnRole"/>, <see cref="AlreadyProposed"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!RoleBook.Grantable.Contains(body.Role))
                return new RoleNotGrantable();
            if (await roles.Member(body.MemberId, cancel) is not { } member)
                return new UnknownMember();
            if (member.PersonId == caller.PersonId)
                return new OwnRole();
            if (!RoleBook.Approvers.Contains(body.Role) || !await roles.HasOtherChecker(caller.PersonId, member.PersonId, cancel))
            {
                await roles.Grant(member.PersonId, body.Role, body.Reason, cancel);
                return new Response(true, null);
            }

            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, $"role:{body.Role}:{member.Id:N}", $"授予 {member.DisplayName} {RoleBook.NameOf(body.Role)}身份",
                    JsonSerializer.Serialize(new Payload(member.PersonId, body.Role, body.Reason), PhoenixJson.Options), Role.Staff, caller.PersonId, member.PersonId, body.Reason),
                cancel);
            return proposed.TryGet(out var id, out var error) ? new Response(false, id) : error;
        }, cancel);
    }

    /// <summary>Carries out what the second member of staff approved.</summary>
    internal sealed class Approved(RoleBook roles) : IApprovalKind
    {
        public const string Name = "role.grant";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            var grant = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!;
            await roles.Grant(grant.PersonId, grant.Role, grant.Reason, cancel);
            return null;
        }
    }
}
