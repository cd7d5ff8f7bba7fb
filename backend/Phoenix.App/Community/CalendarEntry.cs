using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;

namespace Phoenix.App.Community;

/// <summary>A day that staff declared a working day or a day off, against the week or the national arrangement.</summary>
public sealed class CalendarEntry : ICommunityOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxNoteLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The day.</summary>
    public DateOnly Date { get; init; }

    /// <summary>Whether offices work.</summary>
    public bool IsWorking { get; set; }

    /// <summary>Why, for everybody to read.</summary>
    public required string Note { get; set; }

    /// <summary>Who declared it.</summary>
    public Guid ChangedBy { get; set; }

    /// <summary>When it was declared.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CalendarEntry>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CalendarEntry> builder)
        {
            builder.ToTable("calendar_entries", t => t.HasComment("Working days and days off that staff declared; they go before the national arrangement."));
            builder.HasKey(d => new { d.CommunityId, d.Date });
            builder.Property(d => d.Note).HasMaxLength(MaxNoteLength);
            builder.BelongsToCommunity();
        }
    }
}
