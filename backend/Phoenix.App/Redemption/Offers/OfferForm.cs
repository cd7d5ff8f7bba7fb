using FluentValidation;

namespace Phoenix.App.Redemption.Offers;

/// <summary>An offer as the merchant proposes it.</summary>
/// <param name="Title">The name, 2 to 20 characters.</param>
/// <param name="Coins">Coins for one.</param>
/// <param name="Description">What it is; may be absent.</param>
/// <param name="ExtraText">到店另付, in words; may be absent.</param>
/// <param name="FileId">Its picture, uploaded before.</param>
/// <param name="StockTotal">How many in all; null for no limit.</param>
/// <param name="StockPerDay">How many each day; null for no limit.</param>
/// <param name="PerPersonDay">How many a person each day; null for no limit.</param>
/// <param name="PerPersonWeek">How many a person each week; null for no limit.</param>
/// <param name="PerPersonMonth">How many a person each month; null for no limit.</param>
/// <param name="MaxQuantity">How many at once, 1 to 20; 1 where absent.</param>
/// <param name="Weekdays">On which days, 1 is Monday and 7 Sunday; every day where absent.</param>
/// <param name="From">From when in the day; from midnight where absent.</param>
/// <param name="To">Until when in the day; until midnight where absent.</param>
/// <param name="ValidFrom">The first day; null for at once.</param>
/// <param name="ValidTo">The last day; null for no end.</param>
public sealed record OfferForm(
    string Title,
    long Coins,
    string? Description = null,
    string? ExtraText = null,
    Guid? FileId = null,
    int? StockTotal = null,
    int? StockPerDay = null,
    int? PerPersonDay = null,
    int? PerPersonWeek = null,
    int? PerPersonMonth = null,
    int? MaxQuantity = null,
    IReadOnlyList<int>? Weekdays = null,
    TimeOnly? From = null,
    TimeOnly? To = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null)
{
    private static readonly string[] s_money = ["元", "¥", "￥", "块钱", "价格", "余额", "钱包", "支付", "购买", "充值", "提现", "到账"];

    /// <summary>The form that a version was proposed with; midnight at either end is none.</summary>
    internal static OfferForm Of(OfferVersion v) => new(
        v.Title, v.Coins, v.Description.Length > 0 ? v.Description : null, v.ExtraText.Length > 0 ? v.ExtraText : null, v.FileId, v.StockTotal, v.StockPerDay, v.PerPersonDay, v.PerPersonWeek, v.PerPersonMonth,
        v.MaxQuantity, [.. Enumerable.Range(1, 7).Where(d => (v.Weekdays & (1 << (d - 1))) != 0)], v.FromMinute > 0 ? Clock(v.FromMinute) : null, v.ToMinute < OfferVersion.DayMinutes ? Clock(v.ToMinute) : null,
        v.ValidFrom, v.ValidTo);

    private static TimeOnly Clock(int minute) => new(minute / 60, minute % 60);

    /// <summary>The days as bits.</summary>
    internal int WeekdayBits => Weekdays is { Count: > 0 } days ? days.Aggregate(0, (bits, day) => bits | (1 << (day - 1))) : OfferVersion.AllDays;

    /// <summary>The first minute of the day.</summary>
    internal int FromMinute => From is { } from ? Minute(from) : 0;

    /// <summary>The minute after the last.</summary>
    internal int ToMinute => To is { } to ? Minute(to) : OfferVersion.DayMinutes;

    /// <summary>Whether the name or the description speaks of money.</summary>
    internal bool NamesMoney => s_money.Any(word => Title.Contains(word, StringComparison.Ordinal) || Description?.Contains(word, StringComparison.Ordinal) == true);

    /// <summary>What there is to read.</summary>
    internal IReadOnlyList<string> Texts => [.. new[] { Title, Description, ExtraText }.OfType<string>().Where(t => !string.IsNullOrWhiteSpace(t))];

    private static int Minute(TimeOnly time) => time.Hour * 60 + time.Minute;

    /// <summary>The limits of a form.</summary>
    public sealed class Limits : AbstractValidator<OfferForm>
    {
        /// <summary>Sane numbers.</summary>
        public Limits()
        {
            RuleFor(r => r.Title).NotEmpty().Length(2, OfferVersion.MaxTitleLength).WithName("名称");
            RuleFor(r => r.Coins).InclusiveBetween(1, OfferVersion.MaxCoins).WithName("枚数");
            RuleFor(r => r.Description).MaximumLength(OfferVersion.MaxTextLength).WithName("说明");
            RuleFor(r => r.ExtraText).MaximumLength(OfferVersion.MaxTextLength).WithName("到店另付");
            RuleFor(r => r.StockTotal).InclusiveBetween(1, OfferVersion.MaxStock).When(r => r.StockTotal is not null).WithName("总份数");
            RuleFor(r => r.StockPerDay).InclusiveBetween(1, OfferVersion.MaxStock).When(r => r.StockPerDay is not null).WithName("每天份数");
            RuleFor(r => r.PerPersonDay).InclusiveBetween(1, OfferVersion.MaxStock).When(r => r.PerPersonDay is not null).WithName("每人每天份数");
            RuleFor(r => r.PerPersonWeek).InclusiveBetween(1, OfferVersion.MaxStock).When(r => r.PerPersonWeek is not null).WithName("每人每周份数");
            RuleFor(r => r.PerPersonMonth).InclusiveBetween(1, OfferVersion.MaxStock).When(r => r.PerPersonMonth is not null).WithName("每人每月份数");
            RuleFor(r => r.MaxQuantity).InclusiveBetween(1, OfferVersion.MaxQuantityAtOnce).When(r => r.MaxQuantity is not null).WithName("一次份数");
            RuleFor(r => r.Weekdays).Must(days => days is null || (days.Count <= 7 && days.All(d => d is >= 1 and <= 7))).WithName("星期");
            RuleFor(r => r.To).Must((r, _) => r.FromMinute < r.ToMinute).WithName("结束时间");
            RuleFor(r => r.ValidTo).Must((r, _) => r.ValidFrom is null || r.ValidTo is null || r.ValidFrom <= r.ValidTo).WithName("结束日");
        }
    }
}
