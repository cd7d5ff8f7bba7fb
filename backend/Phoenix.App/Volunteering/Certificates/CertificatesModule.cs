using Phoenix.App.Data;
using Phoenix.App.Http.Papers;
using Phoenix.App.Volunteering.Certificates.Printing;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>志愿服务记录证明: asked for by the holder, printed, checked by anybody.</summary>
public static class CertificatesModule
{
    /// <summary>Services.</summary>
    public static void AddCertificates(this IServiceCollection services)
    {
        services.AddScoped<CertificateBook>();
        services.AddScoped<IssueCertificate.Handler>();
        services.AddScoped<SetUpCertificates.Writer>();
        services.AddScoped<VerifyCertificate.Reader>();
        services.AddSingleton<CertificatePrinter>();
        services.AddHostedService<FontWarning>();
        services.AddScoped<IPersonalData, CertificateData>();
        services.AddScoped<IRotatesKeys>(s => new RotatesRows<Certificate>(
            s.GetRequiredService<PhoenixDb>(), s.GetRequiredService<Database>(), s.GetRequiredService<KeyRing>(), "certificates", c => c.PersonId,
            prefix => c => c.HolderName != "" && (!c.HolderName.StartsWith(prefix) || !c.IdNumber.StartsWith(prefix)), (c, keys) => c.Renew(keys)));
    }

    /// <summary>Routes inside a community.</summary>
    public static void MapCertificates(this IEndpointRouteBuilder community)
    {
        SetUpCertificates.Map(community);
        IssueCertificate.Map(community);
        ListMyCertificates.Map(community);
        GetCertificatePdf.Map(community);
        VerifyCertificate.Map(community);
    }

    /// <summary>The public page, beside the API.</summary>
    public static void MapCertificatePage(this IEndpointRouteBuilder site) => VerifyCertificate.MapPage(site);
}
