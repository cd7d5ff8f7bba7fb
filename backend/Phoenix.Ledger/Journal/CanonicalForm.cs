using System.Security.Cryptography;
using System.Text;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Journal;

/// <summary>The text a posting's hash is made of (decisions/0003). Not thread-safe; one per writer.</summary>
public sealed class CanonicalForm
{
    /// <summary>The hash before the first posting.</summary>
    public static ReadOnlySpan<byte> Genesis => new byte[32];

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>The chain's hash at <paramref name="posting"/>, 32 bytes.</summary>
    /// <param name="posting">The posting.</param>
    /// <param name="previous">The hash of the posting before.</param>
    public byte[] Hash(JournalPosting posting, ReadOnlySpan<byte> previous)
    {
        Write(posting, previous);
        return SHA256.HashData(_buffer.AsSpan(0, _length));
    }

    /// <summary>The text itself, for people who check by hand.</summary>
    public string Text(JournalPosting posting, ReadOnlySpan<byte> previous)
    {
        Write(posting, previous);
        return Encoding.UTF8.GetString(_buffer, 0, _length);
    }

    /// <summary>The salted commitment to a reason.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, string text) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text)]);

    private void Write(JournalPosting p, ReadOnlySpan<byte> previous)
    {
        _length = 0;
        Field("v1");
        Field(p.Community);
        Field(p.Seq);
        Hex(previous);
        Field(PostingKinds.NameOf(p.Kind));
        Field(p.AtMs);
        Field(p.RequestId);
        Field(p.Part);
        Field(p.Parts);
        Hex(p.InputHash);
        Field(p.Actor);
        Field(p.Ref);
        Field(p.Rule);
        Hex(p.TextCommit);
        Optional(p.Subject);
        Optional(p.UntilMs);
        Optional(p.Shortfall);
        Field(p.Extra);
        EndLine();
        foreach (var a in p.Opened)
            WriteAccount(a);
        for (var i = 0; i < p.Legs.Count; i++)
            WriteLeg(i + 1, p.Legs[i]);
    }

    private void WriteAccount(JournalAccount a)
    {
        Field("a");
        Field(a.Id);
        Field(AccountKinds.NameOf(a.Key.Kind));
        Field(a.Key.Owner);
        Field(AccountKinds.NameOf(a.Key.Asset));
        Optional(a.Key.ExpiresNumber);
        Field(a.Floor);
        if (a.Ceiling is { } ceiling)
            Field(ceiling);
        else
            Field("");
        EndLine();
    }

    private void WriteLeg(int n, in JournalLeg leg)
    {
        Field("l");
        Field(n);
        Field(leg.From);
        Field(leg.To);
        Field(leg.Amount);
        Field(leg.FromAfter);
        Field(leg.ToAfter);
        Field(leg.FromPrev);
        Field(leg.ToPrev);
        EndLine();
    }

    private void Field(string text)
    {
        Room(text.Length * 3 + 1);
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        _buffer[_length++] = (byte)'|';
    }

    private void Field(long number)
    {
        Room(24);
        number.TryFormat(_buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)'|';
    }

    private void Optional(long number)
    {
        if (number == 0)
            Field("");
        else
            Field(number);
    }

    private void Field(Guid id)
    {
        Room(40);
        id.TryFormat(_buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)'|';
    }

    private void Hex(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length * 2 + 1);
        Convert.TryToHexStringLower(bytes, _buffer.AsSpan(_length), out var written);
        _length += written;
        _buffer[_length++] = (byte)'|';
    }

    // The last separator of a line becomes its end.
    private void EndLine() => _buffer[_length - 1] = (byte)'\n';

    private void Room(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
