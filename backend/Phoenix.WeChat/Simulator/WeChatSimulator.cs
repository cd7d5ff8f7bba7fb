using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Simulator.Api;
using Phoenix.WeChat.Simulator.Pushing;
using Phoenix.WeChat.Simulator.State;

namespace Phoenix.WeChat.Simulator;

/// <summary>
/// WeChat as the product sees it, in memory: the platform's endpoints, the users' phones (<see cref="Client"/>), the pushes, and faults on
/// demand. Served by <see cref="Http.SimulatorRoutes"/>. Everything it keeps has a limit (<see cref="SimulatorLimits"/>) and is gone when the
/// process ends; users and templates have the same ids again in the next. Safe for many threads: one lock guards all of it.
/// </summary>
public sealed class WeChatSimulator
{
    private const int SessionKeyBytes = 16;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _inHand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedUser> _users = new(StringComparer.Ordinal);
    private readonly FaultBoard _faults = new();

    /// <summary>A new platform with the account's templates and no users.</summary>
    /// <param name="account">The mini program's account.</param>
    /// <param name="clock">Decides every expiry, delay and due time.</param>
    /// <param name="randomness">Makes tokens, codes and message ids.</param>
    public WeChatSimulator(SimulatorAccount account, Clock clock, IRandomness randomness)
    {
        (Account, Clock, Randomness) = (account, clock, randomness);
        Text = new SimulatorText(randomness);
        OrdinaryTokens = new TokenPool("T1_", clock, Text);
        StableTokens = new TokenPool("S1_", clock, Text);
        Codes = new OneTimeCodes(clock, Text);
        AccountTemplates = new AccountTemplates(account.AppId);
        Counts = new CallCounts(clock);
        Pushes = new PushQueue(clock);
        Events = new Events(this);
        Client = new SimulatedClient(this);
    }

    /// <summary>The mini program's account.</summary>
    public SimulatorAccount Account { get; }

    /// <summary>The clock.</summary>
    public Clock Clock { get; }

    /// <summary>The users' phones.</summary>
    public SimulatedClient Client { get; }

    /// <summary>What of the platform can be set.</summary>
    public SimulatorSettings Settings
    {
        get => Locked(() => CurrentSettings);
        set => Locked(() => CurrentSettings = value);
    }

    /// <summary>The faults that are on, oldest first.</summary>
    public IReadOnlyList<Fault> Faults => Locked(() => (IReadOnlyList<Fault>)[.. _faults.All]);

    /// <summary>The last platform calls, newest first.</summary>
    public IReadOnlyList<CallView> Calls => Locked(() => CallLog.Newest);

    /// <summary>The account's templates.</summary>
    public IReadOnlyList<MessageTemplate> Templates => Locked(() => (IReadOnlyList<MessageTemplate>)[.. AccountTemplates.All.Select(ViewOf)]);

