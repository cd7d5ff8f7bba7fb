using System.Reflection;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Data;

/// <summary>What the migrations really make, raw SQL included: the same tables and columns in both databases.</summary>
public sealed class SchemaTests
{
    private const string OfPostgres = """
        select table_name || '.' || column_name || case is_nullable when 'YES' then ' null' else '' end
        from information_schema.columns where table_schema = 'public' and table_name <> 'migrations'
        """;

    private const string OfSqlite = """
        select m.name || '.' || c.name || case when c."notnull" = 0 and c.pk = 0 then ' null' else '' end
        from sqlite_master m join pragma_table_info(m.name) c
        where m.type = 'table' and m.name not in ('migrations', '__EFMigrationsLock') and m.name not like 'sqlite%'
        """;

    [Fact]
    public async Task Both_migrated_databases_have_the_same_tables_and_columns()
    {
        var postgres = await Columns(DatabaseKind.PostgreSql, OfPostgres);
        var sqlite = await Columns(DatabaseKind.Sqlite, OfSqlite);
        Assert.Contains("communities.name", postgres);
        Assert.Equal(postgres, sqlite);
    }

    [Fact]
    public async Task What_the_door_reads_by_hand_is_every_column_of_the_table()
    {
        var all = await Columns(DatabaseKind.PostgreSql, OfPostgres);
        foreach (var (type, table) in new[] { (typeof(Signup), "signups"), (typeof(Attendance), "attendances") })
        {
            var read = ((string)type.GetField("Columns", BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!).Split(", ");
            Assert.Equal(all.Where(c => c.StartsWith(table + ".", StringComparison.Ordinal)).Select(c => c.Split('.', ' ')[1]).Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_table_of_PostgreSQL_says_what_it_is_for()
    {
        var silent = await Columns(DatabaseKind.PostgreSql, """
            select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations' and obj_description(oid, 'pg_class') is null
            """);
        Assert.Empty(silent);
    }

    private static async Task<List<string>> Columns(DatabaseKind kind, string sql)
    {
        var (database, drop) = await TestDatabases.Create(kind);
        var columns = new List<string>();
        await using (var connection = await database.Open(CancellationToken.None))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                columns.Add(reader.GetString(0));
        }

        await drop();
        columns.Sort(StringComparer.Ordinal);
        return columns;
    }
}
