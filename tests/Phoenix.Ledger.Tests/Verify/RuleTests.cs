using Phoenix.Ledger.Verify;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>
/// Goal: what breaks a rule is found and named even when numbers, chain and signature are all right. Method: each fault is written by a forge that
/// computes everything that follows from it; only the rule in question can object.
/// </summary>
public sealed class RuleTests : IDisposable
{
    private const string Ann = "00000000-0000-4000-8000-0000000000a1";
    private const string Bob = "00000000-0000-4000-8000-0000000000b0";
    private readonly Forge _f = new();

    private long Early => _f.Lot(Ann, 20260110);
    private long Late => _f.Lot(Ann, 20260331);
    private long Others => _f.Lot(Bob, 20260331);
    private long Held => _f.Account("held");
    private long Shop => _f.Account("merchant", Forge.Uuid(2001));
    private long Pool => _f.Account("pool", Forge.Uuid(3001));
    private long Expired => _f.Account("expired");
    private long Issuance => _f.Account("issuance");

    public void Dispose() => _f.Dispose();

    private async Task Found(string code, VerifyOptions? options = null) => Files.Names(await _f.Prove(options), code, _f.Postings.Count + 1);

    private void Fund()
    {
        _f.Issue(Early, 10);
        _f.Issue(Late, 20);
    }

    // 10 of the early lot, 5 of the late.
    private long Hold(long minutes = 60) => _f.Hold(Shop, _f.Now + minutes * 60_000, (Early, Held, 10), (Late, Held, 5)).Seq;

    private async Task Right() => Assert.True((await _f.Prove()).IsProved, (await _f.Prove()).Fault?.ToString());

    private void Days(int days) => _f.Now += days * 86_400_000L;

    [Fact]
    public async Task Overdraft()
    {
        Fund();
        _f.Hold(Shop, _f.Now + 1000, (Early, Held, 11));
        await Found("verify.below_floor");
    }

    [Fact]
    public async Task Overdraft_of_a_pool()
    {
        Fund();
        _f.Post("transfer", (Issuance, Pool, 5));
        _f.Post("retire", (Pool, Issuance, 6));
        await Found("verify.below_floor");
    }

