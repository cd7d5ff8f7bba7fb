using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>
/// Knows whether the database has every migration. At start a database that lacks some stops the host; one that can't be reached is tried
/// again until it can, and meanwhile every call but the health checks is answered 503.
/// </summary>
public sealed class DatabaseState(Database database, IDbContextFactory<PhoenixDb> contexts, Clock clock, HostParts parts, ILogger<DatabaseState> log) : BackgroundService
{
    /// <summary>How long to wait before an unreachable database is tried again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private volatile string[]? _missing;

    /// <summary>Whether the database was reached and has every migration.</summary>
    public bool IsCurrent => _missing is { Length: 0 };

    /// <summary>The first migration that is missing; null while unknown or none is.</summary>
    public string? FirstMissing => _missing is { Length: > 0 } missing ? missing[0] : null;

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefuseUnfit(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks once, before the host starts.</summary>
    /// <exception cref="StartRefusedException">The database lacks a migration, or the serving role owns it. One that can't be reached is no reason: it may come.</exception>
    public async Task RefuseUnfit(CancellationToken cancel)
    {
        if (!IsCurrent && await TryCheck(cancel) && FirstMissing is { } missing)
            throw new StartRefusedException($"The database isn't migrated (it lacks {missing}); run: phoenix migrate");
    }

    /// <summary>Middleware: nothing but health before the database is known to be right.</summary>
    public Task Guard(HttpContext http, RequestDelegate next) =>
        IsCurrent || http.GetEndpoint()?.Metadata.GetMetadata<WithoutDatabase>() is not null ? next(http) : Problem.Write(new DatabaseAway(), http);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!IsCurrent && await clock.Wait(RetryAfter, stoppingToken))
            await TryCheck(stoppingToken);
    }

    // A role that owns a table may drop its guards; the guards are worth something only against a role that can't.
    private static async Task RefuseOwner(PhoenixDb db, CancellationToken cancel)
    {
        var owns = await db.Database.SqlQuery<bool>($"""
            select exists (select from pg_tables where schemaname = 'public' and pg_has_role(current_user, tableowner::name, 'member')) as "Value"
            """).SingleAsync(cancel);
        if (owns)
            throw new StartRefusedException("PHOENIX_POSTGRES connects as the tables' owner or a superuser; serve with a role that owns nothing (see migrate).");
    }

    private async Task<bool> TryCheck(CancellationToken cancel)
    {
        try
        {
            // EF takes a database that doesn't exist for an empty one; connecting tells them apart.
            await using (await database.Open(cancel))
            {
            }

            await using var db = await contexts.CreateDbContextAsync(cancel);
            string[] missing = [.. await db.Database.GetPendingMigrationsAsync(cancel)];
            if (missing is [] && parts.Settings.Mode != HostMode.Embedded)
                await RefuseOwner(db, cancel);
            _missing = missing;
            return true;
        }
        catch (Exception e) when (database.Classify(e) != DatabaseFault.None)
        {
            log.LogWarning("The database can't be reached: {Fault}", database.Classify(e));
            return false;
        }
    }
}

/// <summary>The route works without the database.</summary>
public sealed record WithoutDatabase;
