using System.Security.Cryptography;
using System.Text;

namespace Phoenix.Ledger.Journal;

/// <summary>Signs an export's trailer. Production takes its key from the key ring.</summary>
public interface IJournalSigner
{
    /// <summary>The public key, SubjectPublicKeyInfo in DER.</summary>
    byte[] PublicKey { get; }

    /// <summary>ECDSA P-256 over SHA-256 of <paramref name="data"/>, 64 bytes r‖s (IEEE P1363).</summary>
    byte[] Sign(byte[] data);
}

/// <summary>Signs with a key in memory.</summary>
/// <param name="key">On the curve P-256; the caller disposes it.</param>
public sealed class EcdsaJournalSigner(ECDsa key) : IJournalSigner
{
    /// <inheritdoc />
    public byte[] PublicKey { get; } = key.ExportSubjectPublicKeyInfo();

    /// <inheritdoc />
    public byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256);
}

/// <summary>The last line of an export.</summary>
/// <param name="Count">Postings.</param>
/// <param name="Head">The last posting's hash, hex.</param>
/// <param name="AtMs">The last posting's stamp, Unix milliseconds.</param>
/// <param name="ExportedAtMs">When it was exported, Unix milliseconds.</param>
/// <param name="KeyId">First 16 hex digits of SHA-256 over the public key.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, DER.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record JournalTrailer(long Count, string Head, long AtMs, long ExportedAtMs, string KeyId, byte[] PublicKey, byte[] Signature)
{
    /// <summary>What is signed.</summary>
    public byte[] SignedBytes(int community, int utcOffsetMinutes) =>
        Encoding.UTF8.GetBytes($"phoenix-journal-1|{community}|{utcOffsetMinutes}|{Count}|{Head}|{AtMs}|{ExportedAtMs}|{KeyId}");

    /// <summary>The id of a public key.</summary>
    public static string KeyIdOf(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey))[..16];
}
