using System.Collections.Frozen;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Notifications.Facts.Lending;
using static Phoenix.App.Notifications.Templates.FieldValue;

namespace Phoenix.App.Notifications.Templates;

/// <summary>What people can switch off, as a group.</summary>
public enum NoticeGroup
{
    /// <summary>报名与时段.</summary>
    Shifts,

    /// <summary>时长与记录.</summary>
    Records,

    /// <summary>凤凰币.</summary>
    Coins,

    /// <summary>兑换.</summary>
    Exchange,

    /// <summary>家人.</summary>
    Family,

    /// <summary>柜台.</summary>
    Till,

    /// <summary>必要通知: what somebody else waits for or has a right to; always on.</summary>
    Essential,
}

/// <summary>A keyword of a template, by its label, and the type of our value for it.</summary>
/// <param name="Label">As in WeChat's library: 活动名称.</param>
/// <param name="Type">Our value's type.</param>
/// <param name="Of">Our value.</param>
public sealed record Keyword(string Label, FieldType Type, Func<NoticeFacts, FieldValue> Of);

/// <summary>A kind of message.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Group">Its group.</param>
/// <param name="Template">The title in WeChat's library; null for the inbox only.</param>
/// <param name="Tid">The title's number there, for adding the template in WeChat's console; 0 for the inbox only.</param>
/// <param name="Keywords">The template's keywords and our values for them.</param>
public sealed record CatalogueEntry(NoticeKind Kind, NoticeGroup Group, string? Template, int Tid, IReadOnlyList<Keyword> Keywords)
{
    /// <summary>Whether guardians and family are told too: what concerns somebody's service, coins and exchanges.</summary>
    public bool IsForFamily => Group is NoticeGroup.Shifts or NoticeGroup.Records or NoticeGroup.Coins or NoticeGroup.Exchange;

    /// <summary>Outbox rows of this kind of message have this kind.</summary>
    public string OutboxKind { get; } = "message." + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(Kind.ToString());
}

/// <summary>
/// The one place that says which kind of message goes through which WeChat template, and what stands in each keyword. Templates are known by
/// title and labels, which the account's own list (WeChat: gettemplate) is held against: keys such as thing1 differ from account to account.
/// </summary>
public static class Catalogue
{
    private const string Signup = "活动报名结果通知";
    private const string Start = "活动开始提醒";
    private const string Offer = "候补成功通知";
    private const string Cancelled = "活动取消通知";
    private const string Hours = "志愿服务时长通知";
    private const string Change = "积分变动提醒";
    private const string Expiry = "积分到期提醒";
    private const string Exchanged = "兑换成功通知";
    private const string Collect = "取餐提醒";
    private const string Returned = "兑换退回通知";
    private const string Statement = "对账单确认提醒";
    private const string ToDo = "待办审核提醒";
    private const string Outcome = "审核结果通知";
    private const string Need = "服务需求进度通知";

    private static readonly FrozenDictionary<NoticeKind, CatalogueEntry> s_entries = Entries().ToFrozenDictionary(e => e.Kind);

    /// <summary>Every kind, in the order of <see cref="NoticeKind"/>.</summary>
    public static IReadOnlyList<CatalogueEntry> All { get; } = [.. Enum.GetValues<NoticeKind>().Select(Of)];

    /// <summary>The entry of a kind.</summary>
    public static CatalogueEntry Of(NoticeKind kind) => s_entries[kind];

    private static IEnumerable<CatalogueEntry> Entries() => [.. Service(), .. Coins(), .. Duties()];

