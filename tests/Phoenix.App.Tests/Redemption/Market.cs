using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community.Approvals;
using Phoenix.App.MiniProgram.Personal;
using Phoenix.App.Redemption.Agreements;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Offers;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Redemption;

/// <summary>An open merchant with a signed agreement and an approved offer, and members with coins: what the tests about exchanging begin with.</summary>
internal sealed record Market(PhoenixApp App, MerchantTests.Shop Shop, Guid Offer, int Version)
{
    /// <summary>爱心午餐, 18 coins, 11:00 to 13:30 every day, at most two at once.</summary>
    public static object Lunch(long coins = 18, int? perDay = null, int? perPersonDay = null, int? total = null, string title = "爱心午餐", int maxQuantity = 2, string from = "11:00:00", string to = "13:30:00") =>
        new { title, coins, from, to, maxQuantity, stockPerDay = perDay, stockTotal = total, perPersonDay };

    public static async Task<Market> Open(DatabaseKind database, object? offer = null, long fenPerCoin = 50, long? monthlyCapFen = null)
    {
        var app = await PhoenixApp.Start(database);
        return await Open(app, offer, fenPerCoin, monthlyCapFen);
    }

    public static async Task<Market> Open(PhoenixApp app, object? offer = null, long fenPerCoin = 50, long? monthlyCapFen = null, string name = "社区食堂", string startsOn = "2026-11-23")
    {
        var shop = await MerchantTests.Shop.Open(app, name);
        await Sign(shop, new { fenPerCoin, fundSharePercent = 100, monthlyCapFen, startsOn, paper = "凤凰-2026-1" });
        var (id, version) = await Approved(shop, offer ?? Lunch());
        return new Market(app, shop, id, version);
    }

    public static async Task<ListAgreements.Item> Sign(MerchantTests.Shop shop, object terms)
    {
        var item = (await shop.Staff.Post($"merchants/{shop.Id}/agreements", terms)).Ok<ListAgreements.Item>();
        (await MerchantTests.Decide(shop.Treasurer, item.ApprovalId)).Ok<ListApprovals.Item>();
        return item;
    }

    public static async Task<(Guid Id, int Version)> Approved(MerchantTests.Shop shop, object offer, Guid? of = null)
    {
        var waits = (await shop.Owner.Post(of is { } id ? $"merchants/{shop.Id}/offers/{id}/versions" : $"merchants/{shop.Id}/offers", offer)).Ok<ProposeOffer.Response>();
        (await MerchantTests.Decide(shop.Staff, waits.ApprovalId)).Ok<ListApprovals.Item>();
        return (waits.OfferId, waits.Version);
    }

    /// <summary>A member with coins.</summary>
    public async Task<(TestCaller Caller, Guid Id)> Member(long coins = 50, string name = "王阿姨")
    {
        var (caller, id) = await App.Member(name);
        if (coins > 0)
            await Give(id, coins);
        return (caller, id);
    }

    public async Task Give(Guid member, long coins) => Assert.True((await App.Services.GetRequiredService<LedgerPoster>().Post(
        new LedgerRequest(1, App.NewRequestId(), Guid.Empty, "test", new Move(PostingKind.Issue, AccountKey.Issuance(), AccountKey.Lot(member, new DateOnly(2027, 12, 31)), coins)), CancellationToken.None)).IsOk);

    public async Task<TestCaller> Clerk(string name = "小张")
    {
        var (clerk, _) = await App.Member(name);
        await Shop.Hire(clerk);
        return clerk;
    }

    public Task<Answer> Hold(TestCaller member, int quantity = 1, bool isAtTill = false, Guid? requestId = null, Guid? offer = null, int? version = null) =>
        member.Post("redemptions", new { offerId = offer ?? Offer, version = version ?? Version, quantity, isAtTill }, requestId);

    public async Task<HoldOffer.Response> Held(TestCaller member, int quantity = 1) => (await Hold(member, quantity)).Ok<HoldOffer.Response>();

    public Task<Answer> HandOver(TestCaller clerk, Guid id, Guid? requestId = null, bool isForFamily = false) => clerk.Post($"merchants/{Shop.Id}/redemptions/{id}/hand-over", new { isForFamily }, requestId);

    public Task<Answer> Refuse(TestCaller clerk, Guid id, Guid? requestId = null) => clerk.Post($"merchants/{Shop.Id}/redemptions/{id}/refusal", new { reason = "今天卖完了" }, requestId);

    public static Task<Answer> Cancel(TestCaller member, Guid id, Guid? requestId = null) => member.Post($"redemptions/{id}/cancellation", null, requestId);

    public async Task<(long Available, long Held)> Coins(Guid member)
    {
        var coins = await App.Services.GetRequiredService<LedgerReads>().CoinsNow(1, member, Asset.Coin, CancellationToken.None);
        return (coins.Lots.Sum(l => l.Amount), coins.Held);
    }

    public async Task<long> Received(Guid? merchant = null) => await App.Services.GetRequiredService<LedgerReads>().Balance(1, AccountKey.Merchant(merchant ?? Shop.Id), CancellationToken.None) ?? 0;

    /// <summary>What is told goes out.</summary>
    public Task Relay() => App.Sweep("outbox.relay");

    public async Task<IssueDeviceSecret.Response> Phone(TestCaller member) => (await member.Post("/api/v1/device-secret")).Ok<IssueDeviceSecret.Response>();

    /// <summary>我的码 of now, made as the phone makes it.</summary>
    public string MyCode(IssueDeviceSecret.Response secret, int later = 0, string purpose = "till", string audience = "clerk")
    {
        var step = App.Now.ToUnixTimeSeconds() / secret.StepSeconds + later;
        var message = Encoding.UTF8.GetBytes($"phoenix/personal\n{purpose}\n{audience}\n1\n{secret.DeviceId:N}\n{step}");
        var mac = HMACSHA256.HashData(Base64Url.DecodeFromChars(secret.Secret), message);
        return $"{secret.LinkPrefix}{purpose}.1.{Base64Url.EncodeToString(Convert.FromHexString(secret.DeviceId.ToString("N")))}.{step}.{Base64Url.EncodeToString(mac.AsSpan(0, 16))}";
    }

    public Task<Answer> Scan(TestCaller clerk, string code, Guid? offer = null, int? version = null, int quantity = 1, bool isPreview = false, Guid? requestId = null) =>
        clerk.Post($"merchants/{Shop.Id}/till/scans", new { code, offerId = offer, version, quantity, isPreview }, requestId);

    public async Task Pin() => (await Shop.Owner.Put($"merchants/{Shop.Id}/pinned-offer", new { offerId = Offer })).Ok<SetOfferState.PinResponse>();
}
