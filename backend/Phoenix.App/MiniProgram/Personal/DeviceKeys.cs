using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phoenix.Platform.Keys;

namespace Phoenix.App.MiniProgram.Personal;

/// <summary>
/// Derives devices' secrets and knows what their codes look like. A phone needs nothing but its secret:
/// <code>
/// secret = HKDF-SHA256(ikm: the ring's subkey "member-codes", no salt, info: "phoenix/device\n{device}", 32 bytes)
/// step   = floor(Unix seconds / 30)
/// mac    = first 16 bytes of HMAC-SHA256(secret, "phoenix/personal\n{purpose}\n{audience}\n{community}\n{device}\n{step}")
/// link   = "{public address}/q/my.{purpose}.{community}.{base64url(device's 16 bytes)}.{step}.{base64url(mac)}"
/// </code>
/// The purpose is <c>check-in</c> with the audience <c>leader</c>, or <c>till</c> with <c>clerk</c>. Texts are UTF-8; the device is 32 lower-case hex
/// digits in the message, numbers are decimal, base64url has no padding. After a code was used the phone shows the next step's.
/// </summary>
internal sealed class DeviceKeys(KeyRing keys)
{
    private const int KeyBytes = 32;

    public byte[] Current(Guid device) => Derive(keys.Current(KeyPurpose.MemberCodes), device);

    public IEnumerable<byte[]> All(Guid device) => keys.All(KeyPurpose.MemberCodes).Select(k => Derive(k, device));

    public static CodeAudience AudienceOf(CodePurpose purpose) => purpose switch
    {
        CodePurpose.CheckIn => CodeAudience.Leader,
        CodePurpose.Till => CodeAudience.Clerk,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    private static byte[] Derive(Subkey ring, Guid device) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Bytes, KeyBytes, info: Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"phoenix/device\n{device:N}")));
}
