using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>Waits of background services. A cancelled delay would throw, and a host that stops before it has started takes that for a failure.</summary>
internal static class Waiting
{
    /// <summary>Waits; false if told to stop meanwhile.</summary>
    public static async Task<bool> Wait(this Clock clock, TimeSpan delay, CancellationToken stop)
    {
        await clock.Delay(delay, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
