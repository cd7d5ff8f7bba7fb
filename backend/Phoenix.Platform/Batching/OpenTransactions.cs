namespace Phoenix.Platform.Batching;

/// <summary>
/// Knows whether the running flow of code has a database transaction open. Whoever awaits a batch writer inside one can wait for a lock that he
/// holds himself, which no database sees; so writers refuse it.
/// </summary>
/// <remarks>
/// A mark set inside an awaited async method is not seen by its caller. Code that opens its transaction in such a method (an EF interceptor) needs
/// <see cref="BeginFlow"/> at the start of the request, in the flow of the handler; after that <see cref="Enter"/> works from anywhere below.
/// </remarks>
public static class OpenTransactions
{
    private static readonly AsyncLocal<Flow?> Current = new();

    /// <summary>Whether this flow has a transaction open.</summary>
    public static bool Any => Current.Value is { Count: > 0 };

    /// <summary>Starts a flow of its own: what is marked below is seen here, and nothing marked elsewhere is.</summary>
    public static void BeginFlow() => Current.Value = new Flow();

    /// <summary>Marks a transaction as open until the result is disposed.</summary>
    public static IDisposable Enter()
    {
        var flow = Current.Value ??= new Flow();
        Interlocked.Increment(ref flow.Count);
        return new Mark(flow);
    }

    /// <summary>Ends with an exception, since it is a bug, when this flow has a transaction open.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public static void Refuse(string what)
    {
        if (Any)
            throw new InvalidOperationException($"{what} is awaited with a transaction open: it would wait for locks that only this flow can free. Use PostIn, or commit first.");
    }

    private sealed class Flow
    {
        public int Count;
    }

    private sealed class Mark(Flow flow) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                Interlocked.Decrement(ref flow.Count);
        }
    }
}
