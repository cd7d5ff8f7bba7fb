namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Goal and method as in <see cref="RuleTests"/>: holds, refunds, reversals, expiry and extension.</summary>
public sealed class HoldRuleTests : IDisposable
{
    private const string Ann = "00000000-0000-4000-8000-0000000000a1";
    private readonly Forge _f = new();

    private long Early => _f.Lot(Ann, 20260110);
    private long Late => _f.Lot(Ann, 20260331);
    private long Held => _f.Account("held");
    private long Shop => _f.Account("merchant", Forge.Uuid(2001));
    private long Pool => _f.Account("pool", Forge.Uuid(3001));
    private long Expired => _f.Account("expired");
    private long Issuance => _f.Account("issuance");

    public void Dispose() => _f.Dispose();

    private async Task Found(string code) => Files.Names(await _f.Prove(), code, _f.Postings.Count + 1);

    private async Task Right() => Assert.True((await _f.Prove()).IsProved, (await _f.Prove()).Fault?.ToString());

    // 10 of the early lot and 5 of the late are held for an hour.
    private long Hold()
    {
        _f.Issue(Early, 10);
        _f.Issue(Late, 20);
        return _f.Hold(Shop, _f.Now + 3_600_000, (Early, Held, 10), (Late, Held, 5)).Seq;
    }

    private long Captured(long amount = 15)
    {
        var hold = Hold();
        if (amount == 15)
            _f.About(hold, "capture", (Held, Shop, 15));
        else
            _f.About(hold, "capture", (Held, Shop, amount), (Held, Late, 15 - amount));
        return hold;
    }

    [Theory]
    [InlineData("capture")]
    [InlineData("release")]
    [InlineData("expire-hold")]
    [InlineData("extend")]
    [InlineData("refund")]
    public async Task About_a_hold_that_is_not(string kind)
    {
        Hold();
        var p = kind switch
        {
            "capture" => _f.About(2, kind, (Held, Shop, 15)),
            "extend" => _f.About(2, kind),
            "refund" => _f.About(2, kind, (Shop, Late, 1)),
            _ => _f.About(2, kind, (Held, Early, 10), (Held, Late, 5)),
        };
        p.Until = kind is "extend" ? _f.Now + 9_000_000 : null;
        await Found("verify.hold_unknown");
        p.Subject = 999_999;
        await Found("verify.hold_unknown");
    }

    [Theory]
    [InlineData("capture", false)]
    [InlineData("release", false)]
    [InlineData("extend", false)]
    [InlineData("capture", true)]
    [InlineData("release", true)]
    [InlineData("extend", true)]
    public async Task A_second_resolution(string kind, bool refundedLater)
    {
        var hold = Captured();
        // Coins that other holds hold: so that nothing but the rule objects.
        _f.Hold(Shop, _f.Now + 3_600_000, (Late, Held, 15));
        var at = _f.Postings.Count + 2;
        var p = kind switch
        {
            "capture" => _f.About(hold, kind, (Held, Shop, 15)),
            "extend" => _f.About(hold, kind),
            _ => _f.About(hold, kind, (Held, Early, 10), (Held, Late, 5)),
        };
        p.Until = kind is "extend" ? _f.Now + 9_000_000 : null;
        if (refundedLater)
            _f.About(hold, "refund", (Shop, Late, 1));
        Files.Names(await _f.Prove(), "verify.hold_resolved", at);
    }

    [Theory]
    [InlineData("capture", 3_600_000, "verify.hold_lapsed")]
    [InlineData("release", 3_600_000, "verify.hold_lapsed")]
    [InlineData("extend", 3_600_000, "verify.hold_lapsed")]
    [InlineData("expire-hold", 3_599_999, "verify.hold_not_lapsed")]
    [InlineData("capture", 3_599_999, null)]
    [InlineData("release", 3_599_999, null)]
    [InlineData("extend", 3_599_999, null)]
    [InlineData("expire-hold", 3_600_000, null)]
    public async Task At_the_limit(string kind, int afterMs, string? code)
    {
        var hold = Hold();
        _f.Now += afterMs;
        var p = kind switch
        {
            "capture" => _f.About(hold, kind, (Held, Shop, 15)),
            "extend" => _f.About(hold, kind),
            _ => _f.About(hold, kind, (Held, Early, 10), (Held, Late, 5)),
        };
        p.Until = kind is "extend" ? _f.Now + 9_000_000 : null;
        await (code is null ? Right() : Found(code));
    }

