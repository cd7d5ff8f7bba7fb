using System.Runtime.InteropServices;
using Phoenix.App.Http;
using Phoenix.Platform.Results;

namespace Phoenix.App.Identity;

/// <summary>Reads access tokens.</summary>
public interface IAccessTokens
{
    /// <summary>Whom a token names; null for a token that is expired, changed or not ours.</summary>
    TokenSubject? Read(string token);
}

/// <summary>Whom an access token names.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="SessionId">The signed-in device.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TokenSubject(Guid PersonId, Guid SessionId);

/// <summary>How a caller stands now.</summary>
/// <param name="IsLive">Whether the session goes on.</param>
/// <param name="Roles">The person's roles in the community, deputies' of the day included.</param>
public sealed record Standing(bool IsLive, IReadOnlySet<Role> Roles);

/// <summary>Whether sessions were ended, and which roles a person holds where.</summary>
public interface ICallers
{
    /// <summary>
    /// How whom a token names stands in a community; without roles in community 0. With <paramref name="fresh"/> the database is asked (unsafe calls);
    /// otherwise the answer is at most <see cref="Callers.StaleAfter"/> old (reads).
    /// </summary>
    Task<Standing> Of(TokenSubject who, int communityId, bool fresh, CancellationToken cancel);
}

/// <summary>Who holds a role in the community in scope, deputies of the day included, for telling them.</summary>
public interface IRoleHolders
{
    /// <summary>Each person who holds one of the roles today, with those of them that they hold.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlySet<Role>>> Of(IReadOnlyCollection<Role> roles, CancellationToken cancel);
}

/// <summary>A module's part of a hand-over: what of a leaving colleague goes to the successor.</summary>
public interface IHandOverPart
{
    /// <summary>Moves it in the present transaction.</summary>
    /// <param name="from">Who leaves, a person.</param>
    /// <param name="to">Who follows, a person.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>What went over, a Chinese line each.</returns>
    Task<IReadOnlyList<string>> Move(Guid from, Guid to, CancellationToken cancel);
}

/// <summary>What a person may do for another.</summary>
[Flags]
public enum FamilyRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>帮报名: sign up for activities and cancel.</summary>
    SignUp = 1,

    /// <summary>代取: collect what was held.</summary>
    Collect = 2,

    /// <summary>收通知: get the same notices.</summary>
    Notices = 4,

    /// <summary>Everything; what a guardian has for a minor.</summary>
    All = SignUp | Collect | Notices,
}

/// <summary>A member of the community in scope.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="MemberId">The pseudonym: all that the ledger and other members' pages know.</param>
/// <param name="Name">What the neighbours call them; a general word for somebody who has left.</param>
/// <param name="HasLeft">Whether the person left the community or closed the account.</param>
public sealed record MemberHead(Guid PersonId, Guid MemberId, string Name, bool HasLeft);

/// <summary>A person for whom another may act.</summary>
/// <param name="Member">For whom.</param>
/// <param name="Rights">What.</param>
/// <param name="IsChild">As guardian of a minor; otherwise 家人.</param>
public sealed record ActsFor(MemberHead Member, FamilyRights Rights, bool IsChild);

/// <summary>A minor on a day (product.md, hard rule 8).</summary>
/// <param name="Age">Full years.</param>
/// <param name="HasConsent">Whether the consents that the age demands are there and not withdrawn: the guardian's, from 14 on the child's own as well.</param>
/// <param name="NeedsCompany">Under eight: a guardian must come along.</param>
/// <param name="GuardianIds">Guardians, persons; empty where nobody is linked yet.</param>
public sealed record Minority(int Age, bool HasConsent, bool NeedsCompany, IReadOnlyList<Guid> GuardianIds);

/// <summary>The people of the community in scope, for other modules. Person ids unless a name says member.</summary>
public interface IPeople
{
    /// <summary>Members by their person ids; who isn't one is absent.</summary>
    Task<IReadOnlyDictionary<Guid, MemberHead>> OfPersons(IReadOnlyCollection<Guid> personIds, CancellationToken cancel);

    /// <summary>Members by their member ids; who isn't one is absent.</summary>
    Task<IReadOnlyDictionary<Guid, MemberHead>> OfMembers(IReadOnlyCollection<Guid> memberIds, CancellationToken cancel);

    /// <summary>Present members by what the neighbours call them, exactly; a name may be several people's (the first ten), and one that nobody has is absent.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<MemberHead>>> OfNames(IReadOnlyCollection<string> names, CancellationToken cancel);

