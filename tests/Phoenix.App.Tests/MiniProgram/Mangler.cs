using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Ids;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>Spoils bytes, the same way in every run: changes, removes, doubles, cuts, and puts in what parsers stumble over.</summary>
internal sealed class Mangler(int seed) : IRandomness
{
    private static readonly byte[][] s_stones =
    [
        [0], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xed, 0xa0, 0x80], "\\ud800"u8.ToArray(), "]]>"u8.ToArray(), "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8.ToArray(), "&b;"u8.ToArray(), "&#0;"u8.ToArray(),
        "{\"a\":"u8.ToArray(), "[[[[[[[[[[[[[[[[[["u8.ToArray(), "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"u8.ToArray(), "1e999"u8.ToArray(), "-99999999999999999999"u8.ToArray(),
        "\"Encrypt\":{}"u8.ToArray(), "null"u8.ToArray(), "\""u8.ToArray(), "}"u8.ToArray(), "<xml/>"u8.ToArray(),
    ];

    private readonly SeededRandomness _random = new(seed);

    public void Fill(Span<byte> buffer) => _random.Fill(buffer);

    public int Below(int limit)
    {
        Span<byte> bytes = stackalloc byte[4];
        _random.Fill(bytes);
        return (int)(BitConverter.ToUInt32(bytes) % (uint)limit);
    }

    public byte[] Mangle(byte[] good)
    {
        var bytes = good.ToList();
        for (var n = Below(4); n > 0 && bytes.Count > 0; n--)
        {
            var at = Below(bytes.Count);
            switch (Below(6))
            {
                case 0: bytes[at] = (byte)Below(256); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.InsertRange(at, s_stones[Below(s_stones.Length)]); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                case 4: bytes.InsertRange(at, bytes.Skip(at).Take(Below(40)).ToList()); break;
                default: bytes.AddRange(s_stones[Below(s_stones.Length)]); break;
            }
        }

        return [.. bytes];
    }
}
