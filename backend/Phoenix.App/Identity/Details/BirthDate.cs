using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Details;

/// <summary>
/// When a person was born, encrypted. Global: a minor is one in every community. Said once, by a guardian, by the person, or by an ID number; after that
/// only staff correct it, with a reason.
/// </summary>
public sealed class BirthDate
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The day, encrypted.</summary>
    public required string Day { get; set; }

    /// <summary>When it was said or last corrected.</summary>
    public DateTimeOffset SaidAt { get; set; }

    /// <summary>Where the day is encrypted for.</summary>
    public static FieldPlace Place(Guid person) => new("birth_dates", "day", person.ToString("N"));

    /// <summary>The day as it is stored.</summary>
    public static string Seal(KeyRing keys, Guid person, DateOnly day) => keys.Encrypt(day.ToString(Format, CultureInfo.InvariantCulture), Place(person));

    /// <summary>The day in the clear.</summary>
    public DateOnly Open(KeyRing keys) => DateOnly.ParseExact(keys.Decrypt(Day, Place(PersonId)), Format, CultureInfo.InvariantCulture);

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<BirthDate>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<BirthDate> builder)
        {
            builder.ToTable("birth_dates", t => t.HasComment("When people were born, encrypted: who is a minor, in every community."));
            builder.HasKey(b => b.PersonId);
            builder.Property(b => b.Day).HasMaxLength(200).IsConcurrencyToken();
            builder.HasOne<Person>().WithOne().HasForeignKey<BirthDate>(b => b.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
