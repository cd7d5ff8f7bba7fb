using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>The till has no network: what is held there gets up to two hours more, once, never over midnight. Nothing new is captured meanwhile: there is no way to do so offline.</summary>
public static class ExtendTill
{
    /// <summary>What was given more time.</summary>
    /// <param name="Extended">How many exchanges are held with more time.</param>
    /// <param name="Until">Until when the first of them; null for none.</param>
    public sealed record Response(int Extended, DateTimeOffset? Until);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/till/extension", (
            Guid id, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.MerchantOwner, Role.Clerk, Role.Staff)
        .WithName("extendTill").WithSummary("柜台没网：延长留着的兑换");

    /// <summary>Does it. The ledger gives more time once, so a repetition does nothing more.</summary>
    internal sealed class Handler(PhoenixDb db, TillDoor door, LedgerPoster poster, ICommunityCalendar calendar, Platform.Time.Clock clock)
    {
        /// <summary>What was given more time, or <see cref="UnknownMerchant"/>, <see cref="MerchantNotActive"/>, <see cref="ClerkIdle"/>.</summary>
        public async Task<Result<Response>> Run(Guid merchantId, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            var isStaff = caller.Is(Role.Staff) && await db.Set<Merchant>().AnyAsync(m => m.Id == merchantId, cancel);
            if (!isStaff && await door.Enter(merchantId, caller, cancel) is { } refusal)
                return refusal;
            var now = clock.Now;
            var live = db.Set<RedemptionRow>().AsNoTracking().Where(r => r.MerchantId == merchantId && r.Day == calendar.Time.DayOf(now) && r.State == RedemptionState.Held && r.ExpiresAt > now);
            var due = await live.Where(r => !r.IsExtended).OrderBy(r => r.Number).ToListAsync(cancel);
            foreach (var some in due.Chunk(LedgerLimits.MaxBatch))
                await Task.WhenAll(some.Where(r => Until(r) > r.ExpiresAt).Select(r => poster.Post(Request(r, caller.PersonId), cancel)));
            var times = await live.Where(r => r.IsExtended).Select(r => r.ExpiresAt).ToListAsync(cancel);
            return new Response(times.Count, times.Count == 0 ? null : times.Min());
        }

        private DateTimeOffset Until(RedemptionRow row)
        {
            var (later, midnight) = (row.ExpiresAt + ExchangeLimits.Extension, calendar.Time.EndOf(row.Day));
            return later < midnight ? later : midnight;
        }

        private LedgerRequest Request(RedemptionRow row, Guid by) =>
            new(row.CommunityId, RequestIds.Of(row.CommunityId, $"extend:{row.Hold}"), by, "redemption.extend", new ExtendHold(row.Hold, Until(row)) { Ref = $"redemption:{row.Id:N}", Rule = "no-network/1" })
            {
                Attachments = [new Extending(row.Id, Until(row))],
            };
    }
}