    /// <summary>Volunteers by their numbers; a number that nobody has is absent.</summary>
    Task<IReadOnlyDictionary<string, MemberHead>> OfVolunteers(IReadOnlyCollection<string> numbers, CancellationToken cancel);

    /// <summary>Full years on a day, in the community's days; null where the birth date isn't known or is later.</summary>
    Task<int?> AgeOn(Guid personId, DateOnly day, CancellationToken cancel);

    /// <summary>Those of the persons who are known to be under 18 on the day.</summary>
    Task<IReadOnlyDictionary<Guid, Minority>> MinorsAmong(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken cancel);

    /// <summary>Null for somebody who may take part on the day: an adult, one whose age isn't known, or a minor with valid consent; otherwise the refusal to show.</summary>
    Task<Error?> MayTakePart(Guid personId, DateOnly day, CancellationToken cancel);

    /// <summary>Whether the actor may do this for the person now: themselves, a minor's guardian, or 家人 with the right.</summary>
    Task<bool> MayActFor(Guid actorId, Guid personId, FamilyRights right, CancellationToken cancel);

    /// <summary>For whom the actor may act now, children first.</summary>
    Task<IReadOnlyList<ActsFor>> ActsFor(Guid actorId, CancellationToken cancel);

    /// <summary>Who gets the notices about a person: the person, a minor's guardians, 家人 with <see cref="FamilyRights.Notices"/>.</summary>
    Task<IReadOnlyList<Guid>> NoticesGoTo(Guid personId, CancellationToken cancel);

    /// <summary><see cref="NoticesGoTo(Guid, CancellationToken)"/> for many at once: every one of them is a key.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> NoticesGoTo(IReadOnlyCollection<Guid> personIds, CancellationToken cancel);

    /// <summary>Null where the person's name and ID number are there (令67 art 5), which a certificate needs; otherwise the refusal to show.</summary>
    Task<Error?> DetailsMissing(Guid personId, CancellationToken cancel);

    /// <summary>
    /// Notes in the log, in the present unit of work, that <paramref name="viewerId"/> looked at those of the persons who are minors (hard rule 8). To be
    /// called by every page on which staff or leaders see a person; looks of the minor and of guardians aren't noted. The caller saves.
    /// </summary>
    /// <param name="viewerId">Who looks.</param>
    /// <param name="personIds">At whom, adults included.</param>
    /// <param name="page">On what page, with its kind: <c>shift:...</c>; no personal data.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns>How many minors there were.</returns>
    Task<int> LogLooks(Guid viewerId, IReadOnlyCollection<Guid> personIds, string page, CancellationToken cancel);
}

/// <summary>What the law wants on a certificate of a person, in the clear.</summary>
/// <param name="RealName">The name on the document.</param>
/// <param name="IdNumber">The document's number.</param>
public sealed record LawfulDetails(string RealName, string IdNumber)
{
    /// <summary>The number with all but its last four characters hidden, as it is printed.</summary>
    public string MaskedIdNumber => IdNumber.Length <= 4 ? new string('*', IdNumber.Length) : new string('*', IdNumber.Length - 4) + IdNumber[^4..];
}

/// <summary>
/// Decrypts names and document numbers (令67 art 5) of members of the community in scope, for the two things that are made of them: a certificate and the
/// province's sheet. Nothing else asks for them, and whoever hands them to staff writes it into the log.
/// </summary>
public interface ILawfulDetails
{
    /// <summary>By person; who hasn't given them is absent.</summary>
    Task<IReadOnlyDictionary<Guid, LawfulDetails>> Of(IReadOnlyCollection<Guid> personIds, CancellationToken cancel);
}

/// <summary>Which WeChat users persons are, for sending messages and for WeChat's pushes. Global.</summary>
public interface IWeChatUsers
{
    /// <summary>The openid; null for somebody without WeChat or whose account is closed.</summary>
    Task<string?> OpenIdOf(Guid personId, CancellationToken cancel);

    /// <summary>The person; null for a stranger.</summary>
    Task<Guid?> PersonOf(string openId, CancellationToken cancel);
}

/// <summary>
/// Roles that people have by a place of their own (a shop, a unit, a team or shift that they lead): the route gate asks for the role, the place's own table says where it counts. Whoever
/// changes that table says here, in the same transaction and holding the community's lock, whether a place is left.
/// </summary>
public interface IPlaceRoles
{
    /// <summary>Gives or takes the role; does nothing where it is so already.</summary>
    /// <param name="personId">Whose.</param>
    /// <param name="role"><see cref="Role.Leader"/>, <see cref="Role.UnitContact"/>, <see cref="Role.MerchantOwner"/> or <see cref="Role.Clerk"/>.</param>
    /// <param name="hasPlace">Whether there is a place where the person is that.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task Set(Guid personId, Role role, bool hasPlace, string? reason, CancellationToken cancel);
}

