using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Harness;

/// <summary>Both databases, for <c>[Theory, MemberData]</c>: behaviour is tested on each.</summary>
public sealed class BothDatabases : TheoryData<DatabaseKind>
{
    /// <summary>SQLite and PostgreSQL.</summary>
    public BothDatabases()
    {
        Add(DatabaseKind.Sqlite);
        Add(DatabaseKind.PostgreSql);
    }
}
