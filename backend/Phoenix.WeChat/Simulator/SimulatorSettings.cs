using Phoenix.WeChat.Push;

namespace Phoenix.WeChat.Simulator;

/// <summary>What of the simulated platform can be set. Changed as a whole (<see cref="WeChatSimulator.Settings"/>), so that no call sees half a change.</summary>
public sealed record SimulatorSettings
{
    /// <summary>How long a token of /cgi-bin/token goes on after the next was issued.</summary>
    public TimeSpan TokenOverlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pages of the released version, without query; null takes every page whose path is well-formed.</summary>
    public IReadOnlyList<string>? ReleasedPages { get; init; }

    /// <summary>How long after a message its subscribe_msg_sent_event is pushed.</summary>
    public TimeSpan SentEventAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after mediaCheckAsync its result is pushed (WeChat: within 30 minutes).</summary>
    public TimeSpan PictureVerdictAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What pictures are judged; null: the result never comes.</summary>
    public Suggestion? PictureVerdict { get; init; } = Suggestion.Pass;

    /// <summary>Texts with one of these are risky.</summary>
    public IReadOnlyList<PlantedWord> PlantedWords { get; init; } =
    [
        new("违规测试词", Suggestion.Risky, 20006), new("广告测试词", Suggestion.Risky, 10001), new("辱骂测试词", Suggestion.Risky, 20003), new("可疑测试词", Suggestion.Review, 21000),
    ];

    /// <summary>How many phone numbers the account has still paid for; at 0 the button gets errno 1400001.</summary>
    public int PhoneCredit { get; init; } = 1_000;

    /// <summary>Whether two sends to one user at once are refused with 43108, as they can be by WeChat.</summary>
    public bool RefusesConcurrentSends { get; init; }

    /// <summary>Whether a silent "总是保持以上选择" accept raises a popup event too; WeChat doesn't say.</summary>
    public bool SilentAcceptIsPushed { get; init; }
}

/// <summary>A word that the content check finds.</summary>
/// <param name="Word">The word.</param>
/// <param name="Suggestion">What it makes of a text.</param>
/// <param name="Label">WeChat's label: 10001 ads, 20001 politics, 20002 porn, 20003 abuse, 20006 crime, 21000 other.</param>
public sealed record PlantedWord(string Word, Suggestion Suggestion, int Label);
