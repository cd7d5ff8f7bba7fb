using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity.Details;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>What a helper may do, as the form has it.</summary>
/// <param name="MaySignUp">帮报名.</param>
/// <param name="MayCollect">代取.</param>
/// <param name="GetsNotices">收通知.</param>
public sealed record Rights(bool MaySignUp, bool MayCollect, bool GetsNotices)
{
    /// <summary>As other modules ask for them.</summary>
    internal FamilyRights Flags => (MaySignUp ? FamilyRights.SignUp : FamilyRights.None) | (MayCollect ? FamilyRights.Collect : FamilyRights.None) | (GetsNotices ? FamilyRights.Notices : FamilyRights.None);

    /// <summary>From the stored form.</summary>
    internal static Rights Of(FamilyRights flags) => new(flags.HasFlag(FamilyRights.SignUp), flags.HasFlag(FamilyRights.Collect), flags.HasFlag(FamilyRights.Notices));
}

/// <summary>The rules about family links, for both ways in which one is made.</summary>
internal sealed class FamilyBook(PhoenixDb db, BirthDates births, Guardians.GuardianBook guardians, IIds ids, Clock clock)
{
    /// <summary>Makes the link, or says why not: <see cref="AlreadyFamily"/>, <see cref="FamilyTooYoung"/>, <see cref="TooMuchFamily"/>.</summary>
    public async Task<Result<FamilyLink>> Link(Guid principal, Guid helper, FamilyRights rights, Guid? madeBy, Guid? witness, CancellationToken cancel)
    {
        var today = guardians.Today;
        var born = await births.Of([principal, helper], cancel);
        if (principal == helper || await db.Set<FamilyLink>().AnyAsync(f => f.PrincipalId == principal && f.HelperId == helper && f.EndedAt == null, cancel))
            return new AlreadyFamily();

        // A minor has guardians; a helper may be young, but not a child.
        if ((born.TryGetValue(principal, out var p) && Ages.On(p, today) < Ages.Adult) || (born.TryGetValue(helper, out var h) && Ages.On(h, today) < Ages.OwnConsent))
            return new FamilyTooYoung();
        if (await db.Set<FamilyLink>().CountAsync(f => f.PrincipalId == principal && f.EndedAt == null, cancel) >= FamilyLink.MaxHelpers
            || await db.Set<FamilyLink>().CountAsync(f => f.HelperId == helper && f.EndedAt == null, cancel) >= FamilyLink.MaxHelped)
            return new TooMuchFamily();
        var link = new FamilyLink
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            PrincipalId = principal,
            HelperId = helper,
            Rights = rights,
            Since = clock.Now,
            MadeBy = madeBy,
            WitnessId = witness,
        };
        db.Add(link);
        return link;
    }
}
