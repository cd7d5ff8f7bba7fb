using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.Platform.Batching;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>What of a signed version an exchange needs; a version never changes.</summary>
internal sealed record Terms(Guid Id, int Version, long FenPerCoin, int FundSharePercent, long? MonthlyCapFen, DateOnly StartsOn, DateOnly? EndsOn);

/// <summary>
/// Merchants' signed terms in this process's memory, so that an exchange costs no query. Only a guess: under the ledger's lock the version in force is
/// read again, and where it is another one the guess is dropped and made anew.
/// </summary>
internal sealed class TermsShelf(IServiceScopeFactory scopes)
{
    /// <summary>Most merchants remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 2_000;

    private readonly Remembered<(int, Guid), Terms[]> _known = new(MaxRemembered);

    /// <summary>The version in force on a day; null for none.</summary>
    public async ValueTask<Terms?> On(int community, Guid merchant, DateOnly day, CancellationToken cancel) =>
        Array.Find(await All(community, merchant, cancel), t => t.StartsOn <= day && (t.EndsOn is null || t.EndsOn >= day));

    /// <summary>A signed version by its id.</summary>
    public async ValueTask<Terms> Get(int community, Guid merchant, Guid agreement, CancellationToken cancel)
    {
        if (Array.Find(await All(community, merchant, cancel), t => t.Id == agreement) is { } known)
            return known;
        Drop(community, merchant);
        return Array.Find(await All(community, merchant, cancel), t => t.Id == agreement) ?? throw new InvalidOperationException($"Agreement {agreement} of an exchange isn't signed.");
    }

    /// <summary>Forgets what is known of a merchant.</summary>
    public void Drop(int community, Guid merchant) => _known.Forget((community, merchant));

    private async ValueTask<Terms[]> All(int community, Guid merchant, CancellationToken cancel)
    {
        if (!_known.TryGet((community, merchant), out var all))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
            all = await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<MerchantAgreement>().Where(a => a.MerchantId == merchant && a.SignedAt != null).OrderByDescending(a => a.Version)
                .Select(a => new Terms(a.Id, a.Version, a.FenPerCoin, a.FundSharePercent, a.MonthlyCapFen, a.StartsOn, a.EndsOn)).ToArrayAsync(cancel);
            _known.Keep((community, merchant), all);
        }

        return all;
    }
}
