using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>A merchant's owner says where it is paid; it counts once the treasurer confirms it. Until then the earlier account stays.</summary>
public static class SetPayee
{
    /// <summary>The account.</summary>
    /// <param name="AccountName">户名, 2 to 60 characters.</param>
    /// <param name="AccountNumber">账号, 8 to 30 digits; spaces don't matter.</param>
    /// <param name="BankName">开户行, 2 to 60 characters.</param>
    public sealed record Request(string AccountName, string AccountNumber, string BankName);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Names and a number of a sane form.</summary>
        public Limits()
        {
            RuleFor(r => r.AccountName).NotEmpty().Length(2, MerchantPayee.MaxNameLength).WithName("户名");
            RuleFor(r => r.AccountNumber).NotEmpty().MaximumLength(40).Must(n => PayeeBook.DigitsOf(n ?? "") is { Length: >= 8 and <= 30 }).WithName("账号");
            RuleFor(r => r.BankName).NotEmpty().Length(2, MerchantPayee.MaxNameLength).WithName("开户行");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPut("/merchants/{id:guid}/payee", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner)
        .WithName("setPayee").WithSummary("提交收款账户");

    /// <summary>What a proposal carries: no account data.</summary>
    internal sealed record Payload(Guid PayeeId);

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, PayeeBook payees, IApprovals approvals, IAuditLog audit)
    {
        /// <summary>The accounts as they now are, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="PayeeWaits"/>.</summary>
        public Task<Result<ShowPayee.Response>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ShowPayee.Response>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.OwnedBy(id, caller.PersonId, cancel)).TryGet(out var merchant, out var error))
                return error;
            var (payeeId, number) = (payees.NewId(), PayeeBook.DigitsOf(body.AccountNumber)!);
            var proposed = await approvals.Propose(
                new ApprovalDraft(
                    Approved.Name, $"payee:{id:N}", $"{merchant.Name} 的收款账户：尾号 {number[^4..]}", JsonSerializer.Serialize(new Payload(payeeId), PhoenixJson.Options),
                    Role.Treasurer, caller.PersonId, caller.PersonId, null),
                cancel);
            if (!proposed.TryGet(out var approval, out _))
                return new PayeeWaits();
            // One that the treasurer refused, or that nobody decided in time.
            foreach (var earlier in await db.Set<MerchantPayee>().Where(p => p.MerchantId == id && p.ConfirmedAt == null && p.EndedAt == null).ToListAsync(cancel))
                payees.End(earlier);
            await db.SaveChangesAsync(cancel);
            payees.Add(payeeId, id, body.AccountName.Trim(), number, body.BankName.Trim(), caller.PersonId, approval);
            audit.Write("merchant.payee_set", $"merchant:{id:N}");
            await db.SaveChangesAsync(cancel);
            return await payees.Show(id, cancel);
        }, cancel);
    }

    /// <summary>Carries out what the treasurer confirmed.</summary>
    internal sealed class Approved(PhoenixDb db, MerchantBook book, PayeeBook payees, IAuditLog audit) : IApprovalKind
    {
        public const string Name = "merchant.payee";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.PayeeId;
            var payee = await db.Set<MerchantPayee>().SingleAsync(p => p.Id == id, cancel);
            // An account set by somebody who is no owner any more is nobody's word.
            if (!(await book.OwnedBy(payee.MerchantId, maker, cancel)).TryGet(out _, out var error))
                return error;
            foreach (var earlier in await db.Set<MerchantPayee>().Where(p => p.MerchantId == payee.MerchantId && p.ConfirmedAt != null && p.EndedAt == null).ToListAsync(cancel))
                payees.End(earlier);
            await db.SaveChangesAsync(cancel);
            payees.Confirm(payee);
            audit.Write("merchant.payee_confirmed", $"merchant:{payee.MerchantId:N}", maker);
            return null;
        }
    }
}
