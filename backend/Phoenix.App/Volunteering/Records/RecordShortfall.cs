using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records;

/// <summary>
/// Coins of an ended version that could not be taken back, because they were used (hard rule 2: never a negative balance). The record's next version gets so
/// many fewer; what is above that is owed.
/// </summary>
public sealed class RecordShortfall : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The version that ended.</summary>
    public Guid VersionId { get; init; }

    /// <summary>The record.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Whose.</summary>
    public Guid MemberId { get; init; }

    /// <summary>How many.</summary>
    public long Coins { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RecordShortfall>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("record_shortfalls")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RecordShortfall> builder)
        {
            builder.ToTable("record_shortfalls", t =>
            {
                t.HasComment("Coins of corrected or voided records that were used before they could be taken back.");
                t.HasCheckConstraint("ck_record_shortfalls_coins", "coins > 0");
            });
            builder.HasKey(s => new { s.CommunityId, s.VersionId });
            builder.HasIndex(s => new { s.CommunityId, s.RecordId });
            builder.HasIndex(s => new { s.CommunityId, s.MemberId });
            builder.BelongsToCommunity();
        }
    }
}
