namespace Phoenix.App.Volunteering.Needs;

/// <summary>The states in words.</summary>
internal static class NeedWords
{
    /// <summary>On screen, and in the message that tells of it: at most 5 characters.</summary>
    public static string Of(NeedState state) => state switch
    {
        NeedState.Raised => "待受理",
        NeedState.Accepted => "已受理",
        NeedState.Arranged => "已安排",
        NeedState.Done => "已完成",
        NeedState.Declined => "没能受理",
        NeedState.Referred => "已转介",
        _ => "已撤回",
    };
}
