using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Looks for bursts and for people who hand over each other's exchanges, every ten minutes.</summary>
public sealed class FindPatterns(ICommunities communities) : ISweep
{
    /// <summary>So many exchanges of one member at one merchant within <see cref="BurstWithin"/> are a burst.</summary>
    public const int BurstCount = 4;

    /// <summary>See <see cref="BurstCount"/>.</summary>
    public static readonly TimeSpan BurstWithin = TimeSpan.FromMinutes(10);

    /// <summary>Each of two handed over the other's within so many days.</summary>
    public const int ReciprocalDays = 30;

    /// <inheritdoc />
    public string Name => "redemptions.patterns";

    /// <inheritdoc />
    public string Cron => "*/10 * * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each((services, _) => services.GetRequiredService<Finder>().Run(cancel), cancel);

    /// <summary>Does it in one community.</summary>
    internal sealed class Finder(PhoenixDb db, UnitOfWork work, IPeople people, ICommunityCalendar calendar, IIds ids, Clock clock)
    {
        /// <summary>Notes what it finds, each once.</summary>
        public Task Run(CancellationToken cancel) => work.Job(async () =>
        {
            var today = calendar.Time.DayOf(clock.Now);
            foreach (var flag in (await Bursts(today, cancel)).Concat(await Reciprocals(today, cancel)))
                if (!await db.Set<RedemptionFlag>().AnyAsync(f => f.Key == flag.Key, cancel))
                    db.Add(flag);
        }, cancel);

        private async Task<List<RedemptionFlag>> Bursts(DateOnly today, CancellationToken cancel)
        {
            var since = today.AddDays(-1);
            var captured = db.Set<RedemptionRow>().Where(r => r.Day >= since && r.State == RedemptionState.Captured);
            var many = await captured.GroupBy(r => new { r.MerchantId, r.MemberId, r.Day }).Where(g => g.Count() >= BurstCount).Select(g => g.Key).ToListAsync(cancel);
            var flags = new List<RedemptionFlag>();
            foreach (var one in many)
            {
                var times = await captured.Where(r => r.MerchantId == one.MerchantId && r.MemberId == one.MemberId && r.Day == one.Day).Select(r => r.ResolvedAt!.Value).OrderBy(t => t).ToListAsync(cancel);
                if (Enumerable.Range(0, times.Count - BurstCount + 1).Any(i => times[i + BurstCount - 1] - times[i] <= BurstWithin))
                    flags.Add(Flag(FlagKind.Burst, string.Create(CultureInfo.InvariantCulture, $"burst:{one.MerchantId:N}:{one.MemberId:N}:{one.Day:yyyyMMdd}"), one.MerchantId, one.MemberId, null, one.Day, times.Count));
            }

            return flags;
        }

        private async Task<List<RedemptionFlag>> Reciprocals(DateOnly today, CancellationToken cancel)
        {
            var since = today.AddDays(-ReciprocalDays);
            var given = await db.Set<RedemptionRow>().Where(r => r.Day >= since && r.State == RedemptionState.Captured && r.ResolvedBy != null)
                .Where(r => db.Set<MerchantStaff>().Any(s => s.PersonId == r.ResolvedBy))
                .GroupBy(r => new { r.MemberId, r.ResolvedBy }).Select(g => new { g.Key.MemberId, By = g.Key.ResolvedBy!.Value, Count = g.Count() }).ToListAsync(cancel);
            var clerks = (await people.OfPersons([.. given.Select(g => g.By).Distinct()], cancel)).ToDictionary(p => p.Key, p => p.Value.MemberId);
            var pairs = given.Where(g => clerks.ContainsKey(g.By)).ToDictionary(g => (Member: g.MemberId, Clerk: clerks[g.By]), g => g.Count);
            return
            [
                .. pairs.Where(p => p.Key.Member.CompareTo(p.Key.Clerk) < 0 && pairs.ContainsKey((p.Key.Clerk, p.Key.Member))).Select(p => Flag(
                    FlagKind.Reciprocal, string.Create(CultureInfo.InvariantCulture, $"pair:{p.Key.Member:N}:{p.Key.Clerk:N}:{today:yyyyMM}"), null, p.Key.Member, p.Key.Clerk, today,
                    p.Value + pairs[(p.Key.Clerk, p.Key.Member)])),
            ];
        }

        private RedemptionFlag Flag(FlagKind kind, string key, Guid? merchant, Guid member, Guid? other, DateOnly day, int count) => new()
        {
            CommunityId = db.Scope.CommunityId,
            Id = ids.New(),
            Kind = kind,
            Key = key,
            MerchantId = merchant,
            MemberId = member,
            OtherMemberId = other,
            Day = day,
            Count = count,
            FoundAt = clock.Now,
        };
    }
}
