using System.Security.Cryptography;
using Phoenix.Platform.Time;

namespace Phoenix.Platform.Ids;

/// <summary>Makes the ids of new rows: UUID version 7 (RFC 9562), ordered by the clock, unique across nodes.</summary>
public interface IIds
{
    /// <summary>A new id.</summary>
    Guid New();
}

/// <summary>Ids from the clock and the operating system's randomness.</summary>
public sealed class UuidV7Ids(Clock clock) : IIds
{
    /// <inheritdoc />
    public Guid New() => Guid.CreateVersion7(clock.Now);
}

/// <summary>Unpredictable bytes for codes, tokens and keys. Tests put a seeded source in its place; production has only <see cref="SystemRandomness"/>.</summary>
public interface IRandomness
{
    /// <summary>Fills the buffer.</summary>
    void Fill(Span<byte> buffer);
}

/// <summary>The operating system's cryptographic generator.</summary>
public sealed class SystemRandomness : IRandomness
{
    /// <inheritdoc />
    public void Fill(Span<byte> buffer) => RandomNumberGenerator.Fill(buffer);
}
