using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Redis;
using Phoenix.Platform.Time;
using Phoenix.WeChat.Client;
using Phoenix.WeChat.Tests.Push;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>The client as a host has it: with a real Redis, a key ring and a clock that the test moves.</summary>
internal sealed class ClientHost : IAsyncDisposable
{
    public const string AppId = "wx0123456789abcdef";
    public const string Secret = "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr";
    public const string OpenId = "oABCDabcd0123456789-_xyzXYZ0";

    private readonly ServiceProvider _services;
    private readonly string? _folder;

    private ClientHost(ServiceProvider services, TestTime time, Lines lines, string? folder) => (_services, Time, Lines, _folder) = (services, time, lines, folder);

    public TestTime Time { get; }

    public Lines Lines { get; }

    public IWeChatGateway WeChat => _services.GetRequiredService<IWeChatGateway>();

    public T Service<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A host of its own.</summary>
    /// <param name="network">What stands in the network's place; null is the network.</param>
    /// <param name="options">Changes AppID, address and edition.</param>
    /// <param name="time">The clock; one that hurries the back-off if null.</param>
    /// <param name="redis">"host:port"; the shared server if null.</param>
    /// <param name="prefix">Of Redis keys: hosts of one prefix are one cluster.</param>
    /// <param name="keys">A key file shared with another host; a new one if null.</param>
    /// <param name="more">Adds to the HTTP client.</param>
    public static async Task<ClientHost> Start(
        Func<HttpMessageHandler>? network = null, Func<WeChatOptions, WeChatOptions>? options = null, TestTime? time = null, string? redis = null, string? prefix = null, string? keys = null,
        Action<IHttpClientBuilder>? more = null)
    {
        time ??= new TestTime().Hurry(TimeSpan.FromSeconds(1)).Hurry(TimeSpan.FromSeconds(5));
        var (clock, lines, random) = (new Clock(time), new Lines(), new SeededRandomness(1));
        var folder = keys is null ? Directory.CreateTempSubdirectory("phoenix-keys-").FullName : null;
        if (folder is not null)
            KeyFile.Create(KeysIn(folder), clock.Now, random);
        var services = new ServiceCollection()
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(lines))
            .AddSingleton(clock)
            .AddSingleton(new KeyRing(keys ?? KeysIn(folder!), clock, random))
            .AddSingleton(new RedisSettings(redis ?? await SharedServers.Redis(), prefix ?? NewPrefix()))
            .AddSingleton<IRandomness>(random)
            .AddSingleton<RedisGate>()
            .AddSingleton<Leases>();
        var plain = new WeChatOptions { AppId = AppId, Secret = Secret };
        var client = services.AddWeChat(_ => options?.Invoke(plain) ?? plain);
        if (network is not null)
            client.ConfigurePrimaryHttpMessageHandler(network);
        more?.Invoke(client);
        return new ClientHost(services.BuildServiceProvider(), time, lines, folder);
    }

    public static string NewPrefix() => SharedServers.UniqueName("wechat") + ":";

    public static string KeysIn(string folder) => Path.Combine(folder, "keys.json");

    /// <summary>Waits until Redis answers: a gate's first call may be over before its connection stands.</summary>
    public async Task<ClientHost> Connected()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while ((await Service<RedisGate>().Ping(default)).State != RedisState.Up)
            await tick.WaitForNextTickAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Everything that was logged, as text.</summary>
internal sealed class Lines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> All { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
