using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Platform.Outbox;

/// <summary>A database of a test's own, with contexts over it.</summary>
public sealed class OutboxDatabase : IDbContextFactory<PhoenixDb>, IAsyncDisposable
{
    private readonly Func<Task> _drop;

    private OutboxDatabase(Database database, Func<Task> drop) => (Database, _drop) = (database, drop);

    public Database Database { get; }

    public static async Task<OutboxDatabase> New(DatabaseKind kind)
    {
        var (database, drop) = await TestDatabases.Create(kind);
        return new OutboxDatabase(database, drop);
    }

    public PhoenixDb CreateDbContext() => DataServices.NewContext(Database);

    public async ValueTask DisposeAsync() => await _drop();
}
