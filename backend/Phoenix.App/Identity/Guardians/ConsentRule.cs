using Phoenix.App.Identity.Details;

namespace Phoenix.App.Identity.Guardians;

/// <summary>Whether a minor's data may be used on a day: pure, so that every edge can be tested.</summary>
internal static class ConsentRule
{
    /// <summary>The time to which a day belongs.</summary>
    public static ConsentStage StageOn(DateOnly birth, DateOnly day) => Ages.On(birth, day) >= Ages.OwnConsent ? ConsentStage.FromFourteen : ConsentStage.UnderFourteen;

    /// <summary>Whether the consents that the day's stage demands are there; always for an adult.</summary>
    /// <param name="birth">The child's birth.</param>
    /// <param name="day">The day.</param>
    /// <param name="child">The child.</param>
    /// <param name="guardians">The guardians of the day.</param>
    /// <param name="consents">All consents about the child.</param>
    public static bool IsValid(DateOnly birth, DateOnly day, Guid child, IReadOnlyCollection<Guid> guardians, IReadOnlyCollection<MinorConsent> consents) =>
        Ages.On(birth, day) >= Ages.Adult
        || (IsGivenByGuardians(birth, day, guardians, consents) && (StageOn(birth, day) == ConsentStage.UnderFourteen || IsGivenByChild(child, consents)));

    /// <summary>
    /// Whether the guardians consent for the day's stage. One guardian's word is enough; but where a guardian withdrew and didn't consent again, that no
    /// stands for as long as they are guardian, whatever another says.
    /// </summary>
    public static bool IsGivenByGuardians(DateOnly birth, DateOnly day, IReadOnlyCollection<Guid> guardians, IReadOnlyCollection<MinorConsent> consents)
    {
        var words = guardians.Select(g => LastWord(g, StageOn(birth, day), consents)).Where(w => w is not null).ToList();
        return words.Count > 0 && words.TrueForAll(w => w == true);
    }

    /// <summary>Whether the child, from 14 on, consents.</summary>
    public static bool IsGivenByChild(Guid child, IReadOnlyCollection<MinorConsent> consents) => LastWord(child, ConsentStage.FromFourteen, consents) == true;

    private static bool? LastWord(Guid person, ConsentStage stage, IEnumerable<MinorConsent> consents) =>
        consents.Where(c => c.GivenBy == person && c.Stage == stage).MaxBy(c => (c.GivenAt, c.Id)) is { } last ? last.WithdrawnAt is null : null;
}
