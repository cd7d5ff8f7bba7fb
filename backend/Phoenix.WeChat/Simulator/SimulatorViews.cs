namespace Phoenix.WeChat.Simulator;

/// <summary>How a user answers the sheet that asks for the phone number.</summary>
public enum PhoneAnswer
{
    /// <summary>Gives the number.</summary>
    Allow,

    /// <summary>Taps 拒绝.</summary>
    Deny,
}

/// <summary>A user's answer for one template of requestSubscribeMessage.</summary>
public enum SubscribeChoice
{
    /// <summary>允许.</summary>
    Accept,

    /// <summary>拒绝.</summary>
    Reject,
}

/// <summary>A simulated WeChat user.</summary>
/// <param name="OpenId">28 characters; the same for the same name in every run.</param>
/// <param name="Name">The nickname.</param>
/// <param name="Phone">The number that the phone button gives.</param>
/// <param name="PhoneAnswer">How the user answers the phone sheet.</param>
/// <param name="ActiveAt">When the mini program was last used; content checks want the last two hours.</param>
/// <param name="TakesMessages">The main switch of the mini program's messages.</param>
/// <param name="IsBlocked">WeChat takes the user for a risk: login is refused with 40226.</param>
/// <param name="RiskRank">What getUserRiskRank answers, 0 to 4.</param>
/// <param name="Subscriptions">Per template, where there is anything to tell.</param>
/// <param name="MessageCount">Messages kept.</param>
public sealed record UserView(
    string OpenId, string Name, string Phone, PhoneAnswer PhoneAnswer, DateTimeOffset? ActiveAt, bool TakesMessages, bool IsBlocked, int RiskRank,
    IReadOnlyList<SubscriptionView> Subscriptions, int MessageCount);

/// <summary>A user's standing with one template.</summary>
/// <param name="TemplateId">priTmplId.</param>
/// <param name="Title">The template's title.</param>
/// <param name="Quota">How many messages the user still takes.</param>
/// <param name="Saved">The answer kept by 总是保持以上选择, if any.</param>
public sealed record SubscriptionView(string TemplateId, string Title, int Quota, SubscribeChoice? Saved);

/// <summary>A service message as WeChat shows it.</summary>
/// <param name="Id">msgid; a string in JSON, because it is above 2^53.</param>
/// <param name="TemplateId">priTmplId.</param>
/// <param name="Title">The card's title.</param>
/// <param name="Fields">Label and value, in the template's order.</param>
/// <param name="Page">Where a tap goes; null: nowhere.</param>
/// <param name="State">developer, trial or formal.</param>
/// <param name="At">When it came.</param>
public sealed record ReceivedMessage(string Id, string TemplateId, string Title, IReadOnlyList<ReceivedField> Fields, string? Page, string State, DateTimeOffset At);

/// <summary>A line of a message.</summary>
/// <param name="Key">thing1.</param>
/// <param name="Label">活动名称.</param>
/// <param name="Value">As it was sent.</param>
public sealed record ReceivedField(string Key, string Label, string Value);

/// <summary>A platform call as the simulator saw it; secrets are masked.</summary>
/// <param name="Rid">Its request id.</param>
/// <param name="At">When it came.</param>
/// <param name="Milliseconds">How long the answer took, delays included.</param>
/// <param name="Method">GET or POST.</param>
/// <param name="Endpoint">The path at WeChat.</param>
/// <param name="Request">Query and body.</param>
/// <param name="Answer">The body answered.</param>
/// <param name="ErrCode">0: success.</param>
/// <param name="Fault">The fault that struck it, if one did.</param>
public sealed record CallView(string Rid, DateTimeOffset At, long Milliseconds, string Method, string Endpoint, string Request, string Answer, int ErrCode, string? Fault);
