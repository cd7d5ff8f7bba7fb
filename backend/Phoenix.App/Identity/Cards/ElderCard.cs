using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Identity.Cards;

/// <summary>
/// A printed card by which a member who has no phone at hand checks in and exchanges, with a named helper. Its number is drawn by chance and says nothing;
/// it is looked up by keyed hash and kept encrypted, since a card may have to be printed again.
/// </summary>
public sealed class ElderCard : ICommunityOwned
{
    /// <summary>Letters of a number: 80 bits, beyond guessing.</summary>
    public const int NumberLength = 16;

    /// <summary>The keyed hash's scope.</summary>
    public const string Scope = "elder_cards.number";

    /// <summary>Look-ups of one asker: more than any queue of elders, fewer than any guesser wants.</summary>
    public static readonly RatePolicy LookUps = new("card-look-ups", 60, TimeSpan.FromMinutes(10));

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; nothing is printed of it.</summary>
    public Guid Id { get; init; }

    /// <summary>The holder.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Keyed hash of the number.</summary>
    public required string NumberHash { get; set; }

    /// <summary>The number, encrypted.</summary>
    public required string Number { get; set; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it was revoked; null while it works.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Where the number is encrypted for.</summary>
    public static FieldPlace Place(Guid card) => new("elder_cards", "number", card.ToString("N"));

    /// <summary>Makes hash and ciphertext anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        var number = keys.Decrypt(Number, Place(Id));
        (NumberHash, Number) = (keys.KeyedHash(Scope, number), keys.Encrypt(number, Place(Id)));
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ElderCard>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ElderCard> builder)
        {
            builder.ToTable("elder_cards", t => t.HasComment("Printed cards of members without a phone at hand; one of a member works at a time, revoked ones stay so that they are known as such."));
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.NumberHash).HasMaxLength(100).IsConcurrencyToken();
            builder.Property(c => c.Number).HasMaxLength(200).IsConcurrencyToken();
            builder.HasIndex(c => new { c.CommunityId, c.NumberHash }).IsUnique();
            builder.HasIndex(c => new { c.CommunityId, c.PersonId }).IsUnique().HasFilter("revoked_at is null");
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_elder_cards_persons_person_id");
        }
    }
}
