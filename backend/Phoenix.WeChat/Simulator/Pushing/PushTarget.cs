using Phoenix.WeChat.Push;

namespace Phoenix.WeChat.Simulator.Pushing;

/// <summary>数据格式 of the console's push page.</summary>
public enum PushFormat
{
    /// <summary>XML.</summary>
    Xml,

    /// <summary>JSON.</summary>
    Json,
}

/// <summary>How a list of items stands in JSON: WeChat's documents and logs show all four.</summary>
public enum PushShape
{
    /// <summary><c>"SubscribeMsgPopupEvent":[{...}]</c>.</summary>
    Container,

    /// <summary><c>"List":[{...}]</c> beside the header.</summary>
    RootArray,

    /// <summary><c>"List":{...}</c> beside the header, for a single item.</summary>
    RootObject,

    /// <summary><c>"SubscribeMsgSentEvent":{"List":{...}}</c>.</summary>
    ContainerList,
}

/// <summary>The push page of the console: where the product listens, and how. A change applies at once.</summary>
/// <param name="Url">The product's address for pushes.</param>
/// <param name="Token">Token.</param>
/// <param name="EncodingAesKey">43 characters.</param>
/// <param name="Mode">消息加密方式.</param>
/// <param name="Format">数据格式.</param>
/// <param name="Shape">How lists stand in JSON.</param>
/// <param name="Duplicates">How many more times a push is sent that was taken already.</param>
public sealed record PushTarget(
    Uri Url, string Token, string EncodingAesKey, PushMode Mode = PushMode.Secure, PushFormat Format = PushFormat.Json, PushShape Shape = PushShape.Container, int Duplicates = 0)
{
    /// <inheritdoc />
    public override string ToString() => $"{Url}, {Mode}, {Format}, {Shape}";
}

/// <summary>What became of a push.</summary>
public enum PushState
{
    /// <summary>Not due, or to be tried again.</summary>
    Waiting,

    /// <summary>The product answered success.</summary>
    Taken,

    /// <summary>Three tries, and no success.</summary>
    GivenUp,

    /// <summary>No address is set.</summary>
    Nowhere,
}

/// <summary>A push, for the page and the tests.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Event">subscribe_msg_popup_event, ...</param>
/// <param name="OpenId">Whom it is about.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="DueAt">When it is tried (next).</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="State">What became of it.</param>
/// <param name="LastAnswer">What the product answered last, or what kept it from answering.</param>
public sealed record PushView(int Id, string Event, string OpenId, DateTimeOffset CreatedAt, DateTimeOffset DueAt, int Tries, PushState State, string? LastAnswer);
