using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Data;

/// <summary>What the code never does, the database refuses too.</summary>
public sealed class GuardTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_row_of_a_growing_table_can_be_neither_changed_nor_removed(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        await app.Write(Seeding.CommunityId, db => db.Add(new AuditEntry
        {
            CommunityId = Seeding.CommunityId,
            Id = app.NewRequestId(),
            At = PhoenixApp.DefaultStart,
            Action = "role.granted",
            Subject = "role:Staff",
            Reason = "接任",
        }));

        string[] refused = ["update audit_entries set reason = '改写'", "delete from audit_entries", .. database == DatabaseKind.PostgreSql ? ["truncate audit_entries"] : Array.Empty<string>()];
        foreach (var sql in refused)
            Assert.Contains("is refused", (await Assert.ThrowsAnyAsync<DbException>(() => app.Read(Seeding.CommunityId, db => db.Database.ExecuteSqlRawAsync(sql)))).Message, StringComparison.Ordinal);
        Assert.Equal("接任", (await app.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().SingleAsync())).Reason);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_guard_stands_and_can_be_put_in_place_again(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        await app.Read(Seeding.CommunityId, async db =>
        {
            await Schema.Migrate(db, CancellationToken.None);
            return 0;
        });
        var triggers = await app.Read(Seeding.CommunityId, db => db.Database.SqlQueryRaw<string>(database == DatabaseKind.PostgreSql
            ? "select tgname::text as \"Value\" from pg_trigger where not tgisinternal"
            : "select name as \"Value\" from sqlite_master where type = 'trigger'").ToListAsync());
        Assert.NotEmpty(Schema.Guards);
        foreach (var table in (string[])["audit_entries", "document_acceptances", "month_heads", "rule_documents"])
            Assert.Contains(triggers, name => name.StartsWith(table + "_", StringComparison.Ordinal));
    }
}
