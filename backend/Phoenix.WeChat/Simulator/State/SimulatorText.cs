using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Platform.Ids;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>The opaque texts that WeChat makes: tokens, codes, ids.</summary>
internal sealed class SimulatorText(IRandomness randomness)
{
    private const ulong FirstMessageId = 2_000_000_000_000_000_000;
    private const ulong MessageIds = 7_000_000_000_000_000_000;

    /// <summary>A text of base64url from chance.</summary>
    public string Opaque(int bytes)
    {
        Span<byte> chance = stackalloc byte[bytes];
        randomness.Fill(chance);
        return Base64Url.EncodeToString(chance);
    }

    /// <summary>Ordinary base64 from chance: session keys.</summary>
    public string Base64(int bytes)
    {
        Span<byte> chance = stackalloc byte[bytes];
        randomness.Fill(chance);
        return Convert.ToBase64String(chance);
    }

    /// <summary>Lower-case hex from chance.</summary>
    public string Hex(int bytes)
    {
        Span<byte> chance = stackalloc byte[bytes];
        randomness.Fill(chance);
        return Convert.ToHexStringLower(chance);
    }

    /// <summary>19 digits, above 2^53 and within int64.</summary>
    public long MessageId()
    {
        Span<byte> chance = stackalloc byte[sizeof(ulong)];
        randomness.Fill(chance);
        return (long)(FirstMessageId + BitConverter.ToUInt64(chance) % MessageIds);
    }

    /// <summary>A request's id as it stands at the end of errmsg: its second and chance.</summary>
    public string RequestId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)now.ToUnixTimeSeconds():x8}-{Hex(4)}-{Hex(4)}");

    /// <summary>The same text for the same source in every run, so that a restarted simulator knows its users and templates again.</summary>
    public static string Stable(string source, int characters) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..characters];
}
