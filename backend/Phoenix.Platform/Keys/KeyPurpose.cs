namespace Phoenix.Platform.Keys;

/// <summary>
/// What a subkey is for. Every purpose has its own key (HKDF-SHA256, RFC 5869, with the purpose's name as info), so that a text made for one
/// can't be passed off for another. A name never changes: everything made under it would be unreadable.
/// </summary>
public sealed record KeyPurpose
{
    private KeyPurpose(string name) => Name = name;

    /// <summary>The stable name that goes into the derivation.</summary>
    public string Name { get; }

    /// <summary>Signatures of access tokens (HMAC-SHA256).</summary>
    public static KeyPurpose AccessTokens { get; } = new("access-tokens");

    /// <summary>Refresh tokens of sessions.</summary>
    public static KeyPurpose RefreshTokens { get; } = new("refresh-tokens");

    /// <summary>Expiring links to files.</summary>
    public static KeyPurpose SignedLinks { get; } = new("signed-links");

    /// <summary>Cursors of paged lists.</summary>
    public static KeyPurpose Cursors { get; } = new("cursors");

    /// <summary>Personal data in columns (AES-256-GCM).</summary>
    public static KeyPurpose FieldEncryption { get; } = new("field-encryption");

    /// <summary>Look-ups of personal data: phone numbers, openids, refresh tokens (HMAC-SHA256).</summary>
    public static KeyPurpose KeyedHash { get; } = new("keyed-hash");

    /// <summary>Rotating check-in codes and the leader's shift key.</summary>
    public static KeyPurpose CheckInCodes { get; } = new("check-in-codes");

    /// <summary>A member's device secret and the pay codes made from it.</summary>
    public static KeyPurpose MemberCodes { get; } = new("member-codes");

    /// <summary>Printed codes of merchants, venues and cards.</summary>
    public static KeyPurpose FixedCodes { get; } = new("fixed-codes");
}
