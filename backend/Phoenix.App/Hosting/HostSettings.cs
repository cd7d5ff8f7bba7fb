using System.Diagnostics.CodeAnalysis;
using System.Net;
using Npgsql;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Client;
using StackExchange.Redis;

namespace Phoenix.App.Hosting;

/// <summary>Which of the two hosts the process is.</summary>
public enum HostMode
{
    /// <summary>SQLite, Garnet in process, everything under one data folder. The default.</summary>
    Embedded,

    /// <summary>PostgreSQL and Redis; several nodes.</summary>
    Production,
}

/// <summary>
/// Everything that makes the two hosts different: configuration alone. Read from environment variables (<see cref="FromEnvironment"/>);
/// the command line's options go before them.
/// </summary>
public sealed record HostSettings
{
    /// <summary>PHOENIX_HOST: <c>embedded</c> or <c>production</c>.</summary>
    public HostMode Mode { get; init; }

    /// <summary>PHOENIX_URL: where to listen, one http address.</summary>
    public string Url { get; init; } = "http://127.0.0.1:5080";

    /// <summary>PHOENIX_DATA: the embedded host's folder.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>PHOENIX_POSTGRES: the serving role's connection string.</summary>
    public string? Postgres { get; init; }

    /// <summary>PHOENIX_POSTGRES_OWNER: the owner's connection string, for <c>migrate</c> only.</summary>
    public string? PostgresOwner { get; init; }

    /// <summary>PHOENIX_REDIS: StackExchange.Redis configuration, such as <c>10.0.0.5:6379,password=...</c>.</summary>
    public string? Redis { get; init; }

    /// <summary>PHOENIX_KEYS_FILE: the key ring, readable by its owner only (<c>phoenix keys create FILE</c>).</summary>
    public string? KeysFile { get; init; }

    /// <summary>PHOENIX_WECHAT: <c>simulator</c> to run without WeChat, on this machine only.</summary>
    public bool WeChatSimulator { get; init; }

    /// <summary>PHOENIX_WECHAT_EDITION: <c>release</c>, <c>trial</c> or <c>develop</c>: which of the mini program's versions messages, codes and links open.</summary>
    public WeChatEdition WeChatEdition { get; init; }

    /// <summary>PHOENIX_WECHAT_APPID.</summary>
    public string? WeChatAppId { get; init; }

    /// <summary>PHOENIX_WECHAT_SECRET.</summary>
    public string? WeChatSecret { get; init; }

    /// <summary>PHOENIX_PUBLIC_URL: where the world reaches this deployment, as it stands in codes: <c>https://HOST</c>; null is <see cref="Url"/>.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>PHOENIX_WECHAT_PUSH_TOKEN and PHOENIX_WECHAT_PUSH_KEY: as set for 消息推送 in WeChat's console; null takes no pushes.</summary>
    public PushSecrets? WeChatPush { get; init; }

    /// <summary>PHOENIX_WECHAT_PUSH_MODE: <c>secure</c>, <c>compatible</c> or <c>plain</c>; another than secure is for the simulator alone.</summary>
    public PushMode WeChatPushMode { get; init; }

