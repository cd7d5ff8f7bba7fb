using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>Reads the key file again each minute, on every node, so that a rotation is known everywhere before it takes effect.</summary>
internal sealed class KeyRefresh(KeyRing keys, Clock clock, ILogger<KeyRefresh> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.Wait(Every, stoppingToken))
        {
            try
            {
                keys.Refresh();
            }
            catch (KeyFileException e)
            {
                log.LogError("The changed key file can't be used, the keys in memory stay: {Reason}", e.Message);
            }
        }
    }
}
