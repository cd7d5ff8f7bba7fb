using FluentValidation;

namespace Phoenix.App.Fund.Markets;

/// <summary>A market as staff write it.</summary>
/// <param name="Title">2 to 40 characters.</param>
/// <param name="Description">2 to 1,000 characters.</param>
/// <param name="StartsAt">Its first instant.</param>
/// <param name="EndsAt">The instant after its last.</param>
/// <param name="Address">2 to 100 characters.</param>
/// <param name="MaxStalls">1 to 200.</param>
public sealed record MarketForm(string Title, string Description, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Address, int MaxStalls)
{
    /// <summary>The limits of a form.</summary>
    public sealed class Limits : AbstractValidator<MarketForm>
    {
        /// <summary>Texts and a number.</summary>
        public Limits()
        {
            RuleFor(f => f.Title).NotEmpty().Length(2, Market.MaxTitleLength).WithName("名称");
            RuleFor(f => f.Description).NotEmpty().Length(2, Market.MaxDescriptionLength).WithName("说明");
            RuleFor(f => f.Address).NotEmpty().Length(2, Market.MaxAddressLength).WithName("地点");
            RuleFor(f => f.MaxStalls).InclusiveBetween(1, Market.MostStalls).WithName("摊位数");
        }
    }

    internal bool HasBadTimes(DateTimeOffset now) => StartsAt <= now || EndsAt <= StartsAt || EndsAt - StartsAt > Market.MaxLength;

    internal void ApplyTo(Market market)
    {
        (market.Title, market.Description, market.Address) = (Title.Trim(), Description.Trim(), Address.Trim());
        (market.StartsAt, market.EndsAt, market.MaxStalls) = (StartsAt.ToUniversalTime(), EndsAt.ToUniversalTime(), MaxStalls);
    }
}