/// <summary>What a join code lets people join.</summary>
public enum JoinPurpose
{
    /// <summary>A unit, as one of its members.</summary>
    Unit,

    /// <summary>A merchant, as a clerk.</summary>
    Clerk,
}

/// <summary>A join code as it is stored with the answer to a request: only <see cref="IJoinCodes.Open"/> reads it.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="TargetId">Which unit or merchant.</param>
/// <param name="Ciphertext">The code, encrypted.</param>
/// <param name="ExpiresAt">From when on it doesn't work.</param>
/// <param name="Uses">How many people can use it.</param>
public sealed record SealedJoinCode(JoinPurpose Purpose, Guid TargetId, string Ciphertext, DateTimeOffset ExpiresAt, int Uses);

/// <summary>A join code to show to whoever asked for it.</summary>
/// <param name="Code">8 letters and digits.</param>
/// <param name="ExpiresAt">From when on it doesn't work.</param>
/// <param name="Uses">How many people can use it.</param>
public sealed record JoinCodeShown(string Code, DateTimeOffset ExpiresAt, int Uses);

/// <summary>Short codes by which people join a unit or a merchant of the community in scope. One of a target works at a time.</summary>
public interface IJoinCodes
{
    /// <summary>Makes a code in the present unit of work; an earlier one of the target stops working.</summary>
    Task<SealedJoinCode> Make(JoinPurpose purpose, Guid targetId, TimeSpan lifetime, int uses, CancellationToken cancel);

    /// <summary>The code, readable.</summary>
    JoinCodeShown Open(SealedJoinCode code);

    /// <summary>Takes one use of a code in the present transaction: which target it lets the caller join, or <see cref="Units.JoinCodeWrong"/>.</summary>
    Task<Result<Guid>> Use(JoinPurpose purpose, string typed, CancellationToken cancel);

    /// <summary>Ends the target's code, if there is one.</summary>
    Task End(JoinPurpose purpose, Guid targetId, CancellationToken cancel);
}

/// <summary>The unit that a service record names: copied onto it, so that a later rename or leaving changes no record.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Name">Its name.</param>
public sealed record UnitSnapshot(Guid UnitId, string Name);

/// <summary>Units of the community in scope.</summary>
public interface IUnits
{
    /// <summary>The unit that was the person's primary one on a day of the community (the later one where it changed that day); null for none.</summary>
    Task<UnitSnapshot?> SnapshotOf(Guid personId, DateOnly day, CancellationToken cancel);

    /// <summary><see cref="SnapshotOf"/> for many: those who have one, by person.</summary>
    Task<IReadOnlyDictionary<Guid, UnitSnapshot>> SnapshotsOf(IReadOnlyCollection<Guid> personIds, DateOnly day, CancellationToken cancel);

    /// <summary>Whether the person is a contact of the unit, so that its page may be shown.</summary>
    Task<bool> IsContact(Guid unitId, Guid personId, CancellationToken cancel);

    /// <summary>The unit's present members who let it see their hours, now: ask each time, since consent may be taken back at any moment.</summary>
    Task<IReadOnlySet<Guid>> Consenting(Guid unitId, CancellationToken cancel);
}

/// <summary>Whose card was shown.</summary>
/// <param name="CardId">The card.</param>
/// <param name="PersonId">The holder.</param>
/// <param name="MemberId">The holder's pseudonym.</param>
/// <param name="Name">What the neighbours call the holder.</param>
public sealed record CardHolder(Guid CardId, Guid PersonId, Guid MemberId, string Name);

/// <summary>Printed cards of members of the community in scope, who use them with a named helper.</summary>
public interface ICards
{
    /// <summary>
    /// Whose card it is: <see cref="Cards.CardUnknown"/>, <see cref="Cards.CardRevoked"/>, or <see cref="TooManyRequests"/> after too many look-ups by
    /// <paramref name="askedBy"/>. Doesn't write: the check-in or redemption that follows names the helper.
    /// </summary>
    Task<Result<CardHolder>> Holder(string cardCode, Guid askedBy, CancellationToken cancel);

    /// <summary>The number that is printed on a card, for making its code: <see cref="Cards.CardUnknown"/>, <see cref="Cards.CardRevoked"/>. The caller logs it.</summary>
    Task<Result<string>> NumberOf(Guid cardId, CancellationToken cancel);
}
