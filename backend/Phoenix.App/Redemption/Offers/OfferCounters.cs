using System.Buffers.Text;
using Phoenix.App.Redemption.Agreements;
using Phoenix.Ledger.Commands;

namespace Phoenix.App.Redemption.Offers;

/// <summary>The ledger's counters of an exchange: stock, limits of a person, the cap of a merchant's month. Only what the version limits is counted, so a limit applies forward only.</summary>
internal static class OfferCounters
{
    /// <summary>What one exchange uses.</summary>
    public static List<CounterUse> Of(OfferVersion v, Terms terms, Guid merchant, Guid member, int quantity, DateOnly day)
    {
        var offer = Short(v.OfferId);
        var uses = new List<CounterUse>(6);
        Add(uses, Stock(v.OfferId), 0, quantity, v.StockTotal);
        Add(uses, StockOfDay(v.OfferId), Number(day), quantity, v.StockPerDay);
        Add(uses, $"o:{offer}:d:{Short(member)}", Number(day), quantity, v.PerPersonDay);
        Add(uses, $"o:{offer}:w:{Short(member)}", Number(MondayOf(day)), quantity, v.PerPersonWeek);
        Add(uses, $"o:{offer}:m:{Short(member)}", Month(day), quantity, v.PerPersonMonth);
        Add(uses, MonthOf(merchant), Month(day), quantity * v.Coins * terms.FenPerCoin, terms.MonthlyCapFen);
        return uses;
    }

    /// <summary>The same, given back.</summary>
    public static IReadOnlyList<CounterUse> Back(IEnumerable<CounterUse> uses) => [.. uses.Select(u => u with { Add = -u.Add })];

    /// <summary>The counters of an offer's stock, where it has one.</summary>
    public static IEnumerable<(string Key, int Period)> OfStock(OfferVersion v, DateOnly day)
    {
        if (v.StockTotal is not null)
            yield return (Stock(v.OfferId), 0);
        if (v.StockPerDay is not null)
            yield return (StockOfDay(v.OfferId), Number(day));
    }

    /// <summary>How many are left on a day; null where nothing limits it.</summary>
    public static long? LeftToday(OfferVersion v, DateOnly day, IReadOnlyDictionary<(string, int), long> used)
    {
        long? total = v.StockTotal is { } all ? all - used.GetValueOrDefault((Stock(v.OfferId), 0)) : null;
        long? today = v.StockPerDay is { } each ? each - used.GetValueOrDefault((StockOfDay(v.OfferId), Number(day))) : null;
        return (total, today) switch { (null, null) => null, (null, { } d) => Math.Max(0, d), ({ } t, null) => Math.Max(0, t), ({ } t, { } d) => Math.Max(0, Math.Min(t, d)) };
    }

    /// <summary>The refusal for a counter that is full.</summary>
    public static Platform.Results.Error Full(string key) => key.Split(':') switch
    {
        ["a", ..] => new MonthlyCapReached(),
        ["o", _, "s" or "t"] => new OfferSoldOut(),
        ["c", ..] => new Exchange.CardLimitReached(),
        _ => new OfferLimitReached(),
    };

    /// <summary>The counter of the coins that a printed card spends in a day.</summary>
    public static CounterUse OfCard(Guid member, DateOnly day, long coins, long cap) => new($"c:{Short(member)}", Number(day), coins, cap);

    /// <summary>A day as a period's number.</summary>
    public static int Number(DateOnly day) => day.Year * 10000 + day.Month * 100 + day.Day;

    private static int Month(DateOnly day) => day.Year * 100 + day.Month;

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>The key of an offer's stock, period 0.</summary>
    public static string Stock(Guid offer) => $"o:{Short(offer)}:s";

    /// <summary>The key of an offer's stock of a day.</summary>
    public static string StockOfDay(Guid offer) => $"o:{Short(offer)}:t";

    private static string MonthOf(Guid merchant) => $"a:{Short(merchant)}";

    private static string Short(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    private static void Add(List<CounterUse> uses, string key, int period, long amount, long? cap)
    {
        if (cap is { } most)
            uses.Add(new CounterUse(key, period, amount, most));
    }
}
