using Phoenix.Ledger.Accounts;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Facts;

// One record for each kind of message: what the sentences are made of. Texts are what people typed or named, without an end.

/// <summary>Signed up with a place.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="Place">Where.</param>
public sealed record SignupConfirmed(string Activity, DateTimeOffset StartsAt, string Place) : NoticeFacts(NoticeKind.SignupConfirmed)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => StartsAt;
}

/// <summary>Signed up for a full shift.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="Position">How many stand before, and the person: 1 is next.</param>
public sealed record SignupWaitlisted(string Activity, DateTimeOffset StartsAt, int Position) : NoticeFacts(NoticeKind.SignupWaitlisted)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => StartsAt;
}

/// <summary>A place became free and is kept for the person until an instant. May wake: near the start the morning is too late.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="AnswerBy">Until when the place is kept.</param>
public sealed record PlaceOffered(string Activity, DateTimeOffset StartsAt, DateTimeOffset AnswerBy) : NoticeFacts(NoticeKind.PlaceOffered)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => AnswerBy;

    /// <inheritdoc />
    public override bool MayWake => true;
}

/// <summary>The shift is tomorrow, or soon.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="Place">Where.</param>
public sealed record ShiftReminder(string Activity, DateTimeOffset StartsAt, string Place) : NoticeFacts(NoticeKind.ShiftReminder)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => StartsAt;
}

/// <summary>The shift's time or place changed. May wake.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The start as it is now.</param>
/// <param name="Place">Where it is now.</param>
/// <param name="Before">The start as it was; a message after the earlier of both is too late.</param>
public sealed record ShiftChanged(string Activity, DateTimeOffset StartsAt, string Place, DateTimeOffset Before) : NoticeFacts(NoticeKind.ShiftChanged)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => StartsAt < Before ? StartsAt : Before;

    /// <inheritdoc />
    public override bool MayWake => true;
}

/// <summary>The shift is cancelled. May wake.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">When it would have started.</param>
/// <param name="Reason">Why.</param>
public sealed record ShiftCancelled(string Activity, DateTimeOffset StartsAt, string Reason) : NoticeFacts(NoticeKind.ShiftCancelled)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => StartsAt;

    /// <inheritdoc />
    public override bool MayWake => true;
}

/// <summary>The leader or staff said no to a sign-up. The inbox only.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="Reason">Why.</param>
public sealed record SignupRejected(string Activity, DateTimeOffset StartsAt, string Reason) : NoticeFacts(NoticeKind.SignupRejected);

/// <summary>People cancelled late; for the leader, who may fill their places. The inbox only.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="People">How many.</param>
public sealed record SignupDropped(string Activity, DateTimeOffset StartsAt, int People) : NoticeFacts(NoticeKind.SignupDropped);

/// <summary>Checked in; the inbox only.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="At">When.</param>
public sealed record CheckedIn(string Activity, DateTimeOffset At) : NoticeFacts(NoticeKind.CheckedIn);

/// <summary>The shift is over and the person didn't check out.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="EndedAt">The shift's end.</param>
public sealed record CheckOutForgotten(string Activity, DateTimeOffset EndedAt) : NoticeFacts(NoticeKind.CheckOutForgotten);

/// <summary>To the leader: a shift is over and people are still checked in.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="EndedAt">The shift's end.</param>
/// <param name="People">How many.</param>
public sealed record CheckOutsOpen(string Activity, DateTimeOffset EndedAt, int People) : NoticeFacts(NoticeKind.CheckOutsOpen);

/// <summary>The leader verified the service: the record stands, with its coins.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="Day">The day of the service.</param>
/// <param name="Minutes">The minutes given.</param>
/// <param name="Coins">The coins; 0 where only hours count.</param>
public sealed record RecordWritten(string Activity, DateOnly Day, int Minutes, Coins Coins) : NoticeFacts(NoticeKind.RecordWritten);

/// <summary>Noted as not having come; can be appealed. The inbox only.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="LimitedUntil">Until when the person signs up only for what is near, or null where it is only noted.</param>
public sealed record NoShowNoted(string Activity, DateTimeOffset StartsAt, DateOnly? LimitedUntil) : NoticeFacts(NoticeKind.NoShowNoted);

/// <summary>To the leader: the shift is over, its time can be verified. The inbox only.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="StartsAt">The shift's start.</param>
/// <param name="People">How many checked out; 0 where the list is missing.</param>
/// <param name="Missing">How many had a place and weren't checked in.</param>
public sealed record ShiftToVerify(string Activity, DateTimeOffset StartsAt, int People, int Missing) : NoticeFacts(NoticeKind.ShiftToVerify);

