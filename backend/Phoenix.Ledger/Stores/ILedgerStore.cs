using System.Data.Common;
using Phoenix.Ledger.Apply;

namespace Phoenix.Ledger.Stores;

/// <summary>One of the two databases, as the apply core's memory.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>A transaction of the writer's own, on a connection that is kept between batches. Only the writer loop calls this.</summary>
    Task<ILedgerSession> Begin(CancellationToken cancel);

    /// <summary>Works inside a transaction that the caller commits.</summary>
    ILedgerSession Join(DbConnection connection, DbTransaction transaction);
}

/// <summary>One transaction: read under the head locks, then write. Disposed without a write, an own transaction is rolled back.</summary>
internal interface ILedgerSession : IAsyncDisposable
{
    /// <summary>Locks the heads in order of community and reads what the plan names, with fresh eyes after the locks.</summary>
    Task Read(ReadPlan plan, BatchState state, CancellationToken cancel);

    /// <summary>Writes the changes; an own transaction is committed in the same step.</summary>
    Task Write(BatchState state, CancellationToken cancel);
}
