using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Batching;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An approved version with its merchant: both never change.</summary>
internal sealed record ShelvedOffer(Guid MerchantId, OfferVersion Version);

/// <summary>Approved versions of offers in this process's memory, so that an exchange costs no query. Which version counts is read under the ledger's lock.</summary>
internal sealed class OfferShelf(IServiceScopeFactory scopes)
{
    /// <summary>Most versions remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 5_000;

    private readonly Remembered<(int, Guid, int), ShelvedOffer> _known = new(MaxRemembered);

    /// <summary>The version if it was approved; null otherwise.</summary>
    public async ValueTask<ShelvedOffer?> Find(int community, Guid offer, int version, CancellationToken cancel)
    {
        if (_known.TryGet((community, offer, version), out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        var found = await db.Set<OfferVersion>().AsNoTracking().Where(v => v.OfferId == offer && v.Version == version && v.ApprovedAt != null)
            .Join(db.Set<Offer>(), v => v.OfferId, o => o.Id, (v, o) => new ShelvedOffer(o.MerchantId, v)).FirstOrDefaultAsync(cancel);
        return found is null ? null : _known.Keep((community, offer, version), found);
    }
}
