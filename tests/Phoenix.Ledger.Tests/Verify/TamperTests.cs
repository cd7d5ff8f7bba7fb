using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Phoenix.Ledger.Verify;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>
/// Goal: any line that is changed, dropped, added, repeated or moved is found and named. Method: every such change, one by one, to a journal that
/// has every kind of posting; then the same by somebody who computes the chain anew, without and with a key of his own.
/// </summary>
public sealed class TamperTests : IDisposable
{
    private readonly Forge _forge = new();
    private readonly List<string> _lines;

    public TamperTests()
    {
        new History(_forge, 21).Run(150);
        _lines = _forge.Lines();
    }

    public void Dispose() => _forge.Dispose();

    [Fact]
    public async Task Every_field_of_every_line_that_is_changed()
    {
        var tried = 0;
        for (var i = 1; i < _lines.Count - 1; i++)
            foreach (var changed in Changes(JsonNode.Parse(_lines[i])!.AsObject()))
            {
                var report = await Files.Verify(With(i, changed));
                Assert.True(report.Fault is not null, $"not found: {changed}");
                Assert.True(report.Fault.Line == i + 1, $"wanted line {i + 1}, got {report.Fault} for {changed}");
                Assert.Equal(i, report.Fault.Seq);
                tried++;
            }

        Assert.InRange(tried, 5_000, int.MaxValue);
    }

    [Fact]
    public async Task Every_field_of_header_and_trailer_that_is_changed()
    {
        foreach (var changed in Changes(JsonNode.Parse(_lines[0])!.AsObject()))
            Assert.NotNull((await Files.Verify(With(0, changed))).Fault);
        var trailer = JsonNode.Parse(_lines[^1])!["trailer"]!.AsObject();
        foreach (var changed in Changes(trailer))
            Files.Names(await Files.Verify(With(_lines.Count - 1, Wrapped(changed))), await CodeOf(Wrapped(changed)), _lines.Count, changed);
    }

    [Fact]
    public async Task Every_line_that_is_dropped()
    {
        for (var i = 1; i < _lines.Count - 2; i++)
            Files.Names(await Files.Verify([.. _lines[..i], .. _lines[(i + 1)..]]), "verify.seq_wrong", i + 1);
        Files.Names(await Files.Verify([.. _lines[..^2], _lines[^1]]), "verify.trailer_count", _lines.Count - 1);
        Files.Names(await Files.Verify(_lines[1..]), "verify.header_missing", 1);
    }

    [Fact]
    public async Task Every_line_that_is_repeated_or_swapped()
    {
        for (var i = 1; i < _lines.Count - 1; i++)
            Files.Names(await Files.Verify([.. _lines[..i], _lines[i], .. _lines[i..]]), "verify.seq_wrong", i + 2);
        for (var i = 1; i < _lines.Count - 2; i++)
            Files.Names(await Files.Verify([.. _lines[..i], _lines[i + 1], _lines[i], .. _lines[(i + 2)..]]), "verify.seq_wrong", i + 1);
        Files.Names(await Files.Verify([.. _lines, _lines[^1]]), "verify.after_trailer", _lines.Count + 1);
        Files.Names(await Files.Verify([_lines[0], .. _lines]), "verify.field_unknown", 2);
    }

    [Fact]
    public async Task Every_cut_at_the_end()
    {
        for (var i = 1; i < _lines.Count; i++)
            Files.Names(await Files.Verify(_lines[..i]), "verify.trailer_missing", i);
        var last = Files.Bytes([_lines[^1]]);
        var whole = Files.Bytes(_lines);
        for (var cut = 2; cut < last.Length; cut++)
            Assert.NotNull((await Files.Verify(whole[..^cut])).Fault);
    }

    [Fact]
    public async Task A_line_changed_and_chained_anew_breaks_the_signature()
    {
        for (var i = 10; i < _forge.Postings.Count; i += 7)
        {
            var (p, rule) = (_forge.Postings[i], _forge.Postings[i].Rule);
            p.Rule = "rule/2";
            var lines = _forge.Lines();
            Files.Names(await Files.Verify([.. lines[..^1], _lines[^1]]), "verify.trailer_head", lines.Count);
            var forged = JsonNode.Parse(_lines[^1])!;
            forged["trailer"]!["head"] = _forge.Postings[^1].Hash;
            Files.Names(await Files.Verify([.. lines[..^1], forged.ToJsonString()]), "verify.signature_invalid", lines.Count);
            p.Rule = rule;
        }
    }

