using System.Net;
using System.Text.Json;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Redemption;

/// <summary>
/// Goal: whatever people do in whatever order, the API answers as the rulebook says. Method: seeded histories over HTTP beside a model that knows nothing of
/// ledgers or tables: coins, portions, limits and ends in dictionaries.
/// </summary>
public sealed class HistoryTests
{
    private const int Steps = 200;
    private const int Coins = 18;
    private const int PerDay = 6;
    private const int PerPerson = 3;
    private static readonly TimeSpan s_closing = TimeSpan.FromHours(20);

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 11)]
    [InlineData(DatabaseKind.Sqlite, 12)]
    [InlineData(DatabaseKind.PostgreSql, 13)]
    public async Task A_history_over_http_goes_as_the_model_says(DatabaseKind database, int seed)
    {
        var market = await Market.Open(database, Market.Lunch(perDay: PerDay, perPersonDay: PerPerson, from: "00:00:00", to: "20:00:00"));
        await using var app = market.App;
        var clerk = await market.Clerk();
        var members = new List<(TestCaller Caller, Guid Id)>();
        for (var i = 0; i < 3; i++)
            members.Add(await market.Member(150, $"居民{i}"));
        var model = new Model(members.Count, 150);
        var dice = new SeededRandomness(seed);
        int Roll(int sides)
        {
            Span<byte> bytes = stackalloc byte[2];
            dice.Fill(bytes);
            return (bytes[0] << 8 | bytes[1]) % sides;
        }

        for (var step = 0; step < Steps; step++)
        {
            var (who, now) = (Roll(members.Count), app.Now);
            switch (Roll(10))
            {
                case 0 or 1 or 2:
                    var (id, quantity) = (app.NewRequestId(), 1 + Roll(3));
                    Same(step, model.Hold(id, who, quantity, now), await market.Hold(app.Fresh(members[who].Caller), quantity, requestId: id));
                    break;
                case 3 when model.Any(Roll) is { } again:
                    Same(step, model.HoldAgain(again), await market.Hold(app.Fresh(members[again.Who].Caller), again.Quantity, requestId: again.Id));
                    break;
                case 4 or 5 when model.Any(Roll) is { } given:
                    Same(step, model.End(given, RedemptionState.Captured, now), await market.HandOver(app.Fresh(clerk), given.Id));
                    break;
                case 6 when model.Any(Roll) is { } refused:
                    Same(step, model.End(refused, RedemptionState.Refused, now), await market.Refuse(app.Fresh(clerk), refused.Id));
                    break;
                case 7 when model.Any(Roll) is { } left:
                    Same(step, model.End(left, RedemptionState.Cancelled, now), await Market.Cancel(app.Fresh(members[left.Who].Caller), left.Id));
                    break;
                case 8 when model.Any(Roll) is { } back:
                    var coins = 1 + Roll(30);
                    Same(step, model.Refund(back, coins), await app.Fresh(clerk).Post($"merchants/{market.Shop.Id}/redemptions/{back.Id}/refunds", new { coins, reason = "退一点" }));
                    break;
                default:
                    // After closing time the next thing that happens is the next morning.
                    app.Time.Advance(CommunityTime.Shanghai.TimeOf(now).ToTimeSpan() >= s_closing ? TimeSpan.FromHours(12) : TimeSpan.FromMinutes(1 + Roll(Roll(2) == 0 ? 900 : 45)));
                    if (Roll(2) == 0)
                    {
                        await app.Sweep("holds.expire");
                        model.Sweep(app.Now);
                    }

                    break;
            }
        }

        await app.Sweep("holds.expire");
        model.Sweep(app.Now);
        for (var i = 0; i < members.Count; i++)
            Assert.Equal((model.Balances[i], model.HeldBy(i)), await market.Coins(members[i].Id));
        Assert.Equal(model.Received, await market.Received());
        Assert.True(model.Ends.Count == 4, $"Only {string.Join(", ", model.Ends)} were reached.");
        await app.Sweep("books.reconcile");
        Assert.Null((await app.Read(1, db => Task.FromResult(db.Set<BookCheckRow>().Single()))).Fault);
    }

    private static void Same(int step, string expected, Answer answer)
    {
        var json = answer.Json;
        var told = answer.Status != HttpStatusCode.OK ? json.GetProperty("code").GetString()!
            : json.TryGetProperty("state", out var state) ? state.GetString()!
            : json.TryGetProperty("number", out var number) ? $"held {number.GetInt32()}" : $"back {json.GetProperty("coins").GetInt64()}";
        Assert.True(expected == told, $"Step {step}: expected {expected}, got {told}: {answer.Text}");
    }

    /// <summary>An exchange in the model.</summary>
    private sealed class Deal
    {
        public required Guid Id { get; init; }

        public required int Who { get; init; }

        public required int Quantity { get; init; }

        public required int Number { get; init; }

        public required DateOnly Day { get; init; }

        public required DateTimeOffset Until { get; init; }

        public RedemptionState State { get; set; }

        public int Refunded { get; set; }

        public int Cost => Quantity * Coins;
    }

    /// <summary>What should happen.</summary>
    private sealed class Model(int members, int coins)
    {
        private readonly List<Deal> _deals = [];

        public long[] Balances { get; } = [.. Enumerable.Repeat((long)coins, members)];

        public long Received { get; private set; }

        public HashSet<RedemptionState> Ends { get; } = [];

        public long HeldBy(int who) => _deals.Where(d => d.Who == who && d.State == RedemptionState.Held).Sum(d => d.Cost);

        public Deal? Any(Func<int, int> roll) => _deals.Count == 0 ? null : _deals[Math.Max(0, _deals.Count - 1 - roll(6))];

        public string Hold(Guid id, int who, int quantity, DateTimeOffset now)
        {
            var day = CommunityTime.Shanghai.DayOf(now);
            var closing = CommunityTime.Shanghai.StartOf(day) + s_closing;
            var counted = _deals.Where(d => d.Day == day && d.State is RedemptionState.Held or RedemptionState.Captured && d.Day == day).ToList();
            if (quantity > 2)
                return "offer.quantity_too_large";
            if (now >= closing)
                return "offer.closed";
            if (counted.Sum(d => d.Quantity) + quantity > PerDay)
                return "offer.sold_out";
            if (counted.Where(d => d.Who == who).Sum(d => d.Quantity) + quantity > PerPerson)
                return "offer.limit_reached";
            if (Balances[who] < quantity * Coins)
                return "ledger.insufficient";
            Balances[who] -= quantity * Coins;
            _deals.Add(new Deal { Id = id, Who = who, Quantity = quantity, Number = 1 + _deals.Count(d => d.Day == day), Day = day, Until = closing });
            return HoldAgain(_deals[^1]);
        }

        public string HoldAgain(Deal deal) => $"held {deal.Number}";

        public string End(Deal deal, RedemptionState to, DateTimeOffset now)
        {
            if (deal.State == RedemptionState.Held)
                Finish(deal, now >= deal.Until ? RedemptionState.Expired : to);
            return JsonNamingPolicy.CamelCase.ConvertName(deal.State.ToString());
        }

        public string Refund(Deal deal, int amount)
        {
            if (deal.State != RedemptionState.Captured)
                return "ledger.not_captured";
            if (amount > deal.Cost - deal.Refunded)
                return "ledger.refund_too_much";
            deal.Refunded += amount;
            Balances[deal.Who] += amount;
            Received -= amount;
            return $"back {amount}";
        }

        public void Sweep(DateTimeOffset now)
        {
            foreach (var deal in _deals.Where(d => d.State == RedemptionState.Held && now >= d.Until))
                Finish(deal, RedemptionState.Expired);
        }

        private void Finish(Deal deal, RedemptionState to)
        {
            deal.State = to;
            Ends.Add(to);
            if (to == RedemptionState.Captured)
                Received += deal.Cost;
            else
                Balances[deal.Who] += deal.Cost;
        }
    }
}
