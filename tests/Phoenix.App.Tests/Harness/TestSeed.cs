using System.Diagnostics.CodeAnalysis;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Harness;

/// <summary>Randomness that is the same in every run.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The point is that it repeats.")]
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one seeded source of the tests.")]
public sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);

    /// <inheritdoc />
    public void Fill(Span<byte> buffer)
    {
        lock (_lock)
            _random.NextBytes(buffer);
    }
}

/// <summary>UUIDs of version 7 that are the same in every run and rise as they are made.</summary>
public sealed class SeededIds(int seed, Clock clock) : IIds
{
    private readonly SeededRandomness _randomness = new(seed);
    private int _count;

    /// <inheritdoc />
    public Guid New()
    {
        Span<byte> bytes = stackalloc byte[16];
        _randomness.Fill(bytes);
        var count = Interlocked.Increment(ref _count);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, clock.Now.ToUnixTimeMilliseconds() << 16);
        bytes[6] = (byte)(0x70 | (count >> 8 & 0x0f));
        bytes[7] = (byte)count;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true);
    }
}
