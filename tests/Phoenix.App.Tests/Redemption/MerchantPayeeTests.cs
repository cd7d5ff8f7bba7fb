using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;
using Shop = Phoenix.App.Tests.Redemption.MerchantTests.Shop;

namespace Phoenix.App.Tests.Redemption;

/// <summary>Where a merchant is paid: set by its owner, confirmed by the treasurer, hidden from everybody but whom the log names.</summary>
public sealed class MerchantPayeeTests
{
    private const string Number = "6222021234567890123";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_account_counts_once_the_treasurer_confirms_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (shop, other) = (await Shop.Open(app, "永安超市"), await Shop.Open(app, "社区食堂"));
        (await Set(other.Owner, shop)).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await other.Owner.Get($"merchants/{shop.Id}/payee")).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        (await Set(shop.Owner, shop, "6222 abc")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Set(shop.Owner, shop, "1234567")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var waiting = (await Set(shop.Owner, shop)).Ok<ShowPayee.Response>();
        Assert.Null(waiting.Confirmed);
        Assert.Equal(("成**", "****0123", null), (waiting.Waiting!.AccountName, waiting.Waiting.AccountNumber, waiting.Waiting.ConfirmedAt));
        (await Set(shop.Owner, shop)).Refused(HttpStatusCode.Conflict, "merchant_payee.waits");
        Assert.Null(await Confirmed(app, shop));

        var approval = await Waiting(shop);
        Assert.Equal("永安超市 的收款账户：尾号 0123", approval.Summary);
        (await MerchantTests.Decide(shop.Staff, approval.Id)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await MerchantTests.Decide(shop.Treasurer, approval.Id)).Ok<ListApprovals.Item>();
        var first = await Confirmed(app, shop);
        Assert.Equal(("成都永安商贸有限公司", Number, "成都银行永安支行"), (first!.AccountName, first.AccountNumber, first.BankName));
        foreach (var reader in (TestCaller[])[shop.Owner, shop.Staff, shop.Treasurer])
            Assert.Equal("****0123", (await reader.Get($"merchants/{shop.Id}/payee")).Ok<ShowPayee.Response>().Confirmed!.AccountNumber);

        // Refused: the confirmed one stays, and the owner may try again.
        (await Set(shop.Owner, shop, "11112222333344")).Ok<ShowPayee.Response>();
        (await MerchantTests.Decide(shop.Treasurer, (await Waiting(shop)).Id, approve: false)).Ok<ListApprovals.Item>();
        var refused = (await shop.Owner.Get($"merchants/{shop.Id}/payee")).Ok<ShowPayee.Response>();
        Assert.Equal(("****0123", null), (refused.Confirmed!.AccountNumber, refused.Waiting));
        (await Set(shop.Owner, shop, "5555 6666 7777 88")).Ok<ShowPayee.Response>();
        (await MerchantTests.Decide(shop.Treasurer, (await Waiting(shop)).Id)).Ok<ListApprovals.Item>();
        Assert.Equal("55556666777788", (await Confirmed(app, shop))!.AccountNumber);
        Assert.Equal(3, await app.Read(Seeding.CommunityId, db => db.Set<MerchantPayee>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_confirms_their_own_account_nor_one_of_an_owner_who_is_gone(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        // An owner who is a treasurer as well: the account is theirs, so another decides.
        var (both, bothId) = await app.Member("陈会计", Role.Treasurer);
        (await MerchantTests.Decide(shop.Treasurer, (await MerchantTests.Propose(shop.Staff, shop.Id, bothId)).Ok<ProposeOwner.Response>().ApprovalId)).Ok<ListApprovals.Item>();
        (await Set(both, shop)).Ok<ShowPayee.Response>();
        var id = (await Waiting(shop)).Id;
        (await MerchantTests.Decide(both, id)).Refused(HttpStatusCode.Conflict, "approval.own");
        var place = (await shop.People()).Single(p => p.MemberId == bothId).Id;
        (await shop.Staff.Post($"merchants/{shop.Id}/staff/removal", new { staffId = place, reason = "转让" })).Ok<LeaveMerchant.Response>();
        (await MerchantTests.Decide(shop.Treasurer, id)).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        Assert.Null(await Confirmed(app, shop));
        (await MerchantTests.Decide(shop.Treasurer, id, approve: false)).Ok<ListApprovals.Item>();
        (await Set(shop.Owner, shop)).Ok<ShowPayee.Response>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_treasurer_sees_it_in_full_with_a_reason_and_the_log_and_nothing_keeps_it_readable(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var shop = await Shop.Open(app, "永安超市");
        (await Set(shop.Owner, shop)).Ok<ShowPayee.Response>();
        var reveal = $"merchants/{shop.Id}/payee/reveal";
        (await shop.Owner.Post(reveal, new { reason = "看看" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await shop.Staff.Post(reveal, new { reason = "看看" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await shop.Treasurer.Post(reveal, new { reason = " " })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await shop.Treasurer.Post($"merchants/{app.NewRequestId()}/payee/reveal", new { reason = "核对" })).Refused(HttpStatusCode.NotFound, "merchant.unknown");
        var request = app.NewRequestId();
        var shown = (await shop.Treasurer.Post(reveal, new { reason = "与合同核对" }, request)).Ok<ShowPayee.Revealed>();
        Assert.Equal((null, Number), (shown.Confirmed, shown.Waiting!.AccountNumber));
        Assert.Equal(shown, (await shop.Treasurer.Post(reveal, new { reason = "与合同核对" }, request)).Ok<ShowPayee.Revealed>());
        var look = Assert.Single((await shop.Staff.Get("audit-entries?action=merchant.payee_revealed")).Ok<Page<ListAuditEntries.Item>>().Items);
        Assert.Equal((shop.Treasurer.PersonId, "与合同核对"), (look.ActorId, look.Reason));

        var stored = await app.Read(Seeding.CommunityId, async db => string.Concat(
            [.. await db.Set<RequestRecord>().Select(r => r.Response!).ToListAsync(), .. await db.Set<Approval>().Select(a => a.Payload).ToListAsync(),
             .. await db.Set<MerchantPayee>().Select(p => p.AccountNumber + p.AccountName).ToListAsync()]));
        Assert.DoesNotContain(Number, stored, StringComparison.Ordinal);
        Assert.DoesNotContain("永安商贸", stored, StringComparison.Ordinal);

        KeyFile.Rotate(app.KeysFile, app.Services.GetRequiredService<Clock>().Now, new SystemRandomness());
        app.Time.Advance(KeyFile.RotationLead);
        app.Services.GetRequiredService<KeyRing>().Refresh();
        Assert.Equal(1, await app.Rotate("merchant_payees"));
        Assert.Equal(0, await app.Rotate("merchant_payees"));
        Assert.Equal(shown, (await (await app.Later(shop.Treasurer)).Post(reveal, new { reason = "再核对" })).Ok<ShowPayee.Revealed>());
    }

    private static Task<Answer> Set(TestCaller owner, Shop shop, string accountNumber = "6222 0212 3456 7890 123") =>
        owner.Put($"merchants/{shop.Id}/payee", new { accountName = "成都永安商贸有限公司", accountNumber, bankName = "成都银行永安支行" });

    private static async Task<ListApprovals.Item> Waiting(Shop shop) => (await shop.Treasurer.Get("approvals")).Ok<Page<ListApprovals.Item>>().Items.Single(a => a.Kind == "merchant.payee");

    private static async Task<Payee?> Confirmed(PhoenixApp app, Shop shop)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var payees = scope.ServiceProvider.GetRequiredService<IMerchantPayees>();
        var confirmed = await payees.Confirmed([shop.Id], CancellationToken.None);
        return confirmed.TryGetValue(shop.Id, out var id) ? (await payees.Versions([id], CancellationToken.None))[id] : null;
    }
}
