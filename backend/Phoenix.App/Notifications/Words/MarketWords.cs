using Phoenix.App.Notifications.Facts;

namespace Phoenix.App.Notifications.Words;

/// <summary>What is said to whoever answers for a stall.</summary>
internal static class MarketWords
{
    public static Letter? Of(NoticeFacts facts, Say say) => facts switch
    {
        StallAnswered { Number: { } number } f => new("摊位通过了", $"{Say.Text(f.Market)}：{Say.Text(f.Stall)}，{number} 号摊。{Word(f)}到时见！"),
        StallAnswered f => new("摊位没有通过", $"{Say.Text(f.Market)}：{Say.Text(f.Stall)}。{Word(f)}有疑问打电话问社区。"),
        StallThanked f => new("谢谢您来摆摊", $"{Say.Text(f.Market)}结清了，{Say.Text(f.Stall)}的心意已经记进社区基金。点开看看它帮到了谁，谢谢您。"),
        MarketCancelled f => new("集市取消了", $"{Say.Text(f.Market)}（{say.At(f.StartsAt)}）取消：{Say.Text(f.Reason)}。不用过来了，谢谢您。"),
        _ => null,
    };

    private static string Word(StallAnswered f) => f.Reason is { Length: > 0 } reason ? $"说明：{Say.Text(reason)}。" : "";
}
