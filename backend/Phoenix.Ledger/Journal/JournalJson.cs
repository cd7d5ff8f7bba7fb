using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Journal;

/// <summary>
/// The lines of an export. There is one way to write each line, and the reader writes again what it read and compares the bytes: so nothing
/// can hide in spaces, order, repeated or unknown fields.
/// </summary>
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

    /// <summary>The header's community and offset, or null when the line is not exactly a header.</summary>
    public static (int Community, int UtcOffsetMinutes)? ReadHeader(ReadOnlyMemory<byte> line) => Exactly(line, root =>
    {
        var header = (Community: root.GetProperty("community").GetInt32(), Offset: root.GetProperty("utcOffsetMinutes").GetInt32());
        return header.Offset is >= -1080 and <= 1080 ? ((int, int)?)header : null;
    }, h => Header(h!.Value.Item1, h.Value.Item2));

    /// <summary>The posting, or null when the line is not exactly a posting.</summary>
    public static JournalPosting? ReadPosting(ReadOnlyMemory<byte> line, int community) => Exactly(line, root => ReadPosting(root, community), p => Posting(p!));

    /// <summary>The trailer, or null when the line is not exactly a trailer.</summary>
    public static JournalTrailer? ReadTrailer(ReadOnlyMemory<byte> line) => Exactly(line, root =>
    {
        var t = root.GetProperty("trailer");
        return new JournalTrailer(
            t.GetProperty("count").GetInt64(), t.GetProperty("head").GetString()!, t.GetProperty("at").GetInt64(), t.GetProperty("exportedAt").GetInt64(),
            t.GetProperty("keyId").GetString()!, t.GetProperty("publicKey").GetBytesFromBase64(), t.GetProperty("signature").GetBytesFromBase64());
    }, t => Trailer(t!));

    private static JournalPosting? ReadPosting(JsonElement e, int community)
    {
        if (PostingKinds.Parse(e.GetProperty("kind").GetString()!) is not { } kind)
            return null;
        var p = new JournalPosting
        {
            Community = community,
            Seq = e.GetProperty("seq").GetInt64(),
            Kind = kind,
            AtMs = e.GetProperty("at").GetInt64(),
            RequestId = e.GetProperty("request").GetGuid(),
            Part = e.GetProperty("part").GetInt32(),
            Parts = e.GetProperty("parts").GetInt32(),
            InputHash = Convert.FromHexString(e.GetProperty("input").GetString()!),
            Actor = e.GetProperty("actor").GetGuid(),
            Ref = e.TryGetProperty("ref", out var r) ? r.GetString()! : "",
            Rule = e.TryGetProperty("rule", out var rule) ? rule.GetString()! : "",
            TextCommit = e.TryGetProperty("commit", out var commit) ? Convert.FromHexString(commit.GetString()!) : null,
            Subject = Number(e, "subject"),
            UntilMs = Number(e, "until"),
            Shortfall = Number(e, "shortfall"),
            Extra = e.TryGetProperty("extra", out var extra) ? extra.GetString()! : "",
            Salt = e.TryGetProperty("salt", out var salt) ? Convert.FromHexString(salt.GetString()!) : null,
            Text = e.TryGetProperty("text", out var text) ? text.GetString() : null,
            Hash = Convert.FromHexString(e.GetProperty("hash").GetString()!),
        };
        return ReadOpened(e, p) && ReadLegs(e, p) ? p : null;
    }

    private static bool ReadOpened(JsonElement e, JournalPosting p)
    {
        if (!e.TryGetProperty("opened", out var opened))
            return true;
        foreach (var a in opened.EnumerateArray())
        {
            if (AccountKinds.Parse(a[1].GetString()!) is not { } kind || AccountKinds.ParseAsset(a[3].GetString()!) is not { } asset || !Days.IsValid(a[4].GetInt32()))
                return false;
            p.Opened.Add(new JournalAccount(a[0].GetInt64(), new AccountKey(kind, a[2].GetGuid(), asset, Days.FromNumber(a[4].GetInt32())), a[5].GetInt64(), a[6].ValueKind == JsonValueKind.Null ? null : a[6].GetInt64()));
        }

        return true;
    }

    private static bool ReadLegs(JsonElement e, JournalPosting p)
    {
        if (!e.TryGetProperty("legs", out var legs))
            return true;
        foreach (var l in legs.EnumerateArray())
            p.Legs.Add(new JournalLeg(l[1].GetInt64(), l[2].GetInt64(), l[3].GetInt64(), l[4].GetInt64(), l[5].GetInt64(), l[6].GetInt64(), l[7].GetInt64()));
        return true;
    }

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

    private static T? Exactly<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T?> read, Func<T?, byte[]> write)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var value = read(document.RootElement);
            return value is not null && line.Span.SequenceEqual(write(value)) ? value : default;
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or ArgumentException)
        {
            return default;
        }
    }

    private static long Number(JsonElement e, string name) => e.TryGetProperty(name, out var value) ? value.GetInt64() : 0;

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
