using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>Staff write a market, and change it until it begins.</summary>
public static class SaveMarket
{
    /// <summary>A change.</summary>
    /// <param name="Form">The market as it is to be.</param>
    /// <param name="Version">The version that was edited.</param>
    public sealed record ChangeRequest(MarketForm Form, int Version);

    /// <summary>The limits of a change.</summary>
    public sealed class Limits : AbstractValidator<ChangeRequest>
    {
        /// <summary>The form's.</summary>
        public Limits() => RuleFor(r => r.Form).SetValidator(new MarketForm.Limits());
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPost("/staff/markets", (MarketForm body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Add(body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("addMarket").WithSummary("新建集市");
        community.MapPut("/staff/markets/{id:guid}", (Guid id, ChangeRequest body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) =>
                handler.Change(id, body, requestId, caller, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker).WithName("changeMarket").WithSummary("修改集市");
    }

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MarketTexts texts, MarketBook book, StaffMarkets.Reader reader, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The draft, or <see cref="MarketTimesBad"/>, or what the check of its texts refuses.</summary>
        public async Task<Result<StaffMarkets.Detail>> Add(MarketForm form, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<StaffMarkets.Detail>(requestId, cancel) is { } before)
                return before;
            if (form.HasBadTimes(clock.Now))
                return new MarketTimesBad();
            if (!(await texts.Judge(caller.PersonId, form, cancel)).TryGet(out var isHeld, out var risky))
                return risky;
            return await work.Once<StaffMarkets.Detail>(requestId, async () =>
            {
                var market = new Market { CommunityId = db.Scope.CommunityId, Id = ids.New(), Title = "", Description = "", Address = "", CreatedBy = caller.PersonId, CreatedAt = clock.Now, Version = 1 };
                form.ApplyTo(market);
                await texts.Keep(market, isHeld, caller.PersonId, cancel);
                db.Add(market);
                audit.Write("market.added", $"market:{market.Id:N}");
                return await reader.Show(market, cancel);
            }, cancel);
        }

        /// <summary>The market, or <see cref="UnknownMarket"/>, <see cref="MarketChanged"/>, <see cref="MarketFinished"/>, <see cref="MarketTextHeld"/>, <see cref="MarketTooSmall"/>, and as for a new one.</summary>
        public async Task<Result<StaffMarkets.Detail>> Change(Guid id, ChangeRequest body, RequestId requestId, Caller caller, CancellationToken cancel)
        {
            if (await work.Before<StaffMarkets.Detail>(requestId, cancel) is { } before)
                return before;
            if (!(await texts.Judge(caller.PersonId, body.Form, cancel)).TryGet(out var isHeld, out var risky))
                return risky;
            return await work.Once<StaffMarkets.Detail>(requestId, async () =>
            {
                await db.LockCommunity(cancel);
                if (await db.Set<Market>().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } market)
                    return new UnknownMarket();
                if (market.Version != body.Version)
                    return new MarketChanged();
                if (market.State is not (MarketState.Draft or MarketState.Open) || (market.State == MarketState.Open && market.StartsAt <= clock.Now))
                    return new MarketFinished();
                if (body.Form.HasBadTimes(clock.Now))
                    return new MarketTimesBad();
                // Residents read an open one: what nobody has looked at doesn't take the place of what was looked at.
                if (isHeld && market.State == MarketState.Open)
                    return new MarketTextHeld();
                var approved = await book.Approved(id).CountAsync(cancel);
                if (body.Form.MaxStalls < approved)
                    return new MarketTooSmall(approved);
                body.Form.ApplyTo(market);
                market.Version++;
                await texts.Keep(market, isHeld, caller.PersonId, cancel);
                audit.Write("market.changed", $"market:{id:N}");
                return await reader.Show(market, cancel);
            }, cancel);
        }
    }
}
