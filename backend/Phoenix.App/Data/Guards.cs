using Microsoft.EntityFrameworkCore;
using Phoenix.Platform.Data;

namespace Phoenix.App.Data;

/// <summary>
/// An entity's table with guards: what its database must refuse and EF Core can't say. <see cref="Schema.Migrate"/> puts them in place after the
/// migrations, each time anew, so that they can't drift from the code.
/// </summary>
public interface IGuarded
{
    /// <summary>The guards, in the order in which they are applied.</summary>
    IEnumerable<Guard> Guards { get; }
}

/// <summary>A trigger or an exclusion constraint in both databases' SQL, which may be run again and again.</summary>
/// <param name="Postgres">For PostgreSQL 15 and later.</param>
/// <param name="Sqlite">For SQLite; triggers are dropped before they are created.</param>
public sealed record Guard(string Postgres, string Sqlite)
{
    private const string Refusing = """
        create or replace function phoenix_refuse() returns trigger language plpgsql as $$
        begin
          raise exception '%: % is refused', tg_table_name, lower(tg_op) using errcode = '23L01';
        end $$;
        """;

    /// <summary>Rows of the table are only ever added: update, delete and truncate are refused, whoever asks.</summary>
    public static Guard AppendOnly(string table) => new(
        $"""
         {Refusing}
         create or replace trigger {table}_grow before update or delete or truncate on {table} for each statement execute function phoenix_refuse();
         """,
        string.Concat(((string[])["update", "delete"]).Select(what =>
            $"drop trigger if exists {table}_{what}; create trigger {table}_{what} before {what} on {table} begin select raise(abort, '{table}: {what} is refused'); end;\n")));

    /// <summary>These columns of the table stay as they were written, and no row goes: the others may be filled in later.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that never change.</param>
    public static Guard Unchanging(string table, params IReadOnlyList<string> columns)
    {
        var list = string.Join(", ", columns);
        return new Guard(
            $"""
             {Refusing}
             create or replace trigger {table}_stay before delete or truncate on {table} for each statement execute function phoenix_refuse();
             create or replace trigger {table}_contents before update of {list} on {table} for each statement execute function phoenix_refuse();
             """,
            $"""
             drop trigger if exists {table}_stay;
             create trigger {table}_stay before delete on {table} begin select raise(abort, '{table}: delete is refused'); end;
             drop trigger if exists {table}_contents;
             create trigger {table}_contents before update of {list} on {table} begin select raise(abort, '{table}: update is refused'); end;
             """);
    }

    /// <summary>A row that fulfils the condition (of <c>old</c>, the same SQL on both databases) is never changed again.</summary>
    /// <param name="table">The table.</param>
    /// <param name="condition">When a row is done: <c>old.ended_at is not null</c>.</param>
    public static Guard DoneWhen(string table, string condition) => new(
        $"""
         {Refusing}
         create or replace trigger {table}_done before update on {table} for each row when ({condition}) execute function phoenix_refuse();
         """,
        $"""
         drop trigger if exists {table}_done;
         create trigger {table}_done before update on {table} when {condition} begin select raise(abort, '{table}: update is refused'); end;
         """);

    /// <summary>The SQL for a database.</summary>
    public string For(DatabaseKind kind) => kind == DatabaseKind.PostgreSql ? Postgres : Sqlite;
}

/// <summary>Brings a database up to date: its tables, and the guards on them.</summary>
public static class Schema
{
    /// <summary>Every guard of this assembly's tables.</summary>
    public static IEnumerable<Guard> Guards => typeof(Schema).Assembly.GetTypes()
        .Where(type => type.IsClass && typeof(IGuarded).IsAssignableFrom(type))
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => ((IGuarded)Activator.CreateInstance(type)!).Guards);

    /// <summary>Applies the migrations that the database lacks, then every guard in one transaction.</summary>
    public static async Task Migrate(PhoenixDb db, CancellationToken cancel)
    {
        await db.Database.MigrateAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var guard in Guards)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = guard.For(db.Kind);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }
}
