using System.Buffers.Binary;
using System.IO.Compression;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>Reads the PNGs that the simulator draws: 8-bit RGBA, unfiltered rows.</summary>
internal static class Png
{
    public static (int Side, byte[] Pixels) Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], file[..8]);
        var (side, packed) = (0, new MemoryStream());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var data = file.AsSpan(at + 8, length);
            switch (System.Text.Encoding.ASCII.GetString(file, at + 4, 4))
            {
                case "IHDR":
                    side = BinaryPrimitives.ReadInt32BigEndian(data);
                    Assert.Equal((side, 8, 6), (BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[8], data[9]));
                    break;
                case "IDAT":
                    packed.Write(data);
                    break;
            }

            at += 12 + length;
        }

        packed.Position = 0;
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
            zlib.CopyTo(rows);
        var pixels = new byte[side * side * 4];
        for (var y = 0; y < side; y++)
        {
            var row = rows.GetBuffer().AsSpan(y * (side * 4 + 1), side * 4 + 1);
            Assert.Equal(0, row[0]);
            row[1..].CopyTo(pixels.AsSpan(y * side * 4));
        }

        return (side, pixels);
    }
}
