using System.Text.Json;
using Phoenix.App.Http;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>What is told about an exchange. The names stand in stored payloads.</summary>
internal enum RedemptionEvent
{
    /// <summary>留好了; or waits for the member's yes.</summary>
    Held,

    /// <summary>换好了.</summary>
    Captured,

    /// <summary>给不了.</summary>
    Refused,

    /// <summary>The time was over.</summary>
    Expired,

    /// <summary>Coins came back after the capture.</summary>
    Refunded,
}

/// <summary>A row of the outbox about an exchange.</summary>
/// <param name="Id">Which.</param>
/// <param name="What">What happened.</param>
/// <param name="RefundId">Which refund.</param>
internal sealed record RedemptionNews(Guid Id, RedemptionEvent What, Guid? RefundId)
{
    /// <summary>One event, one row.</summary>
    public static string KeyOf(Guid id, RedemptionEvent what, Guid? refund) => refund is { } r ? $"redemption:{id:N}:{what}:{r:N}" : $"redemption:{id:N}:{what}";

    public static string Write(Guid id, RedemptionEvent what, Guid? refund) => JsonSerializer.Serialize(new RedemptionNews(id, what, refund), PhoenixJson.Options);

    public static RedemptionNews Read(string payload) => JsonSerializer.Deserialize<RedemptionNews>(payload, PhoenixJson.Options)!;
}