/// <summary>To staff and leaders: service that has to stand in its record, or in the province's system, by a day that is near or past. The inbox only.</summary>
/// <param name="Shifts">Shifts with time that isn't verified.</param>
/// <param name="People">Whose time it is, in all.</param>
/// <param name="NotEntered">Records that aren't in the province's system.</param>
/// <param name="Deadline">The first of the days.</param>
public sealed record RecordsDue(int Shifts, int People, int NotEntered, DateOnly Deadline) : NoticeFacts(NoticeKind.RecordsDue);

/// <summary>A correction of a record, or an appeal, was answered.</summary>
/// <param name="About">What it was about: the activity's name.</param>
/// <param name="IsAccepted">Whether it was done as asked.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="At">When.</param>
public sealed record CorrectionAnswered(string About, bool IsAccepted, string Answer, DateTimeOffset At) : NoticeFacts(NoticeKind.CorrectionAnswered);

/// <summary>A need went a step on.</summary>
/// <param name="Need">What is needed, in a few words.</param>
/// <param name="State">Where it is, 2 to 5 Chinese characters: 已安排.</param>
/// <param name="At">When.</param>
/// <param name="Phone">The community's number.</param>
/// <param name="ComesAt">When volunteers come, if that is the news.</param>
/// <param name="Note">What else staff said.</param>
public sealed record NeedProgress(string Need, string State, DateTimeOffset At, string Phone, DateTimeOffset? ComesAt = null, string? Note = null) : NoticeFacts(NoticeKind.NeedProgress);

/// <summary>To staff: something is to be done about a need. The inbox only.</summary>
/// <param name="Help">Which kind of help.</param>
/// <param name="What">What is to be done: 等受理.</param>
/// <param name="IsFirst">高龄或独居.</param>
public sealed record NeedWaiting(string Help, string What, bool IsFirst) : NoticeFacts(NoticeKind.NeedWaiting);

/// <summary>To volunteers: their shift helps a neighbour now. The inbox only.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="StartsAt">When the shift begins.</param>
public sealed record NeedGiven(string Activity, DateTimeOffset StartsAt) : NoticeFacts(NoticeKind.NeedGiven);

/// <summary>To volunteers: a need that their shift was for is off. The inbox only.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="StartsAt">When the shift begins.</param>
public sealed record NeedDropped(string Activity, DateTimeOffset StartsAt) : NoticeFacts(NoticeKind.NeedDropped);

/// <summary>To volunteers: whom they helped says thanks. The inbox only.</summary>
/// <param name="Activity">The activity.</param>
/// <param name="Words">The words, if there are any that may be shown.</param>
public sealed record NeedThanked(string Activity, string? Words) : NoticeFacts(NoticeKind.NeedThanked);

/// <summary>A certificate can be fetched. The inbox only.</summary>
/// <param name="Hours">Over how many hours, as the certificate says it: 12.5.</param>
public sealed record CertificateReady(decimal Hours) : NoticeFacts(NoticeKind.CertificateReady);

/// <summary>Coins were granted in recognition.</summary>
/// <param name="Coins">How many.</param>
/// <param name="Reason">For what.</param>
/// <param name="At">When.</param>
public sealed record CoinsGranted(Coins Coins, string Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.CoinsGranted);

/// <summary>Coins lapse soon (30 days ahead).</summary>
/// <param name="Coins">How many.</param>
/// <param name="LastDay">The last day on which they can be used.</param>
public sealed record CoinsExpiring(Coins Coins, DateOnly LastDay) : NoticeFacts(NoticeKind.CoinsExpiring)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => CommunityTime.Shanghai.EndOf(LastDay);
}

/// <summary>Coins came back other than from a redemption: from the pool, a correction, an expired grace.</summary>
/// <param name="Coins">How many.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record CoinsReturned(Coins Coins, string Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.CoinsReturned);

/// <summary>Coins issued by mistake were taken back; a shortfall is offset from later ones.</summary>
/// <param name="Coins">How many were taken.</param>
/// <param name="Shortfall">How many are still to be offset.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record CoinsReversed(Coins Coins, Coins Shortfall, string Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.CoinsReversed);

