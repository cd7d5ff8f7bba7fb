using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Bookkeeping;

/// <summary>One night's check of a community's books.</summary>
public sealed class BookCheckRow : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The community's day on which it ran; one a day.</summary>
    public DateOnly Date { get; init; }

    /// <summary>Up to which posting the journal was proved.</summary>
    public long Seq { get; set; }

    /// <summary>The chain's hash there, 64 hex digits.</summary>
    public required string Hash { get; set; }

    /// <summary>What was wrong, in a few words with a stable code first; null: everything agreed.</summary>
    public string? Fault { get; set; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset CheckedAt { get; set; }

    /// <summary>Longest <see cref="Fault"/>, in characters.</summary>
    public const int MaxFaultLength = 300;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<BookCheckRow>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<BookCheckRow> builder)
        {
            builder.ToTable("book_checks", t => t.HasComment("Every night's proof of the journal and of the balances kept beside it, so that auditors see that it ran and what it found."));
            builder.HasKey(c => new { c.CommunityId, c.Date });
            builder.Property(c => c.Hash).HasMaxLength(64);
            builder.Property(c => c.Fault).HasMaxLength(MaxFaultLength);
            builder.BelongsToCommunity();
        }
    }
}
