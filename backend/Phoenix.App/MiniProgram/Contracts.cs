using Phoenix.Platform.Results;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram;

/// <summary>What a changing code is for. It goes into every MAC, so that a code for one thing can't do another.</summary>
public enum CodePurpose
{
    /// <summary><c>check-in</c>: coming to a shift and leaving it.</summary>
    CheckIn,

    /// <summary><c>till</c>: exchanging coins at a merchant's.</summary>
    Till,
}

/// <summary>Who is meant to scan a changing code. It goes into every MAC too.</summary>
public enum CodeAudience
{
    /// <summary><c>resident</c>: volunteers scan the leader's phone.</summary>
    Resident,

    /// <summary><c>leader</c>: the leader scans a volunteer's phone.</summary>
    Leader,

    /// <summary><c>clerk</c>: the clerk scans a member's phone.</summary>
    Clerk,
}

/// <summary>What a changing code is bound to.</summary>
/// <param name="Purpose">What it does.</param>
/// <param name="Audience">Who scans it.</param>
/// <param name="CommunityId">Where.</param>
/// <param name="Subject">On what: a shift.</param>
public sealed record CodeBinding(CodePurpose Purpose, CodeAudience Audience, int CommunityId, Guid Subject);

/// <summary>A changing code as it is now.</summary>
/// <param name="Link">What the QR code holds.</param>
/// <param name="From">When its step began.</param>
/// <param name="Until">From when on it is refused.</param>
public sealed record RotatingCode(string Link, DateTimeOffset From, DateTimeOffset Until);

/// <summary>The key of one binding, for the one phone that shows its code without network (the leader's, for one shift). It makes nothing else.</summary>
/// <param name="Prefix">What stands before the step in the link: <c>https://HOST/q/check-in.1.SUBJECT.</c></param>
/// <param name="Message">What stands before the step in the message that is signed.</param>
/// <param name="Key">Base64url, 32 bytes.</param>
/// <param name="StepSeconds">Length of a step.</param>
public sealed record RotatingKey(string Prefix, string Message, string Key, int StepSeconds);

/// <summary>Places that have a code of their own which never changes: printed, a mini program code (<c>scene</c>).</summary>
public enum FixedCode
{
    /// <summary>A merchant's, at its till.</summary>
    Merchant,

    /// <summary>A venue's, for checking in without a leader.</summary>
    Venue,

    /// <summary>A stall of the market.</summary>
    Stall,

    /// <summary>A person's printed card.</summary>
    Card,

    /// <summary>A unit's invitation to its people.</summary>
    UnitJoin,

    /// <summary>An owner's invitation to clerks.</summary>
    ClerkJoin,

    /// <summary>An activity's poster and share card.</summary>
    Activity,

    /// <summary>A certificate's proof.</summary>
    Certificate,

    /// <summary>A need's, on the phone of the volunteer who helped.</summary>
    Need,
}

/// <summary>The image of a fixed code.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ContentType">image/jpeg or image/png.</param>
/// <param name="Scene">The opaque id in it.</param>
public sealed record CodeImage(byte[] Bytes, string ContentType, string Scene);

/// <summary>Codes of things: changing ones as links, fixed ones as mini program codes.</summary>
public interface ICodes
{
    /// <summary>The code of this moment.</summary>
    RotatingCode Rotating(CodeBinding binding);

    /// <summary>The key from which one phone makes the binding's codes by itself; see <c>RotatingCodes</c> for the derivation.</summary>
    RotatingKey ExportKey(CodeBinding binding);

    /// <summary>
    /// What a scanned code is bound to: good for the present and the previous step. Refused with <see cref="CodeUnreadable"/>,
    /// <see cref="CodeElsewhere"/>, <see cref="CodeOver"/>, <see cref="CodeAhead"/>. May be scanned by many: nothing is used up.
    /// </summary>
    /// <param name="scanned">The link, or what stands in it behind <c>/q/</c>.</param>
    /// <param name="purpose">What the caller does with it.</param>
    /// <param name="audience">Who the caller is.</param>
    /// <param name="communityId">Where.</param>
    Result<CodeBinding> Read(string scanned, CodePurpose purpose, CodeAudience audience, int communityId);

    /// <summary>
    /// The image of a fixed code of the community in scope, drawn by WeChat once and then kept. Saves in a transaction of its own; call it outside any.
    /// </summary>
    /// <returns>The image, or WeChat's refusal.</returns>
    Task<Result<CodeImage>> MiniProgramCode(FixedCode purpose, Guid subject, CancellationToken cancel);

    /// <summary>What a scanned fixed code of this kind stands for in the community in scope: the subject, or <see cref="CodeUnknown"/>.</summary>
    Task<Result<Guid>> SubjectOf(FixedCode purpose, string scene, CancellationToken cancel);
}

