namespace Phoenix.App.Identity.Guardians;

/// <summary>Whose consent is missing.</summary>
public enum ConsentState
{
    /// <summary>同意有效.</summary>
    Valid,

    /// <summary>等家长同意.</summary>
    GuardianNeeded,

    /// <summary>等本人同意（满 14 周岁）.</summary>
    ChildNeeded,

    /// <summary>等家长和本人同意.</summary>
    BothNeeded,
}

/// <summary>A child as its guardian sees it.</summary>
/// <param name="MemberId">The child's id in this community.</param>
/// <param name="Name">What the neighbours call the child.</param>
/// <param name="Age">Full years.</param>
/// <param name="Relation">What the guardian is to the child.</param>
/// <param name="Consent">Whose consent is missing.</param>
/// <param name="NeedsCompany">Under eight: a guardian comes along.</param>
/// <param name="HasWeChat">Whether the child signs in with a WeChat of its own.</param>
/// <param name="OtherGuardians">The other guardian, by name.</param>
public sealed record ChildView(Guid MemberId, string Name, int Age, Relation Relation, ConsentState Consent, bool NeedsCompany, bool HasWeChat, IReadOnlyList<string> OtherGuardians);
