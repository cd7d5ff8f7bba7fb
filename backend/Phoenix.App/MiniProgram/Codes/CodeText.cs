using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>
/// How changing codes are written: <c>{purpose}.{community}.{subject}.{step}.{mac}</c>, behind <c>/q/</c> in a link. The subject is the 16 bytes of
/// its UUID in base64url (22 characters), the MAC the first <see cref="MacBytes"/> bytes of HMAC-SHA256, in base64url too. Personal codes have
/// <c>my.</c> in front. A step is the number of whole 30 seconds since 1970.
/// </summary>
/// <param name="IsPersonal">Whether the subject is a device's secret.</param>
/// <param name="Purpose">What for.</param>
/// <param name="CommunityId">Where.</param>
/// <param name="Subject">On what.</param>
/// <param name="Step">When.</param>
/// <param name="Mac">The bytes as they came.</param>
internal sealed record CodeText(bool IsPersonal, CodePurpose Purpose, int CommunityId, Guid Subject, long Step, byte[] Mac)
{
    /// <summary>Length of a step, in seconds.</summary>
    public const int StepSeconds = 30;

    /// <summary>Half of HMAC-SHA256 (RFC 2104, section 5): a guess can be tried against the server only, and there for a minute.</summary>
    public const int MacBytes = 16;

    /// <summary>What stands before a code in its link.</summary>
    public const string Path = "/q/";

    private const int MaxLength = 512;
    private const int SubjectBytes = 16;
    private const string Personal = "my";

    /// <summary>A purpose as it stands in codes and messages.</summary>
    public static string Word(CodePurpose purpose) => purpose switch
    {
        CodePurpose.CheckIn => "check-in",
        CodePurpose.Till => "till",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>An audience as it stands in messages.</summary>
    public static string Word(CodeAudience audience) => audience switch
    {
        CodeAudience.Resident => "resident",
        CodeAudience.Leader => "leader",
        CodeAudience.Clerk => "clerk",
        _ => throw new ArgumentOutOfRangeException(nameof(audience)),
    };

    /// <summary>The step of an instant.</summary>
    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>When a step begins.</summary>
    public static DateTimeOffset StartOf(long step) => DateTimeOffset.FromUnixTimeSeconds(step * StepSeconds);

    /// <summary>Everything before the step.</summary>
    public static string Prefix(bool isPersonal, CodePurpose purpose, int communityId, Guid subject) => string.Create(CultureInfo.InvariantCulture,
        $"{(isPersonal ? Personal + "." : "")}{Word(purpose)}.{communityId}.{Base64Url.EncodeToString(subject.ToByteArray(bigEndian: true))}.");

    /// <summary>Everything before the step in the message that is signed.</summary>
    public static string MessagePrefix(bool isPersonal, CodePurpose purpose, CodeAudience audience, int communityId, Guid subject) => string.Create(CultureInfo.InvariantCulture,
        $"phoenix/{(isPersonal ? "personal" : "code")}\n{Word(purpose)}\n{Word(audience)}\n{communityId}\n{subject:N}\n");

    /// <summary>The MAC of one step.</summary>
    public static byte[] MacOf(byte[] key, string messagePrefix, long step) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(messagePrefix + step.ToString(CultureInfo.InvariantCulture)))[..MacBytes];

    /// <summary>The whole code.</summary>
    public static string Write(string prefix, long step, byte[] mac) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{step}.{Base64Url.EncodeToString(mac)}");

    /// <summary>Reads a link or what stands in it behind <see cref="Path"/>; null if it isn't of this form.</summary>
    public static CodeText? Read(string scanned)
    {
        if (scanned.Length > MaxLength)
            return null;
        var text = scanned[(scanned.LastIndexOf(Path, StringComparison.Ordinal) is var at and >= 0 ? at + Path.Length : 0)..];
        var parts = text.Split('.');
        var isPersonal = parts is [Personal, ..];
        if ((isPersonal ? parts[1..] : parts) is not [var word, var place, var about, var when, var mac] ||
            PurposeOf(word) is not { } purpose ||
            !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var community) || community < 1 ||
            !TryBytes(about, SubjectBytes, out var subject) ||
            !long.TryParse(when, NumberStyles.None, CultureInfo.InvariantCulture, out var step) || step > MaxStep ||
            !TryBytes(mac, MacBytes, out var macBytes))
            return null;
        return new CodeText(isPersonal, purpose, community, new Guid(subject, bigEndian: true), step, macBytes);
    }

    /// <summary>Whether any of the keys made the MAC. Compares in constant time.</summary>
    public bool IsMadeWith(IEnumerable<byte[]> keys, CodeAudience audience)
    {
        var message = MessagePrefix(IsPersonal, Purpose, audience, CommunityId, Subject);
        var isMade = false;
        foreach (var key in keys)
            isMade |= CryptographicOperations.FixedTimeEquals(MacOf(key, message, Step), Mac);
        return isMade;
    }

    private const long MaxStep = 253_402_300_799 / StepSeconds;

    private static CodePurpose? PurposeOf(string word)
    {
        foreach (var purpose in Enum.GetValues<CodePurpose>())
            if (word.Equals(Word(purpose), StringComparison.Ordinal))
                return purpose;
        return null;
    }

    private static bool TryBytes(string text, int count, out byte[] bytes)
    {
        bytes = Base64Url.IsValid(text, out var length) && length == count ? Base64Url.DecodeFromChars(text) : [];
        return bytes.Length == count;
    }
}
