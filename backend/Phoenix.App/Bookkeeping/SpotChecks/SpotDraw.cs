using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Phoenix.App.Bookkeeping.SpotChecks;

/// <summary>
/// The draw itself: from a seed alone, so that whoever has the seed gets the same numbers with any tool that knows SHA-256. The i-th try (from 0) of a pile is
/// the first eight bytes (big endian) of SHA-256(seed ‖ pile ‖ i), the pile a byte and i four bytes big endian, modulo the pile's size; what came before is passed over.
/// </summary>
internal static class SpotDraw
{
    /// <summary>How many are drawn in all.</summary>
    public const int Size = 10;

    /// <summary>How many of them are service records, where there are enough of both.</summary>
    public const int Records = 5;

    /// <summary>The seed's length.</summary>
    public const int SeedBytes = 32;

    /// <summary>The pile of service records.</summary>
    public const byte RecordPile = 0;

    /// <summary>The pile of postings.</summary>
    public const byte PostingPile = 1;

    /// <summary>How many come from each pile: half and half, and more from one where the other has too few.</summary>
    public static (int Records, int Postings) Shares(long records, long postings)
    {
        var fromRecords = (int)Math.Min(records, Math.Max(Records, Size - postings));
        return (fromRecords, (int)Math.Min(postings, Size - fromRecords));
    }

    /// <summary>Different numbers from 0 to <paramref name="size"/> − 1, in the order in which they were drawn.</summary>
    public static IReadOnlyList<long> Numbers(ReadOnlySpan<byte> seed, byte pile, int count, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, size);
        Span<byte> input = stackalloc byte[SeedBytes + 5];
        seed.CopyTo(input);
        input[SeedBytes] = pile;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var numbers = new List<long>(count);
        for (var i = 0; numbers.Count < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(input[(SeedBytes + 1)..], i);
            SHA256.HashData(input, hash);
            var number = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)size);
            if (!numbers.Contains(number))
                numbers.Add(number);
        }

        return numbers;
    }
}
