using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Guardians;

/// <summary>Which of the two times a consent belongs to; at 14 it is asked for again (PIPL art 31, hard rule 8).</summary>
public enum ConsentStage
{
    /// <summary>Before the 14th birthday: the guardian's.</summary>
    UnderFourteen,

    /// <summary>From the 14th birthday on: the guardian's and the child's own.</summary>
    FromFourteen,
}

/// <summary>Somebody consented to a minor's data being used, as the privacy notice said it then. Rows are added and at most marked as withdrawn: they are the proof.</summary>
public sealed class MinorConsent : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; those of later consents are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>About whom.</summary>
    public Guid ChildId { get; init; }

    /// <summary>Who consented: a guardian, or the child.</summary>
    public Guid GivenBy { get; init; }

    /// <summary>For which time.</summary>
    public ConsentStage Stage { get; init; }

    /// <summary>The version of the privacy notice.</summary>
    public Guid DocumentId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>The member of staff before whom a child without a phone said it; else null.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>When it was withdrawn, or null.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MinorConsent>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MinorConsent> builder)
        {
            builder.ToTable("minor_consents", t => t.HasComment("Who consented to a minor's data being used, to which version of the privacy notice, when, and when it was withdrawn."));
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.Stage).HasConversion<string>().HasMaxLength(16);
            builder.HasIndex(c => new { c.CommunityId, c.ChildId, c.Id });
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(c => c.ChildId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_minor_consents_persons_child_id");
        }
    }
}
