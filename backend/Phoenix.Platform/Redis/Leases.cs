using Medallion.Threading;
using Medallion.Threading.Redis;

namespace Phoenix.Platform.Redis;

/// <summary>
/// A lease that saves work, or a stand-in that holds nothing. Either way the caller goes on: a lease protects nothing, the database decides.
/// </summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly IDistributedSynchronizationHandle? _handle;
    private readonly RedisGate? _gate;

    internal Lease(IDistributedSynchronizationHandle? handle, RedisGate? gate)
    {
        _handle = handle;
        _gate = gate;
    }

    /// <summary>Whether nobody else holds it. False: someone does, or Redis is away.</summary>
    public bool IsHeld => _handle is not null;

    /// <summary>Gives it back; if Redis is away by then, it ends by itself after <see cref="Leases.Expiry"/>.</summary>
    public async ValueTask DisposeAsync()
    {
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

    /// <summary>A lease that arrives after the wait for it was over has no owner: the library would renew it for ever.</summary>
    private async Task GiveBackLate(Task<RedisDistributedLockHandle?> taking) =>
        await gate.Call(async _ =>
        {
            if (await taking is { } handle)
                await handle.DisposeAsync();
            return true;
        }, CancellationToken.None);
}