/// <summary>Whose phone showed a code.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="DeviceId">The device's secret, by number.</param>
/// <param name="ShownAt">When the code's step began.</param>
public sealed record PersonalCode(Guid PersonId, Guid DeviceId, DateTimeOffset ShownAt);

/// <summary>我的码: made by a member's phone from its own secret, without network; used once.</summary>
public interface IPersonalCodes
{
    /// <summary>
    /// Uses up a scanned code in the caller's unit of work, in the community in scope. Of two at the same moment the unique key lets one through; the
    /// other is run again and is refused. Refused with <see cref="CodeUnreadable"/>, <see cref="CodeElsewhere"/>, <see cref="CodeOver"/>,
    /// <see cref="CodeAhead"/>, <see cref="CodeUsed"/>.
    /// </summary>
    /// <param name="scanned">The link, or what stands in it behind <c>/q/</c>.</param>
    /// <param name="purpose">What the caller does with it; the audience follows from it.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task<Result<PersonalCode>> Redeem(string scanned, CodePurpose purpose, CancellationToken cancel);

    /// <summary>
    /// As <see cref="Redeem"/> for a code that a phone without network kept: it was shown about when it was scanned, and the device's secret was given out
    /// before. The session may have ended since. Refused with the same errors.
    /// </summary>
    /// <param name="scanned">As above.</param>
    /// <param name="purpose">As above.</param>
    /// <param name="scannedAt">When it was scanned, put right by the server's clock.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task<Result<PersonalCode>> RedeemKept(string scanned, CodePurpose purpose, DateTimeOffset scannedAt, CancellationToken cancel);
}

/// <summary>What becomes of a checked text.</summary>
public enum ContentOutcome
{
    /// <summary>May be shown.</summary>
    Pass,

    /// <summary>May be stored and must not be shown: a person decides. Call <see cref="IContentCheck.KeepForReview"/>.</summary>
    Review,
}

/// <summary>A text that a person must look at.</summary>
/// <param name="Kind">The <see cref="IReviewedContent"/> that owns it.</param>
/// <param name="Subject">On what: the id within the kind.</param>
/// <param name="Author">Who wrote it; doesn't decide.</param>
/// <param name="Text">The text, as it would be shown.</param>
public sealed record TextReview(string Kind, Guid Subject, Guid Author, string Text);

/// <summary>A picture to be checked by WeChat, and by a person where WeChat doesn't.</summary>
/// <param name="Kind">The <see cref="IReviewedContent"/> that owns it.</param>
/// <param name="Subject">On what: the id within the kind.</param>
/// <param name="Author">Who sent it; doesn't decide.</param>
/// <param name="Scene">Where it will stand.</param>
/// <param name="FileId">The image, one of the community's files.</param>
public sealed record PictureReview(string Kind, Guid Subject, Guid Author, ContentScene Scene, Guid FileId);

/// <summary>What users write and show, checked before anybody else sees it.</summary>
public interface IContentCheck
{
    /// <summary>
    /// Judges texts that are submitted together, now. Calls WeChat: outside any transaction. <see cref="ContentRisky"/> refuses them; what WeChat can't
    /// judge (busy, no answer, a user who wasn't active) is <see cref="ContentOutcome.Review"/>: never lost, never shown unchecked.
    /// </summary>
    Task<Result<ContentOutcome>> Text(Guid author, ContentScene scene, IReadOnlyList<string> texts, CancellationToken cancel);

    /// <summary>Puts a text on the list of what staff look at, in the caller's unit of work; an earlier text of the same subject that still waits goes.</summary>
    Task KeepForReview(TextReview review, CancellationToken cancel);

    /// <summary>
    /// Has a picture checked, in the caller's unit of work: WeChat is asked afterwards and answers within 30 minutes, or staff decide. The picture must not
    /// be shown before <see cref="IReviewedContent.Decided"/> says so.
    /// </summary>
    Task Picture(PictureReview review, CancellationToken cancel);
}

/// <summary>How a review ended.</summary>
/// <param name="Subject">On what.</param>
/// <param name="FileId">The picture; null for a text.</param>
/// <param name="MayBeShown">Whether it may be shown.</param>
/// <param name="Reason">Why not, in words for the author; null where WeChat decided.</param>
public sealed record ContentDecision(Guid Subject, Guid? FileId, bool MayBeShown, string? Reason);

/// <summary>The module that owns reviewed content, one per kind.</summary>
public interface IReviewedContent
{
    /// <summary>Its stable name.</summary>
    string Kind { get; }

    /// <summary>Takes the decision, in its transaction and the community's scope. The content may be gone: then there is nothing to do.</summary>
    Task Decided(ContentDecision decision, CancellationToken cancel);
}
