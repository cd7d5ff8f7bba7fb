using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Phoenix.Architecture.Tests.Solution;

namespace Phoenix.Architecture.Tests.Schema;

/// <summary>The comparison sees each kind of difference, planted in the SQLite side of two small contexts.</summary>
public sealed class MigrationParityTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public void The_same_model_on_both_databases_passes()
    {
        Rule.Holds(MigrationParity.Compare(Postgres(), Sqlite(_ => { }), Nothing));
        Assert.Contains("column Offer.Name not null", MigrationParity.Parts(Postgres()), StringComparer.Ordinal);
    }

    [Fact]
    public void A_missing_table_is_caught() => Assert.Contains("Only on PostgreSQL: table Line", Against(model => model.Ignore<Line>()), StringComparer.Ordinal);

    [Fact]
    public void A_missing_column_is_caught() => Rule.Catches("Only on PostgreSQL: column Offer.Note null", Against(model => model.Entity<Offer>().Ignore(offer => offer.Note)));

    [Fact]
    public void A_column_that_may_be_null_on_one_side_is_caught() =>
        Assert.Contains("Only on SQLite: column Offer.Name null", Against(model => model.Entity<Offer>().Property(offer => offer.Name).IsRequired(false)), StringComparer.Ordinal);

    [Fact]
    public void An_index_unique_on_one_side_is_caught() =>
        Assert.Contains("Only on PostgreSQL: index Offer.IX_Offer_Name (Name) unique", Against(model => model.Entity<Offer>().HasIndex(offer => offer.Name).IsUnique(false)), StringComparer.Ordinal);

    [Fact]
    public void A_foreign_key_that_deletes_on_one_side_is_caught() => Assert.Contains(
        "Only on SQLite: foreign key Line.FK_Line_Offer_OfferId (OfferId) to Offer (Id) Cascade",
        Against(model => model.Entity<Line>().HasOne<Offer>().WithMany().HasForeignKey(line => line.OfferId).OnDelete(DeleteBehavior.Cascade)), StringComparer.Ordinal);

    [Fact]
    public void Another_primary_key_is_caught() => Assert.Contains(
        "Only on SQLite: key Line.PK_Line (Id, OfferId) primary", Against(model => model.Entity<Line>().HasKey(line => new { line.Id, line.OfferId })), StringComparer.Ordinal);

    [Fact]
    public void A_missing_check_is_caught() => Rule.Catches("Only on SQLite: check Offer.positive", Against(model => model.Entity<Offer>().ToTable(table => table.HasCheckConstraint("positive", "Id > 0"))));

    [Fact]
    public void A_named_difference_passes_while_it_is_one()
    {
        var allowed = new Dictionary<string, string>(StringComparer.Ordinal) { ["column Offer.Note null"] = "planted" };
        Rule.Holds(MigrationParity.Compare(Postgres(), Sqlite(model => model.Entity<Offer>().Ignore(offer => offer.Note)), allowed));
        Rule.Catches("An allowed difference that is none: column Offer.Note null", MigrationParity.Compare(Postgres(), Sqlite(_ => { }), allowed));
    }

    private static IEnumerable<string> Against(Action<ModelBuilder> planted) => MigrationParity.Compare(Postgres(), Sqlite(planted), Nothing);

    private static IRelationalModel Postgres()
    {
        using var context = new Sample(new DbContextOptionsBuilder().UseNpgsql().Options, _ => { });
        return MigrationParity.ModelOf(context);
    }

    private static IRelationalModel Sqlite(Action<ModelBuilder> planted)
    {
        using var context = new Sample(new DbContextOptionsBuilder().UseSqlite().EnableServiceProviderCaching(false).Options, planted);
        return MigrationParity.ModelOf(context);
    }

    private sealed class Sample(DbContextOptions options, Action<ModelBuilder> planted) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Offer>().HasIndex(offer => offer.Name).IsUnique();
            modelBuilder.Entity<Line>().HasOne<Offer>().WithMany().HasForeignKey(line => line.OfferId).OnDelete(DeleteBehavior.Restrict);
            planted(modelBuilder);
        }
    }

    private sealed class Offer
    {
        public long Id { get; set; }

        public required string Name { get; set; }

        public string? Note { get; set; }
    }

    private sealed class Line
    {
        public long Id { get; set; }

        public long OfferId { get; set; }
    }
}
