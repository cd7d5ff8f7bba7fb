using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Harness;

/// <summary>
/// The product in memory, spoken to over HTTP, on one of the two databases, with a clock that only the test moves, seeded ids and
/// randomness, a real Redis (its keys under a prefix of their own) and a fake WeChat. Jobs run when the test says so.
/// </summary>
public sealed class PhoenixApp : IAsyncDisposable
{
    /// <summary>When nothing else is said: Monday 2026-11-23, 10:00 in Chengdu.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;
    private readonly Func<Task> _drop;
    private readonly string _folder;

    private PhoenixApp(WebApplication app, FakeTimeProvider time, FakeWeChat weChat, LogLines logs, string folder, Func<Task> drop)
    {
        (_app, Time, WeChat, Logs, _folder, _drop) = (app, time, weChat, logs, folder, drop);
        Anyone = new TestCaller(app.GetTestClient(), Services.GetRequiredService<IIds>(), null, Seeding.CommunityId);
    }

    /// <summary>The clock; move it with Advance or SetUtcNow.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>The clock's time, as the product sees it.</summary>
    public DateTimeOffset Now => Services.GetRequiredService<Clock>().Now;

    /// <summary>WeChat as the test wants it.</summary>
    public FakeWeChat WeChat { get; }

    /// <summary>Every line that was logged.</summary>
    public LogLines Logs { get; }

    /// <summary>The key file.</summary>
    public string KeysFile => Path.Combine(_folder, "keys.json");

    /// <summary>Somebody who isn't signed in.</summary>
    public TestCaller Anyone { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the product over a database of its own.</summary>
    /// <param name="kind">Which database.</param>
    /// <param name="at">The clock's start; <see cref="DefaultStart"/> if null.</param>
    /// <param name="customize">Changes services before the host is built.</param>
    /// <param name="redis">"host:port"; the shared server if null.</param>
    /// <param name="database">A database made by the test, which then takes it away itself.</param>
    /// <param name="clockIsSet">False: readiness compares the clock with the database's, as in production.</param>
    /// <param name="jobs">Hangfire's store; none if null.</param>
    /// <param name="weChat">A fake made by the test, for what WeChat says while the host starts.</param>
    /// <param name="seed">Of keys, ids and codes: two hosts of one seed have the same keys.</param>
    /// <param name="settings">Changes the settings.</param>
    public static async Task<PhoenixApp> Start(
        DatabaseKind kind, DateTimeOffset? at = null, Action<WebApplicationBuilder>? customize = null, string? redis = null, Database? database = null, int seed = 1,
        bool clockIsSet = true, Func<IServiceProvider, Hangfire.JobStorage>? jobs = null, Func<HostSettings, HostSettings>? settings = null, FakeWeChat? weChat = null)
    {
        var (own, drop) = database is null ? await TestDatabases.Create(kind) : (database, () => Task.CompletedTask);
        var time = new FakeTimeProvider(at ?? DefaultStart);
        var clock = new Clock(time);
        var folder = Directory.CreateTempSubdirectory("phoenix-keys-").FullName;
        var random = new SeededRandomness(seed);
        var keysFile = Path.Combine(folder, "keys.json");
        KeyFile.Create(keysFile, clock.Now, random);
        weChat ??= new FakeWeChat();
        var logs = new LogLines();
        var parts = new HostParts
        {
            Settings = settings?.Invoke(new HostSettings { WeChatSimulator = true }) ?? new HostSettings { WeChatSimulator = true },
            Database = own,
            Keys = new KeyRing(keysFile, clock, random),
            Redis = redis ?? await SharedServers.Redis(),
            RedisPrefix = SharedServers.UniqueName("app") + ":",
            Time = time,
            ClockIsSet = clockIsSet,
            JobStore = jobs,
            Randomness = random,
            Ids = new SeededIds(seed, clock),
        };
        var app = PhoenixHost.Build(parts, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders().AddProvider(logs);
            builder.Services.Replace(ServiceDescriptor.Singleton<IWeChatGateway>(weChat));
            customize?.Invoke(builder);
        });
        await app.StartAsync();
        return new PhoenixApp(app, time, weChat, logs, folder, drop);
    }

    /// <summary>A signed-in person with these roles in a community.</summary>
    public async Task<TestCaller> Person(int communityId = Seeding.CommunityId, params Role[] roles)
    {
        var ids = Services.GetRequiredService<IIds>();
        var now = Services.GetRequiredService<Clock>().Now;
        var (person, session) = (ids.New(), ids.New());
        await Write(communityId, db =>
        {
            db.Add(new Person { Id = person, CreatedAt = now });
            db.Add(new Session { Id = session, PersonId = person, Number = 1, Nonce = ids.New(), CreatedAt = now, UsedAt = now });
            db.AddRange(roles.Select(role => new RoleGrant { CommunityId = communityId, PersonId = person, Role = role, GrantedAt = now }));
        });
        return new TestCaller(_app.GetTestClient(), ids, Services.GetRequiredService<AccessTokens>().Issue(person, session), communityId) { PersonId = person, SessionId = session };
    }

    /// <summary>The same person on the same device with a fresh access token, for tests that move the clock past its fifteen minutes.</summary>
    public TestCaller Fresh(TestCaller caller) => caller.With(Services.GetRequiredService<AccessTokens>().Issue(caller.PersonId, caller.SessionId));

    /// <summary>A member of 凤凰里社区 with these roles, and the pseudonym under which other members know them.</summary>
    public async Task<(TestCaller Caller, Guid MemberId)> Member(string name, params Role[] roles)
    {
        var caller = await Person([Role.Member, .. roles]);
        var (id, now) = (Services.GetRequiredService<IIds>().New(), Services.GetRequiredService<Clock>().Now);
        await Write(Seeding.CommunityId, db => db.Add(new Member { CommunityId = Seeding.CommunityId, PersonId = caller.PersonId, Id = id, DisplayName = name, JoinedAt = now }));
        return (caller, id);
    }

    /// <summary>A signed-in person with these roles in 凤凰里社区.</summary>
    public Task<TestCaller> Person(params Role[] roles) => Person(Seeding.CommunityId, roles);

    /// <summary>A member of staff of 凤凰里社区.</summary>
    public Task<TestCaller> Staff() => Person(Role.Staff);

    /// <summary>Rotates the keys and moves the clock to where the new ones are current.</summary>
    public void RotateKeys()
    {
        KeyFile.Rotate(Path.Combine(_folder, "keys.json"), Services.GetRequiredService<Clock>().Now, new SeededRandomness(2));
        Time.Advance(KeyFile.RotationLead);
        Services.GetRequiredService<KeyRing>().Refresh();
    }

    /// <summary>A request id, for tests that send it more than once.</summary>
    public Guid NewRequestId() => Services.GetRequiredService<IIds>().New();

    /// <summary>Runs one sweep, as Hangfire would.</summary>
    public async Task Sweep(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<ISweep>().Single(s => s.Name == name).Run(CancellationToken.None);
    }

    /// <summary>Writes rows past the API, for what has no route.</summary>
    public async Task Write(int communityId, Action<PhoenixDb> change)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(communityId);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        change(db);
        await db.SaveChangesAsync();
    }

    /// <summary>Reads past the API, for what no route shows.</summary>
    public async Task<T> Read<T>(int communityId, Func<PhoenixDb, Task<T>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(communityId);
        return await read(scope.ServiceProvider.GetRequiredService<PhoenixDb>());
    }

    /// <summary>Stops the host as a signal would: what was accepted is answered first.</summary>
    public Task Stop() => _app.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _drop();
        Directory.Delete(_folder, recursive: true);
    }
}
