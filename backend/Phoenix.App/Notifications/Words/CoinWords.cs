using Phoenix.App.Notifications.Facts;

namespace Phoenix.App.Notifications.Words;

/// <summary>What is said about coins and exchanges.</summary>
internal static class CoinWords
{
    public static Letter? Of(NoticeFacts facts, Say say) => facts switch
    {
        CoinsGranted f => new("凤凰币到啦", $"{Say.Of(f.Coins)}凤凰币到啦！{Say.Text(f.Reason)}，谢谢您。"),
        CoinsExpiring f => new("有凤凰币快到期", $"{Say.Of(f.Coins)} {Say.On(f.LastDay)}到期。可以换，也可以送爱心池。服务时长不受影响。"),
        CoinsReturned f => new("凤凰币退回来了", $"{Say.Of(f.Coins)}已退回：{Say.Text(f.Reason)}。"),
        CoinsReversed { Shortfall.Value: 0 } f => new("凤凰币有更正", $"更正 {Say.Of(f.Coins)}：{Say.Text(f.Reason)}。服务时长不受影响。有疑问点开看由来，或打电话问社区。"),
        CoinsReversed f => new("凤凰币有更正", $"更正 {Say.Of(f.Coins)}，另有 {Say.Of(f.Shortfall)}从以后的发放里扣：{Say.Text(f.Reason)}。服务时长不受影响。有疑问打电话问社区。"),
        RedemptionHeld f => new("给您留好了", $"给您留好了：{Say.Text(f.Offer)} {f.Quantity} 份。到{Say.Text(f.Merchant)}报 {f.Number} 号，{say.Until(f.Until)} 前有效，没来自动退回。"),
        RedemptionDone f => new("换好了", $"{Say.Text(f.Offer)}换好了！在{Say.Text(f.Merchant)}用了 {Say.Of(f.Coins)}，还有 {Say.Of(f.Left)}。不是您换的，点开告诉社区。"),
        RedemptionRefused f => new("这次没换成", $"{Say.Text(f.Offer)}给不了：{Say.Text(f.Reason)}。{Say.Of(f.Coins)}已退回，可以换别的。"),
        RedemptionExpired f => new("留的时间过了", $"{Say.Text(f.Offer)}留的时间过了，{Say.Of(f.Coins)}已退回，可以重新换。"),
        RedemptionRefunded f => new("商家退回了", $"{Say.Text(f.Offer)}：{Say.Text(f.Reason)}。{Say.Of(f.Coins)}已退回。"),
        RedemptionToConfirm f => new("请您确认兑换", $"{Say.Text(f.Merchant)}请您确认：{Say.Text(f.Offer)}，{Say.Of(f.Coins)}。{say.Until(f.AnswerBy)} 前点【确认】才会换；不是您换的，点【不是我】。"),
        CardUsed f => new("家人的卡用过了", $"{Say.Text(f.Elder)} {say.At(f.At)} 在{Say.Text(f.Merchant)}换了{Say.Text(f.Offer)}，用了 {Say.Of(f.Coins)}。有疑问打电话问社区。"),
        _ => null,
    };
}
