using Microsoft.Extensions.Time.Testing;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.Ledger.Tests.Support;

/// <summary>A ledger on a fresh database with a clock that only tests move, and one open community.</summary>
public sealed class TestLedger : IAsyncDisposable
{
    public const int Community = 7;
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly YearEnd = new(2027, 12, 31);
    private readonly SeededBytes _ids = new(20261124);

    private TestLedger(TestDatabase database, FakeTimeProvider time, LedgerPoster poster)
    {
        Db = database;
        Time = time;
        Poster = poster;
    }

    public TestDatabase Db { get; }
    public FakeTimeProvider Time { get; }
    public LedgerPoster Poster { get; }
    public DateOnly Today => DateOnly.FromDateTime(new Clock(Time).Now.AddHours(8).UtcDateTime);

    public static async Task<TestLedger> On(TestDatabases databases, DatabaseKind kind, params ILedgerParticipant[] participants)
    {
        var database = await databases.New(kind);
        var time = new FakeTimeProvider(Start);
        var ledger = new TestLedger(database, time, NewPoster(database.Database, time, participants));
        await ledger.Poster.OpenCommunity(Community, CancellationToken.None);
        return ledger;
    }

    public static LedgerPoster NewPoster(Database database, TimeProvider time, params ILedgerParticipant[] participants) =>
        new(database, new Clock(time), new SeededBytes(1), new LedgerOptions(), participants, new NoSpendLock());

    public Guid NewId() => _ids.NewGuid();

    public LedgerRequest Request(params LedgerCommand[] commands) => new(Community, NewId(), Guid.Empty, "test", commands);

    public Task<Result<Posted>> Post(params LedgerCommand[] commands) => Poster.Post(Request(commands), CancellationToken.None);

    public async Task<Posted> Done(params LedgerCommand[] commands)
    {
        var result = await Post(commands);
        Assert.True(result.IsOk, result.ToString());
        return result.Value;
    }

    public async Task<T> Refused<T>(params LedgerCommand[] commands)
        where T : Error
    {
        var result = await Post(commands);
        Assert.False(result.IsOk, "was not refused");
        return Assert.IsType<T>(result.Error);
    }

    public Task<Posted> Issue(Guid member, long amount, DateOnly? expiresOn = null) =>
        Done(new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, expiresOn ?? YearEnd), amount));

    public async ValueTask DisposeAsync()
    {
        await Poster.DisposeAsync();
        await Db.DisposeAsync();
    }
}
