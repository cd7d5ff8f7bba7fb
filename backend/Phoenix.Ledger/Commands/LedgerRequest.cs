namespace Phoenix.Ledger.Commands;

/// <summary>
/// Linked postings with one request id: all are applied or none. The same id with the same input is answered identically, for ever;
/// with other input it is refused. A refusal stores nothing and is judged anew.
/// </summary>
/// <param name="Community">Scopes everything in it: accounts, holds, postings, request id.</param>
/// <param name="RequestId">The client's id, made and stored before sending; jobs: <see cref="RequestIds.Of"/>.</param>
/// <param name="Actor">Pseudonymous id of who caused it; <see cref="Guid.Empty"/> for the system.</param>
/// <param name="Route">Which operation, e.g. <c>redemption.confirm</c>: part of what "same input" means. At most 64 characters.</param>
/// <param name="Commands">1 to <see cref="LedgerLimits.MaxLinked"/> (through PostIn: <see cref="LedgerLimits.MaxBatch"/>), applied in order.</param>
public sealed record LedgerRequest(int Community, Guid RequestId, Guid Actor, string Route, IReadOnlyList<LedgerCommand> Commands)
{
    /// <summary>A request for one posting.</summary>
    public LedgerRequest(int community, Guid requestId, Guid actor, string route, LedgerCommand command)
        : this(community, requestId, actor, route, [command])
    {
    }

    /// <summary>Stock and limits used up (or given back) in the same transaction.</summary>
    public IReadOnlyList<CounterUse> Counters { get; init; } = [];

    /// <summary>What batch participants of other modules decide and write in the same transaction; see <see cref="Apply.ILedgerParticipant"/>.</summary>
    public IReadOnlyList<object> Attachments { get; init; } = [];
}

/// <summary>Uses up a part of a stock or limit, in the transaction of the postings, outside of the chain.</summary>
/// <param name="Key">What is counted, e.g. <c>offer:0198…:stock</c>; same letters and length as a reference.</param>
/// <param name="Period">The day or month it counts for, as a number (20261124, 202611); 0 for all time.</param>
/// <param name="Add">How much is used; below zero gives back. Never 0.</param>
/// <param name="Cap">The most that may be used in the period.</param>
public sealed record CounterUse(string Key, int Period, long Add, long Cap);
