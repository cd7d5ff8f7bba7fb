using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Cards;

/// <summary>How a person without WeChat became a member: entered by staff, with a witness who was there.</summary>
public sealed class ElderEntry : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The birth year, encrypted; null where not said.</summary>
    public string? BirthYear { get; set; }

    /// <summary>Who was there when it was entered and the rules were read out, a person.</summary>
    public Guid WitnessId { get; init; }

    /// <summary>Who entered it, a person.</summary>
    public Guid EnteredBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    /// <summary>Where the birth year is encrypted for.</summary>
    public static FieldPlace BirthYearPlace(Guid person) => new("elder_entries", "birth_year", person.ToString("N"));

    /// <summary>Makes the ciphertext anew with the current key.</summary>
    public void Renew(KeyRing keys) => BirthYear = BirthYear is null ? null : keys.Encrypt(keys.Decrypt(BirthYear, BirthYearPlace(PersonId)), BirthYearPlace(PersonId));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ElderEntry>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ElderEntry> builder)
        {
            builder.ToTable("elder_entries", t =>
            {
                t.HasComment("People without WeChat whom staff entered as members, and who witnessed it.");
                t.HasCheckConstraint("ck_elder_entries_witness", "witness_id <> entered_by and witness_id <> person_id");
            });
            builder.HasKey(e => new { e.CommunityId, e.PersonId });
            builder.Property(e => e.BirthYear).HasMaxLength(200).IsConcurrencyToken();
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_elder_entries_persons_person_id");
        }
    }
}
