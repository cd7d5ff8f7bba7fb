using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>
/// Where a merchant is paid: masked for its owner, staff and the treasurer; in full only for the treasurer, who says why. The log has each full look, and
/// the stored answer of the request has no account data.
/// </summary>
public static class ShowPayee
{
    /// <summary>An account, masked.</summary>
    /// <param name="AccountName">The first character.</param>
    /// <param name="AccountNumber">The last four digits.</param>
    /// <param name="BankName">The bank.</param>
    /// <param name="SetAt">When the owner set it.</param>
    /// <param name="ConfirmedAt">When the treasurer confirmed it; null while it waits.</param>
    public sealed record Account(string AccountName, string AccountNumber, string BankName, DateTimeOffset SetAt, DateTimeOffset? ConfirmedAt);

    /// <summary>The accounts, masked.</summary>
    /// <param name="Confirmed">Where it is paid; null for nowhere yet.</param>
    /// <param name="Waiting">What waits for the treasurer.</param>
    public sealed record Response(Account? Confirmed, Account? Waiting);

    /// <summary>Why it is to be seen in full.</summary>
    /// <param name="Reason">For the log, 2 to 200 characters.</param>
    public sealed record RevealRequest(string Reason);

    /// <summary>The accounts in full.</summary>
    /// <param name="Confirmed">Where it is paid; null for nowhere yet.</param>
    /// <param name="Waiting">What waits for the treasurer.</param>
    public sealed record Revealed(Payee? Confirmed, Payee? Waiting);

    /// <summary>What is kept of the request: which rows were shown.</summary>
    internal sealed record Noted(Guid? Confirmed, Guid? Waiting);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<RevealRequest>
    {
        /// <summary>A reason is there.</summary>
        public Limits() => RuleFor(r => r.Reason).NotEmpty().Length(2, MerchantsModule.MaxReasonLength).WithName("原因");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/merchants/{id:guid}/payee", (Guid id, Caller caller, Handler handler, CancellationToken cancel) => handler.Show(id, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.Treasurer, Role.MerchantOwner)
            .WithName("getPayee").WithSummary("收款账户（打码）");
        community.MapPost("/merchants/{id:guid}/payee/reveal", (Guid id, RevealRequest body, RequestId requestId, Handler handler, CancellationToken cancel) =>
                handler.Reveal(id, body, requestId, cancel).ToHttp())
            .RequireRole(Role.Treasurer).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
            .WithName("revealPayee").WithSummary("查看完整收款账户");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, PayeeBook payees, IAuditLog audit)
    {
        /// <summary>The accounts, masked, or <see cref="UnknownMerchant"/>.</summary>
        public async Task<Result<Response>> Show(Guid id, Caller caller, CancellationToken cancel)
        {
            var isOffice = caller.Is(Role.Staff) || caller.Is(Role.Treasurer);
            if (!await db.Set<Merchant>().AnyAsync(m => m.Id == id, cancel) || (!isOffice && await book.Place(id, caller.PersonId, cancel) is not { Post: MerchantPost.Owner }))
                return new UnknownMerchant();
            return await payees.Show(id, cancel);
        }

        /// <summary>The accounts in full, or <see cref="UnknownMerchant"/>.</summary>
        public async Task<Result<Revealed>> Reveal(Guid id, RevealRequest body, RequestId requestId, CancellationToken cancel)
        {
            var noted = await work.Once<Noted>(requestId, async () =>
            {
                if (!await db.Set<Merchant>().AnyAsync(m => m.Id == id, cancel))
                    return new UnknownMerchant();
                var (confirmed, waiting) = await payees.Of(id, cancel);
                audit.Write("merchant.payee_revealed", $"merchant:{id:N}", reason: body.Reason);
                return new Noted(confirmed?.Id, waiting?.Id);
            }, cancel);
            if (!noted.TryGet(out var rows, out var error))
                return error;
            var shown = await db.Set<MerchantPayee>().AsNoTracking().Where(p => p.Id == rows.Confirmed || p.Id == rows.Waiting).ToDictionaryAsync(p => p.Id, payees.Open, cancel);
            return new Revealed(Of(rows.Confirmed), Of(rows.Waiting));

            Payee? Of(Guid? row) => row is { } found ? shown.GetValueOrDefault(found) : null;
        }
    }
}
