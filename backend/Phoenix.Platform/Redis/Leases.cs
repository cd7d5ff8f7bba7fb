using Medallion.Threading;
using Medallion.Threading.Redis;
using StackExchange.Redis;

namespace Phoenix.Platform.Redis;

/// <summary>
/// A lease that saves work, or a stand-in that holds nothing. Either way the caller goes on: a lease protects nothing, the database decides.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly IDistributedSynchronizationHandle? _handle;
    private readonly RedisGate? _gate;
    private readonly string? _briefKey;

    internal Lease(IDistributedSynchronizationHandle? handle, RedisGate? gate, string? briefKey = null)
    {
        _handle = handle;
        _gate = gate;
        _briefKey = briefKey;
    }

    /// <summary>Whether nobody else holds it. False: someone does, or Redis is away.</summary>
    public bool IsHeld => _handle is not null || _briefKey is not null;

    /// <summary>Gives it back; if Redis is away by then, it ends by itself after <see cref="Leases.Expiry"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        // Sent and not waited for: at worst it ends by itself.
        if (_briefKey is not null && _gate is not null)
            await _gate.Call(db => db.KeyDeleteAsync(_briefKey, CommandFlags.FireAndForget), CancellationToken.None);
        if (_handle is not null && _gate is not null)
            await _gate.Call(async _ =>
            {
                await _handle.DisposeAsync();
                return true;
            }, CancellationToken.None);
    }
}

/// <summary>Named leases in Redis, through DistributedLock.Redis.</summary>
public sealed class Leases(RedisGate gate)
{
    /// <summary>How long to wait for another holder.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(50);

    /// <summary>When a killed holder's lease ends. A living holder's is renewed by the library.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(10);

    /// <summary>The lease of this name, or a stand-in after <see cref="Wait"/> (up to <see cref="RedisGate.CallTimeout"/> if Redis hangs).</summary>
    public async Task<Lease> Take(string name, CancellationToken cancel)
    {
        Task<RedisDistributedLockHandle?>? taking = null;
        var reply = await gate.Call(
            db => taking = new RedisDistributedLock("lease:" + name, db, o => o.Expiry(Expiry).BusyWaitSleepTime(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(15)))
                .TryAcquireAsync(Wait, cancel).AsTask(),
            cancel);
        if (!reply.IsAvailable && taking is not null)
            _ = GiveBackLate(taking);
        return new Lease(reply.Value, gate);
    }

    /// <summary>
    /// The same lease for work of milliseconds, in one round trip where nobody holds it: it isn't renewed, ends after <see cref="Expiry"/> at the latest, and is
    /// given back without waiting. Where somebody holds it, waits as <see cref="Take"/> does.
    /// </summary>
    public async Task<Lease> TakeBriefly(string name, CancellationToken cancel)
    {
        var key = "lease:" + name;
        var reply = await gate.Call(db => db.StringSetAsync(key, "brief", Expiry, When.NotExists), cancel);
        if (!reply.IsAvailable)
            return new Lease(null, gate);
        return reply.Value ? new Lease(null, gate, key) : await Take(name, cancel);
    }

    /// <summary>A lease that arrives after the wait for it was over has no owner: the library would renew it for ever.</summary>
    private async Task GiveBackLate(Task<RedisDistributedLockHandle?> taking) =>
        await gate.Call(async _ =>
        {
            if (await taking is { } handle)
                await handle.DisposeAsync();
            return true;
        }, CancellationToken.None);
}
