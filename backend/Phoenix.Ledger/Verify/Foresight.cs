using System.Numerics;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>
/// What a first reading tells about the rest of the file, so that the second keeps only what it will need: which postings are reversed, which
/// holds are refunded, and which request ids might occur twice (found by a filter of fixed size, decided exactly in the second reading).
/// </summary>
internal sealed class Foresight
{
    public const int MaxFilterBytes = 64 * 1024 * 1024;

    private const int MinFilterBytes = 4096;
    private const int Probes = 6;
    private readonly ulong[] _filter;

    private Foresight(long fileBytes)
    {
        // A posting takes some 400 bytes: two bytes of filter for each.
        var bytes = (int)Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)fileBytes / 200 + 1), MinFilterBytes, MaxFilterBytes);
        _filter = new ulong[bytes / 8];
    }

    public HashSet<long> Reversed { get; } = [];
    public HashSet<long> Refunded { get; } = [];

    /// <summary>Request ids that may occur twice, and whether the second reading has met them.</summary>
    public Dictionary<Guid, bool> MayRepeat { get; } = [];

    public int FilterBytes => _filter.Length * 8;

    /// <summary>Reads the file up to its end or the first line that can't be read: the second reading goes no further either.</summary>
    public static async Task<Foresight> Of(Stream stream, CancellationToken cancel)
    {
        var foresight = new Foresight(stream.Length - stream.Position);
        var lines = new Lines(stream);
        await lines.Next(cancel);
        while (await lines.Next(cancel) && !lines.IsTooLong && foresight.Look(lines.Current))
            continue;
        return foresight;
    }

    private bool Look(ReadOnlySpan<byte> line)
    {
        if (ExportReader.ReadPosting(line).Posting is not { } p)
            return false;
        if (p.Kind == PostingKind.Reverse && p.Subject is { } target)
            Reversed.Add(target);
        if (p.Kind == PostingKind.Refund && p.Subject is { } hold)
            Refunded.Add(hold);
        var request = Guid.ParseExact(p.Request, "D");
        if (p.Part == 1 && !Insert(request))
            MayRepeat.TryAdd(request, false);
        return true;
    }

    // False when the id was there already, or seems so.
    private bool Insert(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        var h1 = Mix(BitConverter.ToUInt64(bytes) ^ Mix(BitConverter.ToUInt64(bytes[8..])));
        var h2 = Mix(h1) | 1;
        var isNew = false;
        for (var i = 0; i < Probes; i++)
        {
            var bit = (h1 + (ulong)i * h2) & ((ulong)_filter.Length * 64 - 1);
            ref var word = ref _filter[bit >> 6];
            isNew |= (word & (1UL << (int)(bit & 63))) == 0;
            word |= 1UL << (int)(bit & 63);
        }

        return isNew;
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
