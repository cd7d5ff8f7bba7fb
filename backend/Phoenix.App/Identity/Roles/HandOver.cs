using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Roles;

/// <summary>
/// 离任交接: everything that a leaving colleague does goes to a named successor in one step: working roles, and what the modules hand over (shifts,
/// statements). Staff prepare it; a second member of staff approves it, unless there is none; neither the successor nor the leaver decides.
/// </summary>
public static class HandOver
{
    /// <summary>Who leaves, who follows, why.</summary>
    /// <param name="MemberId">Who leaves; may be the caller.</param>
    /// <param name="SuccessorId">Who follows.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid MemberId, Guid SuccessorId, string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="Moved">What went over, a Chinese line each; empty while it waits.</param>
    /// <param name="ApprovalId">The proposal that waits for a second member of staff; null when it is done.</param>
    public sealed record Response(IReadOnlyList<string> Moved, Guid? ApprovalId);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid From, Guid To, string Reason);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/hand-over", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("handOver").WithSummary("离任交接");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, RoleBook roles, Mover mover, IApprovals approvals)
    {
        /// <summary>What went over or waits; <see cref="UnknownMember"/>, <see cref="SuccessorSame"/>, <see cref="OwnRole"/>, <see cref="NothingToHandOver"/>.</summary>
        public Task<Result<Response>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await roles.Member(body.MemberId, cancel) is not { } leaver || await roles.Member(body.SuccessorId, cancel) is not { } successor)
                return new UnknownMember();
            if (leaver.Id == successor.Id)
                return new SuccessorSame();
            if (successor.PersonId == caller.PersonId)
                return new OwnRole();
            var payload = new Payload(leaver.PersonId, successor.PersonId, body.Reason);
            if (!await mover.HasAnything(payload.From, cancel))
                return new NothingToHandOver();
            if (!await roles.HasOtherChecker(caller.PersonId, successor.PersonId, cancel))
                return new Response(await mover.Move(payload, cancel), null);
            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, $"hand-over:{leaver.Id:N}", $"{leaver.DisplayName} 离任，工作交接给 {successor.DisplayName}",
                    JsonSerializer.Serialize(payload, PhoenixJson.Options), Role.Staff, caller.PersonId, successor.PersonId, body.Reason),
                cancel);
            return proposed.TryGet(out var id, out var error) ? new Response([], id) : error;
        }, cancel);
    }

    /// <summary>Moves roles and what the modules registered.</summary>
    internal sealed class Mover(PhoenixDb db, RoleBook roles, IEnumerable<IHandOverPart> parts, IAuditLog audit, Clock clock)
    {
        public Task<bool> HasAnything(Guid person, CancellationToken cancel) => Held(person).AnyAsync(cancel);

        public async Task<IReadOnlyList<string>> Move(Payload payload, CancellationToken cancel)
        {
            var moved = new List<string>();
            foreach (var grant in await Held(payload.From).ToListAsync(cancel))
            {
                await roles.Grant(payload.To, grant.Role, payload.Reason, cancel);
                await roles.Remove(grant, payload.Reason, cancel);
                moved.Add($"身份：{RoleBook.NameOf(grant.Role)}");
            }

            foreach (var deputy in await db.Set<Deputy>().Where(d => (d.PrincipalId == payload.From || d.DeputyId == payload.From) && d.EndedAt == null).ToListAsync(cancel))
                deputy.EndedAt = clock.Now;
            foreach (var part in parts)
                moved.AddRange(await part.Move(payload.From, payload.To, cancel));
            audit.Write("hand_over.done", $"person:{payload.To:N}", payload.From, payload.Reason);
            return moved;
        }

        private IQueryable<RoleGrant> Held(Guid person)
        {
            var working = RoleBook.Grantable.ToArray();
            return db.Set<RoleGrant>().Where(g => g.PersonId == person && working.Contains(g.Role)).OrderBy(g => g.Role);
        }
    }

    /// <summary>Carries out what the second member of staff approved.</summary>
    internal sealed class Approved(Mover mover) : IApprovalKind
    {
        public const string Name = "hand-over";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await mover.Move(JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!, cancel);
            return null;
        }
    }
}
