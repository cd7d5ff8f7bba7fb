using System.Text;
using Phoenix.Ledger.Verify;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Goal: whatever the bytes are, the answer is a report with its own stable code. Method: each malformation by name, then thousands of seeded mutations.</summary>
public sealed class MalformedTests : IDisposable
{
    private const string Header = """{"journal":"phoenix-1","community":7,"utcOffsetMinutes":480}""";
    private readonly Forge _forge = new();
    private readonly List<string> _lines;

    public MalformedTests()
    {
        new History(_forge, 31).Run(60);
        _lines = _forge.Lines();
    }

    public void Dispose() => _forge.Dispose();

    [Theory]
    [InlineData("", "verify.empty")]
    [InlineData("\n", "verify.not_json")]
    [InlineData("\0\u0001\u0002", "verify.not_json")]
    [InlineData("[]", "verify.header_missing")]
    [InlineData("{}", "verify.header_missing")]
    [InlineData("null", "verify.header_missing")]
    [InlineData("{\"journal\":\"phoenix-2\",\"community\":7,\"utcOffsetMinutes\":480}", "verify.header_missing")]
    [InlineData("{\"journal\":7,\"community\":7,\"utcOffsetMinutes\":480}", "verify.wrong_type")]
    [InlineData("{\"journal\":\"phoenix-1\",\"community\":0,\"utcOffsetMinutes\":480}", "verify.out_of_range")]
    [InlineData("{\"journal\":\"phoenix-1\",\"community\":7,\"utcOffsetMinutes\":1e3}", "verify.out_of_range")]
    [InlineData("{\"journal\":\"phoenix-1\",\"community\":7}", "verify.field_missing")]
    [InlineData("{\"journal\":\"phoenix-1\",\"community\":7,\"community\":7,\"utcOffsetMinutes\":480}", "verify.field_twice")]
    [InlineData("{\"journal\":\"phoenix-1\",\"community\":7,\"utcOffsetMinutes\":480} x", "verify.not_json")]
    public async Task A_file_that_is_no_journal(string text, string code) => Files.Names(await Files.Verify(Encoding.UTF8.GetBytes(text)), code, 1);

    [Theory]
    [InlineData("", "verify.not_json")]
    [InlineData("{", "verify.not_json")]
    [InlineData("{}", "verify.field_missing")]
    [InlineData("{\"seq\":1,\"seq\":1}", "verify.field_twice")]
    [InlineData("{\"seq\":99999999999999999999999999}", "verify.out_of_range")]
    [InlineData("{\"seq\":1.0}", "verify.out_of_range")]
    [InlineData("{\"seq\":-0}", "verify.out_of_range")]
    [InlineData("{\"seq\":\"1\"}", "verify.wrong_type")]
    [InlineData("{\"seq\":null}", "verify.wrong_type")]
    [InlineData("{\"kind\":\"steal\"}", "verify.kind_unknown")]
    [InlineData("{\"kind\":\"\\ud800\"}", "verify.not_json")]
    [InlineData("{\"request\":\"00000001-0000-4000-8000-00000000000A\"}", "verify.bad_text")]
    [InlineData("{\"ref\":\"a b\"}", "verify.bad_text")]
    [InlineData("{\"ref\":\"一\"}", "verify.bad_text")]
    [InlineData("{\"hash\":\"00\"}", "verify.bad_text")]
    [InlineData("{\"legs\":1}", "verify.wrong_type")]
    [InlineData("{\"legs\":[1]}", "verify.wrong_type")]
    [InlineData("{\"legs\":[[1,2,3]]}", "verify.wrong_type")]
    [InlineData("{\"legs\":[[1,2,3,4,5,6,7,8,9]]}", "verify.wrong_type")]
    [InlineData("{\"legs\":[[1,1,2,0,0,0,0,0]]}", "verify.out_of_range")]
    [InlineData("{\"legs\":[[1,1,2,9223372036854775807,0,0,0,0]]}", "verify.out_of_range")]
    [InlineData("{\"opened\":[[1,\"wallet\",\"00000000-0000-0000-0000-000000000000\",\"coin\",null,0,null]]}", "verify.bad_text")]
    [InlineData("{\"opened\":[[1,\"member\",\"00000000-0000-0000-0000-000000000000\",\"yuan\",null,0,null]]}", "verify.bad_text")]
    [InlineData("{\"opened\":[[1,\"member\",\"00000000-0000-0000-0000-000000000000\",\"coin\",20260230,0,null]]}", "verify.out_of_range")]
    [InlineData("{\"opened\":[[1,\"member\",\"00000000-0000-0000-0000-000000000000\",\"coin\",20260228,1,null]]}", "verify.out_of_range")]
    [InlineData("{\"more\":1}", "verify.field_unknown")]
    [InlineData("{\"trailer\":1}", "verify.not_json")]
    [InlineData("{\"trailer\":{}}", "verify.field_missing")]
    [InlineData("{\"trailer\":{\"count\":0,\"count\":0}}", "verify.field_twice")]
    [InlineData("{\"trailer\":{\"signature\":\"!\"}}", "verify.bad_text")]
    [InlineData("{\"trailer\":{\"signature\":1}}", "verify.wrong_type")]
    public async Task A_line_that_is_no_posting(string line, string code) => Files.Names(await Files.Verify([Header, line]), code, 2);

