using Phoenix.Platform.Results;

namespace Phoenix.Platform.Batching;

/// <summary>The queue is full. Nothing was done.</summary>
public sealed record BatchBusy() : Error("batch.busy", ErrorKind.Unavailable, "现在人比较多，请稍等几秒再试。")
{
    /// <summary>Seconds after which to try again.</summary>
    public const int RetrySeconds = 1;
}

/// <summary>The host is stopping and takes nothing new. Nothing was done.</summary>
public sealed record BatchStopping() : Error("batch.stopping", ErrorKind.Unavailable, "系统正在重启，请稍等几秒再试。");

/// <summary>
/// The database stayed away for all attempts. What the last attempt did is not known: asking again with the same request id gives the one outcome.
/// </summary>
public sealed record BatchUnavailable() : Error("batch.unavailable", ErrorKind.Unavailable, "网络慢，正在查结果。别急，不会重复用币。");
