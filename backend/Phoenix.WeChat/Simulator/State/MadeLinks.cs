namespace Phoenix.WeChat.Simulator.State;

/// <summary>Where a link leads, and until when.</summary>
internal sealed record MadeLink(string Page, string Query, DateTimeOffset ExpiresAt);

/// <summary>The links that were made; the oldest go when there are too many.</summary>
internal sealed class MadeLinks
{
    private readonly Dictionary<string, MadeLink> _links = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string link, MadeLink to)
    {
        if (_links.Count == SimulatorLimits.Links)
            _links.Remove(_order.Dequeue());
        _links[link] = to;
        _order.Enqueue(link);
    }

    public MadeLink? Find(string link) => _links.GetValueOrDefault(link);
}
