using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Phones;

/// <summary>A member types their number, where WeChat's button doesn't work: it waits until staff have seen or called them.</summary>
public static class GivePhoneByHand
{
    /// <summary>WeChat's errno for an account whose paid calls are used up (getPhoneNumber).</summary>
    public const int QuotaUsedUp = 1400001;

    /// <summary>What was typed.</summary>
    /// <param name="Number">A mainland mobile or landline number.</param>
    /// <param name="WeChatErrno">What WeChat's button failed with, if it did.</param>
    public sealed record Request(string Number, int? WeChatErrno = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A number.</summary>
        public Limits() => RuleFor(r => r.Number).Must(n => PhoneNumbers.FromText(n) is not null).WithMessage("手机号不对，请填 11 位手机号或带区号的座机号。");
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/phone", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member)
            .WithName("givePhoneByHand").WithSummary("手工填手机号");
        community.MapGet("/phone", async (Caller caller, PhoneBook book, CancellationToken cancel) => Microsoft.AspNetCore.Http.TypedResults.Ok(await book.Of(caller.PersonId, cancel)))
            .RequireSignedIn()
            .WithName("getPhone").WithSummary("我的手机号");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, PhoneBook book, IAuditLog audit, ILogger<Handler> log)
    {
        /// <summary>The numbers, masked; the typed one waits, unless it is the confirmed one.</summary>
        public Task<Result<PhoneView>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<PhoneView>(requestId, async () =>
        {
            if (body.WeChatErrno == QuotaUsedUp)
                log.LogWarning("WeChat's paid phone calls are used up (errno {Errno}): people type their numbers until more are bought", QuotaUsedUp);
            audit.Write("phone.given", "phone", caller.PersonId, body.WeChatErrno is { } errno ? $"微信 {errno}" : null);
            return await book.Put(caller.PersonId, PhoneNumbers.FromText(body.Number)!, PhoneState.Pending, cancel);
        }, cancel);
    }
}
