using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Phoenix.App.Hosting;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;

namespace Phoenix.App.Data;

/// <summary>Puts the database and its EF contexts into the services.</summary>
public static class DataServices
{
    /// <summary>Registers <paramref name="database"/>, <see cref="PhoenixDb"/> (scoped), <see cref="CommunityScope"/> and <see cref="UnitOfWork"/>.</summary>
    public static IServiceCollection AddPhoenixData(this IServiceCollection services, Database database)
    {
        services.AddSingleton(database);
        services.AddScoped<CommunityScope>();
        services.AddScoped<UnitOfWork>();
        if (database is PostgresDatabase pg)
        {
            services.AddDbContext<PgDb>(o => Configure(o, pg), optionsLifetime: ServiceLifetime.Singleton);
            services.AddScoped<PhoenixDb>(s => s.GetRequiredService<PgDb>());
        }
        else
        {
            services.AddDbContext<LiteDb>(o => Configure(o, (SqliteDatabase)database), optionsLifetime: ServiceLifetime.Singleton);
            services.AddScoped<PhoenixDb>(s => s.GetRequiredService<LiteDb>());
        }

        services.AddSingleton(Contexts(database));
        services.AddSingleton<OutboxWriter>();
        services.AddSingleton<OutboxRelay<PhoenixDb>>();
        services.AddScoped<ISweep, RelayOutbox>();
        services.AddScoped<ISweep, PurgeRequests>();
        services.AddScoped<ISweep, PurgeOutbox>();
        return services;
    }

    /// <summary>Makes contexts outside a request, each for one short piece of work: health, sweeps, migrations, tools.</summary>
    public static IDbContextFactory<PhoenixDb> Contexts(Database database)
    {
        if (database is PostgresDatabase pg)
        {
            var builder = new DbContextOptionsBuilder<PgDb>();
            Configure(builder, pg);
            return new ContextFactory(() => new PgDb(builder.Options, new CommunityScope()));
        }

        var lite = new DbContextOptionsBuilder<LiteDb>();
        Configure(lite, (SqliteDatabase)database);
        return new ContextFactory(() => new LiteDb(lite.Options, new CommunityScope()));
    }

    /// <summary>One context of <see cref="Contexts"/>.</summary>
    public static PhoenixDb NewContext(Database database) => Contexts(database).CreateDbContext();

    private static void Configure(DbContextOptionsBuilder builder, PostgresDatabase database) => Common(
        builder.UseNpgsql(database.Source, o => o.MigrationsHistoryTable("migrations")));

    private static void Configure(DbContextOptionsBuilder builder, SqliteDatabase database) => Common(
        builder.UseSqlite(database.ConnectionString, o => o.MigrationsHistoryTable("migrations")).AddInterceptors(new SqliteSettings(database)));

    // The model is checked for pending changes by a test; failing a start on it would only hide the test's better message.
    private static void Common(DbContextOptionsBuilder builder) => builder
        .UseSnakeCaseNamingConvention()
        .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

    private sealed class ContextFactory(Func<PhoenixDb> make) : IDbContextFactory<PhoenixDb>
    {
        public PhoenixDb CreateDbContext() => make();
    }

    private sealed class SqliteSettings(SqliteDatabase database) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => database.Configure(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            database.Configure(connection);
            return Task.CompletedTask;
        }
    }
}

/// <summary>For <c>dotnet ef migrations add NAME --context PgDb --output-dir Data/Migrations/Pg</c>; connects to nothing.</summary>
public sealed class PgDesign : IDesignTimeDbContextFactory<PgDb>
{
    /// <inheritdoc />
    public PgDb CreateDbContext(string[] args) => (PgDb)DataServices.NewContext(PostgresDatabase.Create("Host=localhost"));
}

/// <summary>For <c>dotnet ef migrations add NAME --context LiteDb --output-dir Data/Migrations/Lite</c>; connects to nothing.</summary>
public sealed class LiteDesign : IDesignTimeDbContextFactory<LiteDb>
{
    /// <inheritdoc />
    public LiteDb CreateDbContext(string[] args) => (LiteDb)DataServices.NewContext(new SqliteDatabase("design.db"));
}
