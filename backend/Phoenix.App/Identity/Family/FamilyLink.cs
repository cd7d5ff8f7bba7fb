using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Family;

/// <summary>家人: somebody may do things for another member, by agreement of both; either may end it.</summary>
public sealed class FamilyLink : ICommunityOwned
{
    /// <summary>Most helpers of a person at a time.</summary>
    public const int MaxHelpers = 5;

    /// <summary>Most persons whom one helps at a time.</summary>
    public const int MaxHelped = 10;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>For whom, a person.</summary>
    public Guid PrincipalId { get; init; }

    /// <summary>Who may act, a person.</summary>
    public Guid HelperId { get; init; }

    /// <summary>What the helper may do.</summary>
    public FamilyRights Rights { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The member of staff who made the link for somebody without a phone; null where both agreed by code.</summary>
    public Guid? MadeBy { get; init; }

    /// <summary>Who was there when staff made it, a person; null where both agreed by code.</summary>
    public Guid? WitnessId { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<FamilyLink>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<FamilyLink> builder)
        {
            builder.ToTable("family_links", t =>
            {
                t.HasComment("Who may act for whom as 家人, by agreement of both or before a witness.");
                t.HasCheckConstraint("ck_family_links_self", "principal_id <> helper_id");
                t.HasCheckConstraint(
                    "ck_family_links_witness",
                    "(made_by is null) = (witness_id is null) and (made_by is null or (made_by <> helper_id and made_by <> principal_id and witness_id <> made_by and witness_id <> helper_id and witness_id <> principal_id))");
            });
            builder.HasKey(f => new { f.CommunityId, f.Id });
            builder.Property(f => f.EndedAt).IsConcurrencyToken();
            builder.HasIndex(f => new { f.CommunityId, f.HelperId, f.PrincipalId }).IsUnique().HasFilter("ended_at is null");
            builder.HasIndex(f => new { f.CommunityId, f.PrincipalId });
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(f => f.PrincipalId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_family_links_persons_principal_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(f => f.HelperId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_family_links_persons_helper_id");
        }
    }
}