    [Fact]
    public async Task A_journal_rewritten_and_signed_by_its_keeper_differs_from_an_earlier_head()
    {
        var (early, late) = (new JournalHead(60, _forge.Postings[59].Hash), new JournalHead(120, _forge.Postings[119].Hash));
        _forge.Postings[79].Rule = "rule/2";
        Assert.True((await _forge.Prove()).IsProved);
        Assert.True((await _forge.Prove(new VerifyOptions { Since = [early] })).IsProved);
        var report = await _forge.Prove(new VerifyOptions { Since = [late, early] });
        Files.Names(report, "verify.since_mismatch", 121);
        Assert.Contains("after seq 60", report.Fault!.English, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_cut_at_the_end_and_signed_by_its_keeper_lacks_an_earlier_head()
    {
        var late = new JournalHead(_forge.Postings.Count, _forge.Postings[^1].Hash);
        while (_forge.Postings.Count > 100 || _forge.Postings[^1].Part != _forge.Postings[^1].Parts)
            _forge.Postings.RemoveAt(_forge.Postings.Count - 1);
        Assert.True((await _forge.Prove()).IsProved);
        Files.Names(await _forge.Prove(new VerifyOptions { Since = [late] }), "verify.since_beyond_end", _forge.Postings.Count + 2);
    }

    [Fact]
    public async Task Another_key_is_not_the_expected_one()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var trailer = _forge.Trailer(_forge.Postings.Count, _forge.Postings[^1].Hash, _forge.Postings[^1].At, other);
        List<string> lines = [.. _lines[..^1], trailer];
        Assert.False((await Files.Verify(lines)).Summary.KeyWasExpected);
        Files.Names(await Files.Verify(lines, new VerifyOptions { PublicKey = _forge.PublicKey }), "verify.key_unexpected", lines.Count);
        Files.Names(await Files.Verify(lines, new VerifyOptions { KeyId = JsonNode.Parse(_lines[^1])!["trailer"]!["keyId"]!.GetValue<string>() }), "verify.key_unexpected", lines.Count);
    }

    [Fact]
    public async Task A_key_of_another_kind_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var trailer = _forge.Trailer(_forge.Postings.Count, _forge.Postings[^1].Hash, _forge.Postings[^1].At, other);
        Files.Names(await Files.Verify([.. _lines[..^1], trailer]), "verify.trailer_key", _lines.Count);
    }

    private static string Wrapped(string trailer) => "{\"trailer\":" + trailer + "}";

    private List<string> With(int index, string line) => [.. _lines[..index], line, .. _lines[(index + 1)..]];

    private async Task<string> CodeOf(string trailer) => (await Files.Verify(With(_lines.Count - 1, trailer))).Fault?.Code ?? "no fault";

    // Each field: another value of its own type, none, of another type; in rows, every cell of every row.
    private static IEnumerable<string> Changes(JsonObject line)
    {
        foreach (var (name, value) in line.ToList())
        {
            foreach (var other in Others(value))
            {
                line[name] = other;
                yield return line.ToJsonString();
            }

            line.Remove(name);
            if (value is not null && !IsOptional(name))
                yield return line.ToJsonString();
            line[name] = value;
        }

        line["more"] = 1;
        yield return line.ToJsonString();
        line.Remove("more");
    }

    // `community` is the header's; a reason may be erased, but only with its salt.
    private static bool IsOptional(string name) => name is "community";

    private static IEnumerable<JsonNode?> Others(JsonNode? value)
    {
        yield return new JsonObject();
        if (value is not JsonArray rows)
        {
            yield return Other(value);
            yield break;
        }

        yield return new JsonArray(new JsonArray(1, 2, 3, 4, 5, 6, 7, 8));
        if (rows.Count > 0)
            yield return new JsonArray([.. rows.Skip(1).Select(r => r!.DeepClone())]);
        for (var i = 0; i < rows.Count; i++)
            for (var j = 0; j < rows[i]!.AsArray().Count; j++)
            {
                var changed = rows.DeepClone().AsArray();
                changed[i]![j] = Other(changed[i]![j]?.DeepClone());
                yield return changed;
            }
    }

    private static JsonNode Other(JsonNode? value)
    {
        if (value is null)
            return JsonValue.Create(1);
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.Number)
            return JsonValue.Create(value.GetValue<long>() + 1);
        var text = value.GetValue<string>();
        if (text.Length == 0)
            return JsonValue.Create("x");
        return JsonValue.Create((text[0] == '0' ? '1' : '0') + text[1..]);
    }
}
