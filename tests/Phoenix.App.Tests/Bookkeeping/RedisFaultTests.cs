using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Bookkeeping;

/// <summary>
/// Goal: Redis only helps. Method: members spend and look at their coins at once while Redis is flushed, killed and started again; no coin is lost or spent
/// twice, and nobody ever sees less than what they were answered before.
/// </summary>
public sealed class RedisFaultTests
{
    private const int Members = 6;
    private const int Gifts = 40;
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task With_Redis_flushed_and_killed_under_load_every_coin_is_counted_and_seen(DatabaseKind database)
    {
        await using var redis = await RedisServer.Create();
        await using var app = await PhoenixApp.Start(database, redis: redis.Address);
        var progress = new SemaphoreSlim(0);
        var members = Enumerable.Range(0, Members).Select(_ => Spend(app, app.NewRequestId(), progress)).ToArray();

        async Task Acknowledged(int count)
        {
            for (var i = 0; i < count; i++)
                await progress.WaitAsync(s_none);
        }

        await Acknowledged(Members * 5);
        await redis.FlushAll();
        await Acknowledged(Members * 10);
        await redis.Kill();
        await Acknowledged(Members * 10);
        await redis.Start();
        await Task.WhenAll(members);

        await app.Sweep("books.reconcile");
        Assert.Equal(new LedgerPolicy(false, false, 0), await app.Services.GetRequiredService<LedgerReads>().Policy(Seeding.CommunityId, s_none));
        Assert.Equal(Members * Gifts, await app.Services.GetRequiredService<LedgerReads>().Balance(Seeding.CommunityId, AccountKey.Pool(Guid.Empty), s_none));
    }

    // Sends each gift twice at once, as a double tap does, and then looks: with what it was just answered as the least it will take.
    private static async Task Spend(PhoenixApp app, Guid member, SemaphoreSlim progress)
    {
        var (poster, reads) = (app.Services.GetRequiredService<LedgerPoster>(), app.Services.GetRequiredService<LedgerReads>());
        var seen = (await Post(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, new(2027, 12, 31)), Gifts), app.NewRequestId())).First.Seq;
        for (var left = Gifts - 1; left >= 0; left--)
        {
            var id = app.NewRequestId();
            var gift = new Move(PostingKind.Gift, AccountKey.Lots(member), AccountKey.Pool(Guid.Empty), 1);
            var answers = await Task.WhenAll(Post(gift, id), Post(gift, id));
            Assert.Equal(answers[0], answers[1]);
            seen = answers[0].First.Seq;
            var coins = await reads.Coins(Seeding.CommunityId, member, Asset.Coin, seen, s_none);
            Assert.True(coins.Version >= seen, $"answered as of {coins.Version} to one who has seen {seen}");
            Assert.Equal(left, coins.AvailableOn(new(2026, 11, 23)));
            progress.Release();
        }

        async Task<Posted> Post(LedgerCommand command, Guid id)
        {
            var posted = await poster.Post(new LedgerRequest(Seeding.CommunityId, id, member, "test", command), s_none);
            Assert.True(posted.IsOk, posted.ToString());
            return posted.Value;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_come_from_the_cache_until_the_client_has_seen_more(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (member, poster, reads) = (app.NewRequestId(), app.Services.GetRequiredService<LedgerPoster>(), app.Services.GetRequiredService<LedgerReads>());
        Task<long> Coins(long seen) => Read(reads, member, seen);
        await poster.Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), member, "test", Issue(member, 5)), s_none);
        Assert.Equal(5, await Coins(0));
        var second = (await poster.Post(new LedgerRequest(Seeding.CommunityId, app.NewRequestId(), member, "test", Issue(member, 2)), s_none)).Value.First.Seq;
        Assert.Equal(5, await Coins(second - 1));
        Assert.Equal(7, await Coins(second));
        Assert.Equal(7, await Coins(0));
    }

    private static Move Issue(Guid member, long amount) => new(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, new(2027, 12, 31)), amount);

    private static async Task<long> Read(LedgerReads reads, Guid member, long seen) =>
        (await reads.Coins(Seeding.CommunityId, member, Asset.Coin, seen, s_none)).AvailableOn(new(2026, 11, 23));
}
