using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Details;

/// <summary>Reads and writes birth dates.</summary>
internal sealed class BirthDates(PhoenixDb db, KeyRing keys, Clock clock)
{
    /// <summary>The known ones of these persons.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateOnly>> Of(IReadOnlyCollection<Guid> persons, CancellationToken cancel)
    {
        var wanted = persons.Distinct().ToList();
        return (await db.Set<BirthDate>().AsNoTracking().Where(b => wanted.Contains(b.PersonId)).ToListAsync(cancel)).ToDictionary(b => b.PersonId, b => b.Open(keys));
    }

    /// <summary>The person's, or null.</summary>
    public async Task<DateOnly?> Of(Guid person, CancellationToken cancel) => (await Of([person], cancel)).TryGetValue(person, out var day) ? day : null;

    /// <summary>Notes what was said for the first time; <see cref="BirthDateDiffers"/> where another day was said before.</summary>
    public async Task<Error?> Say(Guid person, DateOnly day, CancellationToken cancel)
    {
        if (await Of(person, cancel) is { } before)
            return before == day ? null : new BirthDateDiffers();
        db.Add(new BirthDate { PersonId = person, Day = BirthDate.Seal(keys, person, day), SaidAt = clock.Now });
        return null;
    }

    /// <summary>Puts another day in its place.</summary>
    public async Task Correct(Guid person, DateOnly day, CancellationToken cancel)
    {
        var row = await db.Set<BirthDate>().FirstOrDefaultAsync(b => b.PersonId == person, cancel);
        if (row is null)
            db.Add(row = new BirthDate { PersonId = person, Day = "" });
        (row.Day, row.SaidAt) = (BirthDate.Seal(keys, person, day), clock.Now);
    }
}
