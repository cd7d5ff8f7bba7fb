using Phoenix.App.Hosting;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator;

namespace Phoenix.App.MiniProgram.Push;

/// <summary>
/// What is taken at the push address. A host with an AppID takes secure mode alone, with the secrets of WeChat's console, or nothing. A host with the
/// simulator takes the mode it is set to, with the simulator's well-known secrets where none are set.
/// </summary>
public sealed class PushDoor
{
    /// <summary>The address, as it is entered in the console.</summary>
    public const string Path = "/wechat/push";

    /// <summary>Reads the settings.</summary>
    public PushDoor(HostSettings settings, Clock clock)
    {
        var simulated = SimulatorAccount.WellKnown;
        Agreed = (settings.WeChatSimulator, settings.WeChatPush) switch
        {
            (false, null) => null,
            (false, var set) => PushSettings.Production(settings.WeChatAppId!, set.Token, set.Key),
            (true, var set) => PushSettings.NotProduction(settings.WeChatAppId ?? simulated.AppId, set?.Token ?? simulated.PushToken, set?.Key ?? simulated.EncodingAesKey, settings.WeChatPushMode),
        };
        Receiver = Agreed is null ? null : new PushReceiver(Agreed, clock);
    }

    /// <summary>What WeChat's console and this host agree on; null where no pushes are taken.</summary>
    public PushSettings? Agreed { get; }

    /// <summary>Reads pushes; null where none are taken.</summary>
    public PushReceiver? Receiver { get; }
}
