using Phoenix.App.Identity;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>Whose coins are meant: the ledger knows members only by their pseudonyms.</summary>
internal sealed class CoinHolders(IPeople people)
{
    /// <summary>A person's pseudonym in the community in scope; null for somebody who hasn't joined.</summary>
    public async Task<Guid?> MemberOf(Guid person, CancellationToken cancel) =>
        (await people.OfPersons([person], cancel)).TryGetValue(person, out var member) ? member.MemberId : null;
}
