using System.Globalization;
using Medallion.Threading;
using Medallion.Threading.Redis;
using Phoenix.Platform.Batching;
using Phoenix.Platform.Ids;
using StackExchange.Redis;

namespace Phoenix.Platform.Redis;

/// <summary>
/// A lease that saves work, or a stand-in that holds nothing. Either way the caller goes on: a lease protects nothing, the database decides.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly IDistributedSynchronizationHandle? _handle;
    private readonly RedisGate? _gate;
    private readonly Action? _giveBack;

    internal Lease(IDistributedSynchronizationHandle? handle, RedisGate gate) => (_handle, _gate) = (handle, gate);

    internal Lease(Action giveBack) => _giveBack = giveBack;

    /// <summary>Whether nobody else holds it. False: someone does, or Redis is away.</summary>
    public bool IsHeld => _handle is not null || _giveBack is not null;

    /// <summary>Gives it back; if Redis is away by then, it ends by itself after <see cref="Leases.Expiry"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _giveBack?.Invoke();
        if (_handle is not null && _gate is not null)
            await _gate.Call(async _ =>
            {
                await _handle.DisposeAsync();
                return true;
            }, CancellationToken.None);
    }
}

/// <summary>Named leases in Redis, through DistributedLock.Redis.</summary>
public sealed class Leases
{
    /// <summary>How long to wait for another holder.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    /// <summary>When a killed holder's lease ends. A living holder's is renewed by the library.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);

    // Real time, as the library's own waiting: the holder's work takes its milliseconds whatever a test's clock says.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private const string Taking = "+";
    private const string Giving = "-";

    // Taken or given back, many at once and in order. Given back are one's own only: after its end somebody else may hold it.
    private const string Brief = """
        local done = {}
        for i, key in ipairs(KEYS) do
          local owner = ARGV[i + 1]
          done[i] = 0
          if string.sub(owner, 1, 1) == '+' then
            if redis.call('SET', key, string.sub(owner, 2), 'NX', 'PX', ARGV[1]) then done[i] = 1 end
          elseif redis.call('GET', key) == string.sub(owner, 2) then
            done[i] = redis.call('DEL', key)
          end
        end
        return done
        """;

    private readonly RedisGate _gate;
    private readonly string _process;
    private readonly SharedCalls<(string Key, string Owner), bool?> _brief;
    private long _taken;

    /// <param name="gate">The way to Redis.</param>
    /// <param name="randomness">Tells this process's brief leases from others'.</param>
    public Leases(RedisGate gate, IRandomness randomness)
    {
        _gate = gate;
        Span<byte> own = stackalloc byte[8];
        randomness.Fill(own);
        _process = Convert.ToHexString(own);
        _brief = new SharedCalls<(string Key, string Owner), bool?>(RunBrief);
    }

    /// <summary>The lease of this name, or a stand-in after <see cref="Wait"/> (up to <see cref="RedisGate.CallTimeout"/> if Redis hangs).</summary>
    public async Task<Lease> Take(string name, CancellationToken cancel)
    {
        Task<RedisDistributedLockHandle?>? taking = null;
        var reply = await _gate.Call(
            db => taking = new RedisDistributedLock("lease:" + name, db, o => o.Expiry(Expiry).BusyWaitSleepTime(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(15)))
                .TryAcquireAsync(Wait, cancel).AsTask(),
            cancel);
        if (!reply.IsAvailable && taking is not null)
            _ = GiveBackLate(taking);
        return new Lease(reply.Value, _gate);
    }

    /// <summary>
    /// The same lease for work of milliseconds, in one round trip where nobody holds it, which whoever comes at the same time shares: it isn't renewed, ends
    /// after <see cref="Expiry"/> at the latest, and is given back without waiting. Where somebody holds it, it is asked for again until <see cref="Wait"/> is over.
    /// </summary>
    public async Task<Lease> TakeBriefly(string name, CancellationToken cancel)
    {
        var (key, owner) = ("lease:" + name, string.Create(CultureInfo.InvariantCulture, $"{_process}:{Interlocked.Increment(ref _taken)}"));
        for (var pause = TimeSpan.Zero; ; pause += s_pause)
        {
            if (await _brief.Ask((key, Taking + owner), cancel) is not { } isTaken || (!isTaken && pause >= Wait))
                return new Lease(null, _gate);
            if (isTaken)
                return new Lease(() => _ = _brief.Ask((key, Giving + owner), CancellationToken.None));
            await Task.Delay(s_pause, TimeProvider.System, cancel);
        }
    }

    // Whether each was taken or given back; null while Redis is away.
    private async Task<IReadOnlyList<bool?>> RunBrief(IReadOnlyList<(string Key, string Owner)> asked)
    {
        var (keys, arguments) = (new RedisKey[asked.Count], new RedisValue[asked.Count + 1]);
        arguments[0] = (long)Expiry.TotalMilliseconds;
        for (var i = 0; i < keys.Length; i++)
            (keys[i], arguments[i + 1]) = (asked[i].Key, asked[i].Owner);
        var reply = await _gate.Call(db => db.ScriptEvaluateAsync(Brief, keys, arguments), CancellationToken.None);
        return reply.TryGet(out var done) ? Array.ConvertAll((long[])done!, d => (bool?)(d == 1)) : new bool?[keys.Length];
    }

    /// <summary>A lease that arrives after the wait for it was over has no owner: the library would renew it for ever.</summary>
    private async Task GiveBackLate(Task<RedisDistributedLockHandle?> taking) =>
        await _gate.Call(async _ =>
        {
            if (await taking is { } handle)
                await handle.DisposeAsync();
            return true;
        }, CancellationToken.None);
}
