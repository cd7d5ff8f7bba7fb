using System.Security.Cryptography;
using System.Text;

namespace Phoenix.Ledger.Commands;

/// <summary>Deterministic request ids of jobs: the same work has the same id, however often it runs.</summary>
public static class RequestIds
{
    /// <summary>
    /// A UUID version 8 (RFC 9562, section 5.8) from the first 16 bytes of SHA-256 over <c>phoenix-request|community|name</c> in UTF-8,
    /// e.g. name <c>expire:42</c> for the expiry of hold 42.
    /// </summary>
    public static Guid Of(int community, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"phoenix-request|{community}|{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
