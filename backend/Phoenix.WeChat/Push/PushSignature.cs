using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Phoenix.WeChat.Push;

/// <summary>Signatures of pushes (WeChat: 消息推送 and 消息加解密, push/encryption).</summary>
public static class PushSignature
{
    /// <summary>
    /// SHA-1, in lower-case hex, of the parts sorted by code unit and joined: token, timestamp and nonce for <c>signature</c>; these and the
    /// ciphertext for <c>msg_signature</c>.
    /// </summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "WeChat's choice.")]
    public static string Compute(params string[] parts)
    {
        var sorted = parts.Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(sorted))));
    }

    /// <summary>Whether <paramref name="signature"/> is that of the parts. Compares in constant time.</summary>
    public static bool Matches(string? signature, params string[] parts) =>
        signature is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Compute(parts)));
}