    [Fact]
    public async Task An_extension_moves_the_limit_once_and_only_on()
    {
        var hold = Hold();
        var p = _f.About(hold, "extend");
        p.Until = _f.Postings[2].Until;
        await Found("verify.hold_until");
        p.Until++;
        await Right();
        _f.About(hold, "extend").Until = p.Until + 1000;
        await Found("verify.hold_extended_twice");
    }

    [Fact]
    public async Task A_capture_of_more_than_was_held_or_for_another()
    {
        var hold = Hold();
        var p = _f.About(hold, "capture", (Held, Shop, 16));
        await Found("verify.capture_wrong");
        p.Legs[0] = [1, Held, Early, 15, 0, 15, 3, 3];
        await Found("verify.capture_wrong");
    }

    [Theory]
    [InlineData(12, 0, 0, "late")]
    [InlineData(12, 1, 2, "both")]
    [InlineData(4, 5, 6, "both")]
    [InlineData(4, 6, 4, "both")]
    public async Task A_part_captured_whose_rest_goes_elsewhere(long captured, long early, long late, string what)
    {
        var hold = Hold();
        if (what is "late")
            _f.About(hold, "capture", (Held, Shop, captured));
        else
            _f.About(hold, "capture", (Held, Shop, captured), (Held, Early, early), (Held, Late, late));
        await Found("verify.back_wrong");
    }

    [Fact]
    public async Task A_release_in_another_order_or_not_in_full()
    {
        var hold = Hold();
        var p = _f.About(hold, "release", (Held, Late, 5), (Held, Early, 10));
        await Found("verify.back_wrong");
        p.Legs.RemoveAt(1);
        await Found("verify.back_wrong");
    }

    [Fact]
    public async Task What_comes_back_lapsed_follows_the_policy()
    {
        var hold = Hold();
        _f.Policy(0, 0, 7);
        _f.Now += 6 * 86_400_000L;
        var p = _f.About(hold, "expire-hold", (Held, Early, 10), (Held, Late, 5));
        await Found("verify.lot_lapsed");
        _f.Postings.Remove(p);
        _f.Postings.Add(new Forged
        {
            Seq = 5,
            Kind = "expire-hold",
            At = _f.Now,
            Request = Forge.Uuid(77),
            Input = new string('0', 32),
            Actor = Forge.Uuid(1),
            Subject = hold,
            Opened = [[6L, "member", Ann, "coin", (long)_f.Today(7), 0L, null]],
            Legs = [[1, Held, 6, 10, 5, 10, 3, 0], [2, Held, Late, 5, 0, 20, 3, 3]],
        });
        await Right();
        _f.Postings[^1].Opened[0][4] = (long)_f.Today(8);
        await Found("verify.back_wrong");
        _f.Postings[3].Extra = "issue=0,redeem=0,grace=0";
        _f.Postings[^1].Opened[0] = [6L, "expired", Forge.Nobody, "coin", null, 0L, null];
        await Right();
    }

    [Fact]
    public async Task Refunds_up_to_what_was_captured()
    {
        var hold = Captured(12);
        _f.About(hold, "refund", (Shop, Late, 1));
        _f.About(hold, "refund", (Shop, Late, 1), (Shop, Early, 10));
        await Right();
        _f.Hold(Shop, _f.Now + 3_600_000, (Early, Held, 10));
        _f.About(_f.Postings.Count, "capture", (Held, Shop, 10));
        _f.About(hold, "refund", (Shop, Early, 1));
        await Found("verify.refund_too_much");
    }

