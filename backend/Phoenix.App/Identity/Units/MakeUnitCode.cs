using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity.Units;

/// <summary>A unit's contact makes the code by which its people join; the earlier one stops working at once.</summary>
public static class MakeUnitCode
{
    /// <summary>Most days that a code works.</summary>
    public const int MaxDays = 30;

    /// <summary>Most people that join by one code.</summary>
    public const int MaxUses = 500;

    /// <summary>For how long and for how many.</summary>
    /// <param name="ValidDays">1 to 30.</param>
    /// <param name="Uses">1 to 500.</param>
    public sealed record Request(int ValidDays = 7, int Uses = 50);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Days and people in their ranges.</summary>
        public Limits()
        {
            RuleFor(r => r.ValidDays).InclusiveBetween(1, MaxDays).WithName("有效天数");
            RuleFor(r => r.Uses).InclusiveBetween(1, MaxUses).WithName("可用人数");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/units/{id:guid}/join-code", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.UnitContact)
        .WithName("makeUnitCode").WithSummary("生成单位加入码");

    /// <summary>Does it.</summary>
    internal sealed class Handler(UnitOfWork work, UnitBook book, IJoinCodes codes, IAuditLog audit)
    {
        /// <summary>The code, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>.</summary>
        public async Task<Result<JoinCodeShown>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var made = await work.Once<SealedJoinCode>(requestId, async () =>
            {
                if (!(await book.OpenFor(id, caller.PersonId, cancel)).TryGet(out _, out var error))
                    return error;
                audit.Write("unit.code_made", $"unit:{id:N}");
                return await codes.Make(JoinPurpose.Unit, id, TimeSpan.FromDays(body.ValidDays), body.Uses, cancel);
            }, cancel);
            return made.Map(codes.Open);
        }
    }
}
