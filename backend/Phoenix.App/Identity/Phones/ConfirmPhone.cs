using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Phones;

/// <summary>Staff who saw or called the person confirm a typed number, or drop it; never their own (hard rule 5).</summary>
public static class ConfirmPhone
{
    /// <summary>How staff know.</summary>
    public enum Way
    {
        /// <summary>见到本人.</summary>
        Seen,

        /// <summary>打通电话.</summary>
        Called,
    }

    /// <summary>The confirmation.</summary>
    /// <param name="How">How staff know.</param>
    public sealed record Request(Way How);

    /// <summary>Why a number is dropped.</summary>
    /// <param name="Reason">2 to 200 characters.</param>
    public sealed record RefusalRequest(string Reason);

    /// <summary>What came of it.</summary>
    /// <param name="Phone">The member's numbers, masked.</param>
    /// <param name="SharedWith">Other members with the same number, by the names that neighbours know; a warning, since families do share one.</param>
    public sealed record Response(PhoneView Phone, IReadOnlyList<string> SharedWith);

    /// <summary>The limits of a refusal.</summary>
    public sealed class RefusalLimits : AbstractValidator<RefusalRequest>
    {
        /// <summary>A reason is there.</summary>
        public RefusalLimits() => RuleFor(r => r.Reason).NotEmpty().Length(2, AuditEntry.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/members/{id:guid}/phone/confirmation", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Confirm(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("confirmPhone").WithSummary("核实手机号");
        community.MapPost("/members/{id:guid}/phone/refusal", (Guid id, RefusalRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Refuse(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("refusePhone").WithSummary("退回手机号");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, PhoneBook book, KeyRing keys, IAuditLog audit, Clock clock)
    {
        /// <summary>The numbers now, or <see cref="UnknownMember"/>, <see cref="OwnPhone"/>, <see cref="NoPhonePending"/>.</summary>
        public Task<Result<Response>> Confirm(Guid memberId, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await Pending(memberId, caller, cancel)).TryGet(out var phone, out var refusal))
                return refusal;
            await db.Set<Phone>().Where(p => p.PersonId == phone.PersonId && p.State == PhoneState.Confirmed).ExecuteDeleteAsync(cancel);
            (phone.State, phone.ConfirmedBy, phone.ConfirmedAt) = (PhoneState.Confirmed, caller.PersonId, clock.Now);
            await db.SaveChangesAsync(cancel);
            audit.Write("phone.confirmed", $"phone:{phone.Id:N}", phone.PersonId, body.How == Way.Seen ? "见到本人" : "打通电话");
            var sharing = await book.MembersWith(phone.Open(keys), cancel);
            return new Response(await book.Of(phone.PersonId, cancel), [.. sharing.Where(m => m.PersonId != phone.PersonId).Select(m => m.DisplayName)]);
        }, cancel);

        /// <summary>The numbers now, or <see cref="UnknownMember"/>, <see cref="OwnPhone"/>, <see cref="NoPhonePending"/>.</summary>
        public Task<Result<Response>> Refuse(Guid memberId, RefusalRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<Response>(requestId, async () =>
        {
            if (!(await Pending(memberId, caller, cancel)).TryGet(out var phone, out var refusal))
                return refusal;
            db.Remove(phone);
            await db.SaveChangesAsync(cancel);
            audit.Write("phone.refused", $"phone:{phone.Id:N}", phone.PersonId, body.Reason);
            return new Response(await book.Of(phone.PersonId, cancel), []);
        }, cancel);

        private async Task<Result<Phone>> Pending(Guid memberId, Caller caller, CancellationToken cancel)
        {
            if (await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is not { } member)
                return new UnknownMember();
            if (member.PersonId == caller.PersonId)
                return new OwnPhone();
            return await db.Set<Phone>().FirstOrDefaultAsync(p => p.PersonId == member.PersonId && p.State == PhoneState.Pending, cancel) is { } phone ? phone : new NoPhonePending();
        }
    }
}
