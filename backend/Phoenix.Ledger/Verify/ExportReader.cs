using System.Text.Json;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Verify;

/// <summary>
/// Reads one line of an export, strictly: every field known, once, of its type, in its range and in the one spelling that is hashed.
/// What it gives back can be computed with without fear of overflow.
/// </summary>
internal static class ExportReader
{
    private static readonly string[] PostingFields =
    [
        "community", "seq", "kind", "at", "request", "part", "parts", "input", "actor", "ref", "rule",
        "commit", "subject", "until", "shortfall", "extra", "opened", "legs", "hash", "text", "salt",
    ];

    private static readonly string[] PostingRequired = ["seq", "kind", "at", "request", "part", "parts", "input", "actor", "hash"];
    private static readonly string[] HeaderFields = ["journal", "community", "utcOffsetMinutes"];
    private static readonly string[] TrailerFields = ["count", "head", "at", "exportedAt", "keyId", "publicKey", "signature"];

    private delegate T Reading<out T>(ref Utf8JsonReader r);

    public static (HeaderLine? Header, Finding? Finding) ReadHeader(ReadOnlySpan<byte> line)
    {
        var (first, notJson) = Read(line, FirstField);
        return first is "journal" ? Read(line, Header) : (null, notJson ?? FormFindings.HeaderMissing());
    }

    public static (TrailerLine? Trailer, Finding? Finding) ReadTrailer(ReadOnlySpan<byte> line) => Read(line, Trailer);

    public static (PostingLine? Posting, Finding? Finding) ReadPosting(ReadOnlySpan<byte> line) => Read(line, Posting);

    /// <summary>Whether the line's first field is <c>trailer</c>.</summary>
    public static bool IsTrailer(ReadOnlySpan<byte> line) => Read(line, FirstField).Value is "trailer";

