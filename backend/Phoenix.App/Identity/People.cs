using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Volunteers;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity;

/// <inheritdoc />
internal sealed class People(PhoenixDb db, BirthDates births, IAuditLog audit, ICommunityCalendar calendar, Clock clock) : IPeople
{
    /// <summary>What the log calls a look at a minor.</summary>
    public const string LookAction = "minor.looked_at";

    /// <summary>Most members of one name that are shown.</summary>
    public const int MaxNamesakes = 10;

    private DateOnly Today => calendar.Time.DayOf(clock.Now);

    public async Task<IReadOnlyDictionary<Guid, MemberHead>> OfPersons(IReadOnlyCollection<Guid> personIds, CancellationToken cancel)
    {
        var wanted = personIds.Distinct().ToList();
        return await Heads(db.Set<Member>().Where(m => wanted.Contains(m.PersonId))).ToDictionaryAsync(m => m.PersonId, cancel);
    }

    public async Task<IReadOnlyDictionary<Guid, MemberHead>> OfMembers(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel)
    {
        var wanted = memberIds.Distinct().ToList();
        return await Heads(db.Set<Member>().Where(m => wanted.Contains(m.Id))).ToDictionaryAsync(m => m.MemberId, cancel);
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<MemberHead>>> OfNames(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var wanted = names.Distinct(StringComparer.Ordinal).ToList();
        var found = await Heads(db.Set<Member>().Where(m => wanted.Contains(m.DisplayName) && m.LeftAt == null).OrderBy(m => m.Id)).ToListAsync(cancel);
        return found.GroupBy(m => m.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<MemberHead>)[.. g.Take(MaxNamesakes)], StringComparer.Ordinal);
    }

    public async Task<IReadOnlyDictionary<string, MemberHead>> OfVolunteers(IReadOnlyCollection<string> numbers, CancellationToken cancel)
    {
        var wanted = numbers.Distinct(StringComparer.Ordinal).ToList();
        var persons = await db.Set<Volunteer>().Where(v => wanted.Contains(v.Number)).ToDictionaryAsync(v => v.Number, v => v.PersonId, StringComparer.Ordinal, cancel);
        var heads = await OfPersons(persons.Values, cancel);
        return persons.Where(p => heads.ContainsKey(p.Value)).ToDictionary(p => p.Key, p => heads[p.Value], StringComparer.Ordinal);
    }

    public async Task<int?> AgeOn(Guid personId, DateOnly day, CancellationToken cancel) =>
        await births.Of(personId, cancel) is { } birth ? Ages.On(birth, day) : null;

    public async Task<IReadOnlyDictionary<Guid, Minority>> MinorsAmong(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken cancel)
    {
        var minors = (await births.Of(personIds, cancel)).Where(b => Ages.On(b.Value, day) is null or < Ages.Adult).ToDictionary();
        if (minors.Count == 0)
            return new Dictionary<Guid, Minority>();
        var ids = minors.Keys.ToList();
        var guardians = (await db.Set<Guardianship>().AsNoTracking().Where(g => ids.Contains(g.ChildId) && g.EndedAt == null).OrderBy(g => g.Id).ToListAsync(cancel)).ToLookup(g => g.ChildId, g => g.GuardianId);
        var consents = (await db.Set<MinorConsent>().AsNoTracking().Where(c => ids.Contains(c.ChildId)).ToListAsync(cancel)).ToLookup(c => c.ChildId);
        return minors.ToDictionary(m => m.Key, m =>
        {
            var age = Ages.On(m.Value, day) ?? 0;
            return new Minority(age, ConsentRule.IsValid(m.Value, day, m.Key, [.. guardians[m.Key]], [.. consents[m.Key]]), age < Ages.Alone, [.. guardians[m.Key]]);
        });
    }

