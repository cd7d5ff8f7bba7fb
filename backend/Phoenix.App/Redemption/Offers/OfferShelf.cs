using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An approved version with its merchant: both never change.</summary>
internal sealed record ShelvedOffer(Guid MerchantId, OfferVersion Version);

/// <summary>Approved versions of offers in this process's memory, so that an exchange costs no query. Which version counts is read under the ledger's lock.</summary>
internal sealed class OfferShelf(IServiceScopeFactory scopes)
{
    /// <summary>Most versions remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 5_000;

    private readonly ConcurrentDictionary<(int, Guid, int), ShelvedOffer> _known = new();

    /// <summary>The version if it was approved; null otherwise.</summary>
    public async ValueTask<ShelvedOffer?> Find(int community, Guid offer, int version, CancellationToken cancel)
    {
        if (_known.TryGetValue((community, offer, version), out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        var found = await db.Set<OfferVersion>().AsNoTracking().Where(v => v.OfferId == offer && v.Version == version && v.ApprovedAt != null)
            .Join(db.Set<Offer>(), v => v.OfferId, o => o.Id, (v, o) => new ShelvedOffer(o.MerchantId, v)).FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        if (_known.Count >= MaxRemembered)
            _known.Clear();
        return _known[(community, offer, version)] = found;
    }
}
