using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>Kinds of certificates.</summary>
public enum CertificateKind
{
    /// <summary>志愿服务记录证明.</summary>
    Standard,

    /// <summary>学生志愿服务情况表, for a term.</summary>
    SchoolTerm,
}

/// <summary>
/// 志愿服务记录证明 (令67 arts 14-17): which records it certifies for whom, and what of it the public page shows. Its contents never change; it counts as long as
/// every version of a record in it stands, which is asked of the records each time and kept nowhere.
/// </summary>
public sealed class Certificate : ICommunityOwned
{
    /// <summary>Characters of a number: the year and twelve letters and digits at random, in fours.</summary>
    public const int NumberLength = 19;

    /// <summary>Most records on one.</summary>
    public const int MaxLines = 300;

    /// <summary>Longest name of an issuer, person or school, in characters.</summary>
    public const int MaxNameLength = 60;

    private const string TableName = "certificates";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The number: 2026-7K3M-9Q2X-ABCD. Nobody can guess another's.</summary>
    public required string Number { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Who asked for it: the holder, or whoever acts for them.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>Its kind.</summary>
    public CertificateKind Kind { get; init; }

    /// <summary>The period's first day.</summary>
    public DateOnly FirstDay { get; init; }

    /// <summary>The period's last day.</summary>
    public DateOnly LastDay { get; init; }

    /// <summary>The holder's name on the document, encrypted; empty once erased.</summary>
    public required string HolderName { get; set; }

    /// <summary>The document's number, masked but for its end, encrypted; empty once erased.</summary>
    public required string IdNumber { get; set; }

    /// <summary>SHA-256 over everything that it says but the holder's name and number: asking for the same again gives the same certificate.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The school, as whoever asked wrote it; null once erased.</summary>
    public string? School { get; set; }

    /// <summary>Whether the public page shows the whole name.</summary>
    public bool ShowName { get; init; }

    /// <summary>Whether the public page shows the records.</summary>
    public bool ShowLines { get; init; }

    /// <summary>出具单位.</summary>
    public required string Issuer { get; init; }

    /// <summary>负责人.</summary>
    public required string PersonInCharge { get; init; }

    /// <summary>经办人.</summary>
    public required string Handler { get; init; }

    /// <summary>The seal's image; null: a place to stamp.</summary>
    public Guid? SealFileId { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Minutes in all.</summary>
    public int Minutes { get; init; }

    /// <summary>Records on it.</summary>
    public int LineCount { get; init; }

    /// <summary>Where a column is encrypted for.</summary>
    public static FieldPlace Place(int community, string number, string column) => new(TableName, column, $"{community}:{number}");

    /// <summary>The holder's name in the clear; null once erased.</summary>
    public string? OpenName(KeyRing keys) => HolderName.Length == 0 ? null : keys.Decrypt(HolderName, Place(CommunityId, Number, "holder_name"));

    /// <summary>The masked number in the clear; null once erased.</summary>
    public string? OpenIdNumber(KeyRing keys) => IdNumber.Length == 0 ? null : keys.Decrypt(IdNumber, Place(CommunityId, Number, "id_number"));

    /// <summary>Makes the encrypted columns anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        if (OpenName(keys) is { } name)
            HolderName = keys.Encrypt(name, Place(CommunityId, Number, "holder_name"));
        if (OpenIdNumber(keys) is { } id)
            IdNumber = keys.Encrypt(id, Place(CommunityId, Number, "id_number"));
    }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Certificate>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(TableName, "community_id", "number", "person_id", "asked_by", "kind", "first_day", "last_day", "show_name", "show_lines", "issuer", "person_in_charge",
                "handler", "seal_file_id", "issued_at", "minutes", "line_count", "content_hash"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Certificate> builder)
        {
            builder.ToTable(TableName, t =>
            {
                t.HasComment("Certificates of service records: for whom, over what, and what the public page shows of them.");
                t.HasCheckConstraint("ck_certificates_period", "first_day <= last_day and minutes > 0 and line_count > 0");
            });
            builder.HasKey(c => new { c.CommunityId, c.Number });
            builder.Property(c => c.Number).HasMaxLength(NumberLength);
            builder.Property(c => c.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(c => c.HolderName).HasMaxLength(400).IsConcurrencyToken();
            builder.Property(c => c.IdNumber).HasMaxLength(300).IsConcurrencyToken();
            builder.Property(c => c.ContentHash).HasMaxLength(64);
            builder.Property(c => c.School).HasMaxLength(MaxNameLength);
            builder.Property(c => c.Issuer).HasMaxLength(MaxNameLength);
            builder.Property(c => c.PersonInCharge).HasMaxLength(MaxNameLength);
            builder.Property(c => c.Handler).HasMaxLength(MaxNameLength);
            builder.HasIndex(c => new { c.CommunityId, c.ContentHash });
            builder.HasIndex(c => new { c.CommunityId, c.PersonId, c.IssuedAt });
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>A record on a certificate: the version that stood when it was issued.</summary>
public sealed class CertificateLine : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The certificate.</summary>
    public required string Number { get; init; }

    /// <summary>Its place, from 1.</summary>
    public int Position { get; init; }

    /// <summary>The version.</summary>
    public Guid VersionId { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CertificateLine>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("certificate_lines")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CertificateLine> builder)
        {
            builder.ToTable("certificate_lines", t => t.HasComment("Which versions of service records a certificate is made of."));
            builder.HasKey(l => new { l.CommunityId, l.Number, l.Position });
            builder.Property(l => l.Number).HasMaxLength(Certificate.NumberLength);
            builder.HasIndex(l => new { l.CommunityId, l.VersionId });
            builder.HasOne<Certificate>().WithMany().HasForeignKey(l => new { l.CommunityId, l.Number }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_certificate_lines_certificate");
            builder.HasOne<ServiceRecord>().WithMany().HasForeignKey(l => new { l.CommunityId, l.VersionId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_certificate_lines_record");
            builder.BelongsToCommunity();
        }
    }
}
