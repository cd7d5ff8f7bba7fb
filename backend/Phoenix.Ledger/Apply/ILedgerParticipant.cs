using System.Data.Common;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.Ledger.Apply;

/// <summary>
/// Another module's part in the ledger's transaction: it reads with the batch, may refuse a request while it is decided, and writes with the
/// batch. Offer state, stock and agreement version are decided here, under the community's head lock, not before the queue.
/// </summary>
public interface ILedgerParticipant
{
    /// <summary>Whether this participant takes the attachment of a request. Exactly one participant takes each attachment.</summary>
    bool Takes(object attachment);

    /// <summary>Starts a batch; called once per transaction attempt, so nothing is carried over from one that failed.</summary>
    IParticipantBatch Begin(DatabaseKind database);
}

/// <summary>A participant's state during one transaction attempt. Used by one thread at a time.</summary>
public interface IParticipantBatch
{
    /// <summary>Announces an attachment, before the reads. May run for a request that turns out to be a retry.</summary>
    void Plan(LedgerRequest request, object attachment);

    /// <summary>The reads of the whole batch, set-based; their results come to <see cref="Take"/> in the same order.</summary>
    IReadOnlyList<SqlStatement> Reads();

    /// <summary>Takes the rows of one read.</summary>
    /// <param name="read">Its place in <see cref="Reads"/>.</param>
    /// <param name="rows">Not yet advanced; not to be closed.</param>
    void Take(int read, DbDataReader rows);

    /// <summary>Judges one request, in order; changes nothing. Not asked for a retry.</summary>
    /// <param name="request">The request.</param>
    /// <param name="attachment">Its attachment.</param>
    /// <param name="at">The stamp its postings will have.</param>
    /// <returns>The refusal, or null.</returns>
    Error? Check(LedgerRequest request, object attachment, DateTimeOffset at);

    /// <summary>The request is applied: remembers it for the requests behind it and for <see cref="Writes"/>.</summary>
    void Accept(LedgerRequest request, object attachment, Posted posted);

    /// <summary>The writes of everything accepted, set-based. A statement that fails takes the whole transaction with it.</summary>
    IReadOnlyList<SqlStatement> Writes();
}

/// <summary>One statement with its parameters, written so that it means the same on both databases: parameters are <c>$1</c>, <c>$2</c>, ...</summary>
/// <param name="Text">The SQL.</param>
/// <param name="Parameters">By position. Arrays only on PostgreSQL.</param>
public sealed record SqlStatement(string Text, params object[] Parameters);
