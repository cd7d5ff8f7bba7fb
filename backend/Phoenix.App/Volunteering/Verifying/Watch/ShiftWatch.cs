using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Verifying.Watch;

/// <summary>What the sweeps have done about a shift, so that each thing is done once: however often they run, late, and on however many nodes.</summary>
public sealed class ShiftWatch : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The shift.</summary>
    public Guid ShiftId { get; init; }

    /// <summary>For which start people were reminded; a shift that was moved is another reminder.</summary>
    public DateTimeOffset? RemindedFor { get; set; }

    /// <summary>When its end was noted: the leader was told to verify.</summary>
    public DateTimeOffset? EndNotedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ShiftWatch>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ShiftWatch> builder)
        {
            builder.ToTable("shift_watches", t => t.HasComment("Which reminders of a shift went out, so that a sweep that runs again sends none twice."));
            builder.HasKey(w => new { w.CommunityId, w.ShiftId });
            builder.BelongsToCommunity();
            builder.HasOne<Shift>().WithMany().HasForeignKey(w => new { w.CommunityId, w.ShiftId }).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_shift_watches_shifts");
        }
    }
}

/// <summary>Finds watches.</summary>
internal static class ShiftWatches
{
    /// <summary>The shift's watch, tracked; a new one is added. Under the shift's lock.</summary>
    public static async Task<ShiftWatch> Watch(this PhoenixDb db, Guid shiftId, CancellationToken cancel)
    {
        if (await db.Set<ShiftWatch>().FirstOrDefaultAsync(w => w.ShiftId == shiftId, cancel) is { } known)
            return known;
        var watch = new ShiftWatch { CommunityId = db.Scope.CommunityId, ShiftId = shiftId };
        db.Add(watch);
        return watch;
    }
}
