using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Family;

/// <summary>A code to show.</summary>
/// <param name="Code">Eight letters and digits.</param>
/// <param name="ExpiresAt">From when on it doesn't work.</param>
public sealed record FamilyCodeShown(string Code, DateTimeOffset ExpiresAt);

/// <summary>A code as a request's answer is kept: sealed, so that no working code lies in the database.</summary>
/// <param name="Id">The code's id.</param>
/// <param name="Ciphertext">The code, encrypted.</param>
/// <param name="ExpiresAt">From when on it doesn't work.</param>
internal sealed record SealedFamilyCode(Guid Id, string Ciphertext, DateTimeOffset ExpiresAt);

/// <summary>Makes and takes codes.</summary>
internal sealed class FamilyCodes(PhoenixDb db, KeyRing keys, RandomCodes codes, IIds ids, Clock clock)
{
    /// <summary>Makes a code in the present unit of work; those made before for the same subject and purpose stop working.</summary>
    public async Task<SealedFamilyCode> Make(FamilyCodePurpose purpose, Guid subject, Guid maker, FamilyRights rights, CancellationToken cancel)
    {
        var (code, id, expires) = (codes.Letters(FamilyCode.Length), ids.New(), clock.Now + FamilyCode.Lifetime);
        await db.Set<FamilyCode>().Where(c => c.Purpose == purpose && c.SubjectId == subject && c.UsedAt == null).ExecuteDeleteAsync(cancel);
        db.Add(new FamilyCode
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            Purpose = purpose,
            SubjectId = subject,
            Rights = rights,
            MadeBy = maker,
            CodeHash = keys.KeyedHash(FamilyCode.Scope, code),
            ExpiresAt = expires,
        });
        return new SealedFamilyCode(id, keys.Encrypt(code, Place(id)), expires);
    }

    /// <summary>The code in the clear, for the answer.</summary>
    public FamilyCodeShown Show(SealedFamilyCode code) => new(keys.Decrypt(code.Ciphertext, Place(code.Id)), code.ExpiresAt);

    /// <summary>Takes a code, once; of two who type it at once, one is too late. <see cref="FamilyCodeWrong"/> for any that doesn't work.</summary>
    public async Task<Result<FamilyCode>> Use(FamilyCodePurpose purpose, string typed, CancellationToken cancel)
    {
        var now = clock.Now;
        var hashes = keys.Candidates(FamilyCode.Scope, RandomCodes.Typed(typed));
        var working = db.Set<FamilyCode>().Where(c => c.Purpose == purpose && hashes.Contains(c.CodeHash) && c.ExpiresAt > now && c.UsedAt == null);
        if (await working.AsNoTracking().FirstOrDefaultAsync(cancel) is not { } code)
            return new FamilyCodeWrong();
        return await working.ExecuteUpdateAsync(u => u.SetProperty(c => c.UsedAt, now), cancel) == 1 ? code : new FamilyCodeWrong();
    }

    private static FieldPlace Place(Guid id) => new("family_codes", "code", id.ToString("N"));
}
