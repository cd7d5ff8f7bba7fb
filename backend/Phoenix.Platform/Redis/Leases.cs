using System.Globalization;
using Medallion.Threading;
using Medallion.Threading.Redis;
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
    private readonly (string Key, string Owner)? _brief;

    internal Lease(IDistributedSynchronizationHandle? handle, RedisGate? gate, (string Key, string Owner)? brief = null)
    {
        _handle = handle;
        _gate = gate;
        _brief = brief;
    }

    /// <summary>Whether nobody else holds it. False: someone does, or Redis is away.</summary>
    public bool IsHeld => _handle is not null || _brief is not null;

    // Ours only: after its end somebody else may hold it.
    private const string GiveBack = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end";

    /// <summary>Gives it back; if Redis is away by then, it ends by itself after <see cref="Leases.Expiry"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        // Sent and not waited for: at worst it ends by itself.
        if (_brief is { } brief && _gate is not null)
            await _gate.Call(db => db.ScriptEvaluateAsync(GiveBack, [brief.Key], [brief.Owner], CommandFlags.FireAndForget), CancellationToken.None);
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

    private readonly RedisGate _gate;
    private readonly string _process;
    private long _taken;

    /// <param name="gate">The way to Redis.</param>
    /// <param name="randomness">Tells this process's brief leases from others'.</param>
    public Leases(RedisGate gate, IRandomness randomness)
    {
        _gate = gate;
        Span<byte> own = stackalloc byte[8];
        randomness.Fill(own);
        _process = Convert.ToHexString(own);
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
    /// The same lease for work of milliseconds, in one round trip where nobody holds it: it isn't renewed, ends after <see cref="Expiry"/> at the latest, and is
    /// given back without waiting. Where somebody holds it, waits as <see cref="Take"/> does.
    /// </summary>
    public async Task<Lease> TakeBriefly(string name, CancellationToken cancel)
    {
        var (key, owner) = ("lease:" + name, string.Create(CultureInfo.InvariantCulture, $"{_process}:{Interlocked.Increment(ref _taken)}"));
        var reply = await _gate.Call(db => db.StringSetAsync(key, owner, Expiry, When.NotExists), cancel);
        if (!reply.IsAvailable)
            return new Lease(null, _gate);
        return reply.Value ? new Lease(null, _gate, (key, owner)) : await Take(name, cancel);
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
