using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Volunteers;

/// <summary>A member registered as a volunteer of the community.</summary>
public sealed class Volunteer : ICommunityOwned
{
    /// <summary>
    /// Digits of a volunteer number: the year of registration (4), then 6 drawn at random, so that a number says nothing of how many there
    /// are and two who register at once don't wait for each other. Unique in the community.
    /// </summary>
    public const int NumberLength = 4 + RandomDigits;

    /// <summary>The drawn part of a number.</summary>
    public const int RandomDigits = 6;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The volunteer number; never changes.</summary>
    public required string Number { get; init; }

    /// <summary>When the person registered.</summary>
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Volunteer>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Volunteer> builder)
        {
            builder.ToTable("volunteers", t => t.HasComment("Members registered as volunteers, with their numbers."));
            builder.HasKey(v => new { v.CommunityId, v.PersonId });
            builder.Property(v => v.Number).HasMaxLength(NumberLength);
            builder.HasIndex(v => new { v.CommunityId, v.Number }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(v => v.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_volunteers_persons_person_id");
        }
    }
}
