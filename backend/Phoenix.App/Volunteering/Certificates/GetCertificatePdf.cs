using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Certificates.Printing;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Limits;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>A certificate as a PDF of A4 pages, for its holder, whoever acts for them, and staff who stamp it. One that was revoked isn't printed.</summary>
public static class GetCertificatePdf
{
    private static readonly RatePolicy s_printing = new("certificates", 20, TimeSpan.FromMinutes(1));

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/certificates/{number}/pdf", Run)
        .RequireSignedIn()
        .WithMetadata(new RateLimit(s_printing))
        .Produces(StatusCodes.Status200OK, contentType: "application/pdf")
        .WithName("getCertificatePdf").WithSummary("下载证明（PDF）");

    private static async Task<Results<FileContentHttpResult, Refusal>> Run(
        string number, Caller caller, PhoenixDb db, IPeople people, CertificateBook book, CertificatePrinter printer, KeyRing keys, IFileContents files, ICommunityCalendar calendar, CancellationToken cancel)
    {
        var found = await db.Set<Certificate>().AsNoTracking().FirstOrDefaultAsync(c => c.Number == number, cancel);
        var isStaff = caller.Is(Role.Staff) || caller.Is(Role.SocialWorker);
        if (found is null || !isStaff && !await people.MayActFor(caller.PersonId, found.PersonId, FamilyRights.All, cancel) || found.OpenName(keys) is not { } name)
            return new Refusal(new UnknownCertificate());
        if ((await book.Revoked([number], cancel)).Count > 0)
            return new Refusal(new CertificateRevoked());
        if (isStaff && await people.LogLooks(caller.PersonId, [found.PersonId], $"certificate:{number}", cancel) > 0)
            await db.SaveChangesAsync(cancel);
        var seal = found.SealFileId is { } file ? await files.Read(file, cancel) : null;
        var sheet = new CertificateSheet(
            found, name, found.OpenIdNumber(keys) ?? "", await book.Lines(number, cancel), calendar.Time.DayOf(found.IssuedAt), book.VerifyUrl(number), seal);
        if (!printer.Print(sheet).TryGet(out var pdf, out var error))
            return new Refusal(error);
        return TypedResults.File(pdf, "application/pdf", $"{number}.pdf");
    }
}