    private static IEnumerable<CatalogueEntry> Service() =>
    [
        For<SignupConfirmed>(NoticeKind.SignupConfirmed, NoticeGroup.Shifts, Signup, 401)
            .Text("活动名称", f => f.Activity).Time("活动时间", f => f.StartsAt).Text("活动地点", f => f.Place).Text("报名结果", _ => "报名成功").Text("备注", _ => "来不了请提前取消"),
        For<SignupWaitlisted>(NoticeKind.SignupWaitlisted, NoticeGroup.Shifts),
        For<PlaceOffered>(NoticeKind.PlaceOffered, NoticeGroup.Shifts, Offer, 403)
            .Text("活动名称", f => f.Activity).Time("活动时间", f => f.StartsAt).Time("确认截止时间", f => f.AnswerBy).Text("温馨提示", _ => "点开确认，过时让给下一位"),
        For<ShiftReminder>(NoticeKind.ShiftReminder, NoticeGroup.Shifts, Start, 402)
            .Text("活动名称", f => f.Activity).Time("开始时间", f => f.StartsAt).Text("活动地点", f => f.Place).Text("温馨提示", _ => "来不了请提前取消"),
        For<ShiftChanged>(NoticeKind.ShiftChanged, NoticeGroup.Shifts, Start, 402)
            .Text("活动名称", f => f.Activity).Time("开始时间", f => f.StartsAt).Text("活动地点", f => f.Place).Text("温馨提示", _ => "时间或地点有变，请看清"),
        For<ShiftCancelled>(NoticeKind.ShiftCancelled, NoticeGroup.Shifts, Cancelled, 404)
            .Text("活动名称", f => f.Activity).Time("活动时间", f => f.StartsAt).Text("取消原因", f => f.Reason),
        For<SignupRejected>(NoticeKind.SignupRejected, NoticeGroup.Shifts),
        For<SignupDropped>(NoticeKind.SignupDropped, NoticeGroup.Essential),
        For<CheckedIn>(NoticeKind.CheckedIn, NoticeGroup.Shifts),
        For<CheckOutForgotten>(NoticeKind.CheckOutForgotten, NoticeGroup.Shifts),
        For<CheckOutsOpen>(NoticeKind.CheckOutsOpen, NoticeGroup.Essential),
        For<RecordWritten>(NoticeKind.RecordWritten, NoticeGroup.Records, Hours, 405)
            .Text("服务项目", f => f.Activity).Day("服务日期", f => f.Day).Number("服务时长", f => f.Minutes / 60m).Number("获得积分", f => f.Coins.Value).Text("备注", _ => "谢谢您，点开看由来"),
        For<NoShowNoted>(NoticeKind.NoShowNoted, NoticeGroup.Records),
        For<CorrectionAnswered>(NoticeKind.CorrectionAnswered, NoticeGroup.Essential, Outcome, 413)
            .Text("审核事项", f => f.About).Text("审核结果", f => Verdict(f.IsAccepted)).Time("审核时间", f => f.At).Text("备注", f => f.Answer),
        For<NeedProgress>(NoticeKind.NeedProgress, NoticeGroup.Essential, Need, 414)
            .Text("需求内容", f => f.Need).Text("当前进度", f => f.State).Time("更新时间", f => f.At).Text("联系电话", f => f.Phone),
        For<NeedWaiting>(NoticeKind.NeedWaiting, NoticeGroup.Essential),
        For<NeedGiven>(NoticeKind.NeedGiven, NoticeGroup.Shifts),
        For<NeedDropped>(NoticeKind.NeedDropped, NoticeGroup.Shifts),
        For<NeedThanked>(NoticeKind.NeedThanked, NoticeGroup.Records),
        For<EquipmentLent>(NoticeKind.EquipmentLent, NoticeGroup.Essential),
        // Which item says something of somebody's health: it stands in the inbox only.
        For<EquipmentDue>(NoticeKind.EquipmentDue, NoticeGroup.Essential, Need, 414)
            .Text("需求内容", _ => "借用社区器材").Text("当前进度", _ => "快到归还日").Time("更新时间", f => f.At).Text("联系电话", f => f.Phone),
        For<EquipmentOverdue>(NoticeKind.EquipmentOverdue, NoticeGroup.Essential, Need, 414)
            .Text("需求内容", _ => "借用社区器材").Text("当前进度", _ => "过了归还日").Time("更新时间", f => f.At).Text("联系电话", f => f.Phone),
        For<EquipmentReturned>(NoticeKind.EquipmentReturned, NoticeGroup.Essential),
        For<CertificateReady>(NoticeKind.CertificateReady, NoticeGroup.Records),
        For<FamilyAsked>(NoticeKind.FamilyAsked, NoticeGroup.Essential, ToDo, 412)
            .Text("审核事项", _ => "有人想加您为家人").Text("提交人", f => f.Who).Time("提交时间", f => f.At).Text("备注", _ => "不认识请不要同意"),
        For<FamilyChanged>(NoticeKind.FamilyChanged, NoticeGroup.Essential),
        For<GuardianConsentAsked>(NoticeKind.GuardianConsentAsked, NoticeGroup.Essential, ToDo, 412)
            .Text("审核事项", f => f.What).Text("提交人", f => f.Child).Time("提交时间", f => f.At).Text("备注", _ => "要家长同意，点开看一看"),
        For<ContentRefused>(NoticeKind.ContentRefused, NoticeGroup.Essential),
    ];

