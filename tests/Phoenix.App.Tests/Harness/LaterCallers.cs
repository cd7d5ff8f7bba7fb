using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Sessions;

namespace Phoenix.App.Tests.Harness;

/// <summary>What tests of longer times need: people who come back past their access token's fifteen minutes, and keys that change.</summary>
public static class LaterCallers
{
    /// <summary>The same person on the same device with a new access token.</summary>
    public static async Task<TestCaller> Later(this PhoenixApp app, TestCaller caller)
    {
        var session = await app.Read(Seeding.CommunityId, db => db.Set<Session>().Where(s => s.PersonId == caller.PersonId).Select(s => s.Id).FirstAsync());
        return caller.With(app.Services.GetRequiredService<AccessTokens>().Issue(caller.PersonId, session));
    }

    /// <summary>A table's part of a key rotation in 凤凰里社区: how many rows were made anew.</summary>
    public static async Task<int> Rotate(this PhoenixApp app, string table)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await scope.ServiceProvider.GetServices<IRotatesKeys>().Single(r => r.Table == table).Rotate(100, CancellationToken.None);
    }
}