/// <summary>Held from home.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Number">The daily number.</param>
/// <param name="Until">Until when.</param>
/// <param name="Merchant">The merchant's name.</param>
public sealed record RedemptionHeld(string Offer, int Quantity, int Number, DateTimeOffset Until, string Merchant) : NoticeFacts(NoticeKind.RedemptionHeld)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => Until;
}

/// <summary>Exchanged.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Coins">The coins used.</param>
/// <param name="Left">What is left to use.</param>
/// <param name="Merchant">The merchant's name.</param>
/// <param name="At">When.</param>
public sealed record RedemptionDone(string Offer, Coins Coins, Coins Left, string Merchant, DateTimeOffset At) : NoticeFacts(NoticeKind.RedemptionDone);

/// <summary>The merchant can't give what was held; the coins are back.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Coins">The coins that came back.</param>
/// <param name="Reason">What the merchant said.</param>
/// <param name="At">When.</param>
public sealed record RedemptionRefused(string Offer, Coins Coins, string Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.RedemptionRefused);

/// <summary>What was held wasn't collected; the coins are back.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Coins">The coins that came back.</param>
/// <param name="At">When.</param>
public sealed record RedemptionExpired(string Offer, Coins Coins, DateTimeOffset At) : NoticeFacts(NoticeKind.RedemptionExpired);

/// <summary>The merchant took an exchange back, whole or in part.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Coins">The coins that came back.</param>
/// <param name="Reason">What the merchant said.</param>
/// <param name="At">When.</param>
public sealed record RedemptionRefunded(string Offer, Coins Coins, string Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.RedemptionRefunded);

/// <summary>A large exchange waits for the person's own yes. May wake.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Coins">The coins to be used.</param>
/// <param name="Merchant">The merchant's name.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="AnswerBy">Until when.</param>
public sealed record RedemptionToConfirm(string Offer, Coins Coins, string Merchant, DateTimeOffset At, DateTimeOffset AnswerBy) : NoticeFacts(NoticeKind.RedemptionToConfirm)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => AnswerBy;

    /// <inheritdoc />
    public override bool MayWake => true;
}

/// <summary>To the family: an elder's card, or a collection for them, was used.</summary>
/// <param name="Elder">What the neighbours call the elder.</param>
/// <param name="Offer">For what.</param>
/// <param name="Coins">The coins used.</param>
/// <param name="Merchant">The merchant's name.</param>
/// <param name="At">When.</param>
public sealed record CardUsed(string Elder, string Offer, Coins Coins, string Merchant, DateTimeOffset At) : NoticeFacts(NoticeKind.CardUsed);

/// <summary>Somebody asks to be linked as family.</summary>
/// <param name="Who">What the neighbours call them.</param>
/// <param name="At">When.</param>
public sealed record FamilyAsked(string Who, DateTimeOffset At) : NoticeFacts(NoticeKind.FamilyAsked);

/// <summary>Somebody may act for somebody, or may no more; told to both, and to who was named as witness. The inbox only.</summary>
/// <param name="Who">Who acts, as the neighbours call them.</param>
/// <param name="Whom">For whom.</param>
/// <param name="Tie">家人 or 家长.</param>
/// <param name="IsLinked">Whether it begins; otherwise it is over.</param>
/// <param name="Why">满 18 周岁.</param>
public sealed record FamilyChanged(string Who, string Whom, string Tie, bool IsLinked, string Why) : NoticeFacts(NoticeKind.FamilyChanged);

/// <summary>A child needs the guardian's consent.</summary>
/// <param name="Child">What the neighbours call the child.</param>
/// <param name="What">To what: 参加楼栋关怀日.</param>
/// <param name="At">When it was asked for.</param>
public sealed record GuardianConsentAsked(string Child, string What, DateTimeOffset At) : NoticeFacts(NoticeKind.GuardianConsentAsked);

/// <summary>To the till: somebody holds something to be collected. Not sent while the till page is open. May wake: the shop is open.</summary>
/// <param name="Offer">The offer's name.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Number">The daily number.</param>
/// <param name="Until">Until when.</param>
/// <param name="Merchant">The merchant's name.</param>
public sealed record TillOrder(string Offer, int Quantity, int Number, DateTimeOffset Until, string Merchant) : NoticeFacts(NoticeKind.TillOrder)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => Until;

    /// <inheritdoc />
    public override bool MayWake => true;
}