    [Fact]
    public async Task A_line_without_end()
    {
        var report = await Files.Verify([Header, new string('x', VerifyOptions.MaxLineBytes + 1)]);
        Files.Names(report, "verify.line_too_long", 2);
        Assert.Equal(VerifyOptions.MaxLineBytes, report.Summary.Footprint.LongestLineBytes);
        Files.Names(await Files.Verify([new string(' ', 10_000_000)]), "verify.line_too_long", 1);
    }

    [Fact]
    public async Task Too_many_legs()
    {
        var legs = string.Join(',', Enumerable.Repeat("[1,1,2,1,0,0,0,0]", 257));
        Files.Names(await Files.Verify([Header, "{\"legs\":[" + legs + "]}"]), "verify.out_of_range", 2);
    }

    /// <summary>Each optional text or number where its kind has none, and missing where it must be.</summary>
    [Fact]
    public async Task Fields_a_kind_does_not_have()
    {
        foreach (var kind in _forge.Postings.Select(p => p.Kind).Distinct(StringComparer.Ordinal).ToList())
        {
            var p = _forge.Postings.First(x => string.Equals(x.Kind, kind, StringComparison.Ordinal));
            if (kind is not ("hold" or "extend"))
                await Planted(p, x => x.Until = x.At + 1, x => x.Until = null, "verify.field_not_allowed");
            if (kind is not "reverse")
                await Planted(p, x => x.Shortfall = 1, x => x.Shortfall = null, "verify.field_not_allowed");
            if (kind is not "policy")
                await Planted(p, x => x.Extra = "issue=0,redeem=0,grace=0", x => x.Extra = null, "verify.field_not_allowed");
            if (p.Subject is { } subject)
                await Planted(p, x => x.Subject = null, x => x.Subject = subject, "verify.field_missing");
            else
                await Planted(p, x => x.Subject = 1, x => x.Subject = null, "verify.field_not_allowed");
        }
    }

    [Fact]
    public async Task Mutated_bytes_never_throw_and_never_pass_as_another_journal()
    {
        var (dice, whole) = (new Dice(77), Files.Bytes(_lines));
        var proved = await Files.Verify(whole);
        for (var i = 0; i < 6_000; i++)
        {
            var report = await Files.Verify(Mutate(whole, dice));
            if (report.IsProved)
                Assert.Equal(proved.Summary.Head, report.Summary.Head);
        }
    }

    [Fact]
    public async Task Strange_numbers_behind_a_right_chain_never_throw()
    {
        var dice = new Dice(79);
        for (var i = 0; i < 1_000; i++)
            Assert.InRange((await Files.Verify(Rechained(dice))).Summary.Postings, 0, 60);
    }

    [Fact]
    public async Task Noise_never_throws()
    {
        var dice = new Dice(78);
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = new byte[dice.Next(400)];
            for (var j = 0; j < bytes.Length; j++)
                bytes[j] = (byte)dice.Next(256);
            Assert.NotNull((await Files.Verify([.. dice.Next(2) == 0 ? Encoding.UTF8.GetBytes(Header + "\n") : [], .. bytes])).Fault);
        }
    }

    // Bytes are replaced, pieces cut out and repeated.
    private static byte[] Mutate(byte[] whole, Dice dice)
    {
        var bytes = whole.ToList();
        for (var n = 1 + dice.Next(3); n > 0; n--)
        {
            var at = dice.Next(bytes.Count);
            switch (dice.Next(4))
            {
                case 0:
                    bytes[at] = (byte)dice.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << dice.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + dice.Next(40)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(bytes.Count - at, 1 + dice.Next(40))));
                    break;
            }
        }

        return [.. bytes];
    }

    // A field of one line made strange, chained anew: so the rules behind the chain meet it.
    private IEnumerable<string> Rechained(Dice dice)
    {
        using var forge = new Forge();
        new History(forge, 31).Run(60);
        var p = dice.Pick(forge.Postings);
        var worst = dice.Pick([0L, 1, -1, 2, long.MaxValue, long.MinValue, 1L << 62, -(1L << 62), 1_000_000]);
        switch (dice.Next(6))
        {
            case 0 when p.Legs.Count > 0:
                dice.Pick(p.Legs)[dice.Next(8)] = worst;
                break;
            case 1 when p.Opened.Count > 0:
                dice.Pick(p.Opened)[dice.Pick([0, 4, 5, 6])] = worst;
                break;
            case 2:
                p.Subject = worst;
                break;
            case 3:
                p.Until = worst;
                break;
            case 4:
                p.At = worst;
                break;
            default:
                p.Kind = dice.Pick(forge.Postings).Kind;
                break;
        }

        return forge.Lines();
    }

    private async Task Planted(Forged p, Action<Forged> plant, Action<Forged> undo, string code)
    {
        plant(p);
        Files.Names(await _forge.Prove(), code, p.Seq + 1, p.Kind);
        undo(p);
    }
}
