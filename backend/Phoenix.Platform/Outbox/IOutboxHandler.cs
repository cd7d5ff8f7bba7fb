using Microsoft.EntityFrameworkCore;

namespace Phoenix.Platform.Outbox;

/// <summary>Carries out the messages of one kind. May be called again for a message that was already carried out (a node died before it could say so).</summary>
public interface IOutboxHandler
{
    /// <summary>The kind it takes; one handler a kind.</summary>
    string Kind { get; }

    /// <summary>
    /// Carries out one message. An exception counts as <see cref="OutboxResult.Retry"/> with the code <see cref="OutboxErrors.Exception"/>.
    /// No transaction is open. The token ends at <see cref="OutboxLimits.HandlerTimeout"/>.
    /// </summary>
    Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel);
}

/// <summary>What became of one message.</summary>
public abstract record OutboxResult
{
    private OutboxResult()
    {
    }

    /// <summary>
    /// What is written together with this result: in one transaction, and only if the row is still this node's. It gets the relay's context, outside any
    /// community's scope, and changes it by set-based statements. If it fails on and on, the row is dead as <see cref="OutboxErrors.NotRecorded"/>.
    /// </summary>
    public Func<DbContext, Task>? Also { get; init; }

    /// <summary>Done.</summary>
    public sealed record Sent : OutboxResult;

    /// <summary>Not done; try again.</summary>
    /// <param name="Code">A stable error code without personal data.</param>
    /// <param name="After">How long to wait; null is the exponential back-off.</param>
    public sealed record Retry(string Code, TimeSpan? After = null) : OutboxResult;

    /// <summary>Nothing was tried yet: look again at this instant. Doesn't count as an attempt.</summary>
    /// <param name="DueAt">When.</param>
    public sealed record NotYet(DateTimeOffset DueAt) : OutboxResult;

    /// <summary>Not done, and trying again won't help.</summary>
    /// <param name="Code">A stable error code without personal data.</param>
    public sealed record Dead(string Code) : OutboxResult;

    /// <summary>
    /// It may or may not be done (the answer was lost) and doing it twice would hurt: the row is put with the dead under
    /// <see cref="OutboxErrors.Unknown"/> for a person or a reconciling job to decide. Where twice is harmless, answer <see cref="Retry"/>.
    /// </summary>
    public sealed record Unknown : OutboxResult;
}

/// <summary>Error codes that the relay itself writes.</summary>
public static class OutboxErrors
{
    /// <summary>The handler threw.</summary>
    public const string Exception = "outbox.exception";

    /// <summary>The handler took longer than <see cref="OutboxLimits.HandlerTimeout"/>.</summary>
    public const string Timeout = "outbox.timeout";

    /// <summary>No handler of this node takes the kind (a newer node may).</summary>
    public const string NoHandler = "outbox.no_handler";

    /// <summary>The handler couldn't tell the outcome.</summary>
    public const string Unknown = "outbox.unknown";

    /// <summary>It was carried out, but what belonged to it couldn't be written down.</summary>
    public const string NotRecorded = "outbox.not_recorded";

    /// <summary>Begun <see cref="OutboxLimits.MaxAttempts"/> times without ever reporting back: it probably kills its node.</summary>
    public const string Abandoned = "outbox.abandoned";
}
