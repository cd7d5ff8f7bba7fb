using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>A posting as a test wants it written, true or false.</summary>
internal sealed class Forged
{
    public long Seq { get; set; }
    public string Kind { get; set; } = "";
    public long At { get; set; }
    public string Request { get; set; } = "";
    public long Part { get; set; } = 1;
    public long Parts { get; set; } = 1;
    public string Input { get; set; } = "";
    public string Actor { get; set; } = "";
    public string Ref { get; set; } = "";
    public string Rule { get; set; } = "";
    public string? Commit { get; set; }
    public long? Subject { get; set; }
    public long? Until { get; set; }
    public long? Shortfall { get; set; }
    public string? Extra { get; set; }
    public List<object?[]> Opened { get; set; } = [];
    public List<long[]> Legs { get; set; } = [];
    public string Hash { get; set; } = "";
    public string? Text { get; set; }
    public string? Salt { get; set; }
}

/// <summary>
/// Writes journals from decisions/0003 alone: it computes numbers, balances after, links, hashes and the signature of whatever it is told, and
/// checks nothing. So a test can plant a fault that only the rule in question can find.
/// </summary>
internal sealed class Forge : IDisposable
{
    public const int Community = 7;
    public const int Offset = 480;
    public const string Nobody = "00000000-0000-0000-0000-000000000000";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<long, (long Balance, long Last)> _state = [];
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly List<object?[]> _pending = [];
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private long _requests;

    /// <summary>2026-01-05 08:00 in Chengdu.</summary>
    public long Now { get; set; } = 1_767_571_200_000;

    public List<Forged> Postings { get; } = [];

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public static string Uuid(long n) => $"{n:x8}-0000-4000-8000-{n:x12}";

    public static int Day(long at, int plus = 0)
    {
        var day = DateTime.UnixEpoch.AddMilliseconds(at).AddMinutes(Offset).Date.AddDays(plus);
        return day.Year * 10000 + day.Month * 100 + day.Day;
    }

    public int Today(int plus = 0) => Day(Now, plus);

    public long Balance(long account) => _state[account].Balance;

    /// <summary>The account's number; a new one is opened by the next posting.</summary>
    public long Account(string kind, string owner = Nobody, int? expires = null, string asset = "coin", long? floor = null, long? ceiling = null)
    {
        var name = $"{kind}|{owner}|{asset}|{expires}";
        if (_ids.TryGetValue(name, out var id))
            return id;
        id = _ids.Count + 1;
        _ids.Add(name, id);
        _state.Add(id, (0, 0));
        _pending.Add([id, kind, owner, asset, (long?)expires, floor ?? (kind is "issuance" or "external" ? -(1L << 62) : 0), ceiling]);
        return id;
    }

    public long Lot(string member, int expires) => Account("member", member, expires);

    /// <summary>Writes a posting with these legs: from, to, amount.</summary>
    public Forged Post(string kind, params ReadOnlySpan<(long From, long To, long Amount)> legs)
    {
        var p = new Forged
        {
            Seq = Postings.Count + 1,
            Kind = kind,
            At = Now,
            Request = Uuid(++_requests),
            Input = _requests.ToString("x32", CultureInfo.InvariantCulture),
            Actor = Uuid(900_000 + _requests % 5),
            Ref = $"ref:{_requests}",
            Rule = "rule/1",
            Opened = [.. _pending],
        };
        _pending.Clear();
        foreach (var (from, to, amount) in legs)
            AddLeg(p, from, to, amount);
        foreach (var leg in p.Legs)
        {
            _state[leg[1]] = (_state[leg[1]].Balance, p.Seq);
            _state[leg[2]] = (_state[leg[2]].Balance, p.Seq);
        }

        Postings.Add(p);
        return p;
    }

    public Forged Issue(long lot, long amount) => Post("issue", (Account("issuance"), lot, amount));

    public Forged Hold(long receiver, long untilMs, params ReadOnlySpan<(long From, long To, long Amount)> legs)
    {
        var p = Post("hold", legs);
        (p.Subject, p.Until) = (receiver, untilMs);
        return p;
    }

    public Forged About(long subject, string kind, params ReadOnlySpan<(long From, long To, long Amount)> legs)
    {
        var p = Post(kind, legs);
        p.Subject = subject;
        return p;
    }

    public Forged Policy(int issue, int redeem, int grace)
    {
        var p = Post("policy");
        p.Extra = $"issue={issue},redeem={redeem},grace={grace}";
        return p;
    }

    /// <summary>Makes the last postings one request.</summary>
    public void Link(int count)
    {
        var linked = Postings[^count..];
        for (var i = 0; i < count; i++)
            (linked[i].Request, linked[i].Input, linked[i].Actor, linked[i].Part, linked[i].Parts) = (linked[0].Request, linked[0].Input, linked[0].Actor, i + 1, count);
    }

