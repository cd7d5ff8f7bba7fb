using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Phoenix.Ledger.Schema;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Hosting;

/// <summary>The production host and its rehearsal: PostgreSQL, Redis, Hangfire on the same database.</summary>
public static class ProductionHost
{
    /// <summary>The schema of Hangfire's tables.</summary>
    public const string JobSchema = "hangfire";

    /// <summary>The parts; nothing is connected yet.</summary>
    /// <exception cref="StartRefusedException">The key file is missing, open to others or a known example.</exception>
    public static HostParts Prepare(HostSettings settings)
    {
        var keys = LoadKeys(settings.KeysFile!);
        var database = PostgresDatabase.Create(settings.Postgres!);
        var isRehearsal = settings.Mode == HostMode.Rehearsal;
        return new HostParts
        {
            Settings = settings,
            Database = database,
            Keys = keys,
            Redis = settings.Redis!,
            JobStore = _ => new PostgreSqlStorage(new NpgsqlConnectionFactory(settings.Postgres!, JobOptions(prepare: false)), JobOptions(prepare: false)),
            Time = isRehearsal ? new DemoTime(settings.Ahead) : TimeProvider.System,
            ClockIsSet = isRehearsal,
            Owned = [database],
        };
    }

    private static KeyRing LoadKeys(string file)
    {
        try
        {
            return new KeyRing(file, new Clock(TimeProvider.System), new SystemRandomness());
        }
        catch (KeyFileException e)
        {
            throw new StartRefusedException(e.Message);
        }
    }

    /// <summary>Applies what the database lacks with the owner's role, then gives the serving role its rights.</summary>
    /// <returns>The names of the migrations applied now.</returns>
    /// <exception cref="StartRefusedException">The database can't be reached, or the two roles are the same.</exception>
    public static async Task<IReadOnlyList<string>> Migrate(HostSettings settings, CancellationToken cancel)
    {
        var serving = new NpgsqlConnectionStringBuilder(settings.Postgres).Username
            ?? throw new StartRefusedException("PHOENIX_POSTGRES names no user.");
        if (serving == new NpgsqlConnectionStringBuilder(settings.PostgresOwner).Username)
            throw new StartRefusedException($"The serving role and the owner are both '{serving}': a host that serves as the owner could drop the guards.");
        await using var database = PostgresDatabase.Create(settings.PostgresOwner!);
        try
        {
            await using var db = DataServices.NewContext(database);
            var missing = (await db.Database.GetPendingMigrationsAsync(cancel)).ToList();
            await Schema.Migrate(db, cancel);
            await using var connection = (NpgsqlConnection)await database.Open(cancel);
            // Its log goes nowhere: the exception says what failed, and this command's output is one line.
            LogProvider.SetCurrentLogProvider(new Silence());
            PostgreSqlObjectsInstaller.Install(connection, JobSchema);
            await Grant(connection, serving, cancel);
            return missing;
        }
        catch (Exception e) when (database.Classify(e) == DatabaseFault.ConnectionLost)
        {
            throw new StartRefusedException($"The database can't be reached: {e.GetBaseException().Message.ReplaceLineEndings(" ")}");
        }
        catch (PostgresException e)
        {
            throw new StartRefusedException($"The database refuses ({e.SqlState}): {e.MessageText.ReplaceLineEndings(" ")}");
        }
    }

    // The serving role reads and writes rows. It owns nothing, so it can't alter or drop a table, a constraint or a trigger.
    private static async Task Grant(NpgsqlConnection connection, string role, CancellationToken cancel)
    {
        var quoted = "\"" + role.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            revoke create on schema public from public;
            grant usage on schema public, {JobSchema} to {quoted};
            grant select, insert, update, delete on all tables in schema public, {JobSchema} to {quoted};
            grant usage, select on all sequences in schema public, {JobSchema} to {quoted};
            revoke insert, update, delete on table public.migrations from {quoted};
            do $$ declare t text; begin
              for t in select tablename from pg_tables where schemaname = 'public' and tablename like 'ledger\_%' loop
                execute format('revoke all on table public.%I from %I', t, '{role}');
              end loop;
            end $$;
            {LedgerSchema.Grants(role)}
            """;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static PostgreSqlStorageOptions JobOptions(bool prepare) => new() { SchemaName = JobSchema, PrepareSchemaIfNecessary = prepare };

    private sealed class Silence : ILogProvider, ILog
    {
        public ILog GetLogger(string name) => this;

        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
