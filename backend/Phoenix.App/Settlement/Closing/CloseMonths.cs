using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Redemption;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement.Closing;

/// <summary>
/// 月结: from 02:00 of the 1st on the month before is closed, missed months first to last. It wakes every hour, so that what a killed process left is done
/// within one; whoever runs it, and however often, there is one statement for each merchant and month. Then merchants are told.
/// </summary>
public sealed class CloseMonths(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>How long after its end a month is closed: whatever was stamped in it is committed long before.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(2);

    /// <inheritdoc />
    public string Name => "settlement.close";

    /// <inheritdoc />
    public string Cron => "0 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var handler = services.GetRequiredService<Handler>();
        try
        {
            await handler.Close(clock.Now, cancel);
        }
        finally
        {
            await services.GetRequiredService<SendStatements>().Run(cancel);
        }
    }, cancel);

    /// <summary>Closes the months of the community in scope.</summary>
    public sealed class Handler(PhoenixDb db, UnitOfWork work, IExchangeLines exchanges, MonthWriter writer, ICommunityCalendar calendar, Clock clock)
    {
        /// <summary>Merchants of one transaction: bounds its memory (a few rows each) and how long it lasts.</summary>
        public const int Batch = 100;

        /// <summary>Closes every month that is over at <paramref name="now"/>.</summary>
        /// <exception cref="AggregateException">Merchants whose figures the ledger doesn't bear out: they have no statement, the others have. The month stays open.</exception>
        public async Task Close(DateTimeOffset now, CancellationToken cancel)
        {
            var latest = await db.Set<SettledMonth>().MaxAsync(m => (DateOnly?)m.Period, cancel);
            var next = latest is { } done ? Month.Of(done).Next : await exchanges.First(cancel);
            for (; next is { } month && calendar.Time.EndOf(month) + After <= now; next = month.Next)
                await CloseMonth(month, cancel);
        }

        private async Task CloseMonth(Month month, CancellationToken cancel)
        {
            var period = month.FirstDay;
            // Who has only something left over from earlier months has a statement too.
            var merchants = await exchanges.Merchants(month, cancel);
            var left = await db.Set<LineDispute>().Where(d => (d.MovedAt != null && d.MovedTo == null) || (d.CorrectionFen != 0 && d.CorrectedIn == null)).Select(d => d.MerchantId).Distinct().ToListAsync(cancel);
            var all = merchants.Union(left).Order().ToList();
            var failures = new List<Exception>();
            foreach (var batch in all.Chunk(Batch))
                await TryWrite(month, batch, failures, cancel);
            if (failures.Count > 0)
                throw new AggregateException($"{failures.Count} statements of {month} weren't made.", failures);
            await work.Job(async () =>
            {
                if (await db.Set<SettledMonth>().AnyAsync(m => m.Period == period, cancel))
                    return;
                var statements = await db.Set<Statement>().CountAsync(s => s.Period == period, cancel);
                db.Add(new SettledMonth { CommunityId = db.Scope.CommunityId, Period = period, Statements = statements, DoneAt = clock.Now });
            }, cancel);
        }

        // One merchant whose figures don't agree keeps no other from its statement.
        private async Task TryWrite(Month month, Guid[] batch, List<Exception> failures, CancellationToken cancel)
        {
            try
            {
                await work.Job(() => writer.Write(month, batch, cancel), cancel);
            }
            catch (StatementUnprovenException) when (batch.Length > 1)
            {
                foreach (var merchant in batch)
                    await TryWrite(month, [merchant], failures, cancel);
            }
            catch (StatementUnprovenException unproven)
            {
                failures.Add(unproven);
            }
        }
    }
}

/// <summary>A statement's coins aren't those of the merchant's account in the ledger: nothing of it is kept, and somebody has to look.</summary>
public sealed class StatementUnprovenException(Guid merchant, Month month, long found, long expected)
    : Exception($"statement.unproven: merchant {merchant:N}, {month}: the lines make {found} coins, the ledger {expected}.");
