using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Members;

/// <summary>A person in a community: what neighbours know somebody by there.</summary>
public sealed class Member : ICommunityOwned
{
    /// <summary>Longest display name, in characters.</summary>
    public const int MaxNameLength = 20;

    /// <summary>Longest building, in characters.</summary>
    public const int MaxBuildingLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The person's pseudonym in this community, which is all that the ledger and other members' pages know.</summary>
    public Guid Id { get; init; }

    /// <summary>As others see it: 王阿姨.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Where the person lives, in free text: 3栋2单元; null where not said.</summary>
    public string? Building { get; set; }

    /// <summary>When the person joined.</summary>
    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>When the person left, or null. The row stays: history hangs on <see cref="Id"/>, and who comes back is the same member.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Member>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Member> builder)
        {
            builder.ToTable("members", t => t.HasComment("Who joined which community, and what neighbours know them by there."));
            builder.HasKey(m => new { m.CommunityId, m.PersonId });
            builder.Property(m => m.DisplayName).HasMaxLength(MaxNameLength);
            builder.Property(m => m.Building).HasMaxLength(MaxBuildingLength);
            builder.HasIndex(m => new { m.CommunityId, m.Id }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_members_persons_person_id");
        }
    }
}
