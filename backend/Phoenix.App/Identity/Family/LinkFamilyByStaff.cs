using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>
/// For an elder without a phone: staff make the family link before a witness. The one who makes it is neither elder, nor helper, nor witness; the log names
/// all of them, and staff end it again when the elder says so.
/// </summary>
public static class LinkFamilyByStaff
{
    /// <summary>Who, before whom, why.</summary>
    /// <param name="PrincipalMemberId">The elder, without WeChat.</param>
    /// <param name="HelperMemberId">Who may act.</param>
    /// <param name="WitnessMemberId">Who was there.</param>
    /// <param name="Rights">At least one.</param>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record Request(Guid PrincipalMemberId, Guid HelperMemberId, Guid WitnessMemberId, Rights Rights, string Reason);

    /// <summary>Why a link ends.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record EndRequest(string Reason);

    /// <summary>The link.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Response(Guid Id);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A right and a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.Rights).Must(r => r.Flags != FamilyRights.None).WithMessage("请至少选一样家人可以帮忙做的事。");
            RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The limits of ending.</summary>
    public sealed class EndLimits : AbstractValidator<EndRequest>
    {
        /// <summary>A reason is there.</summary>
        public EndLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/family/by-staff", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Link(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("linkFamilyByStaff").WithSummary("代老人设家人");
        community.MapPost("/family/{id:guid}/end", (Guid id, EndRequest body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.End(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker)
            .WithName("endFamilyByStaff").WithSummary("代老人解除家人");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, FamilyBook book, FamilyNotices notices, IPeople people, IAuditLog audit, Clock clock)
    {
        /// <summary>The link, or <see cref="UnknownMember"/>, <see cref="HasWeChat"/>, <see cref="WitnessIsParty"/>, and what <see cref="FamilyBook.Link"/> refuses.</summary>
        public Task<Result<Response>> Link(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var heads = await people.OfMembers([body.PrincipalMemberId, body.HelperMemberId, body.WitnessMemberId], cancel);
            if (heads.Values.Any(h => h.HasLeft) || !heads.TryGetValue(body.PrincipalMemberId, out var elder) || !heads.TryGetValue(body.HelperMemberId, out var helper)
                || !heads.TryGetValue(body.WitnessMemberId, out var witness))
                return new UnknownMember();
            if (heads.Count < 3 || heads.Values.Any(h => h.PersonId == caller.PersonId))
                return new WitnessIsParty();
            if (await db.Set<WeChatAccount>().AnyAsync(a => a.PersonId == elder.PersonId, cancel))
                return new HasWeChat();
            if (!(await book.Link(elder.PersonId, helper.PersonId, body.Rights.Flags, caller.PersonId, witness.PersonId, cancel)).TryGet(out var link, out var refusal))
                return refusal;
            audit.Write("family.linked_by_staff", $"family:{link.Id:N}", elder.PersonId, body.Reason);
            audit.Write("family.witnessed", $"family:{link.Id:N}", witness.PersonId, body.Reason);
            await notices.Changed($"family-linked:{link.Id:N}", [elder.PersonId, helper.PersonId, witness.PersonId], helper.PersonId, elder.PersonId, "家人", true, $"工作人员代办，见证人{witness.Name}", cancel);
            return new Response(link.Id);
        }, cancel);

        /// <summary>What is over, or <see cref="UnknownFamily"/> also for a link that both sides can end themselves.</summary>
        public Task<Result<Response>> End(Guid id, EndRequest body, RequestId requestId, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (await db.Set<FamilyLink>().FirstOrDefaultAsync(f => f.Id == id && f.EndedAt == null && f.MadeBy != null, cancel) is not { } link)
                return new UnknownFamily();
            link.EndedAt = clock.Now;
            audit.Write("family.ended", $"family:{id:N}", link.PrincipalId, body.Reason);
            await notices.Changed($"family-ended:{id:N}", [link.PrincipalId, link.HelperId], link.HelperId, link.PrincipalId, "家人", false, "工作人员代办", cancel);
            return new Response(id);
        }, cancel);
    }
}
