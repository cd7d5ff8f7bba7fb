using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Verifying;

/// <summary>
/// Staff raise an activity's coin budget, also after it ended, when more people came than the budget was made for: the way out of <see cref="BudgetShort"/>. What it promises in addition must
/// pass the fund gate.
/// </summary>
public static class RaiseBudget
{
    /// <summary>The new budget.</summary>
    /// <param name="BudgetCoins">More than before.</param>
    /// <param name="Version">The activity's version that was looked at.</param>
    /// <param name="Reason">Why, for the log; 2 to 200 characters.</param>
    public sealed record Request(long BudgetCoins, int Version, string Reason);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>A budget and a reason.</summary>
        public Limits()
        {
            RuleFor(r => r.BudgetCoins).InclusiveBetween(1, Activity.MaxBudgetCoins).WithName("凤凰币预算");
            RuleFor(r => r.Reason).NotEmpty().Length(2, Activity.MaxReasonLength).WithName("原因");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/staff/activities/{id:guid}/budget", (
            Guid id, Request body, RequestId requestId, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("raiseBudget").WithSummary("增加活动预算");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, Promises promises, StaffActivity.Reader reader, IAuditLog audit)
    {
        /// <summary>The activity, or <see cref="UnknownActivity"/>, <see cref="StaleEdit"/>, <see cref="ActivityFinished"/>, <see cref="BadBudget"/>, or the fund's refusal.</summary>
        public Task<Result<StaffActivity.Detail>> Run(Guid id, Request body, RequestId requestId, CancellationToken cancel) => work.Once<StaffActivity.Detail>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (await db.Set<Activity>().FirstOrDefaultAsync(a => a.Id == id, cancel) is not { } activity)
                return new UnknownActivity();
            if (activity.Version != body.Version)
                return new StaleEdit();
            if (activity.State is not (ActivityState.Published or ActivityState.Ended))
                return new ActivityFinished();
            if (activity.BudgetCoins is not { } before || body.BudgetCoins <= before)
                return new BadBudget();
            activity.BudgetCoins = body.BudgetCoins;
            if (await promises.Renew(activity, await promises.ShiftsOf(id, cancel), cancel) is { } refusal)
                return refusal;
            activity.Version++;
            audit.Write("activity.budget_raised", $"activity:{id:N}", null, body.Reason.Trim());
            return await reader.Show(activity, cancel);
        }, cancel);
    }
}
