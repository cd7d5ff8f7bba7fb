using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Phoenix.App.Data;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Schema;

/// <summary>The product's own model: the same on both databases, migrated, explained and scoped.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, string> s_differences = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> s_unscoped = new(StringComparer.Ordinal)
    {
        ["requests"] = "requests outside any community have number 0, and the key begins with it all the same",
        ["outbox_messages"] = "the relay carries every community's messages",
    };

    [Fact]
    public void Both_databases_have_the_same_tables()
    {
        using var pg = new PgDesign().CreateDbContext([]);
        using var lite = new LiteDesign().CreateDbContext([]);
        Rule.Holds(MigrationParity.Compare(MigrationParity.ModelOf(pg), MigrationParity.ModelOf(lite), s_differences));
        Assert.Contains("table communities", MigrationParity.Parts(MigrationParity.ModelOf(pg)));
    }

    [Fact]
    public void Both_databases_have_a_migration_for_everything_in_the_model()
    {
        using PhoenixDb pg = new PgDesign().CreateDbContext([]), lite = new LiteDesign().CreateDbContext([]);
        foreach (var db in (PhoenixDb[])[pg, lite])
            Assert.False(db.Database.HasPendingModelChanges(), $"{db.GetType().Name} lacks a migration: dotnet ef migrations add NAME --project backend/Phoenix.App --context {db.GetType().Name} --output-dir Data/Migrations/{(db is PgDb ? "Pg" : "Lite")}");
        Assert.Equal(Names(pg), Names(lite));
    }

    [Fact]
    public void Every_table_has_its_reason_and_a_community_s_tables_are_scoped()
    {
        using var pg = new PgDesign().CreateDbContext([]);
        Rule.Holds(TenancyRules.Check(ModelOf(pg), s_unscoped));
    }

    [Theory]
    [InlineData("plain has no sentence that says what it is for.")]
    [InlineData("plain has a community but is not ICommunityOwned.")]
    [InlineData("plain is not filtered by community.")]
    [InlineData("plain's key does not begin with the community.")]
    [InlineData("other is listed as unscoped but has no community.")]
    public void A_table_without_reason_or_scope_is_caught(string message)
    {
        using var planted = new Planted(new DbContextOptionsBuilder().UseSqlite().Options);
        Assert.Contains(message, TenancyRules.Check(ModelOf(planted), new Dictionary<string, string>(StringComparer.Ordinal) { ["other"] = "planted" }));
    }

    // The two providers' migrations are made one after the other: same names, other seconds.
    private static IEnumerable<string> Names(PhoenixDb db) => db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]);

    private static IModel ModelOf(DbContext context) => context.GetService<IDesignTimeModel>().Model;

    private sealed class Planted(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Plain>().ToTable("plain");
    }

    private sealed class Plain
    {
        public int Id { get; init; }

        public int CommunityId { get; init; }
    }
}
