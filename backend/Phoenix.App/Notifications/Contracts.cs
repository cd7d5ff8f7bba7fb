using Phoenix.App.Http;

namespace Phoenix.App.Notifications;

/// <summary>Tells people what happened to them: in the inbox always, through WeChat where the kind has a template and the person agreed.</summary>
public interface INotifications
{
    /// <summary>
    /// Writes the notice into the caller's unit of work (it is told only if that commits) in the community in scope. A person whom the same
    /// <see cref="Notice.DedupeKey"/> was told before is told nothing. Two writers at the same moment are decided by a unique key: the later
    /// SaveChanges fails as a duplicate, which <c>UnitOfWork.Once</c> runs again. What concerns a person's service, coins and exchanges is told to
    /// a minor's guardians and to 家人 with the right to it as well, with the person's name; the caller names only the person.
    /// </summary>
    Task Tell(Notice notice, CancellationToken cancel);

    /// <summary>The same for many at once, such as everybody who signed up; at most <see cref="NoticeLimits.Batch"/>.</summary>
    Task TellAll(IReadOnlyCollection<Notice> notices, CancellationToken cancel);

    /// <summary>The same for everybody who holds one of the roles in the community today, deputies included.</summary>
    /// <param name="roles">The roles.</param>
    /// <param name="except">Who isn't told, such as the one who did it.</param>
    /// <param name="dedupeKey">See <see cref="Notice"/>.</param>
    /// <param name="facts">See <see cref="Notice"/>.</param>
    /// <param name="page">See <see cref="Notice"/>.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task TellHolders(IReadOnlyCollection<Role> roles, IReadOnlyCollection<Guid> except, string dedupeKey, NoticeFacts facts, string page, CancellationToken cancel);
}

/// <summary>Something to tell one person.</summary>
/// <param name="PersonId">Whom.</param>
/// <param name="DedupeKey">The event, such as <c>signup-confirmed:{signup}</c>: the same event tells a person once. At most <see cref="NoticeLimits.DedupeKeyLength"/> characters.</param>
/// <param name="Facts">What happened; the sentences are made of it here, in one place for each kind.</param>
/// <param name="Page">The page of the mini program that opens the exact record, with its query and without a leading slash: <c>pages/signups/signups?shift=...</c>.</param>
public sealed record Notice(Guid PersonId, string DedupeKey, NoticeFacts Facts, string Page);

/// <summary>What happened. One record for each kind, in <c>Contracts.cs</c> of Facts and its folders.</summary>
/// <param name="Kind">The kind.</param>
public abstract record NoticeFacts(NoticeKind Kind)
{
    /// <summary>After this instant a message would only confuse (a reminder after the shift): it isn't sent any more. The inbox keeps it. Null: always of use.</summary>
    public virtual DateTimeOffset? UsefulUntil => null;

    /// <summary>Whether it may go out in the quiet hours if it would be useless in the morning.</summary>
    public virtual bool MayWake => false;
}

/// <summary>The limits of a notice.</summary>
public static class NoticeLimits
{
    /// <summary>Longest <see cref="Notice.DedupeKey"/>, in characters.</summary>
    public const int DedupeKeyLength = 120;

    /// <summary>Longest <see cref="Notice.Page"/>, in characters.</summary>
    public const int PageLength = 200;

    /// <summary>Most notices told at once.</summary>
    public const int Batch = 500;
}

/// <summary>Every kind of message. The names are stored and part of the API: they never change.</summary>
public enum NoticeKind
{
    /// <summary>报名成功.</summary>
    SignupConfirmed,

    /// <summary>已排上候补.</summary>
    SignupWaitlisted,

    /// <summary>有空位了，等您确认.</summary>
    PlaceOffered,

    /// <summary>明天的时段.</summary>
    ShiftReminder,

    /// <summary>时间或地点有变.</summary>
    ShiftChanged,

    /// <summary>时段取消.</summary>
    ShiftCancelled,

    /// <summary>签到成功.</summary>
    CheckedIn,

    /// <summary>记录写好，凤凰币到了.</summary>
    RecordWritten,

    /// <summary>记为没来.</summary>
    NoShowNoted,

    /// <summary>更正或申诉的答复.</summary>
    CorrectionAnswered,

    /// <summary>需求单的进展.</summary>
    NeedProgress,

    /// <summary>服务证明开好了.</summary>
    CertificateReady,

    /// <summary>表扬发放.</summary>
    CoinsGranted,

    /// <summary>凤凰币快到期.</summary>
    CoinsExpiring,

    /// <summary>凤凰币退回.</summary>
    CoinsReturned,

