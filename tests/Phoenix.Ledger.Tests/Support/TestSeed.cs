using System.Diagnostics.CodeAnalysis;
using Phoenix.Platform.Ids;

namespace Phoenix.Ledger.Tests.Support;

/// <summary>Seeded randomness, the same in every run.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one seeded source of the tests.")]
public sealed class SeededBytes(int seed) : IRandomness
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public void Fill(Span<byte> buffer)
    {
        lock (_lock)
            _random.NextBytes(buffer);
    }

    public Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes);
        return new Guid(bytes);
    }

    public int Next(int below)
    {
        lock (_lock)
            return _random.Next(below);
    }
}
