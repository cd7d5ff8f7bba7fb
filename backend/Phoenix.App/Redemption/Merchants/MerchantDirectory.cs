using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Merchants;

/// <inheritdoc />
internal sealed class MerchantDirectory(PhoenixDb db) : IMerchantDirectory
{
    private IQueryable<MerchantStaff> Present => db.Set<MerchantStaff>().AsNoTracking().Where(s => s.EndedAt == null);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, MerchantHead>> Of(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel)
    {
        var owners = (await Present.Where(s => s.Post == MerchantPost.Owner && merchantIds.Contains(s.MerchantId)).OrderBy(s => s.JoinedAt).ThenBy(s => s.Id)
            .Select(s => new { s.MerchantId, s.PersonId }).ToListAsync(cancel)).ToLookup(s => s.MerchantId, s => s.PersonId);
        return await db.Set<Merchant>().AsNoTracking().Where(m => merchantIds.Contains(m.Id)).Select(m => new { m.Id, m.Name })
            .ToDictionaryAsync(m => m.Id, m => new MerchantHead(m.Id, m.Name, [.. owners[m.Id]]), cancel);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Guid>> PlacesOf(Guid personId, CancellationToken cancel) =>
        await Present.Where(s => s.PersonId == personId).Select(s => s.MerchantId).ToListAsync(cancel);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Guid>> OwnedBy(Guid personId, CancellationToken cancel) =>
        await Present.Where(s => s.PersonId == personId && s.Post == MerchantPost.Owner).Select(s => s.MerchantId).ToListAsync(cancel);
}
