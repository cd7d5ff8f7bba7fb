using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records.Province;

/// <summary>A version of a record stands in the province's system: the mark 已录入, and its number there once known. A corrected record is entered anew.</summary>
public sealed class ProvinceEntry : ICommunityOwned
{
    /// <summary>Longest number of the province's, in characters.</summary>
    public const int MaxNumberLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The version.</summary>
    public Guid VersionId { get; init; }

    /// <summary>Who said that it was entered.</summary>
    public Guid EnteredBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>The number in the province's system; null while not known.</summary>
    public string? Number { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ProvinceEntry>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ProvinceEntry> builder)
        {
            builder.ToTable("province_entries", t => t.HasComment("Versions of service records that were entered into the province's system, with their numbers there."));
            builder.HasKey(e => new { e.CommunityId, e.VersionId });
            builder.Property(e => e.Number).HasMaxLength(MaxNumberLength);
            builder.HasIndex(e => new { e.CommunityId, e.Number }).IsUnique();
            builder.HasOne<ServiceRecord>().WithMany().HasForeignKey(e => new { e.CommunityId, e.VersionId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_province_entries_record");
            builder.BelongsToCommunity();
        }
    }
}
