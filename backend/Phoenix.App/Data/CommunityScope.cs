namespace Phoenix.App.Data;

/// <summary>A row that belongs to one community. Its key begins with the community, and queries see only the scope's rows.</summary>
public interface ICommunityOwned
{
    /// <summary>The community, as numbered in <c>communities</c>.</summary>
    int CommunityId { get; }
}

/// <summary>
/// The community of the present request or job. Set once, from the route or by the job; every query for an
/// <see cref="ICommunityOwned"/> row is filtered by it and every such row that is written must belong to it.
/// </summary>
public sealed class CommunityScope
{
    private int? _id;

    /// <summary>Whether a community was entered.</summary>
    public bool IsEntered => _id is not null;

    /// <summary>The community entered, or 0 (which owns nothing): a query outside any community finds no community's rows.</summary>
    public int CommunityId => _id ?? 0;

    /// <summary>Enters a community.</summary>
    /// <exception cref="InvalidOperationException">Another community was entered before in this scope.</exception>
    public void Enter(int communityId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(communityId, 1);
        if (_id is not null && _id != communityId)
            throw new InvalidOperationException($"This scope belongs to community {_id}; it can't enter {communityId}.");
        _id = communityId;
    }
}