    [Fact]
    public async Task Above_a_ceiling()
    {
        _f.Account("pool", Forge.Uuid(3001), ceiling: 10);
        _f.Post("open");
        _f.Post("transfer", (Issuance, Pool, 10));
        await Right();
        _f.Post("transfer", (Issuance, Pool, 1));
        await Found("verify.above_ceiling");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_balance_after(int cell)
    {
        Fund();
        _f.Postings[^1].Legs[0][cell]++;
        await Found("verify.after_wrong");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_link_to_the_posting_before(int cell)
    {
        Fund();
        _f.Issue(Late, 1);
        _f.Postings[^1].Legs[0][cell]--;
        await Found("verify.prev_wrong");
    }

    [Fact]
    public async Task Legs_out_of_number()
    {
        Fund();
        _f.Postings[^1].Legs[0][0] = 2;
        await Found("verify.leg_number");
    }

    [Fact]
    public async Task A_dropped_posting_with_everything_after_it_numbered_and_chained_anew()
    {
        Fund();
        _f.Issue(Late, 1);
        _f.Postings.RemoveAt(1);
        _f.Postings[1].Seq = 2;
        Files.Names(await _f.Prove(), "verify.account_unknown", 3);
    }

    [Fact]
    public async Task A_stamp_that_goes_back()
    {
        Fund();
        _f.Now--;
        _f.Issue(Late, 1);
        await Found("verify.time_backwards");
    }

    [Fact]
    public async Task A_request_that_took_effect_twice()
    {
        Fund();
        _f.Issue(Late, 1);
        _f.Issue(Late, 1);
        _f.Postings[^1].Request = _f.Postings[0].Request;
        await Found("verify.request_twice");
    }

    [Fact]
    public async Task Linked_postings_that_are_not_together()
    {
        Fund();
        _f.Link(2);
        await Right();
        (_f.Postings[0].Parts, _f.Postings[1].Parts) = (3, 3);
        Files.Names(await _f.Prove(), "verify.link_broken", 4);
        _f.Link(2);
        foreach (var change in new Action<Forged>[] { p => p.Part = 1, p => p.Input = new string('a', 32), p => p.Actor = Forge.Uuid(5), p => p.Request = Forge.Uuid(6), p => p.At++ })
        {
            var (part, input, actor, request, at) = (_f.Postings[1].Part, _f.Postings[1].Input, _f.Postings[1].Actor, _f.Postings[1].Request, _f.Postings[1].At);
            change(_f.Postings[1]);
            await Found("verify.link_broken");
            (_f.Postings[1].Part, _f.Postings[1].Input, _f.Postings[1].Actor, _f.Postings[1].Request, _f.Postings[1].At) = (part, input, actor, request, at);
        }

        _f.Issue(Late, 1).Part = 2;
        _f.Postings[^1].Parts = 2;
        await Found("verify.link_broken");
    }

    [Fact]
    public async Task A_reason_that_was_exchanged()
    {
        Fund();
        Forge.Explain(_f.Postings[^1], "照顾王奶奶");
        await Right();
        _f.Postings[^1].Text = "照顾李奶奶";
        await Found("verify.reason_changed");
    }

    [Theory]
    [InlineData(0, 9L, "verify.account_number")]
    [InlineData(4, null, "verify.account_date")]
    [InlineData(5, -5L, "verify.account_bounds")]
    [InlineData(6, 99L, "verify.account_bounds")]
    public async Task An_account_opened_wrongly(int cell, object? value, string code)
    {
        Fund();
        _f.Postings[^1].Opened[0][cell] = value;
        await Found(code);
    }

    [Fact]
    public async Task A_date_where_none_belongs_and_a_floor_of_its_own()
    {
        Fund();
        _f.Account("pool", Forge.Uuid(1), 20260101);
        _f.Post("open");
        await Found("verify.account_date");
        _f.Postings[^1].Opened[0] = [3L + 1, "pool", Forge.Uuid(1), "coin", null, -5L, null];
        await Found("verify.account_bounds");
        _f.Postings[^1].Opened[0] = [3L + 1, "cash", Forge.Uuid(1), "fen", null, -5L, null];
        await Right();
    }

    [Fact]
    public async Task An_account_opened_twice_or_for_nothing()
    {
        Fund();
        _f.Account("pool", Forge.Uuid(1));
        _f.Post("open");
        _f.Account("pool", Forge.Uuid(2));
        _f.Post("open");
        _f.Postings[^1].Opened[0][2] = Forge.Uuid(1);
        await Found("verify.account_twice");
        _f.Postings[^1].Opened[0][2] = Forge.Uuid(2);
        _f.Account("pool", Forge.Uuid(3));
        _f.Issue(Late, 1);
        await Found("verify.account_unused");
    }

    [Theory]
    [InlineData("issue", "pool", "member")]
    [InlineData("issue", "issuance", "merchant")]
    [InlineData("grant", "member", "member2")]
    [InlineData("gift", "member", "merchant")]
    [InlineData("gift", "pool", "member")]
    [InlineData("transfer", "member", "member2")]
    [InlineData("transfer", "merchant", "member")]
    [InlineData("transfer", "merchant", "merchant2")]
    [InlineData("transfer", "pool", "cash")]
    [InlineData("transfer", "issuance", "member")]
    [InlineData("settle", "merchant", "issuance")]
    [InlineData("retire", "member", "issuance")]
    [InlineData("hold", "pool", "held")]
    [InlineData("hold", "merchant", "held")]
    [InlineData("expire-lot", "pool", "expired")]
    [InlineData("extend-lot", "member", "merchant")]
    [InlineData("capture", "held", "pool")]
    [InlineData("release", "held", "merchant")]
    [InlineData("refund", "pool", "member")]
    public async Task A_way_outside_of_the_closed_loop(string kind, string from, string to)
    {
        using var f = new Forge();
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var name in new[] { "issuance", "member", "member2", "pool", "merchant", "held", "expired", "merchant2", "cash" })
        {
            ids[name] = name switch
            {
                "member" => f.Lot(Ann, 20260331),
                "member2" => f.Lot(Bob, 20260331),
                "merchant" or "merchant2" or "pool" => f.Account(name.TrimEnd('2'), Forge.Uuid(name.Length)),
                _ => f.Account(name),
            };
            f.Post("open");
        }

        f.Post("issue", (ids["issuance"], ids["member"], 20));
        f.Post("transfer", (ids["issuance"], ids["pool"], 20));
        var hold = f.Hold(ids["merchant"], f.Now + 1000, (ids["member"], ids["held"], 10)).Seq;
        f.About(hold, "capture", (ids["held"], ids["merchant"], 10));
        f.Hold(ids["merchant"], f.Now + 1000, (ids["member"], ids["held"], 5));
        var p = f.Post(kind, (ids[from], ids[to], 1));
        (p.Subject, p.Until) = (kind is "hold" ? ids["merchant"] : kind is "capture" or "release" or "refund" ? hold : null, kind is "hold" ? f.Now + 1000 : null);
        Files.Names(await f.Prove(), "verify.way_closed", f.Postings.Count + 1, kind);
    }

    [Fact]
    public async Task A_leg_between_two_assets_or_to_itself_or_to_nowhere()
    {
        _f.Post("transfer", (_f.Account("external", asset: "fen"), _f.Account("cash"), 5));
        await Found("verify.asset_mixed");
        _f.Postings[^1].Legs[0][2] = _f.Postings[^1].Legs[0][1];
        _f.Postings[^1].Opened.RemoveAt(1);
        await Found("verify.same_account");
        _f.Postings[^1].Legs[0][2] = 77;
        await Found("verify.account_unknown");
    }

    [Fact]
    public async Task A_lapsed_lot_that_is_spent_or_filled()
    {
        Fund();
        Days(6);
        _f.Hold(Shop, _f.Now + 1000, (Early, Held, 1));
        await Found("verify.lot_lapsed");
        _f.Postings.RemoveAt(2);
        _f.Post("gift", (Early, Pool, 1));
        _f.Postings[^1].Seq = 3;
        Files.Names(await _f.Prove(), "verify.account_number", 4);
    }

    [Fact]
    public async Task A_lapsed_lot_that_is_given_away()
    {
        Fund();
        Days(6);
        _f.Post("gift", (Early, Pool, 1));
        await Found("verify.lot_lapsed");
    }

    [Fact]
    public async Task A_lapsed_lot_that_is_issued_into()
    {
        Fund();
        Days(6);
        _f.Issue(Early, 1);
        await Found("verify.lot_lapsed");
    }

    [Fact]
    public async Task The_last_day_of_a_lot_is_the_communitys()
    {
        Fund();
        // 2026-01-10 23:59:59.999 in Chengdu, and one millisecond later.
        _f.Now = 1_768_060_799_999;
        _f.Post("gift", (Early, Pool, 1));
        await Right();
        _f.Now++;
        _f.Post("gift", (Early, Pool, 1));
        await Found("verify.lot_lapsed");
    }

    [Fact]
    public async Task A_later_lot_before_an_earlier_one()
    {
        Fund();
        _f.Post("gift", (Late, Pool, 1));
        await Found("verify.lot_order");
    }

    [Fact]
    public async Task A_later_lot_while_the_earlier_is_not_empty()
    {
        Fund();
        _f.Hold(Shop, _f.Now + 1000, (Early, Held, 9), (Late, Held, 1));
        await Found("verify.lot_order");
    }

    [Fact]
    public async Task Lots_of_two_members()
    {
        Fund();
        _f.Issue(Others, 5);
        _f.Hold(Shop, _f.Now + 1000, (Early, Held, 10), (Others, Held, 5));
        await Found("verify.lots_of_two");
    }

    [Fact]
    public async Task A_gift_from_two_members()
    {
        Fund();
        _f.Issue(Others, 5);
        _f.Post("gift", (Early, Pool, 10), (Others, Pool, 5));
        await Found("verify.lots_of_two");
    }

    [Fact]
    public async Task A_hold_for_nobody_or_for_a_pool_or_without_time()
    {
        Fund();
        var shop = Shop;
        _f.Post("open");
        var p = _f.Hold(shop, _f.Now + 1000, (Early, Held, 10));
        await Right();
        p.Subject = 99;
        await Found("verify.account_unknown");
        p.Subject = Late;
        await Found("verify.hold_receiver");
        p.Subject = shop;
        p.Until = p.At;
        await Found("verify.hold_until");
        _f.Post("transfer", (Issuance, Pool, 1));
        _f.Postings[^2].Until++;
        _f.Hold(Pool, _f.Now + 1000, (Late, Held, 1));
        await Found("verify.hold_receiver");
    }

    [Fact]
    public async Task A_hold_in_two_places()
    {
        Fund();
        _f.Hold(Shop, _f.Now + 1000, (Early, Held, 10), (Late, _f.Account("held", Forge.Uuid(4)), 1));
        await Found("verify.held_of_two");
    }

    [Fact]
    public async Task What_is_frozen_goes_on()
    {
        Fund();
        var hold = Hold();
        _f.Policy(0, 1, 0);
        _f.About(hold, "capture", (Held, Shop, 15));
        await Found("verify.frozen");
        _f.Postings.RemoveAt(_f.Postings.Count - 1);
        _f.Postings.Add(new Forged { Seq = 5, Kind = "hold", At = _f.Now, Request = Forge.Uuid(77), Input = new string('0', 32), Actor = Forge.Uuid(1), Subject = Shop, Until = _f.Now + 1, Legs = [[1, Late, Held, 1, 14, 16, 3, 3]] });
        await Found("verify.frozen");
        _f.Postings[3].Extra = "issue=1,redeem=0,grace=0";
        await Right();
        _f.Postings[^1] = new Forged { Seq = 5, Kind = "issue", At = _f.Now, Request = Forge.Uuid(78), Input = new string('0', 32), Actor = Forge.Uuid(1), Legs = [[1, Issuance, Late, 1, -31, 16, 2, 3]] };
        await Found("verify.frozen");
        _f.Postings[^1].Kind = "grant";
        await Found("verify.frozen");
    }

    [Theory]
    [InlineData("issue=2,redeem=0,grace=0")]
    [InlineData("issue=0,redeem=0,grace=367")]
    [InlineData("issue=0,redeem=0,grace=07")]
    [InlineData("issue=0,redeem=0,grace=-1")]
    [InlineData("issue=0,grace=0,redeem=0")]
    [InlineData("grace=0")]
    public async Task A_policy_in_another_spelling(string extra)
    {
        _f.Policy(0, 0, 0).Extra = extra;
        await Found("verify.bad_text");
    }
}