    /// <summary>PHOENIX_WECHAT_FILES: verification files that WeChat's console asks for, <c>NAME.txt=CONTENT</c>, several parted by a semicolon.</summary>
    public IReadOnlyDictionary<string, string> WeChatVerificationFiles { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>PHOENIX_PREVIEW: folder of the mini program's browser preview (<c>miniprogram/preview/dist</c>), served beside the simulator; null serves none.</summary>
    public string? PreviewFolder { get; init; }

    /// <summary>Whether to put 凤凰里社区 into an empty embedded database.</summary>
    public bool Seed { get; init; }

    /// <summary>What the clock shows at the start of an embedded host with the simulator, for a test or a show; null: the machine's time.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Passwords and secrets that stand in examples everywhere, so they protect nothing.</summary>
    private static readonly HashSet<string> s_wellKnown = new(
        [.. SimulatorAccount.WellKnownValues, "postgres", "password", "phoenix", "changeme", "change-me", "secret", "admin", "root", "test", "example", "123456", "12345678"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings that the environment gives.</summary>
    /// <exception cref="StartRefusedException">A variable has a value that isn't one of its values.</exception>
    public static HostSettings FromEnvironment(Func<string, string?> read)
    {
        string? Value(string name) => read(name) is { Length: > 0 } value ? value : null;
        var defaults = new HostSettings();
        return defaults with
        {
            Mode = Value("PHOENIX_HOST") switch
            {
                null or "embedded" => HostMode.Embedded,
                "production" => HostMode.Production,
                var other => throw new StartRefusedException($"PHOENIX_HOST is '{other}'; it can be embedded or production."),
            },
            Url = Value("PHOENIX_URL") ?? defaults.Url,
            DataFolder = Value("PHOENIX_DATA") ?? defaults.DataFolder,
            Postgres = Value("PHOENIX_POSTGRES"),
            PostgresOwner = Value("PHOENIX_POSTGRES_OWNER"),
            Redis = Value("PHOENIX_REDIS"),
            KeysFile = Value("PHOENIX_KEYS_FILE"),
            WeChatSimulator = Value("PHOENIX_WECHAT") switch
            {
                null => false,
                "simulator" => true,
                var other => throw new StartRefusedException($"PHOENIX_WECHAT is '{other}'; it can only be simulator."),
            },
            WeChatEdition = Value("PHOENIX_WECHAT_EDITION") switch
            {
                null or "release" => WeChatEdition.Released,
                "trial" => WeChatEdition.Trial,
                "develop" => WeChatEdition.Developer,
                var other => throw new StartRefusedException($"PHOENIX_WECHAT_EDITION is '{other}'; it can be release, trial or develop."),
            },
            WeChatAppId = Value("PHOENIX_WECHAT_APPID"),
            WeChatSecret = Value("PHOENIX_WECHAT_SECRET"),
            PublicUrl = Value("PHOENIX_PUBLIC_URL"),
            PreviewFolder = Value("PHOENIX_PREVIEW"),
            WeChatPush = PushSecrets.Read(Value("PHOENIX_WECHAT_PUSH_TOKEN"), Value("PHOENIX_WECHAT_PUSH_KEY")),
            WeChatPushMode = Value("PHOENIX_WECHAT_PUSH_MODE") switch
            {
                null or "secure" => PushMode.Secure,
                "compatible" => PushMode.Compatible,
                "plain" => PushMode.Plain,
                var other => throw new StartRefusedException($"PHOENIX_WECHAT_PUSH_MODE is '{other}'; it can be secure, compatible or plain."),
            },
            WeChatVerificationFiles = VerificationFiles.Read(Value("PHOENIX_WECHAT_FILES")),
        };
    }

    /// <summary>Whether a text is an address that the host can listen on: <c>http://HOST:PORT</c>.</summary>
    public static bool IsAddress(string text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme == Uri.UriSchemeHttp && address.PathAndQuery == "/";

    /// <summary>Checks that a host can be started from these settings.</summary>
    /// <exception cref="StartRefusedException">Names the first thing to mend.</exception>
    public void EnsureServable()
    {
        if (!IsAddress(Url, out var url))
            throw new StartRefusedException($"The address '{Url}' is not of the form http://HOST:PORT.");
        if (WeChatSimulator)
            EnsureSimulatorAllowed(url);
        else
            EnsureSecret(WeChatSecret, WeChatAppId is null ? null : "PHOENIX_WECHAT_SECRET");
        if (!WeChatSimulator && WeChatAppId is { } appId && s_wellKnown.Contains(appId))
            throw new StartRefusedException("PHOENIX_WECHAT_APPID is the simulator's; give your mini program's own.");
        if (!WeChatSimulator && WeChatAppId is null)
            throw new StartRefusedException("Set PHOENIX_WECHAT_APPID and PHOENIX_WECHAT_SECRET, or name the simulator with --wechat simulator (this machine only).");
        if (StartsAt is not null && !WeChatSimulator)
            throw new StartRefusedException("--at is for a host with the simulator; a neighbourhood's clock is the machine's.");
        WeChatPush?.EnsureSecret(s_wellKnown);
        if (!WeChatSimulator && WeChatPushMode != PushMode.Secure)
            throw new StartRefusedException("PHOENIX_WECHAT_PUSH_MODE other than secure is for the simulator alone: set 安全模式 in WeChat's console.");
        if (Mode == HostMode.Production)
            EnsureProduction();
    }

    /// <summary>Checks that the database can be migrated from these settings.</summary>
    /// <exception cref="StartRefusedException">Names what is missing.</exception>
    public void EnsureMigratable()
    {
        if (PostgresOwner is null || Postgres is null)
            throw new StartRefusedException("migrate needs PHOENIX_POSTGRES_OWNER (the owner's connection) and PHOENIX_POSTGRES (its user is given the serving rights).");
        ReadPostgres(PostgresOwner, "PHOENIX_POSTGRES_OWNER");
        ReadPostgres(Postgres, "PHOENIX_POSTGRES");
    }

    private void EnsureSimulatorAllowed(Uri url)
    {
        if (Mode == HostMode.Production)
            throw new StartRefusedException("The WeChat simulator never runs in production; unset PHOENIX_WECHAT and give PHOENIX_WECHAT_APPID.");
        if (!(IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)) && url.Host != "localhost")
            throw new StartRefusedException($"With the WeChat simulator only this machine may reach the host: use http://127.0.0.1:{url.Port} instead of {Url}.");
    }

    private void EnsureProduction()
    {
        if (Postgres is null)
            throw new StartRefusedException("Production needs PHOENIX_POSTGRES, the serving role's connection string.");
        if (Redis is null)
            throw new StartRefusedException("Production needs PHOENIX_REDIS.");
        if (KeysFile is null)
            throw new StartRefusedException("Production needs PHOENIX_KEYS_FILE; make one with: phoenix keys create FILE");
        if (PublicUrl is null || !Uri.TryCreate(PublicUrl, UriKind.Absolute, out var world) || world.Scheme != Uri.UriSchemeHttps || world.PathAndQuery != "/")
            throw new StartRefusedException("Production needs PHOENIX_PUBLIC_URL of the form https://HOST: it stands in every QR code.");
        if (Seed)
            throw new StartRefusedException("--seed is for the embedded host; a production database is never seeded.");
        if (ReadPostgres(Postgres, "PHOENIX_POSTGRES").Password is { } password)
            EnsureSecret(password, "the password in PHOENIX_POSTGRES");
        if (ReadRedis(Redis).Password is { } redisPassword)
            EnsureSecret(redisPassword, "the password in PHOENIX_REDIS");
    }

    private static ConfigurationOptions ReadRedis(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StartRefusedException("PHOENIX_REDIS is not of the form HOST:PORT,password=...");
        }
    }

    private static NpgsqlConnectionStringBuilder ReadPostgres(string connection, string name)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (ArgumentException)
        {
            throw new StartRefusedException($"{name} is not a connection string: Host=...;Database=...;Username=...;Password=...");
        }
    }

    private static void EnsureSecret(string? secret, string? name)
    {
        if (name is null)
            return;
        if (string.IsNullOrWhiteSpace(secret))
            throw new StartRefusedException($"Missing: {name}.");
        if (s_wellKnown.Contains(secret))
            throw new StartRefusedException($"Well-known and so no secret: {name}. Choose another.");
    }
}

/// <summary>The host can't be started as it is configured; the message is one line for the person who started it.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
