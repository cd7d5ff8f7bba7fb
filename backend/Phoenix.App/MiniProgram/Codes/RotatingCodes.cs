using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phoenix.App.Hosting;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>
/// Codes that change every 30 seconds. Each binding has a key of its own, so that a phone which was given one can make that binding's codes and no other:
/// <code>
/// key  = HKDF-SHA256(ikm: the ring's subkey "check-in-codes", no salt, info: "phoenix/rotating\n{purpose}\n{audience}\n{community}\n{subject}", 32 bytes)
/// step = floor(Unix seconds / 30)
/// mac  = first 16 bytes of HMAC-SHA256(key, "phoenix/code\n{purpose}\n{audience}\n{community}\n{subject}\n{step}")
/// link = "{public address}/q/{purpose}.{community}.{base64url(subject's 16 bytes)}.{step}.{base64url(mac)}"
/// </code>
/// All texts are UTF-8; the subject is 32 lower-case hex digits, numbers are decimal, base64url has no padding. <see cref="RotatingKey"/> brings the
/// parts before the step ready-made: the phone computes <c>prefix + step + "." + base64url(first 16 bytes of HMAC-SHA256(key, message + step))</c>.
/// When the key ring rotates, keys that were exported before go on working while the old ring key is in the file.
/// </summary>
internal sealed class RotatingCodes(KeyRing keys, Clock clock, PublicAddress address)
{
    /// <summary>Steps that are accepted: the present one and the one before, so that a code lives 30 to 60 seconds.</summary>
    public const int AcceptedSteps = 2;

    /// <summary>Steps ahead that are accepted: a phone knows the server's time to within an answer's way, and without network to within its own clock (RFC 6238 section 5.2).</summary>
    public const int AheadSteps = 1;

    public RotatingCode Now(CodeBinding binding)
    {
        var step = CodeText.StepAt(clock.Now);
        var mac = CodeText.MacOf(KeyOf(keys.Current(KeyPurpose.CheckInCodes), binding), Message(binding), step);
        return new RotatingCode(address.Of(CodeText.Path + CodeText.Write(Prefix(binding), step, mac)), CodeText.StartOf(step), CodeText.StartOf(step + AcceptedSteps));
    }

    public RotatingKey Export(CodeBinding binding) => new(
        address.Of(CodeText.Path + Prefix(binding)), Message(binding), Base64Url.EncodeToString(KeyOf(keys.Current(KeyPurpose.CheckInCodes), binding)), CodeText.StepSeconds);

    public Result<CodeBinding> Read(string scanned, CodePurpose purpose, CodeAudience audience, int communityId)
    {
        if (CodeText.Read(scanned) is not { } code)
            return new CodeUnreadable();
        if (code.IsPersonal || code.Purpose != purpose || code.CommunityId != communityId)
            return new CodeElsewhere();
        var binding = new CodeBinding(purpose, audience, communityId, code.Subject);
        if (!code.IsMadeWith(keys.All(KeyPurpose.CheckInCodes).Select(k => KeyOf(k, binding)), audience))
            return new CodeUnreadable();
        return Timely(code.Step, CodeText.StepAt(clock.Now)) is { } refusal ? refusal : binding;
    }

    /// <summary>Null for the present step, the one before, and the one that a phone may be early with.</summary>
    public static Error? Timely(long step, long now) => step > now + AheadSteps ? new CodeAhead() : step <= now - AcceptedSteps ? new CodeOver() : null;

    private static byte[] KeyOf(Subkey ring, CodeBinding binding) => HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Bytes, KeyBytes, info: Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"phoenix/rotating\n{CodeText.Word(binding.Purpose)}\n{CodeText.Word(binding.Audience)}\n{binding.CommunityId}\n{binding.Subject:N}")));

    private const int KeyBytes = 32;

    private static string Prefix(CodeBinding binding) => CodeText.Prefix(isPersonal: false, binding.Purpose, binding.CommunityId, binding.Subject);

    private static string Message(CodeBinding binding) => CodeText.MessagePrefix(isPersonal: false, binding.Purpose, binding.Audience, binding.CommunityId, binding.Subject);
}
