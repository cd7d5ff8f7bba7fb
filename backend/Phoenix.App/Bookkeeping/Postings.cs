using Phoenix.Ledger;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Bookkeeping;

/// <summary>Posts what is due, a batch at a time.</summary>
internal static class Postings
{
    /// <summary>
    /// Posts each batch through the queue, until one is empty or brings nothing forward. What another node did first is no failure.
    /// </summary>
    /// <exception cref="InvalidOperationException">Some were refused; the others are posted.</exception>
    public static async Task UntilNoneIsDue(LedgerPoster poster, Func<Task<IReadOnlyList<LedgerRequest>>> due, CancellationToken cancel)
    {
        while (await due() is { Count: > 0 } requests)
        {
            var results = await Task.WhenAll(requests.Select(r => poster.Post(r, cancel)));
            var refused = results.Select(r => r.Error).OfType<Error>().Where(e => e.Kind != ErrorKind.Conflict).ToList();
            if (refused.Count > 0)
                throw new InvalidOperationException($"{refused.Count} of {results.Length} were refused, the first as {refused[0].Code}");
            if (!results.Any(r => r.IsOk))
                return;
        }
    }
}