    private static IEnumerable<CatalogueEntry> Coins() =>
    [
        For<CoinsGranted>(NoticeKind.CoinsGranted, NoticeGroup.Coins, Change, 406)
            .Text("变动原因", f => f.Reason).Number("变动数量", f => f.Coins.Value).Time("变动时间", f => f.At).Text("备注", _ => "凤凰币到啦，谢谢您"),
        For<CoinsExpiring>(NoticeKind.CoinsExpiring, NoticeGroup.Coins, Expiry, 407)
            .Number("到期积分", f => f.Coins.Value).Day("到期时间", f => f.LastDay).Text("温馨提示", _ => "可以换，也可以送爱心池"),
        For<CoinsReturned>(NoticeKind.CoinsReturned, NoticeGroup.Coins, Change, 406)
            .Text("变动原因", f => f.Reason).Number("变动数量", f => f.Coins.Value).Time("变动时间", f => f.At).Text("备注", _ => "已退回，点开看由来"),
        For<CoinsReversed>(NoticeKind.CoinsReversed, NoticeGroup.Essential, Change, 406)
            .Text("变动原因", f => f.Reason).Number("变动数量", f => f.Coins.Value).Time("变动时间", f => f.At).Text("备注", _ => "发错更正，有疑问问社区"),
        For<RedemptionHeld>(NoticeKind.RedemptionHeld, NoticeGroup.Exchange, Collect, 409)
            .Text("餐品名称", f => f.Offer).Number("取餐号", f => f.Number).Time("有效期至", f => f.Until).Text("取餐地点", f => f.Merchant),
        For<RedemptionDone>(NoticeKind.RedemptionDone, NoticeGroup.Essential, Exchanged, 408)
            .Text("兑换项目", f => f.Offer).Number("使用积分", f => f.Coins.Value).Text("兑换商家", f => f.Merchant).Time("兑换时间", f => f.At).Text("备注", _ => "不是您换的，点开告诉社区"),
        For<RedemptionRefused>(NoticeKind.RedemptionRefused, NoticeGroup.Exchange, Returned, 410)
            .Text("兑换项目", f => f.Offer).Number("退回积分", f => f.Coins.Value).Text("退回原因", f => f.Reason).Time("退回时间", f => f.At),
        For<RedemptionExpired>(NoticeKind.RedemptionExpired, NoticeGroup.Exchange, Returned, 410)
            .Text("兑换项目", f => f.Offer).Number("退回积分", f => f.Coins.Value).Text("退回原因", _ => "留的时间过了").Time("退回时间", f => f.At),
        For<RedemptionRefunded>(NoticeKind.RedemptionRefunded, NoticeGroup.Exchange, Returned, 410)
            .Text("兑换项目", f => f.Offer).Number("退回积分", f => f.Coins.Value).Text("退回原因", f => f.Reason).Time("退回时间", f => f.At),
        For<RedemptionToConfirm>(NoticeKind.RedemptionToConfirm, NoticeGroup.Essential, ToDo, 412)
            .Text("审核事项", f => $"兑换{f.Offer}").Text("提交人", f => f.Merchant).Time("提交时间", f => f.At).Text("备注", _ => "点开确认，不是您请拒绝"),
        For<CardUsed>(NoticeKind.CardUsed, NoticeGroup.Family, Exchanged, 408)
            .Text("兑换项目", f => f.Offer).Number("使用积分", f => f.Coins.Value).Text("兑换商家", f => f.Merchant).Time("兑换时间", f => f.At).Text("备注", f => $"{f.Elder}的卡"),
    ];

