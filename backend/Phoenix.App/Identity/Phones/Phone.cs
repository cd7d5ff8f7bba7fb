using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Phones;

/// <summary>Whether a number is known to be the person's.</summary>
public enum PhoneState
{
    /// <summary>待核实: typed by the person; staff haven't seen or called them yet.</summary>
    Pending,

    /// <summary>已核实: from WeChat, or confirmed by staff.</summary>
    Confirmed,
}

/// <summary>
/// A person's phone number: at most one confirmed, and beside it at most one that waits to take its place. Global, encrypted, found by keyed hash. A family
/// may share one.
/// </summary>
public sealed class Phone
{
    /// <summary>The keyed hash's scope.</summary>
    public const string NumberScope = "phones.number";

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Whether it is confirmed.</summary>
    public PhoneState State { get; set; }

    /// <summary>The number with its country code (+8613800001234), encrypted.</summary>
    public required string Number { get; set; }

    /// <summary>Keyed hash of the number.</summary>
    public required string NumberHash { get; set; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset GivenAt { get; init; }

    /// <summary>The member of staff who confirmed it; null for one from WeChat and while it waits.</summary>
    public Guid? ConfirmedBy { get; set; }

    /// <summary>When it was confirmed; null while it waits.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Where the number is encrypted for.</summary>
    public static FieldPlace Place(Guid id) => new("phones", "number", id.ToString("N"));

    /// <summary>The number in the clear.</summary>
    public string Open(KeyRing keys) => keys.Decrypt(Number, Place(Id));

    /// <summary>Makes both columns anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        var number = Open(keys);
        (Number, NumberHash) = (keys.Encrypt(number, Place(Id)), keys.KeyedHash(NumberScope, number));
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Phone>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Phone> builder)
        {
            builder.ToTable("phones", t =>
            {
                t.HasComment("People's phone numbers, encrypted: one confirmed, one that waits to be.");
                t.HasCheckConstraint("ck_phones_confirmed", "(state = 'Confirmed') = (confirmed_at is not null) and (confirmed_by is null or confirmed_by <> person_id)");
            });
            builder.HasKey(p => p.Id);
            builder.Property(p => p.State).HasConversion<string>().HasMaxLength(12).IsConcurrencyToken();
            builder.Property(p => p.Number).HasMaxLength(200).IsConcurrencyToken();
            builder.Property(p => p.NumberHash).HasMaxLength(100);
            builder.HasIndex(p => new { p.PersonId, p.State }).IsUnique();
            builder.HasIndex(p => p.NumberHash);
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
