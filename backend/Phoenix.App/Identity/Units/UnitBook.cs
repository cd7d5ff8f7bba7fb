using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Units;

/// <summary>The rules about who is in which unit and who speaks for it, in one place. What changes rows is called holding the community's lock.</summary>
internal sealed class UnitBook(PhoenixDb db, IPlaceRoles roles, IPeople people, IAuditLog audit, Clock clock, IIds ids) : IUnits
{
    /// <summary>The unit, or <see cref="UnknownUnit"/>, <see cref="UnitClosed"/>.</summary>
    public async Task<Result<Unit>> Open(Guid unitId, CancellationToken cancel)
    {
        if (await db.Set<Unit>().FirstOrDefaultAsync(u => u.Id == unitId, cancel) is not { } unit)
            return new UnknownUnit();
        if (unit.ClosedAt is not null)
            return new UnitClosed();
        return unit;
    }

    /// <summary>The unit for one of its contacts: nobody else's exists.</summary>
    public async Task<Result<Unit>> OpenFor(Guid unitId, Guid contact, CancellationToken cancel) =>
        await IsContact(unitId, contact, cancel) ? await Open(unitId, cancel) : new UnknownUnit();

    /// <summary>The person's present place in the unit, a proposal included; null for none.</summary>
    public Task<UnitMember?> Present(Guid unitId, Guid personId, CancellationToken cancel) =>
        db.Set<UnitMember>().FirstOrDefaultAsync(m => m.UnitId == unitId && m.PersonId == personId && m.EndedAt == null, cancel);

    /// <summary>The person is in the unit from now on, and it is the primary one where there is none. Refused with <see cref="TooManyUnits"/>.</summary>
    public async Task<Error?> Join(UnitMember place, CancellationToken cancel)
    {
        if (await db.Set<UnitMember>().CountAsync(m => m.PersonId == place.PersonId && m.EndedAt == null && m.JoinedAt != null, cancel) >= UnitMember.MaxUnits)
            return new TooManyUnits();
        place.JoinedAt = clock.Now;
        if (!await db.Set<UnitPrimary>().AnyAsync(p => p.PersonId == place.PersonId && p.EndedAt == null, cancel))
            AddPrimary(place.PersonId, place.UnitId);
        audit.Write("unit.joined", $"unit:{place.UnitId:N}", place.PersonId);
        return null;
    }

    /// <summary>The unit may see the person's hours, or may not any more. A child under 14 can't say so alone: <see cref="SharingTooYoung"/> (PIPL art 31).</summary>
    public async Task<Error?> Share(UnitMember place, bool shares, CancellationToken cancel)
    {
        if (shares && await people.AgeOn(place.PersonId, CommunityTime.Shanghai.DayOf(clock.Now), cancel) < Ages.OwnConsent)
            return new SharingTooYoung();
        if (shares != place.SharesHoursSince is not null)
            audit.Write(shares ? "unit.hours_shared" : "unit.hours_hidden", $"unit:{place.UnitId:N}", place.PersonId);
        place.SharesHoursSince = shares ? place.SharesHoursSince ?? clock.Now : null;
        return null;
    }

    /// <summary>The unit is the person's primary one from now on.</summary>
    public async Task MakePrimary(UnitMember place, CancellationToken cancel)
    {
        var present = await db.Set<UnitPrimary>().FirstOrDefaultAsync(p => p.PersonId == place.PersonId && p.EndedAt == null, cancel);
        if (present?.UnitId == place.UnitId)
            return;
        if (present is not null)
        {
            present.EndedAt = clock.Now;
            await db.SaveChangesAsync(cancel);
        }

        AddPrimary(place.PersonId, place.UnitId);
    }

