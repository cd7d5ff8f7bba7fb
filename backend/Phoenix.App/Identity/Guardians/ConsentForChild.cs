using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Guardians;

/// <summary>A guardian consents for a child anew (at 14, or after a withdrawal), or withdraws: from then on nobody can sign the child up.</summary>
public static class ConsentForChild
{
    /// <summary>What was read.</summary>
    /// <param name="DocumentId">The privacy notice in force.</param>
    public sealed record Request(Guid DocumentId);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/children/{id:guid}/consent", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, false, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("consentForChild").WithSummary("家长同意");
        community.MapPost("/children/{id:guid}/consent/withdrawal", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, true, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("withdrawConsentForChild").WithSummary("家长撤回同意");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, GuardianBook book, IAuditLog audit)
    {
        /// <summary>The child as it now is, or <see cref="UnknownChild"/>, <see cref="NoticeNotCurrent"/>.</summary>
        public Task<Result<ChildView>> Run(Guid memberId, Request body, bool withdraws, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ChildView>(requestId, async () =>
        {
            if (!(await book.ChildOf(caller.PersonId, memberId, cancel)).TryGet(out var minor, out var unknown))
                return unknown;
            if (await book.CheckNotice(body.DocumentId, cancel) is { } old)
                return old;
            if (withdraws)
                await book.Withdraw(minor, caller.PersonId, body.DocumentId, cancel);
            else
                book.Consent(minor.Id, minor.Birth, caller.PersonId, body.DocumentId, null);
            audit.Write(withdraws ? "minor.consent_withdrawn" : "minor.consent_given", $"member:{memberId:N}", minor.Id);
            await db.SaveChangesAsync(cancel);
            return await book.Show(minor, caller.PersonId, cancel);
        }, cancel);
    }
}
