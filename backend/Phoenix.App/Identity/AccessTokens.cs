using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity;

/// <summary>
/// Short-lived access tokens: JWT (RFC 7519), HS256, signed with the key ring's current key and read with any of its keys. They name the
/// person and the device and nothing else; roles are looked up, so that taking one away works at once.
/// </summary>
public sealed class AccessTokens(KeyRing keys, Clock clock) : IAccessTokens
{
    /// <summary>How long a token works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private const string Name = "phoenix";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    private readonly TokenValidationParameters _rules = new()
    {
        ValidIssuer = Name,
        ValidAudience = Name,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKeyResolver = (_, _, id, _) => keys.All(KeyPurpose.AccessTokens).Where(k => k.Id == id).Select(k => new SymmetricSecurityKey(k.Bytes) { KeyId = id }),
        LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.Now.UtcDateTime < end,
    };

    /// <summary>A token for a person on a signed-in device, from now on.</summary>
    public string Issue(Guid personId, Guid sessionId)
    {
        var now = clock.Now;
        var key = keys.Current(KeyPurpose.AccessTokens);
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = Name,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal) { [JwtRegisteredClaimNames.Sub] = personId.ToString("N"), [JwtRegisteredClaimNames.Sid] = sessionId.ToString("N") },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key.Bytes) { KeyId = key.Id }, SecurityAlgorithms.HmacSha256),
        });
    }

    /// <inheritdoc />
    public TokenSubject? Read(string token)
    {
        var outcome = _handler.ValidateTokenAsync(token, _rules).GetAwaiter().GetResult();
        return outcome.IsValid && Claim(JwtRegisteredClaimNames.Sub) is { } person && Claim(JwtRegisteredClaimNames.Sid) is { } session ? new TokenSubject(person, session) : null;

        Guid? Claim(string name) => Guid.TryParse(outcome.ClaimsIdentity.FindFirst(name)?.Value, out var id) ? id : null;
    }
}
