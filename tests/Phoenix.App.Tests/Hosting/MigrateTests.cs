using Npgsql;
using Phoenix.App.Hosting;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The owner migrates, the other role serves: what the serving role can't do, a running host can't do.</summary>
public sealed class MigrateTests
{
    [Fact]
    public async Task The_serving_role_reads_and_writes_rows_and_can_take_no_guard_away()
    {
        await using var server = await PostgresServer.Create();
        await Run(server.ConnectionString, "create role phoenix_owner login createdb; create role phoenix_serve login");
        await Run(server.ConnectionString, "create database phoenix owner phoenix_owner");
        string As(string role) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "phoenix", Username = role, Pooling = false }.ConnectionString;
        var settings = new HostSettings { Mode = HostMode.Production, Postgres = As("phoenix_serve"), PostgresOwner = As("phoenix_owner") };
        Assert.NotEmpty(await ProductionHost.Migrate(settings, CancellationToken.None));
        Assert.Empty(await ProductionHost.Migrate(settings, CancellationToken.None));

        await Run(As("phoenix_serve"), "insert into communities values (1, '凤凰里社区', '永安镇', '028', now()); insert into ledger_heads (community) values (1)");
        await Run(As("phoenix_serve"), "select count(*) from hangfire.job; update write_probe set written_at = now()");
        string[] forbidden =
        [
            "drop table communities",
            "alter table ledger_postings disable trigger all",
            "drop trigger ledger_postings_grow on ledger_postings",
            "delete from ledger_heads",
            "update ledger_accounts set floor = -1",
            "truncate ledger_postings",
            "delete from migrations",
            "create table mine (a int)",
        ];
        foreach (var sql in forbidden)
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => Run(As("phoenix_serve"), sql))).SqlState);

        var same = await Assert.ThrowsAsync<StartRefusedException>(() => ProductionHost.Migrate(settings with { Postgres = settings.PostgresOwner }, CancellationToken.None));
        Assert.Contains("serving role and the owner", same.Message, StringComparison.Ordinal);
    }

    private static async Task Run(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