    /// <summary>发错更正.</summary>
    CoinsReversed,

    /// <summary>给您留好了.</summary>
    RedemptionHeld,

    /// <summary>换好了.</summary>
    RedemptionDone,

    /// <summary>商家给不了.</summary>
    RedemptionRefused,

    /// <summary>留的时间过了.</summary>
    RedemptionExpired,

    /// <summary>商家退回.</summary>
    RedemptionRefunded,

    /// <summary>请在手机上确认兑换.</summary>
    RedemptionToConfirm,

    /// <summary>家人的卡用过（发给家人）.</summary>
    CardUsed,

    /// <summary>请求成为家人.</summary>
    FamilyAsked,

    /// <summary>家人、家长关系有变化.</summary>
    FamilyChanged,

    /// <summary>请家长同意.</summary>
    GuardianConsentAsked,

    /// <summary>有人等着取（发给店员）.</summary>
    TillOrder,

    /// <summary>对账单好了，请确认.</summary>
    StatementReady,

    /// <summary>对账单还没确认.</summary>
    StatementReminder,

    /// <summary>疑问的答复.</summary>
    DisputeAnswered,

    /// <summary>本月已拨付.</summary>
    PayoutMade,

    /// <summary>有事等复核.</summary>
    ApprovalWaiting,

    /// <summary>经办的事有结果.</summary>
    ApprovalAnswered,

    /// <summary>新身份.</summary>
    RoleGiven,

    /// <summary>身份撤回.</summary>
    RoleWithdrawn,

    /// <summary>内容没通过检查.</summary>
    ContentRefused,

    /// <summary>每周待办.</summary>
    WeeklyDigest,

    /// <summary>报名没通过.</summary>
    SignupRejected,

    /// <summary>有人临时取消（发给负责人）.</summary>
    SignupDropped,

    /// <summary>忘记签退.</summary>
    CheckOutForgotten,

    /// <summary>有人没签退（发给负责人）.</summary>
    CheckOutsOpen,

    /// <summary>时段结束，请核时长（发给负责人）.</summary>
    ShiftToVerify,

    /// <summary>服务记录快到期限（发给工作人员和负责人）.</summary>
    RecordsDue,

    /// <summary>摊位申请有结果.</summary>
    StallAnswered,

    /// <summary>集市结清，谢谢摊位.</summary>
    StallThanked,

    /// <summary>集市取消.</summary>
    MarketCancelled,

    /// <summary>求助等办理（发给工作人员）.</summary>
    NeedWaiting,

    /// <summary>时段里有邻居要帮（发给志愿者）.</summary>
    NeedGiven,

    /// <summary>求助撤回或改期（发给志愿者）.</summary>
    NeedDropped,

    /// <summary>帮到的邻居说谢谢（发给志愿者）.</summary>
    NeedThanked,

    /// <summary>借了器材.</summary>
    EquipmentLent,

    /// <summary>借的器材明天该还.</summary>
    EquipmentDue,

    /// <summary>借的器材过了归还日.</summary>
    EquipmentOverdue,

    /// <summary>借的器材还好了.</summary>
    EquipmentReturned,
}

/// <summary>Which messages people agreed to get through WeChat.</summary>
public interface IMessageConsents
{
    /// <summary>
    /// Notes, in a transaction of its own, that the person switched the template off in WeChat (<c>subscribe_msg_change_event</c> with a
    /// reject): nothing more is sent under it until they agree anew. A repetition does nothing more.
    /// </summary>
    /// <param name="personId">The person.</param>
    /// <param name="templateId">The priTmplId.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    Task Refused(Guid personId, string templateId, CancellationToken cancel);
}

/// <summary>What a module adds to the staff's digest of Monday morning, for the community in scope.</summary>
public interface IDigestPart
{
    /// <summary>A line for each thing that waits; nothing waits, no line.</summary>
    Task<IReadOnlyList<DigestLine>> Lines(CancellationToken cancel);
}

/// <summary>A line of the digest.</summary>
/// <param name="Text">A Chinese clause without an end: <c>3 件事等复核</c>.</param>
/// <param name="For">The roles that it concerns; a person holding one of them reads it.</param>
public sealed record DigestLine(string Text, IReadOnlyList<Role> For)
{
    /// <summary>So many of something wait for staff and social workers; no line for none.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">What, with its measure word.</param>
    public static IEnumerable<DigestLine> ForStaff(int count, string what) => count == 0 ? [] : [new DigestLine($"{count} {what}", [Role.Staff, Role.SocialWorker])];
}
