using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Journal;
using Phoenix.Ledger.Reads;
using Phoenix.Ledger.Verify;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Hosting;

/// <summary>The ledger as the host runs it: over the migrated database, with Redis in its places, exported with the key ring's key.</summary>
public sealed class LedgerInHostTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_that_were_issued_are_read_exported_and_proved(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (member, poster) = (app.NewRequestId(), app.Services.GetRequiredService<LedgerPoster>());
        Assert.True((await poster.Post(Issue(app, member, 25), TestContext.Current.CancellationToken)).IsOk);
        var coins = await app.Services.GetRequiredService<LedgerReads>().Coins(Seeding.CommunityId, member, Asset.Coin, 0, TestContext.Current.CancellationToken);
        Assert.Equal(25, coins.AvailableOn(new(2026, 11, 23)));

        using var file = new MemoryStream();
        using var key = app.Services.GetRequiredService<KeyRing>().JournalKey();
        await app.Services.GetRequiredService<JournalExport>().Write(Seeding.CommunityId, file, new EcdsaJournalSigner(key), withTexts: false, TestContext.Current.CancellationToken);
        file.Position = 0;
        var report = await JournalVerifier.Verify(file, new VerifyOptions { PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) }, TestContext.Current.CancellationToken);
        Assert.True(report.IsProved, report.Fault?.English);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_handler_that_awaits_the_queue_inside_its_unit_of_work_is_refused(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var poster = app.Services.GetRequiredService<LedgerPoster>();
        var request = new RequestId(app.NewRequestId(), null, new byte[32]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<UnitOfWork>().Once<string>(request, async () =>
        {
            await poster.Post(Issue(app, app.NewRequestId(), 1), CancellationToken.None);
            return "";
        }, CancellationToken.None));
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().CountAsync()));
    }

    private static LedgerRequest Issue(PhoenixApp app, Guid member, long amount) => new(
        Seeding.CommunityId, app.NewRequestId(), member, "test", new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, new(2027, 12, 31)), amount));
}
