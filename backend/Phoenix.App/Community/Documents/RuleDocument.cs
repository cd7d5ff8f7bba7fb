using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;

namespace Phoenix.App.Community.Documents;

/// <summary>One published version of a document that people live by. Never changed: a new text is a new version (hard rule 11).</summary>
public sealed class RuleDocument : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 60;

    /// <summary>Longest text, in characters.</summary>
    public const int MaxBodyLength = 15_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>This version's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which document.</summary>
    public DocumentKind Kind { get; init; }

    /// <summary>Counted from 1, without gaps.</summary>
    public int Version { get; init; }

    /// <summary>As people see it.</summary>
    public required string Title { get; init; }

    /// <summary>The text.</summary>
    public required string Body { get; init; }

    /// <summary>Whether those who accepted an earlier version must accept this one before they go on.</summary>
    public bool MustAccept { get; init; }

    /// <summary>Who published it; null for the texts that a community starts with.</summary>
    public Guid? PublishedBy { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset PublishedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RuleDocument>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("rule_documents")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RuleDocument> builder)
        {
            builder.ToTable("rule_documents", t => t.HasComment("Every version of the privacy notice and the rule documents, as it was published."));
            builder.HasKey(d => new { d.CommunityId, d.Id });
            builder.Property(d => d.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(d => d.Title).HasMaxLength(MaxTitleLength);
            builder.Property(d => d.Body).HasMaxLength(MaxBodyLength);
            builder.HasIndex(d => new { d.CommunityId, d.Kind, d.Version }).IsUnique();
            builder.BelongsToCommunity();
        }
    }
}
