using Phoenix.App.Files;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An offer as residents see it: coins and words, and never what a coin is worth.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">The version: to be sent along when exchanging.</param>
/// <param name="MerchantId">Whose.</param>
/// <param name="MerchantName">Its name.</param>
/// <param name="Title">The name.</param>
/// <param name="Description">What it is.</param>
/// <param name="ExtraText">到店另付, in the merchant's words; empty for nothing.</param>
/// <param name="Picture">Its picture; null for none.</param>
/// <param name="Coins">Coins for one.</param>
/// <param name="MaxQuantity">How many at once.</param>
/// <param name="LeftToday">How many are left today; null where there is no limit.</param>
/// <param name="PerPersonDay">How many a person each day; null for no limit.</param>
/// <param name="PerPersonWeek">How many a person each week; null for no limit.</param>
/// <param name="PerPersonMonth">How many a person each month; null for no limit.</param>
/// <param name="Weekdays">On which days, 1 is Monday and 7 Sunday.</param>
/// <param name="From">From when in the day.</param>
/// <param name="To">Until when in the day; 00:00 is midnight.</param>
/// <param name="ValidTo">The last day; null for no end.</param>
/// <param name="State">Whether it can be exchanged.</param>
/// <param name="IsPinned">Whether it is the merchant's pre-selected one.</param>
public sealed record OfferView(
    Guid Id, int Version, Guid MerchantId, string MerchantName, string Title, string Description, string ExtraText, FileLink? Picture, long Coins, int MaxQuantity, long? LeftToday,
    int? PerPersonDay, int? PerPersonWeek, int? PerPersonMonth, IReadOnlyList<int> Weekdays, TimeOnly From, TimeOnly To, DateOnly? ValidTo, OfferState State, bool IsPinned)
{
    internal static OfferView Of(Offer offer, OfferVersion v, string merchant, long? leftToday, FileLink? picture) => new(
        offer.Id, v.Version, offer.MerchantId, merchant, v.Title, v.Description, v.ExtraText, picture, v.Coins, v.MaxQuantity, leftToday, v.PerPersonDay, v.PerPersonWeek, v.PerPersonMonth,
        [.. Enumerable.Range(1, 7).Where(d => (v.Weekdays & (1 << (d - 1))) != 0)], Clock(v.FromMinute), Clock(v.ToMinute), v.ValidTo, offer.State, offer.IsPinned);

    private static TimeOnly Clock(int minute) => new(minute % OfferVersion.DayMinutes / 60, minute % 60);
}
