using Phoenix.Ledger.Stores;
using Phoenix.Ledger.Tests.Support;
using Phoenix.Platform.Data;

namespace Phoenix.Ledger.Tests;

/// <summary>Both databases find rows by index, whatever their planners know: SQLite by how it is asked, PostgreSQL by settings that stay the ledger's own.</summary>
public sealed class PlanTests(TestDatabases databases)
{
    [Theory]
    [InlineData(SqliteSession.AccountsOfOwner)]
    [InlineData(SqliteSession.AccountsOfHold)]
    [InlineData(SqliteSession.AccountsOfTarget)]
    public async Task Owners_are_found_by_the_index(string sql)
    {
        await using var ledger = await TestLedger.On(databases, DatabaseKind.Sqlite);
        await using var connection = await ledger.Db.Database.Open(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "explain query plan " + sql;
        foreach (var name in (string[])["$1", "$2"])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, 1);
            command.Parameters.Add(parameter);
        }

        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var steps = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            steps.Add(rows.GetString(3));
        Assert.Contains(steps, s => s.StartsWith("SEARCH a USING INDEX", StringComparison.Ordinal) && s.Contains("owner=?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_ledger_sets_on_its_connection_reaches_nobody_else_through_the_pool()
    {
        await using var ledger = await TestLedger.On(databases, DatabaseKind.PostgreSql);
        await ledger.Issue(ledger.NewId(), 5);
        await ledger.Poster.DisposeAsync();
        await using var connection = await ledger.Db.Database.Open(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select current_setting('enable_seqscan') || ' ' || current_setting('plan_cache_mode')";
        Assert.Equal("on auto", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
