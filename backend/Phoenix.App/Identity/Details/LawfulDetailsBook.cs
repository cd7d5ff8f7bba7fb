using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Details;

/// <inheritdoc />
internal sealed class LawfulDetailsBook(PhoenixDb db, KeyRing keys) : ILawfulDetails
{
    public async Task<IReadOnlyDictionary<Guid, LawfulDetails>> Of(IReadOnlyCollection<Guid> personIds, CancellationToken cancel)
    {
        var wanted = personIds.Distinct().ToList();
        return (await db.Set<PersonDetails>().AsNoTracking().Where(d => wanted.Contains(d.PersonId)).ToListAsync(cancel))
            .ToDictionary(d => d.PersonId, d => new LawfulDetails(d.Open(keys, "real_name")!, d.Open(keys, "id_number")!));
    }
}
