using System.Data.Common;

namespace Phoenix.Platform.Data;

/// <summary>The two databases the product runs on.</summary>
public enum DatabaseKind
{
    /// <summary>The embedded host: one file in the data folder, WAL, synchronous FULL.</summary>
    Sqlite,

    /// <summary>The production host.</summary>
    PostgreSql,
}

/// <summary>What a failed database call means to the caller, the same on both databases.</summary>
public enum DatabaseFault
{
    /// <summary>Not a database's doing, or a mistake of ours: don't retry.</summary>
    None,

    /// <summary>The connection is lost or can't be made, or the server is starting or stopping. The outcome of a commit under way is unknown: run again, the request ids decide.</summary>
    ConnectionLost,

    /// <summary>Deadlock, serialization failure or a busy file: nothing was done, run again.</summary>
    Conflict,

    /// <summary>A unique key or exclusion constraint refused the row.</summary>
    Duplicate,

    /// <summary>Another constraint (check, foreign key, not null) or a guarding trigger refused the row.</summary>
    Constraint,

    /// <summary>The database takes no writes (standby, read-only file or role).</summary>
    ReadOnly,

    /// <summary>No room is left.</summary>
    DiskFull,
}

/// <summary>
/// One of the two databases, for code that speaks SQL itself (the ledger's posters, the batch participants, health). EF Core's contexts
/// are built over the same object, so that both see the same pool and the same settings.
/// </summary>
public abstract class Database
{
    /// <summary>Which of the two.</summary>
    public abstract DatabaseKind Kind { get; }

    /// <summary>Opens a pooled connection with the product's settings. The caller disposes it.</summary>
    /// <exception cref="DbException">The database can't be reached; <see cref="Classify"/> says why.</exception>
    public abstract Task<DbConnection> Open(CancellationToken cancel);

    /// <summary>What the failure means. Looks through wrapping exceptions (EF's <c>DbUpdateException</c>, aggregates).</summary>
    public DatabaseFault Classify(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            var fault = ClassifyOne(e);
            if (fault != DatabaseFault.None)
                return fault;
        }

        return DatabaseFault.None;
    }

    /// <summary>The name of the violated constraint or unique index, where the database tells it; on SQLite the text of the failure.</summary>
    public abstract string? ConstraintOf(Exception failure);

    /// <summary>The database server's own clock, to compare with ours; null where the database has none of its own (SQLite).</summary>
    public abstract Task<DateTimeOffset?> ServerNow(CancellationToken cancel);

    /// <summary>What this one exception means.</summary>
    protected abstract DatabaseFault ClassifyOne(Exception failure);
}
