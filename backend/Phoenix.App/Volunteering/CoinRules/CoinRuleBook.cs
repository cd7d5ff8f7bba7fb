using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.CoinRules;

/// <summary>Finds the version that counts on a day.</summary>
public sealed class CoinRuleBook(PhoenixDb db)
{
    /// <summary>The newest version in effect on the day; null where the community has set none for it.</summary>
    public Task<CoinRule?> On(DateOnly day, CancellationToken cancel) =>
        db.Set<CoinRule>().AsNoTracking().Where(r => r.EffectiveFrom <= day).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancel);

    /// <summary>Every version from the newest down, for looking up more than one day; a community has a handful.</summary>
    public async Task<IReadOnlyList<CoinRule>> All(CancellationToken cancel) => await db.Set<CoinRule>().AsNoTracking().OrderByDescending(r => r.Version).ToListAsync(cancel);
}
