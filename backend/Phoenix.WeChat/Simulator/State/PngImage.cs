using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Phoenix.WeChat.Simulator.State;

/// <summary>Writes a picture as PNG (ISO/IEC 15948): 8-bit RGBA, with a comment that makes every file longer than 1,024 bytes.</summary>
internal static class PngImage
{
    private const int CommentBytes = 1_024;
    private static readonly uint[] s_crcTable = MakeCrcTable();

    /// <summary>The file.</summary>
    /// <param name="side">Width and height in pixels.</param>
    /// <param name="pixel">Colour at column and row, as 0xRRGGBBAA.</param>
    /// <param name="comment">What the picture is of.</param>
    public static byte[] Write(int side, Func<int, int, uint> pixel, string comment)
    {
        var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9]) = (8, 6);
        Chunk(file, "IHDR", header);
        Chunk(file, "tEXt", Encoding.Latin1.GetBytes("Comment\0" + comment.PadRight(CommentBytes)));
        Chunk(file, "IDAT", Pixels(side, pixel));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Pixels(int side, Func<int, int, uint> pixel)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + side * 4];
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                    BinaryPrimitives.WriteUInt32BigEndian(row.AsSpan(1 + x * 4), pixel(x, y));
                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = s_crcTable[(crc ^ b) & 0xff] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
                c = (c & 1) == 0 ? c >> 1 : 0xedb88320 ^ (c >> 1);
            table[n] = c;
        }

        return table;
    }
}
