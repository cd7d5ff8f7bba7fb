using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Community;

/// <summary>A neighbourhood that uses the product: the tenant. Numbered from 1; every other table of a community begins its key with the number.</summary>
public sealed class CommunityRow
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>The number.</summary>
    public int Id { get; init; }

    /// <summary>As residents know it: 凤凰里社区.</summary>
    public required string Name { get; set; }

    /// <summary>Street and district: 成都市双流区永安镇.</summary>
    public required string District { get; set; }

    /// <summary>The number that 打电话给社区 dials.</summary>
    public required string Phone { get; set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CommunityRow>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CommunityRow> builder)
        {
            builder.ToTable("communities", t => t.HasComment("The tenants: one row per neighbourhood."));
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Id).ValueGeneratedNever();
            builder.Property(c => c.Name).HasMaxLength(MaxNameLength);
            builder.Property(c => c.District).HasMaxLength(80);
            builder.Property(c => c.Phone).HasMaxLength(20);
            builder.HasIndex(c => c.Name).IsUnique();
        }
    }
}
