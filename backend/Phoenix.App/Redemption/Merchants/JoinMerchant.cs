using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>A merchant's owner makes a code that works for minutes; whoever types it is a clerk there. An idle clerk comes back the same way.</summary>
public static class JoinMerchant
{
    /// <summary>Most minutes that a code works: a day.</summary>
    public const int MaxMinutes = 1440;

    /// <summary>Most clerks that join by one code.</summary>
    public const int MaxUses = 20;

    /// <summary>For how long and for how many.</summary>
    /// <param name="ValidMinutes">1 to 1440.</param>
    /// <param name="Uses">1 to 20.</param>
    public sealed record CodeRequest(int ValidMinutes = 30, int Uses = 1);

    /// <summary>The code.</summary>
    /// <param name="Code">8 letters and digits, in any case; hyphens and spaces don't matter.</param>
    public sealed record Request(string Code);

    /// <summary>The limits of a code.</summary>
    public sealed class CodeLimits : AbstractValidator<CodeRequest>
    {
        /// <summary>Minutes and clerks in their ranges.</summary>
        public CodeLimits()
        {
            RuleFor(r => r.ValidMinutes).InclusiveBetween(1, MaxMinutes).WithName("有效分钟");
            RuleFor(r => r.Uses).InclusiveBetween(1, MaxUses).WithName("可用人数");
        }
    }

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A code is there.</summary>
        public Limits() => RuleFor(r => r.Code).NotEmpty().MaximumLength(40).WithName("加入码");
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/merchants/{id:guid}/clerk-code", (Guid id, CodeRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.MakeCode(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("makeClerkCode").WithSummary("生成店员加入码");
        community.MapPost("/merchant-jobs", (Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Join(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Member).WithMetadata(new RateLimit(RateLimits.CodeGuesses))
            .WithName("joinMerchant").WithSummary("用加入码成为店员");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IJoinCodes codes, IDocumentConsents consents, IAuditLog audit, Clock clock)
    {
        /// <summary>The code, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>.</summary>
        public async Task<Result<JoinCodeShown>> MakeCode(Guid id, CodeRequest body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var made = await work.Once<SealedJoinCode>(requestId, async () =>
            {
                if (!(await book.OwnedBy(id, caller.PersonId, cancel)).TryGet(out _, out var error))
                    return error;
                audit.Write("merchant.code_made", $"merchant:{id:N}");
                return await codes.Make(JoinPurpose.Clerk, id, TimeSpan.FromMinutes(body.ValidMinutes), body.Uses, cancel);
            }, cancel);
            return made.Map(codes.Open);
        }

        /// <summary>
        /// The place, or the refusal of <see cref="IJoinCodes.Use"/>, <see cref="MerchantLeft"/>, <see cref="AlreadyMerchantStaff"/>,
        /// <see cref="TooManyMerchantStaff"/>, or the refusal of <see cref="IDocumentConsents.Missing"/>.
        /// </summary>
        public Task<Result<ListMerchantStaff.Job>> Join(Request body, RequestId requestId, Caller caller, CancellationToken cancel) =>
            work.Once<ListMerchantStaff.Job>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (!(await codes.Use(JoinPurpose.Clerk, body.Code, cancel)).TryGet(out var merchantId, out var error) || !(await book.Present(merchantId, cancel)).TryGet(out var merchant, out error))
                    return error;
                var place = await book.Place(merchantId, caller.PersonId, cancel);
                if (place is not null && !place.IsIdle(clock.Now))
                    return new AlreadyMerchantStaff();
                if (await consents.Missing(caller.PersonId, cancel) is { } refusal)
                    return refusal;
                if (place is not null)
                    await book.End(place, MerchantEnd.Idle, null, cancel);
                return (await book.Add(merchantId, caller.PersonId, MerchantPost.Clerk, null, cancel))
                    .Map(added => new ListMerchantStaff.Job(added.Id, merchantId, merchant.Name, added.Post, merchant.State));
            }, cancel);
    }
}
