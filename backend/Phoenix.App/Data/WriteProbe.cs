using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Data;

/// <summary>The row that readiness writes, to learn whether the database takes writes: one per database.</summary>
public sealed class WriteProbe
{
    /// <summary>The only row's id.</summary>
    public const int OnlyId = 1;

    /// <summary>Always <see cref="OnlyId"/>.</summary>
    public int Id { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>The table, with its row.</summary>
    public sealed class Table : IEntityTypeConfiguration<WriteProbe>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<WriteProbe> builder)
        {
            builder.ToTable("write_probe", t => t.HasComment("One row that readiness writes: a read-only or full database is seen before a resident meets it."));
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Id).ValueGeneratedNever();
            builder.HasData(new WriteProbe { Id = OnlyId, WrittenAt = DateTimeOffset.UnixEpoch });
        }
    }
}
