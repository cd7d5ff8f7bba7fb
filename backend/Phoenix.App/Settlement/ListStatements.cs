using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption;

namespace Phoenix.App.Settlement;

/// <summary>Statements, newest month first: the community's office sees all, an owner those of the own merchants.</summary>
public static class ListStatements
{
    /// <summary>A statement in a list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="MerchantId">Whose.</param>
    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="Month">The month: 2026-11.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Lines">How many lines.</param>
    /// <param name="Captures">How many exchanges.</param>
    /// <param name="Coins">Coins of all lines.</param>
    /// <param name="Fen">The fund's part of all lines, in fen.</param>
    /// <param name="FinalFen">What is or was paid, in fen, once it is fixed; below zero is carried to the next.</param>
    /// <param name="ConfirmBy">The last day for confirming; null before it is sent.</param>
    /// <param name="ConfirmedAt">When it was confirmed.</param>
    /// <param name="IsBySilence">Whether silence confirmed it.</param>
    /// <param name="PaidAt">When the receipt was entered.</param>
    public sealed record Item(
        Guid Id, Guid MerchantId, string Merchant, string Month, StatementState State, int Lines, int Captures, long Coins, long Fen, long? FinalFen, DateOnly? ConfirmBy, DateTimeOffset? ConfirmedAt, bool IsBySilence, DateTimeOffset? PaidAt);

    /// <summary>What to list.</summary>
    /// <param name="Merchant">Only this merchant's.</param>
    /// <param name="Month">Only this month's, by its first day.</param>
    /// <param name="State">Only those that stand so.</param>
    public readonly record struct Filter([property: FromQuery(Name = "merchant")] Guid? Merchant = null, [property: FromQuery(Name = "month")] DateOnly? Month = null, [property: FromQuery(Name = "state")] string? State = null);

    private sealed record Key(DateOnly Period, Guid Id);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/statements", Run)
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor, Role.MerchantOwner)
        .WithName("listStatements").WithSummary("对账单列表");

    /// <summary>A statement as it is shown.</summary>
    internal static Item Show(Statement s, string merchant) => new(
        s.Id, s.MerchantId, merchant, s.Month.ToString(), s.State, s.Lines, s.Captures, s.TotalCoins, s.TotalFen, s.FinalFen, s.ConfirmBy, s.ConfirmedAt, s.ConfirmedAt is not null && s.ConfirmedBy is null, s.PaidAt);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, [AsParameters] Filter filter, Caller caller, PhoenixDb db, IMerchantDirectory merchants, CancellationToken cancel)
    {
        if (!page.Read<Key>().TryGet(out var at, out var error))
            return new Refusal(error);
        StatementState? wanted = null;
        if (filter.State is not null)
        {
            if (!Enum.TryParse<StatementState>(filter.State, ignoreCase: true, out var parsed))
                return new Refusal(new BadParameter());
            wanted = parsed;
        }

        var rows = db.Set<Statement>().AsNoTracking().Where(s => (filter.Merchant == null || s.MerchantId == filter.Merchant) && (filter.Month == null || s.Period == filter.Month) && (wanted == null || s.State == wanted));
        if (!StatementDesk.IsOffice(caller))
        {
            var own = await merchants.OwnedBy(caller.PersonId, cancel);
            rows = rows.Where(s => own.Contains(s.MerchantId) && s.State != StatementState.Draft);
        }

        if (at.After is { } after)
            rows = rows.Where(s => s.Period < after.Period || (s.Period == after.Period && s.Id.CompareTo(after.Id) > 0));
        var found = await rows.OrderByDescending(s => s.Period).ThenBy(s => s.Id).Take(at.Limit + 1).ToListAsync(cancel);
        var heads = await merchants.Of([.. found.Select(s => s.MerchantId).Distinct()], cancel);
        var shown = Page.Of(found, at.Limit, s => new Key(s.Period, s.Id));
        return TypedResults.Ok(new Page<Item>([.. shown.Items.Select(s => Show(s, heads[s.MerchantId].Name))], shown.Next));
    }
}
