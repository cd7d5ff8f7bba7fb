using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.Hosting;

/// <summary>An effect happens once or not at all, whatever happens to its connection; what it leaves in the outbox is carried out.</summary>
public sealed class UnitOfWorkTests
{
    private static readonly DateOnly s_day = new(2026, 12, 24);

    [Fact]
    public async Task An_effect_whose_connection_is_killed_runs_again_and_happens_once()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.PostgreSql);
        var pg = (PostgresDatabase)app.Services.GetRequiredService<Database>();
        var runs = 0;
        var result = await Once(app, async db =>
        {
            Add(db);
            await db.SaveChangesAsync(Cancel);
            if (++runs < 3)
            {
                var pid = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync(Cancel);
                await using var kill = pg.Source.CreateCommand($"select pg_terminate_backend({pid}, 5000)");
                Assert.True((bool)(await kill.ExecuteScalarAsync(Cancel))!);
            }
        });
        Assert.True(result.TryGet(out var value, out _));
        Assert.Equal(("done", 3), (value, runs));
        Assert.Equal((1, 1), await Rows(app));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_effect_that_throws_leaves_nothing(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Once(app, async db =>
        {
            Add(db);
            await db.SaveChangesAsync(Cancel);
            throw new InvalidOperationException("planted");
        }));
        Assert.Equal((0, 0), await Rows(app));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_an_effect_leaves_in_the_outbox_is_carried_out_by_the_sweep(DatabaseKind database)
    {
        var handler = new Handler();
        await using var app = await PhoenixApp.Start(database, customize: b => b.Services.AddSingleton<IOutboxHandler>(handler));
        var outbox = app.Services.GetRequiredService<OutboxWriter>();
        await Once(app, async db => Assert.True(await outbox.Add(db, new OutboxDraft(Seeding.CommunityId, Handler.KindName, "once", "{\"a\":1}"), Cancel)));
        await app.Sweep("outbox.relay");
        await app.Sweep("outbox.relay");
        Assert.Equal(["{\"a\":1}"], handler.Payloads);
        Assert.NotNull((await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().AsNoTracking().SingleAsync())).DoneAt);
    }

    private static async Task<Result<string>> Once(PhoenixApp app, Func<PhoenixDb, Task> effect)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var db = scope.ServiceProvider.GetRequiredService<PhoenixDb>();
        return await scope.ServiceProvider.GetRequiredService<UnitOfWork>().Once<string>(new RequestId(app.NewRequestId(), null, new byte[32]), async () =>
        {
            await effect(db);
            return "done";
        }, Cancel);
    }

    private static void Add(PhoenixDb db) =>
        db.Add(new CalendarEntry { CommunityId = Seeding.CommunityId, Date = s_day, Note = "停电", ChangedAt = PhoenixApp.DefaultStart });

    private static Task<(int Entries, int Requests)> Rows(PhoenixApp app) => app.Read(Seeding.CommunityId, async db =>
        (await db.Set<CalendarEntry>().CountAsync(Cancel), await db.Set<RequestRecord>().CountAsync(Cancel)));

    private sealed class Handler : IOutboxHandler
    {
        public const string KindName = "test.kind";

        public List<string> Payloads { get; } = [];

        public string Kind => KindName;

        public Task<OutboxResult> Handle(OutboxMessage message, CancellationToken cancel)
        {
            Payloads.Add(message.Payload);
            return Task.FromResult<OutboxResult>(new OutboxResult.Sent());
        }
    }
}
