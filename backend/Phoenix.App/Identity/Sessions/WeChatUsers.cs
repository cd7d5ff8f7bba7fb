using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.Sessions;

/// <inheritdoc />
internal sealed class WeChatUsers(PhoenixDb db, KeyRing keys) : IWeChatUsers
{
    public async Task<string?> OpenIdOf(Guid personId, CancellationToken cancel)
    {
        var stored = await db.Set<WeChatAccount>().Where(a => a.PersonId == personId).Select(a => a.OpenId).FirstOrDefaultAsync(cancel);
        return stored is null ? null : keys.Decrypt(stored, WeChatAccount.OpenIdPlace(personId));
    }

    public async Task<Guid?> PersonOf(string openId, CancellationToken cancel)
    {
        var hashes = keys.Candidates(WeChatAccount.OpenIdScope, openId);
        return await db.Set<WeChatAccount>().Where(a => hashes.Contains(a.OpenIdHash)).Select(a => (Guid?)a.PersonId).FirstOrDefaultAsync(cancel);
    }
}