    public async Task<Error?> MayTakePart(Guid personId, DateOnly day, CancellationToken cancel) =>
        (await MinorsAmong([personId], day, cancel)).TryGetValue(personId, out var minority) && !minority.HasConsent ? new ConsentNeeded() : null;

    public async Task<bool> MayActFor(Guid actorId, Guid personId, FamilyRights right, CancellationToken cancel) =>
        actorId == personId
        || (await Children(actorId, cancel)).Contains(personId)
        || await db.Set<FamilyLink>().AnyAsync(f => f.HelperId == actorId && f.PrincipalId == personId && f.EndedAt == null && (f.Rights & right) == right, cancel);

    public async Task<IReadOnlyList<ActsFor>> ActsFor(Guid actorId, CancellationToken cancel)
    {
        var children = await Children(actorId, cancel);
        var helped = await db.Set<FamilyLink>().AsNoTracking().Where(f => f.HelperId == actorId && f.EndedAt == null).OrderBy(f => f.Id).ToListAsync(cancel);
        var heads = await OfPersons([.. children, .. helped.Select(f => f.PrincipalId)], cancel);
        return
        [
            .. children.Where(heads.ContainsKey).Select(c => new ActsFor(heads[c], FamilyRights.All, true)),
            .. helped.Where(f => heads.ContainsKey(f.PrincipalId) && !children.Contains(f.PrincipalId)).Select(f => new ActsFor(heads[f.PrincipalId], f.Rights, false)),
        ];
    }

    public async Task<IReadOnlyList<Guid>> NoticesGoTo(Guid personId, CancellationToken cancel) => (await NoticesGoTo([personId], cancel))[personId];

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> NoticesGoTo(IReadOnlyCollection<Guid> personIds, CancellationToken cancel)
    {
        var persons = personIds.Distinct().ToList();
        var minors = await MinorsAmong(persons, Today, cancel);
        var helpers = (await db.Set<FamilyLink>().AsNoTracking().Where(f => persons.Contains(f.PrincipalId) && f.EndedAt == null && (f.Rights & FamilyRights.Notices) == FamilyRights.Notices)
            .OrderBy(f => f.Id).ToListAsync(cancel)).ToLookup(f => f.PrincipalId, f => f.HelperId);
        return persons.ToDictionary(p => p, p => (IReadOnlyList<Guid>)[.. new[] { p }.Concat(minors.TryGetValue(p, out var minor) ? minor.GuardianIds : []).Concat(helpers[p]).Distinct()]);
    }

    public async Task<Error?> DetailsMissing(Guid personId, CancellationToken cancel) =>
        await db.Set<PersonDetails>().AnyAsync(d => d.PersonId == personId, cancel) ? null : new DetailsNeeded();

    public async Task<int> LogLooks(Guid viewerId, IReadOnlyCollection<Guid> personIds, string page, CancellationToken cancel)
    {
        var seen = (await MinorsAmong(personIds, Today, cancel)).Where(m => m.Key != viewerId && !m.Value.GuardianIds.Contains(viewerId)).Select(m => m.Key).Order().ToList();
        foreach (var minor in seen)
            audit.Write(LookAction, page, minor);
        return seen.Count;
    }

    private static IQueryable<MemberHead> Heads(IQueryable<Member> members) => members.Select(m => new MemberHead(m.PersonId, m.Id, m.DisplayName, m.LeftAt != null));

    /// <summary>The guardian's children who are minors today, in the order in which they were added.</summary>
    private async Task<List<Guid>> Children(Guid guardian, CancellationToken cancel)
    {
        var linked = await db.Set<Guardianship>().Where(g => g.GuardianId == guardian && g.EndedAt == null).OrderBy(g => g.Id).Select(g => g.ChildId).ToListAsync(cancel);
        var born = await births.Of(linked, cancel);
        var today = Today;
        return linked.FindAll(c => !born.TryGetValue(c, out var birth) || Ages.On(birth, today) is null or < Ages.Adult);
    }
}
