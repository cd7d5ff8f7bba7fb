namespace Phoenix.Ledger.Journal;

/// <summary>The lines of a seekable stream, with a limit on their length; an earlier line can be read again by its offset.</summary>
internal sealed class JournalLines(Stream stream, int maxLineBytes)
{
    private readonly byte[] _buffer = new byte[Math.Max(64 * 1024, maxLineBytes + 1)];
    private int _start;
    private int _end;
    private long _endOffset = stream.Position;

    /// <summary>Where the line last read begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the line last read was longer than the limit.</summary>
    public bool TooLong { get; private set; }

    /// <summary>The next line without its end, or null at the end of the stream. Valid until the next call.</summary>
    public ReadOnlyMemory<byte>? Next()
    {
        while (true)
        {
            var newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = _buffer.AsMemory(_start, newline);
                Offset = _endOffset - (_end - _start);
                TooLong = newline > maxLineBytes;
                _start += newline + 1;
                return line;
            }

            if (_end - _start > maxLineBytes)
            {
                TooLong = true;
                return ReadOnlyMemory<byte>.Empty;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return Rest();
            _end += read;
            _endOffset += read;
        }
    }

    /// <summary>A line read again. The reading position stays where it is.</summary>
    public byte[] ReadAt(long offset)
    {
        stream.Position = offset;
        var line = new MemoryStream();
        var chunk = new byte[1024];
        while (line.Length <= maxLineBytes)
        {
            var read = stream.Read(chunk);
            var newline = chunk.AsSpan(0, read).IndexOf((byte)'\n');
            line.Write(chunk, 0, newline >= 0 ? newline : read);
            if (newline >= 0 || read == 0)
                break;
        }

        stream.Position = _endOffset;
        return line.ToArray();
    }

    // A last line without its end: somebody cut the file there, so it is given to be judged like the others.
    private ReadOnlyMemory<byte>? Rest()
    {
        if (_start == _end)
            return null;
        var line = _buffer.AsMemory(_start, _end - _start);
        Offset = _endOffset - line.Length;
        _start = _end;
        return line;
    }
}
