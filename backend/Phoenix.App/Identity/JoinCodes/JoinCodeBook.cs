using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity.Units;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.JoinCodes;

/// <inheritdoc />
internal sealed class JoinCodeBook(PhoenixDb db, KeyRing keys, RandomCodes codes, Clock clock) : IJoinCodes
{
    public async Task<SealedJoinCode> Make(JoinPurpose purpose, Guid targetId, TimeSpan lifetime, int uses, CancellationToken cancel)
    {
        var (code, expires) = (codes.Letters(JoinCode.Length), clock.Now + lifetime);
        var hash = keys.KeyedHash(JoinCode.Scope, code);
        if (await db.Set<JoinCode>().FirstOrDefaultAsync(c => c.Purpose == purpose && c.TargetId == targetId, cancel) is { } row)
            (row.CodeHash, row.ExpiresAt, row.Uses, row.Used) = (hash, expires, uses, 0);
        else
            db.Add(new JoinCode { CommunityId = db.Scope.CommunityId, Purpose = purpose, TargetId = targetId, CodeHash = hash, ExpiresAt = expires, Uses = uses });
        return new SealedJoinCode(purpose, targetId, keys.Encrypt(code, JoinCode.Place(purpose, targetId)), expires, uses);
    }

    public JoinCodeShown Open(SealedJoinCode code) => new(keys.Decrypt(code.Ciphertext, JoinCode.Place(code.Purpose, code.TargetId)), code.ExpiresAt, code.Uses);

    public async Task<Result<Guid>> Use(JoinPurpose purpose, string typed, CancellationToken cancel)
    {
        var now = clock.Now;
        var hashes = keys.Candidates(JoinCode.Scope, RandomCodes.Typed(typed));
        var working = db.Set<JoinCode>().Where(c => c.Purpose == purpose && hashes.Contains(c.CodeHash) && c.ExpiresAt > now && c.Used < c.Uses);
        if (await working.Select(c => (Guid?)c.TargetId).FirstOrDefaultAsync(cancel) is not { } target)
            return new JoinCodeWrong();
        // The database judges again as it counts: of two who come for the last use, one is too late.
        if (await working.ExecuteUpdateAsync(u => u.SetProperty(c => c.Used, c => c.Used + 1), cancel) != 1)
            return new JoinCodeWrong();
        return target;
    }

    public Task End(JoinPurpose purpose, Guid targetId, CancellationToken cancel) =>
        db.Set<JoinCode>().Where(c => c.Purpose == purpose && c.TargetId == targetId).ExecuteDeleteAsync(cancel);
}
