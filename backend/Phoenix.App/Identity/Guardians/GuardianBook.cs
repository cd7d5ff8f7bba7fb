using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Guardians;

/// <summary>A minor with everything that decides about it today.</summary>
/// <param name="Member">The child's membership.</param>
/// <param name="Birth">When it was born.</param>
/// <param name="Age">Full years today.</param>
/// <param name="Links">The guardians' links that last.</param>
internal sealed record Minor(Member Member, DateOnly Birth, int Age, IReadOnlyList<Guardianship> Links)
{
    /// <summary>The person.</summary>
    public Guid Id => Member.PersonId;

    /// <summary>Whether the person is one of the guardians.</summary>
    public bool IsGuardedBy(Guid person) => Links.Any(l => l.GuardianId == person);
}

/// <summary>The rules about guardians and consents, in one place for every way in which they come and go.</summary>
internal sealed class GuardianBook(PhoenixDb db, BirthDates births, IDocumentConsents documents, ICommunityCalendar calendar, IIds ids, Clock clock)
{
    /// <summary>The community's day.</summary>
    public DateOnly Today => calendar.Time.DayOf(clock.Now);

    /// <summary>The member who is a minor today, by member id; null for anybody else.</summary>
    public async Task<Minor?> Find(Guid memberId, CancellationToken cancel) =>
        await db.Set<Member>().FirstOrDefaultAsync(m => m.Id == memberId && m.LeftAt == null, cancel) is { } member ? await Find(member, cancel) : null;

    /// <summary>The member who is a minor today; null for anybody else.</summary>
    public async Task<Minor?> Find(Member member, CancellationToken cancel)
    {
        if (await births.Of(member.PersonId, cancel) is not { } birth || Ages.On(birth, Today) is not { } age || age >= Ages.Adult)
            return null;
        return new Minor(member, birth, age, await db.Set<Guardianship>().Where(g => g.ChildId == member.PersonId && g.EndedAt == null).OrderBy(g => g.Id).ToListAsync(cancel));
    }

    /// <summary>A child of this guardian, by member id, or <see cref="UnknownChild"/>.</summary>
    public async Task<Result<Minor>> ChildOf(Guid guardian, Guid memberId, CancellationToken cancel) =>
        await Find(memberId, cancel) is { } minor && minor.IsGuardedBy(guardian) ? minor : new UnknownChild();

    /// <summary>Null where the document is the privacy notice in force; otherwise <see cref="NoticeNotCurrent"/>.</summary>
    public async Task<Error?> CheckNotice(Guid document, CancellationToken cancel) =>
        await documents.PrivacyNotice(cancel) is { } current && current.Id == document ? null : new NoticeNotCurrent();

    /// <summary>Null where the person may become a guardian of one more child.</summary>
    public async Task<Error?> CheckGuardian(Guid person, CancellationToken cancel)
    {
        if (await births.Of(person, cancel) is { } birth && Ages.On(birth, Today) is null or < Ages.Adult)
            return new GuardianIsMinor();
        return await db.Set<Guardianship>().CountAsync(g => g.GuardianId == person && g.EndedAt == null, cancel) < Guardianship.MaxChildren ? null : new TooManyChildren();
    }

    /// <summary>Links a guardian to a child and notes the consent.</summary>
    public void Link(Guid guardian, Guid child, DateOnly birth, Relation relation, Guid document)
    {
        db.Add(new Guardianship { CommunityId = db.Scope.CommunityId, Id = ids.New(), GuardianId = guardian, ChildId = child, Relation = relation, Since = clock.Now });
        Consent(child, birth, guardian, document, null);
    }

    /// <summary>Notes a consent for the child's present stage.</summary>
    public void Consent(Guid child, DateOnly birth, Guid givenBy, Guid document, Guid? witness) => db.Add(new MinorConsent
    {
        CommunityId = db.Scope.CommunityId,
        Id = ids.New(),
        ChildId = child,
        GivenBy = givenBy,
        Stage = ConsentRule.StageOn(birth, Today),
        DocumentId = document,
        GivenAt = clock.Now,
        WitnessId = witness,
    });

    /// <summary>Notes that somebody takes back every consent they gave about the child; where there is none for the present stage, that they refuse it.</summary>
    public async Task Withdraw(Minor minor, Guid by, Guid document, CancellationToken cancel)
    {
        var (now, stage) = (clock.Now, ConsentRule.StageOn(minor.Birth, Today));
        var standing = await db.Set<MinorConsent>().Where(c => c.ChildId == minor.Id && c.GivenBy == by && c.WithdrawnAt == null).ToListAsync(cancel);
        foreach (var consent in standing)
            consent.WithdrawnAt = now;
        if (!standing.Exists(c => c.Stage == stage))
            db.Add(new MinorConsent { CommunityId = db.Scope.CommunityId, Id = ids.New(), ChildId = minor.Id, GivenBy = by, Stage = stage, DocumentId = document, GivenAt = now, WithdrawnAt = now });
    }

    /// <summary>The child as one of its guardians sees it.</summary>
    public async Task<ChildView> Show(Minor minor, Guid guardian, CancellationToken cancel)
    {
        var others = minor.Links.Where(l => l.GuardianId != guardian).Select(l => l.GuardianId).ToList();
        var names = await db.Set<Member>().Where(m => others.Contains(m.PersonId)).OrderBy(m => m.Id).Select(m => m.DisplayName).ToListAsync(cancel);
        var hasWeChat = await db.Set<WeChatAccount>().AnyAsync(a => a.PersonId == minor.Id, cancel);
        var relation = minor.Links.FirstOrDefault(l => l.GuardianId == guardian)?.Relation ?? Relation.Other;
        return new ChildView(minor.Member.Id, minor.Member.DisplayName, minor.Age, relation, await StateOf(minor, cancel), minor.Age < Ages.Alone, hasWeChat, names);
    }

    /// <summary>Whose consent is missing today.</summary>
    public async Task<ConsentState> StateOf(Minor minor, CancellationToken cancel)
    {
        var consents = await db.Set<MinorConsent>().AsNoTracking().Where(c => c.ChildId == minor.Id).ToListAsync(cancel);
        var guardians = minor.Links.Select(l => l.GuardianId).ToList();
        var byGuardian = ConsentRule.IsGivenByGuardians(minor.Birth, Today, guardians, consents);
        var byChild = ConsentRule.StageOn(minor.Birth, Today) == ConsentStage.UnderFourteen || ConsentRule.IsGivenByChild(minor.Id, consents);
        return (byGuardian, byChild) switch
        {
            (true, true) => ConsentState.Valid,
            (false, true) => ConsentState.GuardianNeeded,
            (true, false) => ConsentState.ChildNeeded,
            _ => ConsentState.BothNeeded,
        };
    }
}
