using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Sessions;

/// <summary>What a signed-in device gets.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="AccessToken">For the Authorization header.</param>
/// <param name="AccessExpiresAt">Until when it works.</param>
/// <param name="RefreshToken">For the next tokens; works once.</param>
/// <param name="RefreshExpiresAt">Until when, if it is not used.</param>
public sealed record Tokens(Guid PersonId, string AccessToken, DateTimeOffset AccessExpiresAt, string RefreshToken, DateTimeOffset RefreshExpiresAt);

/// <summary>What is remembered of a request that got tokens: everything to make them again, and nothing that would be one.</summary>
public sealed record TokenGrant(Guid PersonId, Guid SessionId, int Number, Guid Nonce, DateTimeOffset At);

/// <summary>
/// Makes and reads tokens. A refresh token is <c>base64url(session ‖ number ‖ request id) . MAC</c>: nothing of it is stored, and the same request
/// gets the same one again.
/// </summary>
public sealed class SessionBook(PhoenixDb db, AccessTokens access, KeyRing keys, Clock clock, IIds ids)
{
    /// <summary>How long a lost answer can be asked for again with the same request id.</summary>
    public static readonly TimeSpan ReplayWithin = TimeSpan.FromSeconds(60);

    private const int BodyBytes = 16 + 4 + 16;

    /// <summary>Adds a session for the person; the one unused longest ends where there are too many.</summary>
    public async Task<TokenGrant> Start(Guid person, Guid requestId, CancellationToken cancel)
    {
        var now = clock.Now;
        var surplus = await db.Set<Session>().Where(s => s.PersonId == person && s.EndedAt == null).OrderByDescending(s => s.UsedAt).Skip(Session.MaxPerPerson - 1).ToListAsync(cancel);
        foreach (var old in surplus)
            old.EndedAt = now;
        var session = new Session { Id = ids.New(), PersonId = person, Number = 1, Nonce = requestId, CreatedAt = now, UsedAt = now };
        db.Add(session);
        return new TokenGrant(person, session.Id, 1, requestId, now);
    }

    /// <summary>The tokens of a grant, or <see cref="SessionOver"/> when it is too long ago to be asked for again.</summary>
    public Result<Tokens> Show(TokenGrant grant)
    {
        var now = clock.Now;
        if (now > grant.At + ReplayWithin)
            return new SessionOver();
        var body = Body(grant.SessionId, grant.Number, grant.Nonce);
        var refresh = $"{Base64Url.EncodeToString(body)}.{keys.Mac(KeyPurpose.RefreshTokens, body)}";
        return new Tokens(grant.PersonId, access.Issue(grant.PersonId, grant.SessionId), now + AccessTokens.Lifetime, refresh, grant.At + Session.IdleLifetime);
    }

    /// <summary>Reads a refresh token that this deployment made.</summary>
    public bool TryRead(string token, out (Guid Session, int Number, Guid Nonce) read)
    {
        read = default;
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !TryDecode(token.AsSpan(0, dot), out var body) || !keys.VerifyMac(KeyPurpose.RefreshTokens, body, token[(dot + 1)..]))
            return false;
        read = (new Guid(body.AsSpan(0, 16), bigEndian: true), BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(16)), new Guid(body.AsSpan(20), bigEndian: true));
        return true;
    }

    /// <summary>Ends sessions now; how many.</summary>
    public Task<int> End(IQueryable<Session> sessions, CancellationToken cancel)
    {
        var now = clock.Now;
        return sessions.Where(s => s.EndedAt == null).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, now), cancel);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? body)
    {
        body = Base64Url.IsValid(text, out var length) && length == BodyBytes ? Base64Url.DecodeFromChars(text) : null;
        return body is not null;
    }

    private static byte[] Body(Guid session, int number, Guid nonce)
    {
        var body = new byte[BodyBytes];
        session.TryWriteBytes(body, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(16), number);
        nonce.TryWriteBytes(body.AsSpan(20), bigEndian: true, out _);
        return body;
    }
}