    /// <summary>The paths of the platform, sorted.</summary>
    public static IReadOnlyList<string> Endpoints { get; } = [.. PlatformTable.Endpoints.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Where and how pushes go; null: nowhere.</summary>
    public PushTarget? PushTarget
    {
        get => Locked(() => CurrentTarget);
        set => Locked(() => CurrentTarget = value);
    }

    /// <summary>Pushes that wait and pushes that ended lately, newest first.</summary>
    public IReadOnlyList<PushView> PushLog => Locked(() => Pushes.Newest);

    internal IRandomness Randomness { get; }

    internal SimulatorText Text { get; }

    internal TokenPool OrdinaryTokens { get; }

    internal TokenPool StableTokens { get; }

    internal OneTimeCodes Codes { get; }

    internal AccountTemplates AccountTemplates { get; }

    internal CallCounts Counts { get; }

    internal CallLog CallLog { get; } = new();

    internal MadeLinks MadeLinks { get; } = new();

    internal PushQueue Pushes { get; }

    internal Events Events { get; }

    internal Dictionary<string, SimulatedUser> Users => _users;

    /// <summary>The settings, for whoever holds the lock.</summary>
    internal SimulatorSettings CurrentSettings { get; private set; } = new();

    /// <summary>The push page, for whoever holds the lock.</summary>
    internal PushTarget? CurrentTarget { get; private set; }

    /// <summary>Switches a fault on. Refused: <see cref="SimulatorFaultsFull"/>, <see cref="SimulatorSettingWrong"/>.</summary>
    public Result<Fault> Break(Fault fault)
    {
        if (fault.Endpoint != Fault.Everywhere && !PlatformTable.Endpoints.ContainsKey(fault.Endpoint))
            return new SimulatorSettingWrong("endpoint");
        if (fault.Times is < 1)
            return new SimulatorSettingWrong("times");
        if (fault.Delay < TimeSpan.Zero || fault.Kind == FaultKind.Delay && fault.Delay == TimeSpan.Zero)
            return new SimulatorSettingWrong("delaySeconds");
        if (fault.Kind == FaultKind.Error && fault.ErrCode == 0)
            return new SimulatorSettingWrong("errCode");
        return Locked(() => _faults.Add(fault)) is { } on ? on : new SimulatorFaultsFull();
    }

    /// <summary>Switches one fault off; false if it was off.</summary>
    public bool Mend(int faultId) => Locked(() => _faults.Remove(faultId));

    /// <summary>Switches every fault off.</summary>
    public void MendAll() => Locked(() =>
    {
        _faults.Clear();
        return true;
    });

    /// <summary>Bans a template, as WeChat does after complaints: sends are refused with 43107, prompts answer "ban". False if there is no such template.</summary>
    public bool Ban(string templateId, bool isBanned = true) => Locked(() => AccountTemplates.Ban(templateId, isBanned));

    /// <summary>Sets an endpoint's limits; calls beyond them are refused with 45009. False if there is no such endpoint.</summary>
    public bool Limit(string endpoint, int perDay, int perMinute)
    {
        if (!PlatformTable.Endpoints.ContainsKey(endpoint))
            return false;
        Locked(() =>
        {
            Counts.Limit(endpoint, perDay, perMinute);
            return true;
        });
        return true;
    }

    /// <summary>Sends an ended push once more, exactly as it was. False if it isn't kept.</summary>
    public bool PushAgain(int pushId) => Locked(() => Pushes.Again(pushId));

    internal T Locked<T>(Func<T> act)
    {
        lock (_gate)
            return act();
    }

    internal void RenewSessionKey(SimulatedUser user) => (user.SessionKey, user.SessionKeySince) = (Text.Base64(SessionKeyBytes), Clock.Now);

    internal void SpendPhoneCredit() => CurrentSettings = CurrentSettings with { PhoneCredit = CurrentSettings.PhoneCredit - 1 };

    /// <summary>What strikes this call.</summary>
    internal FaultPlan Strike(string endpoint) => Locked(() => _faults.Strike(endpoint));

    /// <summary>Takes what only one call at a time may be about; false while another has it.</summary>
    internal bool TryHold(string key) => Locked(() => !CurrentSettings.RefusesConcurrentSends || _inHand.Add(key));

    /// <summary>Gives it back.</summary>
    internal void LetGo(string key) => Locked(() => _inHand.Remove(key));

    /// <summary>Answers a call: method, token, limits, then the endpoint itself.</summary>
    internal PlatformAnswer Answer(PlatformEndpoint endpoint, PlatformCall call, string rid) => Locked(() =>
    {
        try
        {
            if (call.Method != endpoint.Method)
                throw new PlatformRefusal(endpoint.Method == "GET" ? 43001 : 43002);
            if (endpoint.Needs == Needs.Token)
                EnsureToken(call.Query("access_token"));
            if (Counts.Add(endpoint) is { } over)
                throw new PlatformRefusal(45009, over);
            return endpoint.Run(this, call);
        }
        catch (PlatformRefusal refusal)
        {
            return PlatformAnswer.Refused(refusal.Code, rid, refusal.Message);
        }
    });

    /// <summary>The user of an openid, for whoever holds the lock.</summary>
    internal SimulatedUser UserOf(string? openId) => _users.GetValueOrDefault(openId ?? "") ?? throw new PlatformRefusal(40003);

    internal static MessageTemplate ViewOf(AccountTemplate template) =>
        new(template.Id, template.Title, [.. template.Keywords.Select(k => new TemplateField(k.Key, k.Name, k.Values))], template.Of.IsLongTerm);

    private void EnsureToken(string? token)
    {
        if (token is null)
            throw new PlatformRefusal(41001);
        if (!token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new PlatformRefusal(40014);
        var (ordinary, stable) = (OrdinaryTokens.Check(token), StableTokens.Check(token));
        if (ordinary == TokenState.Good || stable == TokenState.Good)
            return;
        throw new PlatformRefusal(ordinary == TokenState.Expired || stable == TokenState.Expired ? 42001 : 40001);
    }
}
