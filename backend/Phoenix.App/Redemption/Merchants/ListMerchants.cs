using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>The community's merchants in alphabetical order: the active ones; staff may ask for those in another state.</summary>
public static class ListMerchants
{
    /// <summary>A merchant.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Kind">Which kind of partner.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="Phone">Its telephone.</param>
    /// <param name="OpeningHours">When it is open, in words.</param>
    /// <param name="State">Whether it takes coins.</param>
    /// <param name="OpenDays">On which days it takes them: bit 0 is Monday, bit 6 Sunday.</param>
    /// <param name="OpensAt">From when in the day.</param>
    /// <param name="ClosesAt">Until when in the day; 00:00 is midnight.</param>
    /// <param name="RestsUntil">Until when it takes a rest; null where it doesn't.</param>
    public sealed record Item(
        Guid Id, string Name, PartnerKind Kind, string Address, string Phone, string OpeningHours, MerchantState State, int OpenDays, TimeOnly OpensAt, TimeOnly ClosesAt, DateTimeOffset? RestsUntil);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/merchants", Run)
            .RequireSignedIn()
            .WithName("listMerchants").WithSummary("商家名单");
        community.MapGet("/merchants/{id:guid}", (Guid id, PhoenixDb db, CancellationToken cancel) => Get(id, db, cancel).ToHttp())
            .RequireSignedIn()
            .WithName("getMerchant").WithSummary("商家详情");
    }

    internal static Item Show(Merchant m) => new(
        m.Id, m.Name, m.Kind, m.Address, m.Phone, m.OpeningHours, m.State, m.OpenDays, ClockOf(m.OpensAt), ClockOf(m.ClosesAt), m.RestsUntil);

    private static TimeOnly ClockOf(int minute) => new(minute % Merchant.DayMinutes / 60, minute % 60);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run([AsParameters] PageQuery page, [FromQuery] string? state, Caller caller, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        if (!Enum.TryParse<MerchantState>(state ?? nameof(MerchantState.Active), ignoreCase: true, out var wanted))
            return new Refusal(new BadParameter());
        if (!caller.Is(Role.Staff))
            wanted = MerchantState.Active;
        var merchants = db.Set<Merchant>().AsNoTracking().Where(m => m.State == wanted);
        if (at.After is { } id)
        {
            if (await db.Set<Merchant>().Where(m => m.Id == id).Select(m => m.SortKey).FirstOrDefaultAsync(cancel) is not { } key)
                return new Refusal(new BadPage());
            merchants = merchants.Where(m => string.Compare(m.SortKey, key) > 0 || (m.SortKey == key && m.Id.CompareTo(id) > 0));
        }

        var rows = await merchants.OrderBy(m => m.SortKey).ThenBy(m => m.Id).Take(at.Limit + 1).ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(Show), at.Limit, i => i.Id));
    }

    private static async Task<Result<Item>> Get(Guid id, PhoenixDb db, CancellationToken cancel) =>
        await db.Set<Merchant>().AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancel) is { } merchant ? Show(merchant) : new UnknownMerchant();
}
