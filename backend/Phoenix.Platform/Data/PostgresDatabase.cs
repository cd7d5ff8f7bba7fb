using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Phoenix.Platform.Data;

/// <summary>PostgreSQL through Npgsql.</summary>
public sealed class PostgresDatabase(NpgsqlDataSource source) : Database, IAsyncDisposable
{
    /// <summary>The pool.</summary>
    public NpgsqlDataSource Source { get; } = source;

    /// <inheritdoc />
    public override DatabaseKind Kind => DatabaseKind.PostgreSql;

    /// <summary>
    /// A data source with the product's settings over <paramref name="connectionString"/>: automatic preparation of repeated statements,
    /// connections that fail within 5 s, and the time zone of every session fixed to UTC. A connection isn't reset when it comes back to the pool: nothing
    /// that outlives a transaction may be set on one, and the seven statements of a reset cost more than most of our queries.
    /// </summary>
    public static PostgresDatabase Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "phoenix",
            Timezone = "UTC",
            Timeout = 5,
            CommandTimeout = 30,
            MaxAutoPrepare = 100,
            NoResetOnClose = true,
            AutoPrepareMinUsages = 2,
            KeepAlive = 30,
        };
        return new PostgresDatabase(new NpgsqlDataSourceBuilder(settings.ConnectionString).Build());
    }

    /// <inheritdoc />
    public override async Task<DbConnection> Open(CancellationToken cancel) => await Source.OpenConnectionAsync(cancel);

    /// <inheritdoc />
    public override string? ConstraintOf(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
            if (e is PostgresException { ConstraintName: { } name })
                return name;
        return null;
    }

    /// <inheritdoc />
    public override async Task<DateTimeOffset?> ServerNow(CancellationToken cancel)
    {
        await using var command = Source.CreateCommand("select clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <inheritdoc />
    protected override DatabaseFault ClassifyOne(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => state switch
        {
            PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ExclusionViolation => DatabaseFault.Duplicate,
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable => DatabaseFault.Conflict,
            PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFault.ReadOnly,
            PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.InsufficientResources => DatabaseFault.DiskFull,
            PostgresErrorCodes.InvalidCatalogName or "25P03" or PostgresErrorCodes.TooManyConnections => DatabaseFault.ConnectionLost,
            _ when state.StartsWith("23", StringComparison.Ordinal) => DatabaseFault.Constraint,
            _ when state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("28", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal) => DatabaseFault.ConnectionLost,
            _ => DatabaseFault.None,
        },
        // A caller that cancels its own command is wrapped in OperationCanceledException by Npgsql, so a NpgsqlException here is the network's.
        NpgsqlException or SocketException or EndOfStreamException => DatabaseFault.ConnectionLost,
        _ => DatabaseFault.None,
    };
}
