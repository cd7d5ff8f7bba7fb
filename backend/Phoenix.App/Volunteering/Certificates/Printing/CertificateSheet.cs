using Phoenix.App.Volunteering.Records;

namespace Phoenix.App.Volunteering.Certificates.Printing;

/// <summary>Everything that is printed.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Holder">The name on the document.</param>
/// <param name="IdNumber">The document's number, masked but for its end.</param>
/// <param name="Records">The records, in order.</param>
/// <param name="IssuedOn">The day on which it was issued.</param>
/// <param name="VerifyUrl">The public page.</param>
/// <param name="Seal">The seal's image, JPEG; null: a place to stamp.</param>
public sealed record CertificateSheet(Certificate Certificate, string Holder, string IdNumber, IReadOnlyList<ServiceRecord> Records, DateOnly IssuedOn, string VerifyUrl, byte[]? Seal);
