using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Bookkeeping.SpotChecks;

/// <summary>
/// 随机抽 10 笔: one draw. Kept with its seed and with what it was drawn from, so that anybody can draw again and see that nothing was picked by hand; and
/// with who drew, so that drawing until it pleases shows.
/// </summary>
public sealed class SpotCheck : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; ids of later draws are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>The month's first day.</summary>
    public DateOnly Month { get; init; }

    /// <summary>What the numbers are made of, <see cref="SpotDraw.SeedBytes"/> bytes.</summary>
    public required byte[] Seed { get; init; }

    /// <summary>How many versions of service records were drawn from: those of the month up to <see cref="DrawnAt"/>.</summary>
    public int Records { get; init; }

    /// <summary>The last posting before those that were drawn from; 0 for the journal's beginning.</summary>
    public long AfterSeq { get; init; }

    /// <summary>The last posting that was drawn from.</summary>
    public long ThroughSeq { get; init; }

    /// <summary>Who drew, a person.</summary>
    public Guid DrawnBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset DrawnAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SpotCheck>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("spot_checks")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SpotCheck> builder)
        {
            builder.ToTable("spot_checks", t =>
            {
                t.HasComment("Auditors' random draws of records and postings, with the seed and what was drawn from, so that each can be drawn again; never changed.");
                t.HasCheckConstraint("ck_spot_checks_population", "records >= 0 and after_seq >= 0 and through_seq >= after_seq and records + through_seq - after_seq > 0");
            });
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.Seed).HasMaxLength(SpotDraw.SeedBytes);
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>One of the ten: a version of a service record, or a posting.</summary>
public sealed class SpotCheckItem : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Of which draw.</summary>
    public Guid CheckId { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Place { get; init; }

    /// <summary>The version of a service record; null for a posting.</summary>
    public Guid? RecordVersionId { get; init; }

    /// <summary>The posting's place in the journal; null for a record.</summary>
    public long? Seq { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SpotCheckItem>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("spot_check_items")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SpotCheckItem> builder)
        {
            builder.ToTable("spot_check_items", t =>
            {
                t.HasComment("What each of the auditors' draws brought, in its order; kept beside the seed, so that what was shown can't be disputed.");
                t.HasCheckConstraint("ck_spot_check_items_what", "(record_version_id is null) <> (seq is null)");
            });
            builder.HasKey(i => new { i.CommunityId, i.CheckId, i.Place });
            builder.HasOne<SpotCheck>().WithMany().HasForeignKey(i => new { i.CommunityId, i.CheckId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_spot_check_items_spot_checks");
            builder.BelongsToCommunity();
        }
    }
}
