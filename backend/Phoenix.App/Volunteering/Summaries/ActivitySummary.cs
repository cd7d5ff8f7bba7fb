using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;

namespace Phoenix.App.Volunteering.Summaries;

/// <summary>
/// What people decided about an activity's 小结: own words in place of the automatic ones, and the text that was published. The automatic text is put together
/// from what is recorded each time and kept nowhere; what is published is kept as it was judged, so that nothing unchecked is ever shown.
/// </summary>
public sealed class ActivitySummary : ICommunityOwned
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxTextLength = 4_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The activity.</summary>
    public Guid ActivityId { get; init; }

    /// <summary>Own words; null for the automatic text.</summary>
    public string? OwnText { get; set; }

    /// <summary>The published text; null while nothing is.</summary>
    public string? PublishedText { get; private set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Whether the published text waits for a person's look, so that nobody reads it yet.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Counts the edits from 1; an edit names the one it began from, 0 where there was none.</summary>
    public int Version { get; set; }

    /// <summary>Shows a text to everybody, or to nobody before a person looked.</summary>
    public void Publish(string text, DateTimeOffset at, bool isHeld) => (PublishedText, PublishedAt, IsHeld) = (text, at, isHeld);

    /// <summary>Shows nothing any more.</summary>
    public void Withdraw() => (PublishedText, PublishedAt, IsHeld) = (null, null, false);

    /// <summary>A person looked at it, and it may be shown.</summary>
    public void Release() => IsHeld = false;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ActivitySummary>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ActivitySummary> builder)
        {
            builder.ToTable("activity_summaries", t =>
            {
                t.HasComment("Own words in place of an activity's automatic summary, and the text of it that everybody reads.");
                t.HasCheckConstraint("ck_activity_summaries_published", "(published_text is null) = (published_at is null) and (not is_held or published_text is not null)");
            });
            builder.HasKey(s => new { s.CommunityId, s.ActivityId });
            builder.Property(s => s.OwnText).HasMaxLength(MaxTextLength);
            builder.Property(s => s.PublishedText).HasMaxLength(MaxTextLength);
            builder.Property(s => s.Version).IsConcurrencyToken();
            builder.BelongsToCommunity();
            builder.HasOne<Activity>().WithMany().HasForeignKey(s => new { s.CommunityId, s.ActivityId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_activity_summaries_activities");
        }
    }
}
