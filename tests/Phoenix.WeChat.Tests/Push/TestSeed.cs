using System.Diagnostics.CodeAnalysis;
using Phoenix.Platform.Ids;

namespace Phoenix.WeChat.Tests.Push;

/// <summary>Randomness that is the same in every run.</summary>
[SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The point is that it repeats.")]
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The one seeded source of the tests.")]
public sealed class SeededRandomness(int seed) : IRandomness
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> buffer) => _random.NextBytes(buffer);

    public int Next(int below) => _random.Next(below);
}

/// <summary>Bytes that are given.</summary>
public sealed class FixedBytes(string text) : IRandomness
{
    public void Fill(Span<byte> buffer) => System.Text.Encoding.ASCII.GetBytes(text).CopyTo(buffer);
}
