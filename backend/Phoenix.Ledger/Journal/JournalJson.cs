using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Journal;

/// <summary>The lines of an export (decisions/0003).</summary>
internal static class JournalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Header(int community, int utcOffsetMinutes) => Line(w =>
    {
        w.WriteString("journal", "phoenix-1");
        w.WriteNumber("community", community);
        w.WriteNumber("utcOffsetMinutes", utcOffsetMinutes);
    });

    public static byte[] Posting(JournalPosting p) => Line(w =>
    {
        w.WriteNumber("seq", p.Seq);
        w.WriteString("kind", PostingKinds.NameOf(p.Kind));
        w.WriteNumber("at", p.AtMs);
        w.WriteString("request", p.RequestId);
        w.WriteNumber("part", p.Part);
        w.WriteNumber("parts", p.Parts);
        w.WriteString("input", Convert.ToHexStringLower(p.InputHash));
        w.WriteString("actor", p.Actor);
        Optional(w, "ref", p.Ref);
        Optional(w, "rule", p.Rule);
        if (p.TextCommit is not null)
            w.WriteString("commit", Convert.ToHexStringLower(p.TextCommit));
        Optional(w, "subject", p.Subject);
        Optional(w, "until", p.UntilMs);
        Optional(w, "shortfall", p.Shortfall);
        Optional(w, "extra", p.Extra);
        if (p.Opened.Count > 0)
            WriteOpened(w, p.Opened);
        if (p.Legs.Count > 0)
            WriteLegs(w, p.Legs);
        if (p.Text is not null && p.Salt is not null)
        {
            w.WriteString("salt", Convert.ToHexStringLower(p.Salt));
            w.WriteString("text", p.Text);
        }

        w.WriteString("hash", Convert.ToHexStringLower(p.Hash));
    });

    public static byte[] Trailer(JournalTrailer t) => Line(w =>
    {
        w.WriteStartObject("trailer");
        w.WriteNumber("count", t.Count);
        w.WriteString("head", t.Head);
        w.WriteNumber("at", t.AtMs);
        w.WriteNumber("exportedAt", t.ExportedAtMs);
        w.WriteString("keyId", t.KeyId);
        w.WriteBase64String("publicKey", t.PublicKey);
        w.WriteBase64String("signature", t.Signature);
        w.WriteEndObject();
    });

    private static void WriteOpened(Utf8JsonWriter w, IEnumerable<JournalAccount> opened)
    {
        w.WriteStartArray("opened");
        foreach (var a in opened)
        {
            w.WriteStartArray();
            w.WriteNumberValue(a.Id);
            w.WriteStringValue(AccountKinds.NameOf(a.Key.Kind));
            w.WriteStringValue(a.Key.Owner);
            w.WriteStringValue(AccountKinds.NameOf(a.Key.Asset));
            w.WriteNumberValue(a.Key.ExpiresNumber);
            w.WriteNumberValue(a.Floor);
            if (a.Ceiling is { } ceiling)
                w.WriteNumberValue(ceiling);
            else
                w.WriteNullValue();
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private static void WriteLegs(Utf8JsonWriter w, IList<JournalLeg> legs)
    {
        w.WriteStartArray("legs");
        for (var i = 0; i < legs.Count; i++)
        {
            var l = legs[i];
            w.WriteStartArray();
            foreach (var number in (ReadOnlySpan<long>)[i + 1, l.From, l.To, l.Amount, l.FromAfter, l.ToAfter, l.FromPrev, l.ToPrev])
                w.WriteNumberValue(number);
            w.WriteEndArray();
        }

        w.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter w, string name, string value)
    {
        if (value.Length > 0)
            w.WriteString(name, value);
    }

    private static void Optional(Utf8JsonWriter w, string name, long value)
    {
        if (value != 0)
            w.WriteNumber(name, value);
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
