using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>
/// What every act at a till asks the database first, for many tills in one query: whether somebody may act there, and which exchange is meant. As fresh as
/// one's own query. Not for use inside a transaction: it has a connection of its own.
/// </summary>
internal sealed class TillReads
{
    private readonly IServiceScopeFactory _scopes;
    private readonly Clock _clock;
    private readonly SharedReads<(int Community, Guid Merchant, Guid Person), TillPlace> _places;
    private readonly SharedReads<(int Community, Guid Id), RedemptionRow> _rows;

    public TillReads(IServiceScopeFactory scopes, Clock clock)
    {
        (_scopes, _clock) = (scopes, clock);
        _places = new SharedReads<(int Community, Guid Merchant, Guid Person), TillPlace>(ReadPlaces);
        _rows = new SharedReads<(int Community, Guid Id), RedemptionRow>(ReadRows);
    }

    /// <summary>As <see cref="IMerchantPeople.MayActAt"/>.</summary>
    public async Task<Error?> MayActAt(int community, Guid merchant, Guid person, CancellationToken cancel) =>
        await _places.Ask((community, merchant, person), cancel) is { } place ? MerchantBook.Judge(place.Staff, place.State, _clock.Now) : new UnknownMerchant();

    /// <summary>The exchange; null for none. The row is everybody's who asked: it is copied before it is changed.</summary>
    public Task<RedemptionRow?> Find(int community, Guid id, CancellationToken cancel) => _rows.Ask((community, id), cancel);

    private async Task<IReadOnlyDictionary<(int Community, Guid Merchant, Guid Person), TillPlace>> ReadPlaces(IReadOnlyCollection<(int Community, Guid Merchant, Guid Person)> asked)
    {
        var found = new Dictionary<(int Community, Guid Merchant, Guid Person), TillPlace>();
        foreach (var community in asked.GroupBy(a => a.Community))
        {
            await using var scope = Enter(community.Key);
            var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
            var (merchants, persons) = (community.Select(a => a.Merchant).Distinct().ToArray(), community.Select(a => a.Person).Distinct().ToArray());
            var places = await db.Set<MerchantStaff>().AsNoTracking().Where(s => persons.Contains(s.PersonId) && merchants.Contains(s.MerchantId) && s.EndedAt == null)
                .Join(db.Set<Merchant>(), s => s.MerchantId, m => m.Id, (s, m) => new { Staff = s, m.State }).ToListAsync();
            foreach (var place in places)
                found[(community.Key, place.Staff.MerchantId, place.Staff.PersonId)] = new TillPlace(place.Staff, place.State);
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<(int Community, Guid Id), RedemptionRow>> ReadRows(IReadOnlyCollection<(int Community, Guid Id)> asked)
    {
        var found = new Dictionary<(int Community, Guid Id), RedemptionRow>();
        foreach (var community in asked.GroupBy(a => a.Community))
        {
            await using var scope = Enter(community.Key);
            var ids = community.Select(a => a.Id).ToArray();
            foreach (var row in await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<RedemptionRow>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync())
                found[(community.Key, row.Id)] = row;
        }

        return found;
    }

    private AsyncServiceScope Enter(int community)
    {
        var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        return scope;
    }

    private sealed record TillPlace(MerchantStaff Staff, MerchantState State);
}
