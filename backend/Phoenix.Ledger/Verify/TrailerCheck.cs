using System.Security.Cryptography;
using System.Text;

namespace Phoenix.Ledger.Verify;

/// <summary>The last line: it counts the postings, names the head, and is signed.</summary>
internal static class TrailerCheck
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int SignatureBytes = 64;

    public static Finding? Check(TrailerLine t, HeaderLine header, Auditor auditor, VerifyOptions options)
    {
        if (t.Count != auditor.Count)
            return ChainFindings.TrailerCount(auditor.Count, t.Count);
        if (!string.Equals(t.Head, auditor.Head, StringComparison.Ordinal) || t.AtMs != auditor.LastAtMs)
            return ChainFindings.TrailerHead();
        if (!string.Equals(t.KeyId, Convert.ToHexStringLower(SHA256.HashData(t.PublicKey))[..16], StringComparison.Ordinal))
            return ChainFindings.TrailerKey();
        if (!IsExpected(t, options))
            return ChainFindings.KeyUnexpected();
        return CheckSignature(t, header);
    }

    private static bool IsExpected(TrailerLine t, VerifyOptions options) =>
        (options.KeyId is null || string.Equals(options.KeyId, t.KeyId, StringComparison.Ordinal))
        && (options.PublicKey is null || string.Equals(options.PublicKey, Convert.ToBase64String(t.PublicKey), StringComparison.Ordinal));

    private static Finding? CheckSignature(TrailerLine t, HeaderLine header)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(t.PublicKey, out var read);
            if (read != t.PublicKey.Length || !string.Equals(key.ExportParameters(false).Curve.Oid.Value, P256, StringComparison.Ordinal))
                return ChainFindings.TrailerKey();
        }
        catch (CryptographicException)
        {
            return ChainFindings.TrailerKey();
        }

        var signed = $"phoenix-journal-1|{header.Community}|{header.UtcOffsetMinutes}|{t.Count}|{t.Head}|{t.AtMs}|{t.ExportedAtMs}|{t.KeyId}";
        return t.Signature.Length == SignatureBytes && key.VerifyData(Encoding.UTF8.GetBytes(signed), t.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? null
            : ChainFindings.SignatureInvalid();
    }
}
