using System.Globalization;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>The journal in plain Chinese.</summary>
internal static class CoinWords
{
    /// <summary>What a movement is called on a member's page.</summary>
    public static string TitleOf(MemberEntry entry) => entry.Kind switch
    {
        PostingKind.Issue => "服务所得",
        PostingKind.Grant => "表扬发放",
        PostingKind.Gift => "送给爱心池",
        PostingKind.Hold => "留着",
        PostingKind.Capture => "没用完的退回",
        PostingKind.Release => "已退回",
        PostingKind.ExpireHold => "到时间没取，已退回",
        PostingKind.Refund => "商家退回",
        PostingKind.Reverse => entry.Change < 0 ? "更正收回" : "更正退还",
        PostingKind.ExpireLot => "已到期",
        PostingKind.ExtendLot => "有效期延长",
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "moves no member's coins"),
    };

    /// <summary>What a posting is called in an auditor's draw.</summary>
    public static string TitleOf(PostingKind kind) => kind switch
    {
        PostingKind.Issue => "服务所得",
        PostingKind.Grant => "发放",
        PostingKind.Gift => "送给爱心池",
        PostingKind.Retire => "爱心池注销",
        PostingKind.Settle => "和商家结清",
        PostingKind.Transfer => "基金收支",
        PostingKind.Hold => "兑换，留着",
        PostingKind.Capture => "已兑换",
        PostingKind.Release => "兑换，已退回",
        PostingKind.ExpireHold => "没来取，已退回",
        PostingKind.Extend => "留着的时间延长",
        PostingKind.Refund => "换过的退回",
        PostingKind.Reverse => "更正",
        PostingKind.ExpireLot => "到期",
        PostingKind.ExtendLot => "有效期延长",
        PostingKind.Open => "开立账户",
        _ => "暂停或恢复",
    };

    /// <summary>Why coins are there: 25 枚，因为 11 月 22 日的“楼栋关怀 2.5 小时”，2027 年 12 月 31 日前可用。</summary>
    public static string Why(UnitOrigin origin, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{origin.Amount} 枚，{CauseOf(origin, day)}，{Until(origin.ExpiresOn!.Value)}前可用。");

    private static string CauseOf(UnitOrigin origin, DateOnly day)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{day.Year} 年 {day.Month} 月 {day.Day} 日");
        var note = origin.Text is { } text ? $"“{text}”" : "";
        return origin.Kind switch
        {
            PostingKind.Issue => $"{date}服务所得{note}",
            PostingKind.Grant => $"{date}表扬发放{note}",
            PostingKind.ExtendLot => $"{date}社区延长了有效期{note}",
            _ => $"{date}退回{note}",
        };
    }

    private static string Until(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year} 年 {day.Month} 月 {day.Day} 日");
}
