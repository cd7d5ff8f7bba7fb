using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Bookkeeping;

/// <summary>What the ledger does by night: holds and lots expire, months are sealed, the books are proved.</summary>
public sealed class NightTests
{
    private const int Community = Seeding.CommunityId;
    private static readonly DateOnly s_yearEnd = new(2027, 12, 31);
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_hold_past_its_time_is_given_back_once_however_often_the_sweep_runs(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var member = app.NewRequestId();
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, s_yearEnd), 30));
        await Post(app, new PlaceHold(member, AccountKey.Merchant(app.NewRequestId()), 18, PhoenixApp.DefaultStart.AddMinutes(15)));
        await app.Sweep("holds.expire");
        Assert.Equal((12, 18), await Coins(app, member));

        app.Time.Advance(TimeSpan.FromMinutes(15));
        await Task.WhenAll(app.Sweep("holds.expire"), app.Sweep("holds.expire"));
        await app.Sweep("holds.expire");
        Assert.Equal((30, 0), await Coins(app, member));
        Assert.Equal(3, await Seq(app));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Coins_expire_when_the_community_s_day_is_over_and_coins_that_came_back_later_again(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (member, merchant, today) = (app.NewRequestId(), app.NewRequestId(), new DateOnly(2026, 11, 23));
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, today), 10));
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, today.AddDays(1)), 5));
        await Post(app, new PlaceHold(member, AccountKey.Merchant(merchant), 4, PhoenixApp.DefaultStart.AddDays(1)));
        await app.Sweep("lots.expire");
        Assert.Equal((11, 4), await Coins(app, member));

        app.Time.SetUtcNow(new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        await Task.WhenAll(app.Sweep("lots.expire"), app.Sweep("lots.expire"));
        await app.Sweep("lots.expire");
        Assert.Equal((5, 4), await Coins(app, member));
        Assert.Equal(6, await Balance(app, AccountKey.Of(AccountKind.Expired)));

        app.Time.SetUtcNow(PhoenixApp.DefaultStart.AddDays(1));
        await app.Sweep("holds.expire");
        await app.Sweep("lots.expire");
        Assert.Equal((5, 0), await Coins(app, member));
        Assert.Equal(10, await Balance(app, AccountKey.Of(AccountKind.Expired)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Each_month_is_sealed_once_and_published_and_never_changed(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 30, 15, 59, 59, TimeSpan.Zero));
        await Issue(app, 25);
        app.Time.SetUtcNow(new(2026, 11, 30, 16, 29, 59, TimeSpan.Zero));
        await Issue(app, 5);
        await app.Sweep("months.seal");
        Assert.Empty((await app.Anyone.Get("journal/month-heads")).Ok<Page<ListMonthHeads.Item>>().Items);

        app.Time.SetUtcNow(new(2027, 2, 1, 16, 30, 0, TimeSpan.Zero));
        await Task.WhenAll(app.Sweep("months.seal"), app.Sweep("months.seal"));
        await app.Sweep("months.seal");
        var heads = (await app.Anyone.Get("journal/month-heads")).Ok<Page<ListMonthHeads.Item>>().Items;
        Assert.Equal([new(2027, 1, 1), new(2026, 12, 1), new DateOnly(2026, 11, 1)], heads.Select(h => h.Month));
        Assert.StartsWith("1:", heads[2].Head, StringComparison.Ordinal);
        Assert.StartsWith("2:", heads[1].Head, StringComparison.Ordinal);
        Assert.Equal(heads[1].Head, heads[0].Head);
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(heads[2].PublicKey), out _);
        Assert.Equal($"phoenix-month-1|1|2026-11|{heads[2].Head.Replace(':', '|')}", heads[2].Signed);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(heads[2].Signed), Convert.FromBase64String(heads[2].Signature), HashAlgorithmName.SHA256));

        foreach (var change in (string[])["update month_heads set seq = 9", "delete from month_heads"])
            await Assert.ThrowsAnyAsync<Exception>(() => app.Read(Community, db => db.Database.ExecuteSqlRawAsync(change)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Books_that_agree_are_kept_as_agreeing_and_nothing_is_frozen(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
        await Business(app);
        app.Time.SetUtcNow(new(2026, 11, 30, 17, 0, 0, TimeSpan.Zero));
        await app.Sweep("months.seal");
        await app.Sweep("books.reconcile");
        var check = Assert.Single((await (await app.Person(Role.Auditor)).Get("journal/checks")).Ok<Page<ListBookChecks.Item>>().Items);
        Assert.Equal((new DateOnly(2026, 12, 1), null), (check.Date, check.Fault));
        Assert.Equal(new LedgerPolicy(false, false, 0), await Policy(app));
        Assert.Equal("agree", await BooksState(app));
    }

    public static TheoryData<DatabaseKind, string, string> Tampering()
    {
        var data = new TheoryData<DatabaseKind, string, string>();
        foreach (var database in (DatabaseKind[])[DatabaseKind.Sqlite, DatabaseKind.PostgreSql])
        {
            data.Add(database, "update ledger_accounts set balance = balance + 1 where kind = 2", "books.balance");
            data.Add(database, "update ledger_holds set refunded = refunded + 1 where captured > 1", "books.refunded");
            data.Add(database, "update ledger_holds set resolved = (1 = 1) where not resolved", "books.held");
            data.Add(database, "update ledger_legs set amount = amount + 1 where seq = 1", "verify.");
            data.Add(database, "delete from ledger_postings where seq = 2", "verify.");
        }

        return data;
    }

    [Theory, MemberData(nameof(Tampering))]
    public async Task Whatever_was_tampered_with_is_found_by_morning_and_freezes_the_community(DatabaseKind database, string tamper, string fault)
    {
        await using var app = await PhoenixApp.Start(database);
        await Business(app);
        await app.Read(Community, async db =>
        {
            // As somebody who owns the tables could: past the triggers.
            await db.Database.ExecuteSqlRawAsync(database == DatabaseKind.Sqlite
                ? "drop trigger ledger_legs_update; drop trigger ledger_postings_delete;"
                : "drop trigger ledger_legs_grow on ledger_legs; drop trigger ledger_postings_grow on ledger_postings;");
            return await db.Database.ExecuteSqlRawAsync(tamper);
        });
        await app.Sweep("books.reconcile");
        await app.Sweep("books.reconcile");

        var check = Assert.Single((await (await app.Staff()).Get("journal/checks")).Ok<Page<ListBookChecks.Item>>().Items);
        Assert.StartsWith(fault, check.Fault, StringComparison.Ordinal);
        Assert.Equal(new LedgerPolicy(true, true, 0), await Policy(app));
        Assert.Contains(check.Fault!, await BooksState(app), StringComparison.Ordinal);
        Assert.Contains(app.Logs.Lines, l => l.Level == LogLevel.Critical && l.Text.Contains(check.Fault!, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_journal_rewritten_from_a_published_head_on_is_found(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
        await Business(app);
        await app.Write(Community, db => db.Add(new MonthHead
        {
            CommunityId = Community,
            Month = new(2026, 10, 1),
            Seq = 2,
            Hash = new string('a', 64),
            KeyId = "0123456789abcdef",
            PublicKey = [1],
            Signature = [1],
            SealedAt = PhoenixApp.DefaultStart,
        }));
        await app.Sweep("books.reconcile");
        var check = Assert.Single((await (await app.Staff()).Get("journal/checks")).Ok<Page<ListBookChecks.Item>>().Items);
        Assert.StartsWith("verify.", check.Fault, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Carried_out_messages_are_forgotten_after_their_time_and_dead_ones_kept(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var old = PhoenixApp.DefaultStart - s_retention - TimeSpan.FromMinutes(1);
        await app.Write(Community, db => db.AddRange(
            Message(app, "done-long-ago", done: old), Message(app, "done-lately", done: PhoenixApp.DefaultStart), Message(app, "dead-long-ago", dead: old), Message(app, "waiting")));
        await app.Sweep("outbox.purge");
        Assert.Equal(["dead-long-ago", "done-lately", "waiting"], await app.Read(Community, db => db.Set<OutboxMessage>().Select(m => m.DedupeKey).Order().ToListAsync()));
    }

    private static readonly TimeSpan s_retention = Phoenix.App.Data.PurgeOutbox.Retention;

    private static OutboxMessage Message(PhoenixApp app, string key, DateTimeOffset? done = null, DateTimeOffset? dead = null) => new()
    {
        Id = app.NewRequestId(),
        CommunityId = Community,
        Kind = "test",
        DedupeKey = key,
        Payload = "{}",
        CreatedAt = PhoenixApp.DefaultStart,
        DueAt = PhoenixApp.DefaultStart.AddDays(1),
        DoneAt = done,
        DeadAt = dead,
    };

    // Something of everything: an open hold, one captured in part and refunded, one released.
    private static async Task Business(PhoenixApp app)
    {
        var (member, merchant) = (app.NewRequestId(), AccountKey.Merchant(app.NewRequestId()));
        var until = app.Services.GetRequiredService<Clock>().Now.AddHours(20);
        await Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, s_yearEnd), 60));
        var first = await Post(app, new PlaceHold(member, merchant, 18, until));
        await Post(app, new CaptureHold(first, 12));
        await Post(app, new RefundHold(first, 5));
        await Post(app, new ReleaseHold(await Post(app, new PlaceHold(member, merchant, 7, until))));
        await Post(app, new PlaceHold(member, merchant, 9, until));
    }

    private static Task<long> Issue(PhoenixApp app, long amount) => Post(app, new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(app.NewRequestId(), s_yearEnd), amount));

    private static async Task<long> Post(PhoenixApp app, LedgerCommand command)
    {
        var posted = await app.Services.GetRequiredService<LedgerPoster>().Post(new LedgerRequest(Community, app.NewRequestId(), Guid.Empty, "test", command), s_none);
        Assert.True(posted.IsOk, posted.ToString());
        return await Seq(app);
    }

    private static async Task<long> Seq(PhoenixApp app) => (await app.Services.GetRequiredService<Phoenix.Ledger.Journal.JournalReader>().Head(Community, s_none))!.Seq;

    private static async Task<(long Available, long Held)> Coins(PhoenixApp app, Guid member)
    {
        var coins = await app.Services.GetRequiredService<LedgerReads>().CoinsNow(Community, member, Asset.Coin, s_none);
        return (coins.Lots.Sum(l => l.Amount), coins.Held);
    }

    private static async Task<long> Balance(PhoenixApp app, AccountKey account) => (await app.Services.GetRequiredService<LedgerReads>().Balance(Community, account, s_none))!.Value;

    private static Task<LedgerPolicy?> Policy(PhoenixApp app) => app.Services.GetRequiredService<LedgerReads>().Policy(Community, s_none);

    private static async Task<string> BooksState(PhoenixApp app) =>
        (await app.Anyone.Get("/health/ready")).Ok<Phoenix.App.Hosting.Health.Report>().Checks["books"].State!;
}
