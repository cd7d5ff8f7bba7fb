using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Details;

/// <summary>Kinds of ID documents.</summary>
public enum IdDocument
{
    /// <summary>居民身份证: 18 characters with a checksum (GB 11643).</summary>
    ResidentIdCard,

    /// <summary>户口簿, for children without a card: the same 18 characters.</summary>
    HouseholdRegister,

    /// <summary>港澳居民来往内地通行证.</summary>
    HongKongMacaoPermit,

    /// <summary>台湾居民来往大陆通行证.</summary>
    TaiwanPermit,

    /// <summary>护照.</summary>
    Passport,

    /// <summary>外国人永久居留身份证.</summary>
    ForeignersPermit,
}

/// <summary>性别, as the law's list of fields has it.</summary>
public enum Gender
{
    /// <summary>女.</summary>
    Female,

    /// <summary>男.</summary>
    Male,
}

/// <summary>
/// What the law wants to be recorded of a volunteer beside the birth date and the phone (令67 art 5: 姓名、性别、身份证件号码、居住区域、专业技能和服务类别).
/// Asked late, before the first certificate. Name, number and area are encrypted; the number is found by keyed hash, once in a community.
/// </summary>
public sealed class PersonDetails : ICommunityOwned
{
    /// <summary>The keyed hash's scope.</summary>
    public const string IdNumberScope = "person_details.id_number";

    private const string TableName = "person_details";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The name on the document, encrypted.</summary>
    public required string RealName { get; set; }

    /// <summary>The kind of document.</summary>
    public IdDocument IdKind { get; set; }

    /// <summary>The document's number, encrypted.</summary>
    public required string IdNumber { get; set; }

    /// <summary>Keyed hash of the number, so that it stands once in a community.</summary>
    public required string IdNumberHash { get; set; }

    /// <summary>The gender on the document, encrypted.</summary>
    public required string Gender { get; set; }

    /// <summary>居住区域, encrypted; null where not said.</summary>
    public string? Area { get; set; }

    /// <summary>专业技能和服务类别, encrypted; null where not said.</summary>
    public string? Skills { get; set; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset WrittenAt { get; set; }

    /// <summary>Where a column of a person is encrypted for.</summary>
    public static FieldPlace Place(int community, Guid person, string column) => new(TableName, column, $"{community}:{person:N}");

    /// <summary>What is hashed: the card and the register carry the same number.</summary>
    public static string Hashed(IdDocument kind, string number) => $"{(kind is IdDocument.HouseholdRegister ? IdDocument.ResidentIdCard : kind)}:{number}";

    /// <summary>A column in the clear; null where it is empty.</summary>
    public string? Open(KeyRing keys, string column) => Column(column) is { } stored ? keys.Decrypt(stored, Place(CommunityId, PersonId, column)) : null;

    /// <summary>Makes every column anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        RealName = Sealed("real_name")!;
        IdNumberHash = keys.KeyedHash(IdNumberScope, Hashed(IdKind, Open(keys, "id_number")!));
        IdNumber = Sealed("id_number")!;
        Gender = Sealed("gender")!;
        Area = Sealed("area");
        Skills = Sealed("skills");

        string? Sealed(string column) => Open(keys, column) is { } clear ? keys.Encrypt(clear, Place(CommunityId, PersonId, column)) : null;
    }

    private string? Column(string name) => name switch
    {
        "real_name" => RealName,
        "id_number" => IdNumber,
        "gender" => Gender,
        "area" => Area,
        "skills" => Skills,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no column"),
    };

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<PersonDetails>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<PersonDetails> builder)
        {
            builder.ToTable(TableName, t => t.HasComment("What the law wants to be recorded of a volunteer (令67 art 5), encrypted: asked before the first certificate."));
            builder.HasKey(d => new { d.CommunityId, d.PersonId });
            builder.Property(d => d.IdKind).HasConversion<string>().HasMaxLength(20);
            builder.Property(d => d.RealName).HasMaxLength(400).IsConcurrencyToken();
            builder.Property(d => d.IdNumber).HasMaxLength(300).IsConcurrencyToken();
            builder.Property(d => d.IdNumberHash).HasMaxLength(100);
            builder.Property(d => d.Gender).HasMaxLength(200);
            builder.Property(d => d.Area).HasMaxLength(600);
            builder.Property(d => d.Skills).HasMaxLength(1200);
            builder.HasIndex(d => new { d.CommunityId, d.IdNumberHash }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(d => d.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_person_details_persons_person_id");
        }
    }
}