    private static IEnumerable<CatalogueEntry> Duties() =>
    [
        For<TillOrder>(NoticeKind.TillOrder, NoticeGroup.Till, Collect, 409)
            .Text("餐品名称", f => f.Offer).Number("取餐号", f => f.Number).Time("有效期至", f => f.Until).Text("取餐地点", f => f.Merchant),
        For<StatementReady>(NoticeKind.StatementReady, NoticeGroup.Essential, Statement, 411)
            .Text("账单名称", f => $"{f.Month.Number}月对账单").Number("笔数", f => f.Lines).Day("确认截止日期", f => f.ConfirmBy).Text("温馨提示", _ => "有疑问点那一笔"),
        For<StatementReminder>(NoticeKind.StatementReminder, NoticeGroup.Essential, Statement, 411)
            .Text("账单名称", f => $"{f.Month.Number}月对账单").Number("笔数", f => f.Lines).Day("确认截止日期", f => f.ConfirmBy).Text("温馨提示", _ => "还没有确认，请看一看"),
        For<DisputeAnswered>(NoticeKind.DisputeAnswered, NoticeGroup.Essential, Outcome, 413)
            .Text("审核事项", f => f.About).Text("审核结果", f => Verdict(f.IsAccepted)).Time("审核时间", f => f.At).Text("备注", f => f.Answer),
        For<PayoutMade>(NoticeKind.PayoutMade, NoticeGroup.Essential),
        For<ApprovalWaiting>(NoticeKind.ApprovalWaiting, NoticeGroup.Essential, ToDo, 412)
            .Text("审核事项", f => f.What).Text("提交人", f => f.Maker).Time("提交时间", f => f.At).Text("备注", _ => "点开复核"),
        For<ApprovalAnswered>(NoticeKind.ApprovalAnswered, NoticeGroup.Essential, Outcome, 413)
            .Text("审核事项", f => f.What).Text("审核结果", f => Verdict(f.IsApproved)).Time("审核时间", f => f.At).Text("备注", f => f.Reason ?? "点开看说明"),
        For<RoleGiven>(NoticeKind.RoleGiven, NoticeGroup.Essential),
        For<RoleWithdrawn>(NoticeKind.RoleWithdrawn, NoticeGroup.Essential),
        For<WeeklyDigest>(NoticeKind.WeeklyDigest, NoticeGroup.Essential),
        For<ShiftToVerify>(NoticeKind.ShiftToVerify, NoticeGroup.Essential),
        For<RecordsDue>(NoticeKind.RecordsDue, NoticeGroup.Essential),
        For<StallAnswered>(NoticeKind.StallAnswered, NoticeGroup.Essential),
        For<StallThanked>(NoticeKind.StallThanked, NoticeGroup.Essential),
        For<MarketCancelled>(NoticeKind.MarketCancelled, NoticeGroup.Essential),
    ];

    private static string Verdict(bool isAccepted) => isAccepted ? "通过" : "不通过";

    private static Draft<T> For<T>(NoticeKind kind, NoticeGroup group, string? template = null, int tid = 0)
        where T : NoticeFacts => new(new CatalogueEntry(kind, group, template, tid, []));

    /// <summary>An entry in the making, so that each keyword sees the kind's own facts.</summary>
    private sealed record Draft<T>(CatalogueEntry Entry)
        where T : NoticeFacts
    {
        public Draft<T> Text(string label, Func<T, string> of) => With(label, FieldType.Text, f => FieldValue.Text(of(f)));

        public Draft<T> Time(string label, Func<T, DateTimeOffset> of) => With(label, FieldType.Time, f => At(of(f)));

        public Draft<T> Day(string label, Func<T, DateOnly> of) => With(label, FieldType.Day, f => On(of(f)));

        public Draft<T> Number(string label, Func<T, decimal> of) => With(label, FieldType.Number, f => FieldValue.Number(of(f)));

        public static implicit operator CatalogueEntry(Draft<T> draft) => draft.Entry;

        private Draft<T> With(string label, FieldType type, Func<T, FieldValue> of) =>
            new(Entry with { Keywords = [.. Entry.Keywords, new Keyword(label, type, facts => of((T)facts))] });
    }
}
