using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Redemption.Offers;
using Phoenix.App.Tests.Fund;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>Terms are signed by two and apply forward; offers are proposed by the merchant, approved by staff, and changed forward only.</summary>
public sealed partial class OfferTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Terms_are_prepared_by_staff_signed_by_the_treasurer_and_never_apply_backwards(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await MerchantTests.Shop.Open(app, "社区食堂");
        Task<Answer> Propose(string startsOn, long fenPerCoin = 50, string? endsOn = null, Guid? merchant = null) =>
            shop.Staff.Post($"merchants/{merchant ?? shop.Id}/agreements", new { fenPerCoin, fundSharePercent = 80, startsOn, endsOn, paper = "凤凰-1" });
        (await Propose("2026-11-22")).Refused(HttpStatusCode.BadRequest, "agreement.dates_bad");
        (await Propose("2026-11-23", endsOn: "2026-11-22")).Refused(HttpStatusCode.BadRequest, "agreement.dates_bad");
        (await Propose("2026-11-23", fenPerCoin: 0)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Propose("2026-11-23", merchant: app.NewRequestId())).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        var first = (await Propose("2026-11-23")).Ok<ListAgreements.Item>();
        (await Propose("2026-11-24")).Refused(HttpStatusCode.Conflict, "agreement.waits");
        (await MerchantTests.Decide(shop.Staff, first.ApprovalId)).Refused(HttpStatusCode.Conflict, "approval.own");

        // A member can't exchange before the treasurer signed.
        var market = new Market(app, shop, Guid.Empty, 1);
        var (offer, version) = await Market.Approved(shop, Market.Lunch());
        market = market with { Offer = offer, Version = version };
        var (member, _) = await market.Member();
        (await market.Hold(member)).Refused(HttpStatusCode.Conflict, "agreement.none_in_force");
        (await MerchantTests.Decide(shop.Treasurer, first.ApprovalId)).Ok<ListApprovals.Item>();
        (await market.Hold(member)).Ok<HoldOffer.Response>();

        // The next version from tomorrow on; approved too late it is no version.
        (await Propose("2026-11-23")).Refused(HttpStatusCode.BadRequest, "agreement.dates_bad");
        var second = (await Propose("2026-11-24", fenPerCoin: 60)).Ok<ListAgreements.Item>();
        app.Time.Advance(TimeSpan.FromDays(1));
        (await MerchantTests.Decide(app.Fresh(shop.Treasurer), second.ApprovalId)).Refused(HttpStatusCode.Conflict, "agreement.late");
        var (staff, owner, fresh) = (app.Fresh(shop.Staff), app.Fresh(shop.Owner), app.Fresh(member));
        Assert.Equal([2, 1], (await owner.Get($"merchants/{shop.Id}/agreements")).Ok<List<ListAgreements.Item>>().Select(a => a.Version));
        (await fresh.Get($"merchants/{shop.Id}/agreements")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var other = await MerchantTests.Shop.Open(app, "永安超市", staff);
        (await other.Owner.Get($"merchants/{shop.Id}/agreements")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_exchange_keeps_the_terms_of_its_day_and_the_month_has_a_cap(DatabaseKind database)
    {
        var market = await Market.Open(database, Market.Lunch(), fenPerCoin: 50, monthlyCapFen: 18 * 50 * 2);
        await using var app = market.App;
        var (member, _) = await market.Member(100);
        var first = await market.Held(member);
        await market.Held(member);
        (await market.Hold(member)).Refused(HttpStatusCode.Conflict, "agreement.month_full");
        (await Market.Cancel(member, first.Id)).Ok<EndRedemption.Response>();
        await market.Held(member);
        var next = (await market.Shop.Staff.Post($"merchants/{market.Shop.Id}/agreements", new { fenPerCoin = 70, fundSharePercent = 60, startsOn = "2026-11-24", paper = "凤凰-2" })).Ok<ListAgreements.Item>();
        (await MerchantTests.Decide(market.Shop.Treasurer, next.ApprovalId)).Ok<ListApprovals.Item>();
        app.Time.Advance(TimeSpan.FromDays(1));
        var later = await market.Held(app.Fresh(member));
        var rows = await app.Read(1, db => Task.FromResult(db.Set<RedemptionRow>().OrderBy(r => r.Hold).Select(r => new { r.Id, r.FenPerCoin, r.FundSharePercent, r.AgreementId }).ToList()));
        Assert.Equal([(50, 100), (50, 100), (50, 100), (70, 60)], rows.Select(r => (r.FenPerCoin, r.FundSharePercent)));
        Assert.Equal((later.Id, next.Id), (rows[3].Id, rows[3].AgreementId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_offer_is_approved_by_staff_changed_by_versions_paused_and_ended(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var ((member, _), (owner, staff, shop)) = (await market.Member(200), (market.Shop.Owner, market.Shop.Staff, market.Shop.Id));
        (await owner.Post($"merchants/{shop}/offers", new { title = "十元午餐", coins = 10, description = "只要 10 元" })).Refused(HttpStatusCode.BadRequest, "offer.names_money");
        (await owner.Post($"merchants/{shop}/offers", new { title = "午餐", coins = 0 })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await owner.Post($"merchants/{shop}/offers", new { title = "午餐", coins = 5, from = "13:00:00", to = "11:00:00" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await owner.Post($"merchants/{shop}/offers", new { title = "午餐", coins = 5, fileId = app.NewRequestId() })).Refused(HttpStatusCode.BadRequest, "offer.picture_unknown");
        var waits = (await owner.Post($"merchants/{shop}/offers", new { title = "热豆浆", coins = 5, extraText = "加糖另付 1 元" })).Ok<ProposeOffer.Response>();
        (await owner.Post($"merchants/{shop}/offers/{waits.OfferId}/versions", new { title = "热豆浆", coins = 6 })).Refused(HttpStatusCode.Conflict, "offer.waits");
        (await market.Hold(member, offer: waits.OfferId, version: 1)).Refused(HttpStatusCode.NotFound, "offer.unknown");
        (await member.Get($"offers/{waits.OfferId}")).Refused(HttpStatusCode.NotFound, "offer.unknown");
        (await MerchantTests.Decide(await app.Person(Role.Treasurer), waits.ApprovalId)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await MerchantTests.Decide(staff, waits.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal("加糖另付 1 元", (await member.Get($"offers/{waits.OfferId}")).Ok<OfferView>().ExtraText);

        // A change counts from its approval on; who saw the old page is told.
        var (_, second) = await Market.Approved(market.Shop, Market.Lunch(coins: 20), market.Offer);
        (await market.Hold(member)).Refused(HttpStatusCode.Conflict, "offer.changed");
        Assert.Equal(20, (await market.Hold(member, version: second)).Ok<HoldOffer.Response>().Coins);
        (await market.Hold(member, quantity: 3, version: second)).Refused(HttpStatusCode.Conflict, "offer.quantity_too_large");

        Task<Answer> Set(TestCaller by, string state) => by.Post($"merchants/{shop}/offers/{market.Offer}/state", new { state });
        Assert.Equal(OfferState.Paused, (await Set(owner, "paused")).Ok<SetOfferState.Response>().State);
        (await market.Hold(member, version: second)).Refused(HttpStatusCode.Conflict, "offer.not_active");
        (await Set(staff, "active")).Ok<SetOfferState.Response>();
        await market.Pin();
        Assert.True((await member.Get($"offers/{market.Offer}")).Ok<OfferView>().IsPinned);
        (await owner.Put($"merchants/{shop}/rest", new { until = app.Now })).Refused(HttpStatusCode.BadRequest, "merchant.rest_bad");
        (await owner.Put($"merchants/{shop}/rest", new { until = app.Now + TimeSpan.FromHours(1) })).Ok<ListMerchants.Item>();
        (await market.Hold(member, version: second)).Refused(HttpStatusCode.Conflict, "merchant.resting");
        (await owner.Put($"merchants/{shop}/rest", new { })).Ok<ListMerchants.Item>();
        (await owner.Put($"merchants/{shop}/hours", new { weekdays = new[] { 2, 3 }, from = "08:00:00", to = "20:00:00" })).Ok<ListMerchants.Item>();
        (await market.Hold(member, version: second)).Refused(HttpStatusCode.Conflict, "offer.closed");
        (await Set(owner, "ended")).Ok<SetOfferState.Response>();
        (await Set(owner, "active")).Refused(HttpStatusCode.Conflict, "offer.ended");
        Assert.Equal(["热豆浆"], (await member.Get("offers")).Ok<Page<OfferView>>().Items.Select(o => o.Title));
        var neighbour = (await app.Person(TestDatabases.OtherCommunity, Role.Member, Role.MerchantOwner)).In(TestDatabases.OtherCommunity);
        (await neighbour.Get($"offers/{waits.OfferId}")).Refused(HttpStatusCode.NotFound, "offer.unknown");
        (await neighbour.Post($"merchants/{shop}/offers/{waits.OfferId}/state", new { state = "paused" })).Refused(HttpStatusCode.NotFound, "merchant.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_read_and_see_the_version_they_approve_and_the_next_begins_from_it(DatabaseKind database)
    {
        var market = await Market.Open(database);
        await using var app = market.App;
        var (owner, staff, shop) = (market.Shop.Owner, market.Shop.Staff, market.Shop.Id);
        var picture = await FundDesk.Upload(app, owner);
        var waits = (await owner.Post($"merchants/{shop}/offers", new { title = "热豆浆", coins = 5, description = "现磨。", extraText = "加糖另付", fileId = picture, stockPerDay = 30, weekdays = new[] { 1, 2 }, from = "07:00:00" })).Ok<ProposeOffer.Response>();

        var seen = (await staff.Get($"approvals/{waits.ApprovalId}")).Ok<GetApproval.Response>();
        Assert.True(seen.Approval.MayDecide);
        Assert.Equal(["现磨。", "到店另付：加糖另付", "每天最多 30 份"], seen.Lines);
        Assert.Equal("image/jpeg", (await app.Anyone.Get(Assert.Single(seen.Pictures))).ContentType);
        (await owner.Get($"approvals/{waits.ApprovalId}")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await market.Shop.Treasurer.Get($"approvals/{waits.ApprovalId}")).Refused(HttpStatusCode.NotFound, "approval.unknown");
        (await staff.Get($"approvals/{app.NewRequestId()}")).Refused(HttpStatusCode.NotFound, "approval.unknown");
        (await MerchantTests.Decide(staff, waits.ApprovalId)).Ok<ListApprovals.Item>();

        var latest = (await owner.Get($"merchants/{shop}/own-offers")).Ok<List<ListOffers.OwnItem>>().Single(o => o.Id == waits.OfferId).Latest;
        Assert.Equal((picture, new TimeOnly(7, 0), 30), (latest.Form.FileId!.Value, latest.Form.From!.Value, latest.Form.StockPerDay!.Value));
        Assert.Null(latest.Form.To);
        Assert.Equal([1, 2], latest.Form.Weekdays);
        Assert.NotNull(latest.Picture);
        var next = (await owner.Post($"merchants/{shop}/offers/{waits.OfferId}/versions", latest.Form with { Coins = 6 })).Ok<ProposeOffer.Response>();
        Assert.StartsWith("第 2 版", (await staff.Get($"approvals/{next.ApprovalId}")).Ok<GetApproval.Response>().Lines[0], StringComparison.Ordinal);
        (await MerchantTests.Decide(staff, next.ApprovalId)).Ok<ListApprovals.Item>();
        Assert.Equal(6, (await staff.Get($"offers/{waits.OfferId}")).Ok<OfferView>().Coins);

        // Where one sentence is all, that is all.
        var terms = (await staff.Post($"merchants/{shop}/agreements", new { fenPerCoin = 60, fundSharePercent = 100, startsOn = "2026-12-01", paper = "凤凰-9" })).Ok<ListAgreements.Item>();
        var plain = (await market.Shop.Treasurer.Get($"approvals/{terms.ApprovalId}")).Ok<GetApproval.Response>();
        Assert.Empty(plain.Lines);
        Assert.Empty(plain.Pictures);
    }

    [Fact]
    public async Task No_answer_to_a_resident_says_what_a_coin_is_worth()
    {
        var market = await Market.Open(DatabaseKind.Sqlite, Market.Lunch(from: "00:00:00"), fenPerCoin: 7351);
        await using var app = market.App;
        var ((member, _), clerk) = (await market.Member(), await market.Clerk());
        var held = await market.Held(member);
        (await market.HandOver(clerk, held.Id)).Ok<EndRedemption.Response>();
        await market.Relay();
        var operations = (await Http.ApiOperation.All(app)).Where(o => !o.IsUnsafe).ToList();
        async Task Walk(TestCaller caller, params Guid[] ids)
        {
            var read = 0;
            foreach (var operation in operations)
            {
                var answers = await Task.WhenAll(ids.Select(id => operation.Send(caller, app.NewRequestId(), id)));
                foreach (var answer in answers.Where(a => a.Status == HttpStatusCode.OK && a.ContentType == "application/json"))
                {
                    read++;
                    if (s_fundLevel.Any(end => operation.Path.EndsWith(end, StringComparison.Ordinal)))
                        Assert.DoesNotMatch("(?i)coin|merchant|枚", answer.Text);
                    else
                        Assert.False(Yuan(answer.Json), $"{operation}: {answer.Text}");
                }
            }

            Assert.True(read >= 15, $"Only {read} answers were read.");
        }

        await Walk(member, held.Id, market.Offer, market.Shop.Id);
        Assert.True(Yuan((await market.Shop.Owner.Get($"merchants/{market.Shop.Id}/agreements")).Json));

        // Nor when the month is closed into statements.
        app.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 2, 0, 0, TimeSpan.Zero));
        await app.Sweep("settlement.close");
        await market.Relay();
        var statement = await app.Read(1, db => db.Set<Phoenix.App.Settlement.Statement>().Select(s => s.Id).SingleAsync());
        await Walk(app.Fresh(member), statement, held.Id);
        Assert.True(Yuan((await app.Fresh(market.Shop.Owner).Get($"statements/{statement}")).Json));
    }

    // Money of the fund as a whole, and of one's own stall: never per merchant or beside coins (hard rule 4).
    private static readonly string[] s_fundLevel = ["/fund/accounts", "/fund/receipts", "/board/fund", "/markets/{id}/trace", "/stalls/{id}/trace", "/my/stalls"];

    // The rate itself, a field that could hold it, or a word of money outside of 到店另付.
    private static bool Yuan(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(p => FenPattern().IsMatch(p.Name) || (p.Name != "extraText" && Yuan(p.Value))),
        JsonValueKind.Array => json.EnumerateArray().Any(Yuan),
        JsonValueKind.Number => json.TryGetInt64(out var number) && number is 7351 or 7351 * 18,
        JsonValueKind.String => MoneyPattern().IsMatch(json.GetString()!),
        _ => false,
    };

    [GeneratedRegex("(?i)fen($|[A-Z])|fenper|price|yuan", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FenPattern();

    [GeneratedRegex("[0-9] ?元|¥|￥|余额|钱包|支付|购买|价格|充值|提现|到账", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MoneyPattern();
}
