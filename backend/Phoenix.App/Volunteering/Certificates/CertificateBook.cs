using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Volunteering.Records;

namespace Phoenix.App.Volunteering.Certificates;

/// <summary>Reads certificates: whether they count, what is on them, where the public page is.</summary>
public sealed class CertificateBook(PhoenixDb db, PublicAddress address)
{
    /// <summary>The public page of a certificate.</summary>
    public string VerifyUrl(string number) => address.Of($"/verify/{db.Scope.CommunityId}/{number}");

    /// <summary>Those of the certificates on which some record was corrected or voided since.</summary>
    public async Task<IReadOnlySet<string>> Revoked(IReadOnlyCollection<string> numbers, CancellationToken cancel) =>
        (await db.Set<CertificateLine>().Where(l => numbers.Contains(l.Number) && db.Set<ServiceRecord>().Any(r => r.Id == l.VersionId && r.Ending != null))
            .Select(l => l.Number).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The versions on a certificate, in order.</summary>
    public async Task<IReadOnlyList<ServiceRecord>> Lines(string number, CancellationToken cancel) => await db.Set<CertificateLine>().Where(l => l.Number == number)
        .OrderBy(l => l.Position)
        .Join(db.Set<ServiceRecord>().AsNoTracking(), l => new { l.CommunityId, Id = l.VersionId }, r => new { r.CommunityId, r.Id }, (l, r) => r)
        .ToListAsync(cancel);

    /// <summary>What a certificate's <see cref="Certificate.ContentHash"/> is made over.</summary>
    internal static string Hash(Guid person, IssueCertificate.Request asked, CertificateSettings settings, IEnumerable<Guid> versions) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { person, asked.Kind, asked.From, asked.To, asked.School, asked.ShowName, asked.ShowLines, settings.Issuer, settings.PersonInCharge, settings.Handler, settings.SealFileId, versions },
        PhoenixJson.Options)));
}
