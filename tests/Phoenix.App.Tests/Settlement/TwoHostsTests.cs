using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Redemption;
using Phoenix.App.Settlement;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>Two hosts on one PostgreSQL close the same months at once: both have read what is to be closed before either writes.</summary>
public sealed class TwoHostsTests
{
    [Fact]
    public async Task Two_hosts_closing_at_once_make_each_statement_once_and_tell_of_it_once()
    {
        var (database, drop) = await TestDatabases.Create(DatabaseKind.PostgreSql);
        await using (var books = await Books.Open(DatabaseKind.PostgreSql, own: database))
        {
            for (var i = 0; i < 3; i++)
                await MerchantWithTerms(books, $"便利店{i}");
            var exchanged = await books.Exchange(4);
            books.GoTo("2026-12-15", "12:00:00");
            await books.Exchange(2);
            await books.Refund(exchanged[0], 7);
            books.GoTo("2027-01-01");

            var meeting = new Meeting();
            await using var first = await Host(books, meeting, 2);
            await using var second = await Host(books, meeting, 3);
            await Task.WhenAll(meeting.Close(first), meeting.Close(second));
            Assert.Equal(2, meeting.Came);

            var statements = await books.App.Read(1, db => db.Set<Statement>().AsNoTracking().ToListAsync());
            Assert.Equal(8, statements.Count);
            Assert.All(statements, s => Assert.Equal(StatementState.Sent, s.State));
            Assert.Equal([4L * 18, 2L * 18 - 7], statements.Where(s => s.MerchantId == books.Shop).OrderBy(s => s.Period).Select(s => s.TotalCoins));
            Assert.Equal([4, 4], await books.App.Read(1, db => db.Set<SettledMonth>().OrderBy(m => m.Period).Select(m => m.Statements).ToListAsync()));
            Assert.Equal(7, await books.App.Read(1, db => db.Set<StatementLine>().CountAsync()));
            await books.Market.Relay();
            Assert.Equal(8, await books.App.Read(1, db => db.Set<InboxMessage>().CountAsync(m => m.Kind == NoticeKind.StatementReady)));
            await books.Reconcile();
        }

        await drop();
    }

    private static async Task MerchantWithTerms(Books books, string name)
    {
        var shop = await MerchantTests.Shop.Open(books.App, name);
        await Market.Sign(shop, new { fenPerCoin = 50, fundSharePercent = 100, startsOn = "2026-11-30", paper = $"凤凰-{name}" });
    }

    private static Task<PhoenixApp> Host(Books books, Meeting meeting, int seed) => PhoenixApp.Start(
        DatabaseKind.PostgreSql, at: books.App.Now, database: books.App.Services.GetRequiredService<Database>(), customize: builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IIds>(s => new SeededIds(seed, s.GetRequiredService<Clock>())));
            meeting.Watch(builder);
        });

    /// <summary>Where both have to be before either goes on, once. A host that ended without coming lets the other go.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource _both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _came;

        public int Came => _came;

        public void Watch(WebApplicationBuilder builder)
        {
            var (inner, isFirst) = (builder.Services.Last(s => s.ServiceType == typeof(IExchangeLines)).ImplementationType!, 1);
            builder.Services.Replace(ServiceDescriptor.Scoped<IExchangeLines>(s => new Waiting((IExchangeLines)ActivatorUtilities.CreateInstance(s, inner), () => Interlocked.Exchange(ref isFirst, 0) == 1 ? Come() : Task.CompletedTask)));
        }

        public async Task Close(PhoenixApp app)
        {
            try
            {
                await app.Sweep("settlement.close");
            }
            finally
            {
                _both.TrySetResult();
            }
        }

        private Task Come()
        {
            if (Interlocked.Increment(ref _came) == 2)
                _both.TrySetResult();
            return _both.Task;
        }
    }

    private sealed class Waiting(IExchangeLines inner, Func<Task> come) : IExchangeLines
    {
        public Task<Month?> First(CancellationToken cancel) => inner.First(cancel);

        public Task<IReadOnlyDictionary<Guid, MerchantTerms>> Terms(IReadOnlyCollection<Guid> agreementIds, CancellationToken cancel) => inner.Terms(agreementIds, cancel);

        public Task<IReadOnlyList<DisputedExchange>> Disputed(IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel) => inner.Disputed(merchantIds, cancel);

        public async Task<IReadOnlyList<Guid>> Merchants(Month month, CancellationToken cancel)
        {
            var found = await inner.Merchants(month, cancel);
            await come();
            return found;
        }
    }
}
