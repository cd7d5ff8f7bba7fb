using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Phoenix.Ledger.Verify;

/// <summary>The text a posting's hash is made of, written from decisions/0003 alone and not shared with the ledger that writes journals.</summary>
internal sealed class CanonicalText
{
    private readonly StringBuilder _text = new(1024);
    private byte[] _bytes = new byte[4096];

    /// <summary>The hash of the posting after one with hash <paramref name="previous"/>, as 64 hex digits.</summary>
    public string HashOf(PostingLine p, int community, string previous)
    {
        _text.Clear();
        Line("v1", community, p.Seq, previous, p.KindName, p.AtMs, p.Request, p.Part, p.Parts, p.Input, p.Actor, p.Ref, p.Rule, p.Commit, p.Subject, p.UntilMs, p.Shortfall, p.Extra);
        foreach (var a in p.Opened)
            Line("a", a.Id, Accounts.AccountKinds.NameOf(a.Kind), a.Owner, Accounts.AccountKinds.NameOf(a.Asset), a.ExpiresNumber, a.Floor, a.Ceiling);
        foreach (var l in p.Legs)
            Line("l", l.N, l.From, l.To, l.Amount, l.FromAfter, l.ToAfter, l.FromPrev, l.ToPrev);
        return Sha256();
    }

    /// <summary>The commitment to a reason, as 64 hex digits.</summary>
    public static string CommitOf(string saltHex, string text) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(saltHex), .. Encoding.UTF8.GetBytes(text)]));

    private void Line(params ReadOnlySpan<Field> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                _text.Append('|');
            fields[i].AppendTo(_text);
        }

        _text.Append('\n');
    }

    private string Sha256()
    {
        if (_bytes.Length < _text.Length * 3)
            _bytes = new byte[_text.Length * 3];
        var length = 0;
        foreach (var chunk in _text.GetChunks())
            length += Encoding.UTF8.GetBytes(chunk.Span, _bytes.AsSpan(length));
        return Convert.ToHexStringLower(SHA256.HashData(_bytes.AsSpan(0, length)));
    }

    /// <summary>A text, a number, or nothing.</summary>
    private readonly struct Field
    {
        private readonly string? _text;
        private readonly long? _number;

        private Field(string? text, long? number) => (_text, _number) = (text, number);

        public static implicit operator Field(string text) => new(text, null);

        public static implicit operator Field(long number) => new(null, number);

        public static implicit operator Field(long? number) => new(null, number);

        public void AppendTo(StringBuilder to)
        {
            if (_text is not null)
                to.Append(_text);
            else if (_number is { } n)
                to.Append(CultureInfo.InvariantCulture, $"{n}");
        }
    }
}
