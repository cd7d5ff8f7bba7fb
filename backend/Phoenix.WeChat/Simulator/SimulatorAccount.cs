namespace Phoenix.WeChat.Simulator;

/// <summary>The simulated mini program's account: what WeChat's console would show to its owner. Printing it shows no secret.</summary>
/// <param name="AppId">The mini program.</param>
/// <param name="Secret">AppSecret.</param>
/// <param name="OriginalId">gh_...: who pushes are addressed to.</param>
/// <param name="PushToken">Token of the push page.</param>
/// <param name="EncodingAesKey">EncodingAESKey of the push page: 43 characters.</param>
public sealed record SimulatorAccount(string AppId, string Secret, string OriginalId, string PushToken, string EncodingAesKey)
{
    /// <summary>The one account of every simulator. It stands in the source for everybody to read, so nothing real may be guarded by it.</summary>
    public static SimulatorAccount WellKnown { get; } = new(
        "wxsimulator0000000", "simulator0secret0known0to0anyone", "gh_simulator0000", "simulatorPushToken", "simulatorKeyThatEverybodyKnows0123456789ABC");

    /// <summary>Every value of <see cref="WellKnown"/>, for a production host to refuse.</summary>
    public static IReadOnlyList<string> WellKnownValues { get; } =
        [WellKnown.AppId, WellKnown.Secret, WellKnown.OriginalId, WellKnown.PushToken, WellKnown.EncodingAesKey];

    /// <inheritdoc />
    public override string ToString() => AppId;
}
