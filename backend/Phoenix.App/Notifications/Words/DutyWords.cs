using Phoenix.App.Notifications.Facts;

namespace Phoenix.App.Notifications.Words;

/// <summary>What is said to merchants, staff and holders of a role.</summary>
internal static class DutyWords
{
    public static Letter? Of(NoticeFacts facts, Say say) => facts switch
    {
        TillOrder f => new("有人来取", $"{f.Number} 号，{Say.Text(f.Offer)} {f.Quantity} 份，{say.Until(f.Until)} 前来取。"),
        StatementReady f => new("对账单好了", $"{f.Month.Number} 月对账单：{f.Lines} 份。没问题点【确认】；有疑问点那一笔，社区 {f.AnswerWithinDays} 个工作日内答复。{Say.On(f.ConfirmBy)}前请看一看。"),
        StatementReminder f => new("对账单等您确认", $"{f.Month.Number} 月对账单（{f.Lines} 份）还没有确认，请在 {Say.On(f.ConfirmBy)}前点【确认】，有疑问点那一笔。"),
        DisputeAnswered f => new(f.IsAccepted ? "疑问已按您说的处理" : "疑问有答复了", $"{Say.Text(f.About)}：{Say.Text(f.Answer)}。"),
        PayoutMade f => new("对账款已拨付", $"{f.Month.Number} 月的对账款 {Say.On(f.On)}已拨付，请留意银行账户。"),
        ApprovalWaiting f => new("有事等您复核", $"{Say.Text(f.What)}。经办：{Say.Text(f.Maker)}。"),
        ApprovalAnswered { Reason: { Length: > 0 } reason } f => new(f.IsApproved ? "复核通过了" : "复核没有通过", $"{Say.Text(f.What)}。说明：{Say.Text(reason)}。"),
        ApprovalAnswered f => new(f.IsApproved ? "复核通过了" : "复核没有通过", $"{Say.Text(f.What)}。"),
        RoleGiven { Until: { } until } f => new("您有了新身份", $"您现在是{Say.Text(f.Role)}，到 {Say.On(until)}为止。到“我的”里切换身份就能用。"),
        RoleGiven f => new("您有了新身份", $"您现在是{Say.Text(f.Role)}。到“我的”里切换身份就能用。"),
        RoleWithdrawn f => new("身份有变化", $"您不再是{Say.Text(f.Role)}。有疑问打电话给社区。"),
        ShiftToVerify { People: 0 } f => new("时段结束了，还没有名单", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）没有人签到。来过的人（报名 {f.Missing} 人）请在名单里登记，再核时长。"),
        ShiftToVerify f => new("时段结束了，请核时长", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）：签退 {f.People} 人，没来 {f.Missing} 人。填好现场人数，点【全部确认】。"),
        RecordsDue f => new("服务记录快到期限", $"{string.Join("，", DueOf(f))}，最近的期限是{Say.On(f.Deadline)}。服务后 10 个工作日内要记好。"),
        WeeklyDigest f => new("本周待办", $"{string.Join("；", f.Lines.Select(Say.Text))}。"),
        _ => null,
    };

    private static IEnumerable<string> DueOf(RecordsDue f)
    {
        if (f.Shifts > 0)
            yield return $"{f.Shifts} 个时段 {f.People} 人的时长还没核";
        if (f.NotEntered > 0)
            yield return $"{f.NotEntered} 条记录还没录入省系统";
    }
}
