using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;

namespace Phoenix.App.Community.Documents;

/// <summary>A person accepted a version of a document.</summary>
public sealed class DocumentAcceptance : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Who accepted.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Which version.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<DocumentAcceptance>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("document_acceptances")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<DocumentAcceptance> builder)
        {
            builder.ToTable("document_acceptances", t => t.HasComment("Who accepted which version of which document, and when: the proof of consent."));
            builder.HasKey(a => new { a.CommunityId, a.PersonId, a.DocumentId });
            builder.HasOne<RuleDocument>().WithMany().HasForeignKey(a => new { a.CommunityId, a.DocumentId }).OnDelete(DeleteBehavior.Restrict)
                .HasConstraintName("fk_document_acceptances_rule_documents_document_id");
            builder.BelongsToCommunity();
        }
    }
}