/// <summary>A month's statement is there to be confirmed.</summary>
/// <param name="Month">The month.</param>
/// <param name="Lines">How many exchanges.</param>
/// <param name="ConfirmBy">The last day; silence confirms after it, where the policy says so.</param>
/// <param name="AnswerWithinDays">Working days within which a doubt is answered; three for those that were told before it was said.</param>
public sealed record StatementReady(Month Month, int Lines, DateOnly ConfirmBy, int AnswerWithinDays = 3) : NoticeFacts(NoticeKind.StatementReady);

/// <summary>A statement still isn't confirmed.</summary>
/// <param name="Month">The month.</param>
/// <param name="Lines">How many exchanges.</param>
/// <param name="ConfirmBy">The last day.</param>
public sealed record StatementReminder(Month Month, int Lines, DateOnly ConfirmBy) : NoticeFacts(NoticeKind.StatementReminder)
{
    /// <inheritdoc />
    public override DateTimeOffset? UsefulUntil => CommunityTime.Shanghai.EndOf(ConfirmBy);
}

/// <summary>The community answered a dispute, of a merchant's line or of a member's exchange.</summary>
/// <param name="About">What was disputed, in a few words.</param>
/// <param name="IsAccepted">Whether it was decided as asked.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="At">When.</param>
public sealed record DisputeAnswered(string About, bool IsAccepted, string Answer, DateTimeOffset At) : NoticeFacts(NoticeKind.DisputeAnswered);

/// <summary>A month was paid out to the merchant's account. The inbox only.</summary>
/// <param name="Month">The month.</param>
/// <param name="On">On which day.</param>
public sealed record PayoutMade(Month Month, DateOnly On) : NoticeFacts(NoticeKind.PayoutMade);

/// <summary>To staff: something waits for a second person.</summary>
/// <param name="What">One clause.</param>
/// <param name="Maker">Who prepared it, as colleagues know them.</param>
/// <param name="At">When.</param>
public sealed record ApprovalWaiting(string What, string Maker, DateTimeOffset At) : NoticeFacts(NoticeKind.ApprovalWaiting);

/// <summary>To the maker: what was prepared is decided.</summary>
/// <param name="What">One clause.</param>
/// <param name="IsApproved">Whether.</param>
/// <param name="Reason">What the checker said, or null.</param>
/// <param name="At">When.</param>
public sealed record ApprovalAnswered(string What, bool IsApproved, string? Reason, DateTimeOffset At) : NoticeFacts(NoticeKind.ApprovalAnswered);

/// <summary>The person has a new role. The inbox only.</summary>
/// <param name="Role">In Chinese: 负责人.</param>
/// <param name="Until">The last day, or null where it has no end.</param>
public sealed record RoleGiven(string Role, DateOnly? Until = null) : NoticeFacts(NoticeKind.RoleGiven);

/// <summary>A role has ended. The inbox only.</summary>
/// <param name="Role">In Chinese: 负责人.</param>
public sealed record RoleWithdrawn(string Role) : NoticeFacts(NoticeKind.RoleWithdrawn);

/// <summary>A text or picture didn't pass the check and isn't shown. The inbox only.</summary>
/// <param name="What">What it was: 活动照片.</param>
public sealed record ContentRefused(string What) : NoticeFacts(NoticeKind.ContentRefused);

/// <summary>What waits, for one member of staff. The inbox only.</summary>
/// <param name="Lines">A clause each.</param>
public sealed record WeeklyDigest(IReadOnlyList<string> Lines) : NoticeFacts(NoticeKind.WeeklyDigest);

/// <summary>An application for a stall was decided.</summary>
/// <param name="Market">The market's title.</param>
/// <param name="Stall">What stands on the sign.</param>
/// <param name="Number">Its number; null where it was refused.</param>
/// <param name="Reason">Why it was refused, or a word to the approval.</param>
public sealed record StallAnswered(string Market, string Stall, int? Number, string? Reason) : NoticeFacts(NoticeKind.StallAnswered);

/// <summary>A market is settled: its stalls are thanked.</summary>
/// <param name="Market">The market's title.</param>
/// <param name="Stall">What stands on the sign.</param>
public sealed record StallThanked(string Market, string Stall) : NoticeFacts(NoticeKind.StallThanked);

/// <summary>A market is off.</summary>
/// <param name="Market">The market's title.</param>
/// <param name="StartsAt">When it would have been.</param>
/// <param name="Reason">Why.</param>
public sealed record MarketCancelled(string Market, DateTimeOffset StartsAt, string Reason) : NoticeFacts(NoticeKind.MarketCancelled);