    private static (T? Value, Finding? Finding) Read<T>(ReadOnlySpan<byte> line, Reading<T> reading)
        where T : class?
    {
        var r = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            return (reading(ref r), null);
        }
        catch (UnreadableLineException e)
        {
            return (null, e.Finding);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text with bytes or escapes that are no Unicode.
            return (null, FormFindings.NotJson());
        }
    }

    private static string? FirstField(ref Utf8JsonReader r) =>
        r.Read() && r.TokenType == JsonTokenType.StartObject && r.Read() && r.TokenType == JsonTokenType.PropertyName ? r.GetString() : null;

    private static HeaderLine Header(ref Utf8JsonReader r)
    {
        Open(ref r);
        var (community, offset, seen) = (0L, 0L, 0u);
        while (NextField(ref r, HeaderFields, ref seen) is { } field)
            switch (field)
            {
                case "journal":
                    if (!string.Equals(Text(ref r, field), "phoenix-1", StringComparison.Ordinal))
                        throw Unreadable(FormFindings.HeaderMissing());
                    break;
                case "community":
                    community = Number(ref r, field, 1, int.MaxValue);
                    break;
                default:
                    offset = Number(ref r, field, -840, 840);
                    break;
            }

        Close(ref r);
        Require(HeaderFields, HeaderFields, seen);
        return new HeaderLine((int)community, (int)offset);
    }

    private static TrailerLine Trailer(ref Utf8JsonReader r)
    {
        Open(ref r);
        r.Read();
        Open(ref r);
        var (count, head, at, exportedAt, keyId, seen) = (0L, "", 0L, 0L, "", 0u);
        var (publicKey, signature) = (Array.Empty<byte>(), Array.Empty<byte>());
        while (NextField(ref r, TrailerFields, ref seen) is { } field)
            switch (field)
            {
                case "count":
                    count = Number(ref r, field, 0, long.MaxValue);
                    break;
                case "head":
                    head = Hex(ref r, field, 64);
                    break;
                case "at":
                    at = Number(ref r, field, 0, Grammar.MaxAtMs);
                    break;
                case "exportedAt":
                    exportedAt = Number(ref r, field, 0, Grammar.MaxAtMs);
                    break;
                case "keyId":
                    keyId = Hex(ref r, field, 16);
                    break;
                case "publicKey":
                    publicKey = Base64(ref r, field);
                    break;
                default:
                    signature = Base64(ref r, field);
                    break;
            }

        Require(TrailerFields, TrailerFields, seen);
        r.Read();
        if (r.TokenType != JsonTokenType.EndObject)
            throw Unreadable(FormFindings.FieldUnknown());
        Close(ref r);
        return new TrailerLine(count, head, at, exportedAt, keyId, publicKey, signature);
    }

    private static PostingLine Posting(ref Utf8JsonReader r)
    {
        Open(ref r);
        var p = new PostingLine();
        var seen = 0u;
        while (NextField(ref r, PostingFields, ref seen) is { } field)
            if (!ReadText(ref r, field, p))
                ReadNumber(ref r, field, p);
        Close(ref r);
        Require(PostingFields, PostingRequired, seen);
        if (p.Part > p.Parts)
            throw Unreadable(FormFindings.OutOfRange("part"));
        if ((p.Text is null) != (p.Salt.Length == 0))
            throw Unreadable(FormFindings.FieldMissing(p.Text is null ? "text" : "salt"));
        return p;
    }

    private static bool ReadText(ref Utf8JsonReader r, string field, PostingLine p)
    {
        switch (field)
        {
            case "kind":
                p.KindName = Text(ref r, field);
                p.Kind = PostingKinds.Parse(p.KindName) ?? throw Unreadable(FormFindings.KindUnknown());
                return true;
            case "request":
                p.Request = Uuid(ref r, field);
                return true;
            case "input":
                p.Input = Hex(ref r, field, 32);
                return true;
            case "actor":
                p.Actor = Uuid(ref r, field);
                return true;
            case "ref":
                p.Ref = Name(ref r, field);
                return true;
            case "rule":
                p.Rule = Name(ref r, field);
                return true;
            case "commit":
                p.Commit = OptionalHex(ref r, field, 64);
                return true;
            case "extra":
                p.Extra = Name(ref r, field);
                return true;
            case "hash":
                p.Hash = Hex(ref r, field, 64);
                return true;
            case "text":
                p.Text = r.TokenType == JsonTokenType.Null ? null : Text(ref r, field);
                if (p.Text is { Length: > Grammar.MaxReason })
                    throw Unreadable(FormFindings.OutOfRange(field));
                return true;
            case "salt":
                p.Salt = OptionalHex(ref r, field, 32);
                return true;
            default:
                return false;
        }
    }

    private static void ReadNumber(ref Utf8JsonReader r, string field, PostingLine p)
    {
        switch (field)
        {
            case "community":
                p.Community = Number(ref r, field, 1, int.MaxValue);
                break;
            case "seq":
                p.Seq = Number(ref r, field, 1, long.MaxValue - 1);
                break;
            case "at":
                p.AtMs = Number(ref r, field, 0, Grammar.MaxAtMs);
                break;
            case "part":
                p.Part = Number(ref r, field, 1, short.MaxValue);
                break;
            case "parts":
                p.Parts = Number(ref r, field, 1, short.MaxValue);
                break;
            case "subject":
                p.Subject = Optional(ref r, field, 1, long.MaxValue);
                break;
            case "until":
                p.UntilMs = Optional(ref r, field, 1, Grammar.MaxAtMs);
                break;
            case "shortfall":
                p.Shortfall = Optional(ref r, field, 1, long.MaxValue);
                break;
            case "opened":
                ReadRows(ref r, field, Grammar.MaxLegs + 2, p.Opened, Opened);
                break;
            default:
                ReadRows(ref r, field, Grammar.MaxLegs, p.Legs, Leg);
                break;
        }
    }

    private static void ReadRows<T>(ref Utf8JsonReader r, string field, int most, List<T> rows, Reading<T> row)
    {
        if (r.TokenType != JsonTokenType.StartArray)
            throw Unreadable(FormFindings.WrongType(field));
        while (r.Read() && r.TokenType != JsonTokenType.EndArray)
        {
            if (rows.Count == most)
                throw Unreadable(FormFindings.OutOfRange(field));
            if (r.TokenType != JsonTokenType.StartArray)
                throw Unreadable(FormFindings.WrongType(field));
            rows.Add(row(ref r));
            if (!r.Read() || r.TokenType != JsonTokenType.EndArray)
                throw Unreadable(FormFindings.WrongType(field));
        }
    }

    private static OpenedLine Opened(ref Utf8JsonReader r)
    {
        const string Field = "opened";
        var id = NextNumber(ref r, Field, 1, long.MaxValue);
        r.Read();
        var kind = AccountKinds.Parse(Text(ref r, Field)) ?? throw Unreadable(FormFindings.BadText(Field));
        r.Read();
        var owner = Uuid(ref r, Field);
        r.Read();
        var asset = AccountKinds.ParseAsset(Text(ref r, Field)) ?? throw Unreadable(FormFindings.BadText(Field));
        r.Read();
        var expires = Expires(ref r, Field);
        var floor = NextNumber(ref r, Field, -Grammar.MaxUnits, 0);
        r.Read();
        return new OpenedLine(id, kind, owner, asset, expires, floor, Optional(ref r, Field, 0, Grammar.MaxUnits));
    }

    // No date is written as 0, or as null by whoever takes "absent" at its word.
    private static DateOnly? Expires(ref Utf8JsonReader r, string field)
    {
        var number = Optional(ref r, field, 0, 9999_12_31) ?? 0;
        return number == 0 ? null : Grammar.ToDay(number) ?? throw Unreadable(FormFindings.OutOfRange(field));
    }

    private static LegLine Leg(ref Utf8JsonReader r)
    {
        const string Field = "legs";
        return new LegLine(
            NextNumber(ref r, Field, 1, Grammar.MaxLegs),
            NextNumber(ref r, Field, 1, long.MaxValue),
            NextNumber(ref r, Field, 1, long.MaxValue),
            NextNumber(ref r, Field, 1, Grammar.MaxUnits),
            NextNumber(ref r, Field, -Grammar.MaxUnits, Grammar.MaxUnits),
            NextNumber(ref r, Field, -Grammar.MaxUnits, Grammar.MaxUnits),
            NextNumber(ref r, Field, 0, long.MaxValue),
            NextNumber(ref r, Field, 0, long.MaxValue));
    }

    private static void Open(ref Utf8JsonReader r)
    {
        if (!r.Read() || r.TokenType != JsonTokenType.StartObject)
            throw Unreadable(FormFindings.NotJson());
    }

    // Reads beyond the object: anything but white space there is no JSON, and says so.
    private static void Close(ref Utf8JsonReader r) => r.Read();

    private static string? NextField(ref Utf8JsonReader r, string[] fields, ref uint seen)
    {
        r.Read();
        if (r.TokenType == JsonTokenType.EndObject)
            return null;
        for (var i = 0; i < fields.Length; i++)
        {
            if (!r.ValueTextEquals(fields[i]))
                continue;
            if ((seen & (1u << i)) != 0)
                throw Unreadable(FormFindings.FieldTwice(fields[i]));
            seen |= 1u << i;
            r.Read();
            return fields[i];
        }

        throw Unreadable(FormFindings.FieldUnknown());
    }

    private static void Require(string[] fields, string[] required, uint seen)
    {
        foreach (var field in required)
            if ((seen & (1u << Array.IndexOf(fields, field))) == 0)
                throw Unreadable(FormFindings.FieldMissing(field));
    }

    private static long NextNumber(ref Utf8JsonReader r, string field, long least, long most)
    {
        r.Read();
        return Number(ref r, field, least, most);
    }

    private static long Number(ref Utf8JsonReader r, string field, long least, long most)
    {
        if (r.TokenType != JsonTokenType.Number)
            throw Unreadable(FormFindings.WrongType(field));
        // One spelling: no fraction, no exponent, no minus before zero.
        if (!r.TryGetInt64(out var number) || number < least || number > most || (number == 0 && r.ValueSpan.Length > 1))
            throw Unreadable(FormFindings.OutOfRange(field));
        return number;
    }

    private static long? Optional(ref Utf8JsonReader r, string field, long least, long most) =>
        r.TokenType == JsonTokenType.Null ? null : Number(ref r, field, least, most);

    private static string Text(ref Utf8JsonReader r, string field) =>
        r.TokenType == JsonTokenType.String ? r.GetString()! : throw Unreadable(FormFindings.WrongType(field));

    private static string Name(ref Utf8JsonReader r, string field)
    {
        var text = r.TokenType == JsonTokenType.Null ? "" : Text(ref r, field);
        return Grammar.IsName(text) ? text : throw Unreadable(FormFindings.BadText(field));
    }

    private static string Uuid(ref Utf8JsonReader r, string field)
    {
        var text = Text(ref r, field);
        return Grammar.IsUuid(text) ? text : throw Unreadable(FormFindings.BadText(field));
    }

    private static string Hex(ref Utf8JsonReader r, string field, int length)
    {
        var text = Text(ref r, field);
        return Grammar.IsHex(text, length) ? text : throw Unreadable(FormFindings.BadText(field));
    }

    private static string OptionalHex(ref Utf8JsonReader r, string field, int length) =>
        r.TokenType == JsonTokenType.Null || (r.TokenType == JsonTokenType.String && r.ValueSpan.IsEmpty) ? "" : Hex(ref r, field, length);

    private static byte[] Base64(ref Utf8JsonReader r, string field)
    {
        if (r.TokenType != JsonTokenType.String)
            throw Unreadable(FormFindings.WrongType(field));
        return r.TryGetBytesFromBase64(out var bytes) ? bytes : throw Unreadable(FormFindings.BadText(field));
    }

    private static UnreadableLineException Unreadable(Finding finding) => new(finding);
}
