using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Guardians;

/// <summary>What a guardian is to the child, as the form shows it.</summary>
public enum Relation
{
    /// <summary>母亲.</summary>
    Mother,

    /// <summary>父亲.</summary>
    Father,

    /// <summary>祖父母、外祖父母.</summary>
    Grandparent,

    /// <summary>其他监护人.</summary>
    Other,
}

/// <summary>Why a guardian's link ended.</summary>
public enum GuardianshipEnd
{
    /// <summary>The guardian ended it.</summary>
    ByGuardian,

    /// <summary>Staff ended it, with a reason.</summary>
    ByStaff,

    /// <summary>The child turned 18.</summary>
    CameOfAge,

    /// <summary>One of the two left or closed the account.</summary>
    Departed,
}

/// <summary>Somebody is guardian of a minor in a community. It counts until it ends or the child turns 18, whether or not a sweep has noted that.</summary>
public sealed class Guardianship : ICommunityOwned
{
    /// <summary>Most guardians of a child at a time.</summary>
    public const int MaxGuardians = 2;

    /// <summary>Most children of a guardian at a time.</summary>
    public const int MaxChildren = 6;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The guardian, a person.</summary>
    public Guid GuardianId { get; init; }

    /// <summary>The child, a person.</summary>
    public Guid ChildId { get; init; }

    /// <summary>What the guardian is to the child.</summary>
    public Relation Relation { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended; null while it lasts.</summary>
    public GuardianshipEnd? EndReason { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Guardianship>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Guardianship> builder)
        {
            builder.ToTable("guardianships", t =>
            {
                t.HasComment("Who is or was guardian of which minor.");
                t.HasCheckConstraint("ck_guardianships_self", "guardian_id <> child_id");
                t.HasCheckConstraint("ck_guardianships_end", "(ended_at is null) = (end_reason is null)");
            });
            builder.HasKey(g => new { g.CommunityId, g.Id });
            builder.Property(g => g.Relation).HasConversion<string>().HasMaxLength(12);
            builder.Property(g => g.EndReason).HasConversion<string>().HasMaxLength(12);
            builder.Property(g => g.EndedAt).IsConcurrencyToken();
            builder.HasIndex(g => new { g.CommunityId, g.GuardianId, g.ChildId }).IsUnique().HasFilter("ended_at is null");
            builder.HasIndex(g => new { g.CommunityId, g.ChildId });
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(g => g.GuardianId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_guardianships_persons_guardian_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(g => g.ChildId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_guardianships_persons_child_id");
        }
    }
}
