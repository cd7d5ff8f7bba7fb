using Microsoft.EntityFrameworkCore;
using Phoenix.Platform.Data;

namespace Phoenix.App.Data;

/// <summary>For rules over several rows of a community ("somebody must be left who can approve"), which no constraint can hold.</summary>
public static class CommunityLock
{
    /// <summary>
    /// From here to the end of the transaction this is the only one of its kind in the community in scope. On PostgreSQL it locks the community's row; on
    /// SQLite a transaction that writes is the only one anyway.
    /// </summary>
    public static Task LockCommunity(this PhoenixDb db, CancellationToken cancel) => db.Kind == DatabaseKind.PostgreSql
        ? db.Database.ExecuteSqlAsync($"select 1 from communities where id = {db.Scope.CommunityId} for no key update", cancel)
        : Task.CompletedTask;
}