    public static void Explain(Forged p, string text, string salt = "00112233445566778899aabbccddeeff")
    {
        (p.Text, p.Salt) = (text, salt);
        p.Commit = Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(salt), .. Encoding.UTF8.GetBytes(text)]));
    }

    /// <summary>Computes every hash anew, as whoever rewrites a journal can.</summary>
    public void Chain()
    {
        var previous = new string('0', 64);
        foreach (var p in Postings)
            previous = p.Hash = HashOf(p, previous);
    }

    /// <summary>The file's lines: chained anew (or as they are) and signed.</summary>
    public List<string> Lines(bool chain = true)
    {
        if (chain)
            Chain();
        List<string> lines = [$$"""{"journal":"phoenix-1","community":{{Community}},"utcOffsetMinutes":{{Offset}}}"""];
        lines.AddRange(Postings.Select(Json));
        lines.Add(Trailer(Postings.Count, Postings.Count == 0 ? new string('0', 64) : Postings[^1].Hash, Postings.Count == 0 ? 0 : Postings[^1].At, _key));
        return lines;
    }

    public string Trailer(long count, string head, long at, ECDsa? with = null)
    {
        var key = with ?? _key;
        var spki = key.ExportSubjectPublicKeyInfo();
        var keyId = Convert.ToHexStringLower(SHA256.HashData(spki))[..16];
        var exportedAt = Now + 1000;
        var signature = key.SignData(Encoding.UTF8.GetBytes($"phoenix-journal-1|{Community}|{Offset}|{count}|{head}|{at}|{exportedAt}|{keyId}"), HashAlgorithmName.SHA256);
        return $$"""{"trailer":{"count":{{count}},"head":"{{head}}","at":{{at}},"exportedAt":{{exportedAt}},"keyId":"{{keyId}}","publicKey":"{{Convert.ToBase64String(spki)}}","signature":"{{Convert.ToBase64String(signature)}}"}""" + "}";
    }

    public static string HashOf(Forged p, string previous)
    {
        var text = new StringBuilder();
        text.Append(string.Join('|', "v1", Community, p.Seq, previous, p.Kind, p.At, p.Request, p.Part, p.Parts, p.Input, p.Actor, p.Ref, p.Rule, p.Commit, p.Subject, p.Until, p.Shortfall, p.Extra)).Append('\n');
        foreach (var a in p.Opened)
            text.Append("a|").Append(string.Join('|', a)).Append('\n');
        foreach (var l in p.Legs)
            text.Append("l|").Append(string.Join('|', l)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The line as the ledger's own export writes it: what is absent is left out, no date is 0.</summary>
    public static string Json(Forged p)
    {
        var line = new JsonObject
        {
            ["seq"] = p.Seq,
            ["kind"] = p.Kind,
            ["at"] = p.At,
            ["request"] = p.Request,
            ["part"] = p.Part,
            ["parts"] = p.Parts,
            ["input"] = p.Input,
            ["actor"] = p.Actor,
            ["ref"] = Absent(p.Ref),
            ["rule"] = Absent(p.Rule),
            ["commit"] = p.Commit,
            ["subject"] = p.Subject,
            ["until"] = p.Until,
            ["shortfall"] = p.Shortfall,
            ["extra"] = p.Extra,
            ["opened"] = p.Opened.Count == 0 ? null : new JsonArray([.. p.Opened.Select(Row)]),
            ["legs"] = p.Legs.Count == 0 ? null : new JsonArray([.. p.Legs.Select(l => new JsonArray([.. l.Select(n => JsonValue.Create(n))]))]),
            ["salt"] = p.Salt,
            ["text"] = p.Text,
            ["hash"] = p.Hash,
        };
        foreach (var (name, _) in line.Where(f => f.Value is null).ToList())
            line.Remove(name);
        return line.ToJsonString(Relaxed);
    }

    public void Dispose() => _key.Dispose();

    private static string? Absent(string text) => text.Length == 0 ? null : text;

    private static JsonArray Row(object?[] opened) => new([.. opened.Select((cell, i) => cell switch
    {
        long number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        _ => i == 4 ? JsonValue.Create(0L) : (JsonNode?)null,
    })]);

    private void AddLeg(Forged p, long from, long to, long amount)
    {
        _state[from] = (_state[from].Balance - amount, _state[from].Last);
        _state[to] = (_state[to].Balance + amount, _state[to].Last);
        p.Legs.Add([p.Legs.Count + 1, from, to, amount, _state[from].Balance, _state[to].Balance, _state[from].Last, _state[to].Last]);
    }
}