    /// <summary>These places in one unit are over. Whose primary unit it was has the earliest joined of the others from now on.</summary>
    public async Task End(Guid unitId, IReadOnlyList<UnitMember> places, string action, string? reason, CancellationToken cancel)
    {
        var now = clock.Now;
        foreach (var place in places)
        {
            (place.EndedAt, place.SharesHoursSince) = (now, null);
            audit.Write(action, $"unit:{unitId:N}", place.PersonId, reason);
        }

        var gone = places.Select(p => p.PersonId).ToArray();
        var primaries = await db.Set<UnitPrimary>().Where(p => p.UnitId == unitId && p.EndedAt == null && gone.Contains(p.PersonId)).ToListAsync(cancel);
        foreach (var primary in primaries)
            primary.EndedAt = now;
        await db.SaveChangesAsync(cancel);
        var orphans = primaries.ConvertAll(p => p.PersonId);
        var others = await db.Set<UnitMember>().AsNoTracking().Where(m => orphans.Contains(m.PersonId) && m.JoinedAt != null && m.EndedAt == null).ToListAsync(cancel);
        foreach (var next in others.GroupBy(m => m.PersonId).Select(g => g.OrderBy(m => m.JoinedAt).ThenBy(m => m.Id).First()))
            AddPrimary(next.PersonId, next.UnitId);
    }

    /// <summary>The person speaks for the unit from now on; does nothing where it is so.</summary>
    public async Task AddContact(Guid unitId, Guid personId, string? reason, CancellationToken cancel)
    {
        if (await IsContact(unitId, personId, cancel))
            return;
        db.Add(new UnitContact { CommunityId = db.Scope.CommunityId, UnitId = unitId, PersonId = personId, NamedAt = clock.Now });
        audit.Write("unit.contact_named", $"unit:{unitId:N}", personId, reason);
        await roles.Set(personId, Role.UnitContact, true, reason, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The person doesn't speak for the unit any more; the role stays while there is another unit.</summary>
    public async Task RemoveContact(UnitContact contact, string? reason, CancellationToken cancel)
    {
        db.Remove(contact);
        audit.Write("unit.contact_removed", $"unit:{contact.UnitId:N}", contact.PersonId, reason);
        var another = await db.Set<UnitContact>().AnyAsync(c => c.PersonId == contact.PersonId && c.UnitId != contact.UnitId, cancel);
        await roles.Set(contact.PersonId, Role.UnitContact, another, reason, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <inheritdoc />
    public async Task<UnitSnapshot?> SnapshotOf(Guid personId, DateOnly day, CancellationToken cancel) =>
        (await SnapshotsOf([personId], day, cancel)).GetValueOrDefault(personId);

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<Guid, UnitSnapshot>> SnapshotsOf(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken cancel)
    {
        var (start, end) = (CommunityTime.Shanghai.StartOf(day), CommunityTime.Shanghai.EndOf(day));
        var found = await db.Set<UnitPrimary>().Where(p => personIds.Contains(p.PersonId) && p.FromAt < end && (p.EndedAt == null || p.EndedAt > start))
            .Join(db.Set<Unit>(), p => p.UnitId, u => u.Id, (p, u) => new { p.PersonId, p.FromAt, p.Id, p.UnitId, u.Name }).ToListAsync(cancel);
        return found.GroupBy(p => p.PersonId).ToDictionary(g => g.Key, g => g.OrderBy(p => p.FromAt).ThenBy(p => p.Id).Select(p => new UnitSnapshot(p.UnitId, p.Name)).Last());
    }

    /// <inheritdoc />
    public Task<bool> IsContact(Guid unitId, Guid personId, CancellationToken cancel) =>
        db.Set<UnitContact>().AnyAsync(c => c.UnitId == unitId && c.PersonId == personId, cancel);

    /// <inheritdoc />
    public async Task<IReadOnlySet<Guid>> Consenting(Guid unitId, CancellationToken cancel) =>
        await db.Set<UnitMember>().Where(m => m.UnitId == unitId && m.EndedAt == null && m.SharesHoursSince != null).Select(m => m.PersonId).ToHashSetAsync(cancel);

    private void AddPrimary(Guid person, Guid unit) =>
        db.Add(new UnitPrimary { CommunityId = db.Scope.CommunityId, Id = ids.New(), PersonId = person, UnitId = unit, FromAt = clock.Now });
}
