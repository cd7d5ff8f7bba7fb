namespace Phoenix.WeChat.Simulator;

/// <summary>The limit of everything that the simulator keeps: what goes over drops its oldest, or is refused where that would lie.</summary>
public static class SimulatorLimits
{
    /// <summary>Simulated WeChat users; one more is refused.</summary>
    public const int Users = 200;

    /// <summary>Characters of a user's name.</summary>
    public const int NameLength = 20;

    /// <summary>Login and phone codes remembered, used ones among them.</summary>
    public const int Codes = 10_000;

    /// <summary>Tokens remembered by each pool, dead ones among them, to tell an expired one from a wrong one.</summary>
    public const int TokensPerPool = 64;

    /// <summary>Private templates of the account (WeChat's own limit).</summary>
    public const int Templates = 50;

    /// <summary>Messages kept of each user.</summary>
    public const int MessagesPerUser = 100;

    /// <summary>Consents that one user can gather for one template.</summary>
    public const int Quota = 10_000;

    /// <summary>Platform calls kept.</summary>
    public const int Calls = 300;

    /// <summary>Characters kept of a call's request and of its answer.</summary>
    public const int CallText = 4_096;

    /// <summary>Faults switched on at once.</summary>
    public const int Faults = 50;

    /// <summary>Longest delay that a fault can make.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>Links remembered.</summary>
    public const int Links = 1_000;

    /// <summary>Pushes waiting at once; one more pushes out the oldest.</summary>
    public const int Pushes = 1_000;

    /// <summary>Ended pushes kept for the page.</summary>
    public const int EndedPushes = 100;

    /// <summary>How often one push is repeated on demand.</summary>
    public const int PushDuplicates = 10;

    /// <summary>Pages and planted words that can be set.</summary>
    public const int ListItems = 200;

    /// <summary>Largest request body, in bytes.</summary>
    public const int BodyBytes = 64 * 1024;
}
