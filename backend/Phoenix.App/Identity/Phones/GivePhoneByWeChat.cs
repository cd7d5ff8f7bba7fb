using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Identity.Phones;

/// <summary>
/// A person gives their number with WeChat's button: it is confirmed at once. A code goes to WeChat once, ever; after a lost answer the person taps again.
/// Where the account's paid calls are used up, the client gets errno 1400001 and no code, and offers <see cref="GivePhoneByHand"/>.
/// </summary>
public static class GivePhoneByWeChat
{
    /// <summary>How long a repeat of the same request is told to wait for the first.</summary>
    public static readonly TimeSpan WaitForFirst = TimeSpan.FromSeconds(60);

    /// <summary>What the button gave.</summary>
    /// <param name="Code">From the button's event, used once.</param>
    public sealed record Request(string Code);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>The code is there.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(128).WithName("授权码");
    }

    /// <summary>Each try costs money.</summary>
    public static readonly RatePolicy Tries = new("phone-codes", 5, TimeSpan.FromMinutes(10));

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/phone/wechat", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireSignedIn().WithMetadata(new RateLimit(Tries))
        .WithName("givePhoneByWeChat").WithSummary("用微信手机号");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, Database database, UnitOfWork work, IWeChatGateway weChat, PhoneBook book, KeyRing keys, Clock clock)
    {
        /// <summary>The numbers, masked, or what WeChat refused (<see cref="WeChatCodeOver"/>, <see cref="WeChatBusy"/>, ...).</summary>
        public async Task<Result<PhoneView>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<PhoneView>(requestId, cancel) is { } before)
                return before;
            if (await Spend(body.Code, requestId.Id, cancel) is { } spent)
                return spent;
            if (!(await weChat.PhoneNumber(body.Code, cancel)).TryGet(out var phone, out var refused))
            {
                await db.Set<SpentPhoneCode>().Where(c => c.RequestId == requestId.Id).ExecuteUpdateAsync(u => u.SetProperty(c => c.RequestId, Guid.Empty), CancellationToken.None);
                return refused;
            }

            var number = PhoneNumbers.FromWeChat(phone.Number, phone.CountryCode);
            return await work.Once<PhoneView>(requestId, async () => await book.Put(caller.PersonId, number, PhoneState.Confirmed, cancel), cancel);
        }

        private async Task<Error?> Spend(string code, Guid requestId, CancellationToken cancel)
        {
            var hashes = keys.Candidates(SpentPhoneCode.CodeScope, code);
            if (await db.Set<SpentPhoneCode>().AsNoTracking().FirstOrDefaultAsync(c => hashes.Contains(c.CodeHash), cancel) is { } before)
                return Spent(before);
            db.Add(new SpentPhoneCode { CodeHash = hashes[0], RequestId = requestId, SpentAt = clock.Now });
            try
            {
                await db.SaveChangesAsync(cancel);
                return null;
            }
            catch (DbUpdateException e) when (database.Classify(e) is DatabaseFault.Duplicate)
            {
                return Spent(null);
            }
            finally
            {
                db.ChangeTracker.Clear();
            }

            Error Spent(SpentPhoneCode? first) => first is not null && (first.RequestId != requestId || clock.Now >= first.SpentAt + WaitForFirst)
                ? new WeChatCodeOver(0)
                : new WeChatBusy(0) { RetryAfter = TimeSpan.FromSeconds(2) };
        }
    }
}
