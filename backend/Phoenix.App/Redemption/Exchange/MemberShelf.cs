using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Platform.Batching;

namespace Phoenix.App.Redemption.Exchange;

/// <summary>Members' pseudonyms in this process's memory: a person keeps theirs for ever. Whether they are still a member is for the route gate.</summary>
internal sealed class MemberShelf(IServiceScopeFactory scopes)
{
    /// <summary>Most people remembered; past it the memory starts anew.</summary>
    public const int MaxRemembered = 50_000;

    private readonly Remembered<(int, Guid), Guid> _known = new(MaxRemembered);

    /// <summary>The pseudonym; null for somebody who never joined.</summary>
    public async ValueTask<Guid?> MemberOf(int community, Guid person, CancellationToken cancel)
    {
        if (_known.TryGet((community, person), out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        if (!(await scope.ServiceProvider.GetRequiredService<IPeople>().OfPersons([person], cancel)).TryGetValue(person, out var head))
            return null;
        return _known.Keep((community, person), head.MemberId);
    }
}
