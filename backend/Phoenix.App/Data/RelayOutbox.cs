using Phoenix.App.Hosting;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Data;

/// <summary>Carries out what is due in the outbox, every minute, until nothing is.</summary>
public sealed class RelayOutbox(OutboxRelay<PhoenixDb> relay) : ISweep
{
    /// <summary>Batches of one wake-up at most; what is left waits a minute.</summary>
    public const int MaxBatches = 100;

    /// <inheritdoc />
    public string Name => "outbox.relay";

    /// <inheritdoc />
    public string Cron => "* * * * *";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        for (var batch = 0; batch < MaxBatches && (await relay.Sweep(cancel)).Claimed > 0;)
            batch++;
    }
}
