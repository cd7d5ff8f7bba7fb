using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>Who issues and signs a community's certificates. A change counts for later ones: each certificate keeps what it was issued with.</summary>
public sealed class CertificateSettings : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>出具单位.</summary>
    public required string Issuer { get; set; }

    /// <summary>负责人.</summary>
    public required string PersonInCharge { get; set; }

    /// <summary>经办人.</summary>
    public required string Handler { get; set; }

    /// <summary>The seal's image; null: a place to stamp.</summary>
    public Guid? SealFileId { get; set; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CertificateSettings>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CertificateSettings> builder)
        {
            builder.ToTable("certificate_settings", t => t.HasComment("Who issues and signs a community's certificates."));
            builder.HasKey(s => s.CommunityId);
            builder.Property(s => s.CommunityId).ValueGeneratedNever();
            builder.Property(s => s.Issuer).HasMaxLength(Certificate.MaxNameLength);
            builder.Property(s => s.PersonInCharge).HasMaxLength(Certificate.MaxNameLength);
            builder.Property(s => s.Handler).HasMaxLength(Certificate.MaxNameLength);
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>Staff say who issues and signs the certificates, and see it.</summary>
public static class SetUpCertificates
{
    /// <summary>Who.</summary>
    /// <param name="Issuer">出具单位: 2 to 60 characters.</param>
    /// <param name="PersonInCharge">负责人: 2 to 60 characters.</param>
    /// <param name="Handler">经办人: 2 to 60 characters.</param>
    /// <param name="SealFileId">An uploaded image of the seal; null for a place to stamp.</param>
    public sealed record Settings(string Issuer, string PersonInCharge, string Handler, Guid? SealFileId = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Settings>
    {
        /// <summary>Names.</summary>
        public Limits()
        {
            RuleFor(s => s.Issuer).NotEmpty().MinimumLength(2).MaximumLength(Certificate.MaxNameLength).WithName("出具单位");
            RuleFor(s => s.PersonInCharge).NotEmpty().MinimumLength(2).MaximumLength(Certificate.MaxNameLength).WithName("负责人");
            RuleFor(s => s.Handler).NotEmpty().MinimumLength(2).MaximumLength(Certificate.MaxNameLength).WithName("经办人");
        }
    }

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapPut("/certificate-settings", (Settings body, RequestId requestId, Writer handler, CancellationToken cancel) => handler.Run(body, requestId, cancel).ToHttp())
            .RequireRole(Role.Staff)
            .WithName("setUpCertificates").WithSummary("设置证明的出具信息");
        community.MapGet("/certificate-settings", (PhoenixDb db, CancellationToken cancel) => Read(db, cancel).ToHttp())
            .RequireRole(Role.Staff, Role.SocialWorker, Role.Auditor)
            .WithName("getCertificateSettings").WithSummary("证明的出具信息");
    }

    private static async Task<Result<Settings>> Read(PhoenixDb db, CancellationToken cancel)
    {
        if (await db.Set<CertificateSettings>().AsNoTracking().FirstOrDefaultAsync(cancel) is not { } found)
            return new CertificatesNotSetUp();
        return new Settings(found.Issuer, found.PersonInCharge, found.Handler, found.SealFileId);
    }

    /// <summary>Does it.</summary>
    public sealed class Writer(PhoenixDb db, UnitOfWork work, IFileContents files, IAuditLog audit, Clock clock)
    {
        /// <summary>The settings, or <see cref="UnknownImage"/> for a seal that is no image of the community's.</summary>
        public Task<Result<Settings>> Run(Settings body, RequestId requestId, CancellationToken cancel) => work.Once<Settings>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (body.SealFileId is { } seal && await files.Read(seal, cancel) is null)
                return new UnknownImage();
            var settings = await db.Set<CertificateSettings>().FirstOrDefaultAsync(cancel);
            if (settings is null)
                db.Add(settings = new CertificateSettings { CommunityId = db.Scope.CommunityId, Issuer = "", PersonInCharge = "", Handler = "" });
            (settings.Issuer, settings.PersonInCharge, settings.Handler, settings.SealFileId, settings.ChangedAt) = (body.Issuer.Trim(), body.PersonInCharge.Trim(), body.Handler.Trim(), body.SealFileId, clock.Now);
            audit.Write("certificates.set_up", body.SealFileId is null ? "seal:none" : $"seal:{body.SealFileId:N}");
            return new Settings(settings.Issuer, settings.PersonInCharge, settings.Handler, settings.SealFileId);
        }, cancel);
    }
}