    [Fact]
    public async Task A_refund_of_more_than_was_captured_at_once()
    {
        var hold = Captured(12);
        _f.Hold(Shop, _f.Now + 3_600_000, (Late, Held, 10));
        _f.About(_f.Postings.Count, "capture", (Held, Shop, 10));
        _f.About(hold, "refund", (Shop, Late, 3), (Shop, Early, 10));
        await Found("verify.refund_too_much");
    }

    [Fact]
    public async Task A_refund_in_another_order()
    {
        var hold = Captured(12);
        _f.About(hold, "refund", (Shop, Early, 1));
        await Found("verify.refund_wrong");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refund_of_what_was_not_captured(bool released)
    {
        var hold = Hold();
        if (released)
            _f.About(hold, "release", (Held, Early, 10), (Held, Late, 5));
        _f.Hold(Shop, _f.Now + 3_600_000, (released ? Early : Late, Held, 10));
        _f.About(_f.Postings.Count, "capture", (Held, Shop, 10));
        _f.About(hold, "refund", (Shop, Late, 1));
        await Found("verify.refund_not_captured");
    }

    [Fact]
    public async Task A_lot_that_expires_too_early_or_in_part()
    {
        _f.Issue(Early, 10);
        var p = _f.Post("expire-lot", (Early, Expired, 10));
        await Found("verify.lot_not_lapsed");
        _f.Now += 6 * 86_400_000L;
        p.At = _f.Now;
        await Right();
        p.Legs[0][3]--;
        await Found("verify.lot_not_emptied");
    }

    [Fact]
    public async Task A_lot_that_is_extended_wrongly()
    {
        _f.Issue(Early, 10);
        _f.Issue(Late, 10);
        var p = _f.Post("extend-lot", (Early, Late, 10));
        await Right();
        p.Legs[0][3]--;
        await Found("verify.lot_not_emptied");
        p.Legs[0][3]++;
        p.At += 6 * 86_400_000L;
        await Found("verify.lot_lapsed");
        _f.Now = p.At;
        _f.Post("extend-lot", (Late, _f.Lot(Forge.Uuid(1), 20270101), 20));
        p.At = _f.Postings[1].At;
        await Found("verify.lot_moved_wrong");
        _f.Postings[^1].Opened[0][2] = Ann;
        await Right();
        _f.Postings[^1].Opened[0][4] = 20260330L;
        await Found("verify.lot_moved_wrong");
    }

    [Fact]
    public async Task A_reversal_of_what_is_not_or_cannot_be_or_was()
    {
        var hold = Captured();
        var p = _f.About(hold, "reverse", (Shop, Early, 10));
        await Found("verify.reverse_kind");
        p.Subject = p.Seq;
        await Found("verify.reverse_unknown");
        p.Subject = 99;
        await Found("verify.reverse_unknown");
        _f.Postings.Remove(p);
        await Right();
    }

    [Fact]
    public async Task A_second_reversal()
    {
        _f.Issue(Late, 10);
        _f.Issue(Late, 10);
        _f.About(1, "reverse", (Late, Issuance, 10));
        await Right();
        _f.About(1, "reverse", (Late, Issuance, 10));
        await Found("verify.reverse_twice");
    }

    [Fact]
    public async Task A_reversal_takes_what_is_there_and_says_what_is_not()
    {
        _f.Post("grant", (Issuance, Late, 4), (Issuance, Early, 10));
        _f.Post("gift", (Early, Pool, 8));
        // The early lot has 2 of its 10; the member's late lot gives its 4 for it, and then has none for its own leg.
        var p = _f.About(1, "reverse", (Early, Issuance, 2), (Late, Issuance, 4));
        p.Shortfall = 8;
        await Right();
        p.Shortfall = 7;
        await Found("verify.shortfall_wrong");
        p.Shortfall = null;
        await Found("verify.shortfall_wrong");
        p.Shortfall = 8;
        (p.Legs[0], p.Legs[1]) = ([1, Late, Issuance, 4, 0, -10, 1, 1], [2, Early, Issuance, 2, 0, -8, 2, 1]);
        await Found("verify.reverse_wrong");
        p.Legs.RemoveAt(1);
        await Found("verify.reverse_wrong");
    }
}
