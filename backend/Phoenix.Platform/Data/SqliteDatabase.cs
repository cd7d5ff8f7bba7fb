using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Phoenix.Platform.Data;

/// <summary>SQLite in one file: WAL, synchronous FULL (a commit that was answered survives a power cut), foreign keys on.</summary>
public class SqliteDatabase : Database
{
    /// <summary>How long a writer waits for another before it is a conflict, in seconds.</summary>
    public const int BusySeconds = 10;

    private readonly string _settings;

    /// <param name="path">The file; created at the first open.</param>
    /// <param name="synchronous">FULL, but for tests, which run with OFF.</param>
    public SqliteDatabase(string path, SqliteSynchronous synchronous = SqliteSynchronous.Full)
    {
        Path = path;
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
            Pooling = true,
        }.ConnectionString;
        _settings = $"pragma journal_mode=wal; pragma synchronous={synchronous.ToString().ToUpperInvariant()}; pragma busy_timeout={BusySeconds * 1000}; pragma temp_store=memory;";
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>For EF Core; connections made from it still need <see cref="Configure"/>.</summary>
    public string ConnectionString { get; }

    /// <inheritdoc />
    public override DatabaseKind Kind => DatabaseKind.Sqlite;

    /// <inheritdoc />
    public override async Task<DbConnection> Open(CancellationToken cancel)
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            Configure(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts the product's settings on an opened connection: they belong to the connection, not to the file.</summary>
    public virtual void Configure(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _settings;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public override string? ConstraintOf(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
            if (e is SqliteException { SqliteErrorCode: 19 } s)
                return s.Message;
        return null;
    }

    /// <inheritdoc />
    public override Task<DateTimeOffset?> ServerNow(CancellationToken cancel) => Task.FromResult<DateTimeOffset?>(null);

    /// <inheritdoc />
    /// <remarks>Result codes: sqlite.org/rescode.html.</remarks>
    protected override DatabaseFault ClassifyOne(Exception failure) => failure is not SqliteException e ? DatabaseFault.None : e.SqliteErrorCode switch
    {
        5 or 6 => DatabaseFault.Conflict,
        8 => DatabaseFault.ReadOnly,
        13 => DatabaseFault.DiskFull,
        10 or 14 or 26 => DatabaseFault.ConnectionLost,
        19 => e.SqliteExtendedErrorCode is 1555 or 2067 or 2579 ? DatabaseFault.Duplicate : DatabaseFault.Constraint,
        _ => DatabaseFault.None,
    };
}

/// <summary>How hard a commit is pressed to the disk (sqlite.org/pragma.html#pragma_synchronous).</summary>
public enum SqliteSynchronous
{
    /// <summary>For tests only: a power cut may lose or break the file.</summary>
    Off,

    /// <summary>The product's setting.</summary>
    Full,
}
