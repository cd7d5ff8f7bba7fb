using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Phoenix.App.Community;
using Phoenix.Platform.Data;

namespace Phoenix.App.Data;

/// <summary>
/// The product's tables as EF Core sees them (the ledger's own are written by its posters). Two sealed contexts derive from it, one per
/// provider, only so that each has its migrations; everything else takes this type.
/// </summary>
public abstract class PhoenixDb(DbContextOptions options, CommunityScope scope) : DbContext(options)
{
    /// <summary>The community whose rows this context sees and writes.</summary>
    public CommunityScope Scope { get; } = scope;

    /// <summary>Which database is behind it.</summary>
    public abstract DatabaseKind Kind { get; }

    /// <inheritdoc />
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseStrangers();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc />
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseStrangers();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        // The tenants first: foreign keys to them are named after their table.
        modelBuilder.ApplyConfiguration(new CommunityRow.Table());
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(Database).Assembly);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PhoenixDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(e => typeof(ICommunityOwned).IsAssignableFrom(e.ClrType)))
            s_filter.MakeGenericMethod(entity.ClrType).Invoke(this, [modelBuilder]);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no instant that sorts; PostgreSQL's timestamptz takes UTC only, and gives it back as UTC.
        if (Kind == DatabaseKind.Sqlite)
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        else
            configurationBuilder.Properties<DateTimeOffset>().HaveColumnType("timestamptz");
    }

    private static readonly MethodInfo s_filter = typeof(PhoenixDb).GetMethod(nameof(FilterByCommunity), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private void FilterByCommunity<T>(ModelBuilder model)
        where T : class, ICommunityOwned => model.Entity<T>().HasQueryFilter(row => row.CommunityId == Scope.CommunityId);

    private void RefuseStrangers()
    {
        foreach (var entry in ChangeTracker.Entries<ICommunityOwned>())
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && entry.Entity.CommunityId != Scope.CommunityId)
                throw new InvalidOperationException($"{entry.Metadata.DisplayName()} of community {entry.Entity.CommunityId} written in the scope of community {Scope.CommunityId}.");
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(),
        stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

/// <summary><see cref="PhoenixDb"/> on PostgreSQL.</summary>
public sealed class PgDb(DbContextOptions<PgDb> options, CommunityScope scope) : PhoenixDb(options, scope)
{
    /// <inheritdoc />
    public override DatabaseKind Kind => DatabaseKind.PostgreSql;
}

/// <summary><see cref="PhoenixDb"/> on SQLite.</summary>
public sealed class LiteDb(DbContextOptions<LiteDb> options, CommunityScope scope) : PhoenixDb(options, scope)
{
    /// <inheritdoc />
    public override DatabaseKind Kind => DatabaseKind.Sqlite;
}
