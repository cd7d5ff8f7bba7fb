using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Attendances;

/// <summary>How many people the leader counted at a shift. Without one, or where it doesn't match the list, scans are grade B.</summary>
public sealed class ShiftCount : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The shift.</summary>
    public Guid ShiftId { get; init; }

    /// <summary>People, the leader not counted unless on the list.</summary>
    public int People { get; set; }

    /// <summary>How many were on the list then.</summary>
    public int Listed { get; set; }

    /// <summary>Who counted, a person.</summary>
    public Guid CountedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset CountedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ShiftCount>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ShiftCount> builder)
        {
            builder.ToTable("shift_counts", t =>
            {
                t.HasComment("How many people the leader counted at a shift, beside which the list of who checked in is held before it is verified.");
                t.HasCheckConstraint("ck_shift_counts_people", $"people between 0 and {Shift.MaxCapacity} and listed >= 0");
            });
            builder.HasKey(c => new { c.CommunityId, c.ShiftId });
            builder.BelongsToCommunity();
            builder.HasOne<Shift>().WithMany().HasForeignKey(c => new { c.CommunityId, c.ShiftId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_shift_counts_shifts");
        }
    }
}
