using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>An owner says when the shop takes coins, and takes a rest at once: nothing new is held, what is held stays.</summary>
public static class SetHours
{
    /// <summary>The longest rest.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromDays(60);

    /// <summary>The hours.</summary>
    /// <param name="Weekdays">On which days, 1 is Monday and 7 Sunday.</param>
    /// <param name="From">From when in the day.</param>
    /// <param name="To">Until when in the day; 00:00 is midnight.</param>
    public sealed record Request(IReadOnlyList<int> Weekdays, TimeOnly From, TimeOnly To);

    /// <summary>A rest.</summary>
    /// <param name="Until">Until when; null ends it.</param>
    public sealed record RestRequest(DateTimeOffset? Until = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Days of a week and hours of a day.</summary>
        public Limits()
        {
            RuleFor(r => r.Weekdays).NotEmpty().Must(days => days is { Count: <= 7 } && days.All(d => d is >= 1 and <= 7)).WithName("星期");
            RuleFor(r => r.To).Must((r, _) => Minute(r.From) < EndMinute(r.To)).WithName("结束时间");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPut("/merchants/{id:guid}/hours", (Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Run(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("setMerchantHours").WithSummary("设置可兑换的日子和时间");
        community.MapPut("/merchants/{id:guid}/rest", (Guid id, RestRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Rest(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.MerchantOwner)
            .WithName("restMerchant").WithSummary("本店休息，或恢复");
    }

    private static int Minute(TimeOnly time) => time.Hour * 60 + time.Minute;

    private static int EndMinute(TimeOnly time) => Minute(time) is var minute && minute == 0 ? Merchant.DayMinutes : minute;

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IAuditLog audit, Clock clock)
    {
        /// <summary>The merchant as it now is, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>.</summary>
        public Task<Result<ListMerchants.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListMerchants.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.OwnedBy(id, caller.PersonId, cancel)).TryGet(out var merchant, out var error))
                return error;
            (merchant.OpenDays, merchant.OpensAt, merchant.ClosesAt) = (body.Weekdays.Aggregate(0, (bits, day) => bits | (1 << (day - 1))), Minute(body.From), EndMinute(body.To));
            audit.Write("merchant.hours_set", $"merchant:{id:N}");
            return ListMerchants.Show(merchant);
        }, cancel);

        /// <summary>The merchant as it now is, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="MerchantRestBad"/>.</summary>
        public Task<Result<ListMerchants.Item>> Rest(Guid id, RestRequest body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListMerchants.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.OwnedBy(id, caller.PersonId, cancel)).TryGet(out var merchant, out var error))
                return error;
            var until = body.Until?.ToUniversalTime();
            if (until is { } end && (end <= clock.Now || end > clock.Now + LongestRest))
                return new MerchantRestBad();
            merchant.RestsUntil = until;
            audit.Write(until is null ? "merchant.rest_ended" : "merchant.rests", $"merchant:{id:N}");
            return ListMerchants.Show(merchant);
        }, cancel);
    }
}
