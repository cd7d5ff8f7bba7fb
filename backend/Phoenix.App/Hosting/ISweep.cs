namespace Phoenix.App.Hosting;

/// <summary>
/// A recurring job: a sweep over what the database says is due. The queue is only a wake-up: a sweep that is lost, repeated or run by two
/// nodes at once does the same work once, so a lost Hangfire store loses nothing.
/// </summary>
public interface ISweep
{
    /// <summary>Its stable name in the job store: <c>area.what</c>.</summary>
    string Name { get; }

    /// <summary>When it wakes, as a cron expression in the communities' time zone (Asia/Shanghai).</summary>
    string Cron { get; }

    /// <summary>Does what is due, in bounded batches.</summary>
    Task Run(CancellationToken cancel);
}
