using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity.Members;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Phones;

/// <summary>A person's numbers as they are shown, to the person too.</summary>
/// <param name="Confirmed">The number that counts, masked: 138****1234; null if there is none.</param>
/// <param name="Pending">The number that waits for staff, masked; null if there is none.</param>
public sealed record PhoneView(string? Confirmed, string? Pending);

/// <summary>Reads and writes numbers, in one place for every way in which one comes.</summary>
internal sealed class PhoneBook(PhoenixDb db, KeyRing keys, IIds ids, Clock clock)
{
    /// <summary>The person's numbers, masked.</summary>
    public async Task<PhoneView> Of(Guid person, CancellationToken cancel) => Show(await db.Set<Phone>().Where(p => p.PersonId == person).ToListAsync(cancel));

    /// <summary>The confirmed numbers of these persons, masked, for lists.</summary>
    public async Task<IReadOnlyDictionary<Guid, PhoneView>> Of(IReadOnlyCollection<Guid> persons, CancellationToken cancel) =>
        (await db.Set<Phone>().AsNoTracking().Where(p => persons.Contains(p.PersonId)).ToListAsync(cancel)).GroupBy(p => p.PersonId).ToDictionary(g => g.Key, g => Show([.. g]));

    /// <summary>Puts a number in the place of the one that had this state before; a confirmed one also takes the place of one that waits.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="number">In the stored form.</param>
    /// <param name="state">Confirmed for one from WeChat.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<PhoneView> Put(Guid person, string number, PhoneState state, CancellationToken cancel)
    {
        var before = await db.Set<Phone>().Where(p => p.PersonId == person).ToListAsync(cancel);
        var isKnown = before.Exists(p => p.State == PhoneState.Confirmed && p.Open(keys) == number);
        db.RemoveRange(before.Where(p => p.State == PhoneState.Pending || (state == PhoneState.Confirmed && !isKnown)));
        await db.SaveChangesAsync(cancel);
        if (!isKnown)
        {
            var (id, now) = (ids.New(), clock.Now);
            db.Add(new Phone
            {
                Id = id,
                PersonId = person,
                State = state,
                Number = keys.Encrypt(number, Phone.Place(id)),
                NumberHash = keys.KeyedHash(Phone.NumberScope, number),
                GivenAt = now,
                ConfirmedAt = state == PhoneState.Confirmed ? now : null,
            });
            await db.SaveChangesAsync(cancel);
        }

        return await Of(person, cancel);
    }

    /// <summary>The members here who have the number, confirmed or waiting, by member id.</summary>
    public async Task<IReadOnlyList<Member>> MembersWith(string number, CancellationToken cancel)
    {
        var hashes = keys.Candidates(Phone.NumberScope, number);
        var persons = db.Set<Phone>().Where(p => hashes.Contains(p.NumberHash)).Select(p => p.PersonId);
        return await db.Set<Member>().AsNoTracking().Where(m => m.LeftAt == null && persons.Contains(m.PersonId)).OrderBy(m => m.Id).Take(MaxSharing).ToListAsync(cancel);
    }

    /// <summary>Most members shown for one number.</summary>
    public const int MaxSharing = 20;

    private PhoneView Show(List<Phone> phones)
    {
        return new PhoneView(Masked(PhoneState.Confirmed), Masked(PhoneState.Pending));

        string? Masked(PhoneState state) => phones.Find(p => p.State == state) is { } phone ? PhoneNumbers.Mask(phone.Open(keys)) : null;
    }
}
