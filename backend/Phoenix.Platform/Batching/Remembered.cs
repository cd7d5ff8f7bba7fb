using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Phoenix.Platform.Batching;

/// <summary>What a process remembers of what it read. Past the most it holds the memory starts anew, which costs a read for each and nothing else.</summary>
/// <param name="most">Keys at most.</param>
public sealed class Remembered<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    // The dictionary's own count takes all of its locks, which every request would wait for.
    private int _count;

    /// <summary>What is remembered of the key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _known.TryGetValue(key, out value);

    /// <summary>Remembers it.</summary>
    /// <returns>The value.</returns>
    public TValue Keep(TKey key, TValue value)
    {
        if (!_known.TryAdd(key, value))
        {
            _known[key] = value;
        }
        else if (Interlocked.Increment(ref _count) >= most)
        {
            _known.Clear();
            Interlocked.Exchange(ref _count, 0);
        }

        return value;
    }

    /// <summary>Forgets the key.</summary>
    public void Forget(TKey key)
    {
        if (_known.TryRemove(key, out _))
            Interlocked.Decrement(ref _count);
    }
}
