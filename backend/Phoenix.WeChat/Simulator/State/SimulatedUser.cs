namespace Phoenix.WeChat.Simulator.State;

/// <summary>What the simulator keeps of a user; <see cref="UserView"/> is what others see.</summary>
internal sealed class SimulatedUser
{
    public required string OpenId { get; init; }

    public required string UnionId { get; init; }

    public required string Name { get; init; }

    public required string Phone { get; set; }

    public required string SessionKey { get; set; }

    public DateTimeOffset SessionKeySince { get; set; }

    public DateTimeOffset? ActiveAt { get; set; }

    public PhoneAnswer PhoneAnswer { get; set; }

    public bool IsBlocked { get; set; }

    public int RiskRank { get; set; }

    public bool TakesMessages { get; set; } = true;

    public (long Minute, int Count) Logins { get; set; }

    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    public List<ReceivedMessage> Messages { get; } = [];
}

/// <summary>One user's standing with one template.</summary>
internal sealed record Subscription(int Quota, SubscribeChoice? Saved);
