using System.Globalization;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Notifications.Facts.Lending;

namespace Phoenix.App.Notifications.Words;

/// <summary>What is said about signing up, serving and records.</summary>
internal static class ServiceWords
{
    public static Letter? Of(NoticeFacts facts, Say say) => facts switch
    {
        SignupConfirmed f => new("报名成功", $"{Say.Text(f.Activity)}，{say.At(f.StartsAt)}，{Say.Text(f.Place)}。到时见！"),
        SignupWaitlisted f => new("排上候补了", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）已满，您排在第 {f.Position} 位。有空位马上告诉您。"),
        PlaceOffered f => new("有空位了", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）给您留了一个位置，{say.At(f.AnswerBy)} 前点【参加】有效，过时让给下一位。"),
        ShiftReminder f => new("别忘了来", $"{Say.Text(f.Activity)}，{say.At(f.StartsAt)}，{Say.Text(f.Place)}。来不了请提前取消，让别人补上。"),
        ShiftChanged f => new("时间或地点有变", $"{Say.Text(f.Activity)} 改为 {say.At(f.StartsAt)}，{Say.Text(f.Place)}。来不了点开就能取消。"),
        ShiftCancelled f => new("活动取消了", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）取消：{Say.Text(f.Reason)}。不用过来了，谢谢您。"),
        SignupRejected f => new("报名没有通过", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）：{Say.Text(f.Reason)}。看看别的时段，或打电话问社区。"),
        SignupDropped f => new("有人临时取消", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）有 {f.People} 人临时取消。点开名单，可以请候补的人来。"),
        CheckedIn f => new("签到成功", $"{Say.Text(f.Activity)}，{say.Clock(f.At)} 到的。走的时候再扫一次。"),
        CheckOutForgotten f => new("忘记签退了", $"{Say.Text(f.Activity)} {say.Clock(f.EndedAt)} 结束，您还没有签退。还在现场请再扫一次码；已经走了，请告诉负责人几点走的。"),
        CheckOutsOpen f => new("有人还没签退", $"{Say.Text(f.Activity)} {say.Clock(f.EndedAt)} 结束，还有 {f.People} 人没签退。点开名单，可以全部按结束时间签退。"),
        RecordWritten { Coins.Value: 0 } f => new("服务记录写好了", $"{Say.Text(f.Activity)} {Say.Long(f.Minutes)}，已记入您的服务时长，谢谢您。"),
        RecordWritten f => new("凤凰币到啦", $"{Say.Of(f.Coins)}凤凰币到啦！{Say.Text(f.Activity)} {Say.Long(f.Minutes)}，谢谢您。"),
        NoShowNoted { LimitedUntil: { } until } f => new("记为没来", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）记为没来。{Say.On(until)}前暂时不能报名。有特殊情况，点开说明一下。"),
        NoShowNoted f => new("记为没来", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）记为没来。下次来不了请提前取消；有特殊情况，点开说明一下。"),
        CorrectionAnswered f => new(f.IsAccepted ? "已按您说的更正" : "更正有答复了", $"{Say.Text(f.About)}：{Say.Text(f.Answer)}。"),
        NeedProgress f => new("求助有进展", $"{Say.Text(f.Need)}：{Say.Text(f.State)}。{(f.ComesAt is { } at ? $"志愿者{say.At(at)}来。" : "")}{(f.Note is { } note ? $"{Say.Text(note)}。" : "")}有事打社区电话 {f.Phone}。"),
        NeedWaiting f => new("求助要办理", $"{(f.IsFirst ? "高龄或独居邻居的" : "")}{Say.Text(f.Help)}求助：{Say.Text(f.What)}。点开办理。"),
        NeedGiven f => new("有邻居要帮", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）要帮一位邻居。点开看帮谁、去哪里。"),
        NeedDropped f => new("求助有变化", $"{Say.Text(f.Activity)}（{say.At(f.StartsAt)}）里有一位邻居不用帮了，去之前点开看看。"),
        NeedThanked { Words: { } words } f => new("邻居谢谢您", $"{Say.Text(f.Activity)}帮到的邻居对您说：{Say.Text(words)}。"),
        NeedThanked f => new("邻居谢谢您", $"{Say.Text(f.Activity)}帮到的邻居谢谢您。"),
        EquipmentLent f => new("器材借好了", $"{Say.Text(f.Item)}借好了，请在{Say.On(f.DueOn)}前还回来。不是您借的，请打电话告诉社区 {f.Phone}。"),
        EquipmentDue f => new("器材快到归还日", $"{Say.Text(f.Item)}请在{Say.On(f.DueOn)}前还回来。还要用，打电话问社区 {f.Phone}，可以续借。"),
        EquipmentOverdue f => new("器材该还了", $"{Say.Text(f.Item)}原定{Say.On(f.DueOn)}还，别的邻居也在等。请方便时还回来；还要用，打电话给社区 {f.Phone}。"),
        EquipmentReturned f => new("器材还好了", $"{Say.Text(f.Item)}还好了，谢谢您爱惜。"),
        CertificateReady f => new("证明开好了", $"志愿服务记录证明（{f.Hours.ToString("0.##", CultureInfo.InvariantCulture)} 小时）开好了，点开查看，免费，可核验。"),
        GuardianConsentAsked f => new("请您同意", $"{Say.Text(f.Child)}想{Say.Text(f.What)}，要家长同意。点开看一看。"),
        FamilyAsked f => new("有人想加您为家人", $"{Say.Text(f.Who)}想加您为家人，同意后可以互相代办。不认识请不要同意。"),
        FamilyChanged f => new($"{f.Tie}有变化", $"{Say.Text(f.Who)}{(f.IsLinked ? "现在是" : "不再是")}{Say.Text(f.Whom)}的{f.Tie}（{Say.Text(f.Why)}）。不对请打电话给社区。"),
        ContentRefused f => new("内容没有通过检查", $"您提交的{Say.Text(f.What)}没有通过检查，没有显示。请修改后再提交，或打电话给社区。"),
        _ => null,
    };
}
