namespace Phoenix.Platform.Batching;

/// <summary>
/// Questions by key that share one query, as <see cref="SharedCalls{TAsk,TAnswer}"/> do: a key that several ask for is asked for once, and an answer is as
/// fresh as one's own query.
/// </summary>
/// <typeparam name="TKey">What is asked about.</typeparam>
/// <typeparam name="TValue">The answer.</typeparam>
/// <param name="read">Answers the keys it can; the others get the type's default.</param>
public sealed class SharedReads<TKey, TValue>(Func<IReadOnlyCollection<TKey>, Task<IReadOnlyDictionary<TKey, TValue>>> read)
    where TKey : notnull
{
    private readonly SharedCalls<TKey, TValue?> _calls = new(async keys =>
    {
        var answers = await read([.. keys.Distinct()]);
        return [.. keys.Select(k => answers.GetValueOrDefault(k))];
    });

    /// <summary>The answer, or the type's default where there is none. Cancelling ends only the waiting.</summary>
    public Task<TValue?> Ask(TKey key, CancellationToken cancel) => _calls.Ask(key, cancel);
}
