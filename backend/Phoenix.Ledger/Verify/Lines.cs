namespace Phoenix.Ledger.Verify;

/// <summary>Cuts a stream into lines without ever keeping more than one line and one block.</summary>
internal sealed class Lines(Stream stream)
{
    private readonly byte[] _block = new byte[64 * 1024];
    private byte[] _line = new byte[8 * 1024];
    private int _from;
    private int _to;
    private int _length;

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The line without its end; only as far as it fits.</summary>
    public ReadOnlySpan<byte> Current => _line.AsSpan(0, _length);

    /// <summary>Whether the line is longer than a line may be.</summary>
    public bool IsTooLong { get; private set; }

    public int Longest { get; private set; }

    /// <summary>Goes to the next line; false at the end. An empty last line is no line.</summary>
    public async ValueTask<bool> Next(CancellationToken cancel)
    {
        _length = 0;
        IsTooLong = false;
        var any = false;
        while (true)
        {
            if (_from == _to)
            {
                (_from, _to) = (0, await stream.ReadAsync(_block, cancel));
                if (_to == 0)
                    break;
            }

            any = true;
            var end = _block.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
            Append(_block.AsSpan(_from, end < 0 ? _to - _from : end));
            _from = end < 0 ? _to : _from + end + 1;
            if (end >= 0 || IsTooLong)
                break;
        }

        if (any)
            Number++;
        Longest = Math.Max(Longest, _length);
        return any;
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_length + part.Length > VerifyOptions.MaxLineBytes)
        {
            IsTooLong = true;
            part = part[..(VerifyOptions.MaxLineBytes - _length)];
        }

        if (_length + part.Length > _line.Length)
            Array.Resize(ref _line, Math.Min(VerifyOptions.MaxLineBytes, Math.Max(_line.Length * 2, _length + part.Length)));
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
    }
}
