using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Offers;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>An exchange as the till shows it: the item, the number, a masked name. Nothing else of the member.</summary>
/// <param name="Id">Which.</param>
/// <param name="Number">Its number of the day.</param>
/// <param name="OfferId">What.</param>
/// <param name="Title">The item's name.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Coins">Coins in all.</param>
/// <param name="Name">The member's name, masked: 王**.</param>
/// <param name="Channel">How it began.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AwaitsMember">Whether the member must say yes on the phone first.</param>
/// <param name="PlacedAt">Since when it is held.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="ResolvedAt">When it ended.</param>
/// <param name="RefundedCoins">Coins that came back after the capture.</param>
public sealed record TillItem(
    Guid Id, int Number, Guid OfferId, string Title, int Quantity, long Coins, string Name, RedemptionChannel Channel, RedemptionState State, bool AwaitsMember, DateTimeOffset PlacedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? ResolvedAt, long RefundedCoins);

/// <summary>Makes what the till shows.</summary>
internal sealed class TillPages(PhoenixDb db, IPeople people)
{
    /// <summary>One.</summary>
    public async Task<TillItem> Show(RedemptionRow row, CancellationToken cancel) => (await Show([row], cancel))[0];

    /// <summary>Several, in their order.</summary>
    public async Task<IReadOnlyList<TillItem>> Show(IReadOnlyList<RedemptionRow> rows, CancellationToken cancel)
    {
        var offers = rows.Select(r => r.OfferId).Distinct().ToArray();
        var titles = await db.Set<OfferVersion>().Where(v => offers.Contains(v.OfferId)).Select(v => new { v.OfferId, v.Version, v.Title }).ToDictionaryAsync(v => (v.OfferId, v.Version), v => v.Title, cancel);
        var members = await people.OfMembers([.. rows.Select(r => r.MemberId).Distinct()], cancel);
        return
        [
            .. rows.Select(r => new TillItem(
                r.Id, r.Number, r.OfferId, titles[(r.OfferId, r.OfferVersion)], r.Quantity, r.Coins, Masked(members.GetValueOrDefault(r.MemberId)?.Name ?? ""), r.Channel, r.State,
                r.State == RedemptionState.Held && r.NeedsConsent && r.ConsentedAt is null, r.PlacedAt, r.ExpiresAt, r.ResolvedAt, r.RefundedCoins)),
        ];
    }

    /// <summary>A name with all but its first character hidden: 王**.</summary>
    internal static string Masked(string name) => string.Create(CultureInfo.InvariantCulture, $"{string.Concat(name.EnumerateRunes().Take(1))}**");
}
