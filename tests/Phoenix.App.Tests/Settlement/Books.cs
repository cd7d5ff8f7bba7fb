using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Files;
using Phoenix.App.Fund;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Exchange;
using Phoenix.App.Redemption.Merchants;
using Phoenix.App.Settlement;
using Phoenix.App.Settlement.Payouts;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Tests.Redemption;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Settlement;

/// <summary>
/// 社区食堂 with terms of 50 fen a coin, a clerk, a member with coins, and a fund: what the tests of settlement begin with, on Monday 2026-11-30. Whoever calls
/// does so with a fresh token, since these tests move the clock by days.
/// </summary>
internal sealed class Books : IAsyncDisposable
{
    private Books(Market market, TestCaller member, Guid memberId, TestCaller clerk, TestCaller checker) =>
        (Market, _member, MemberId, _clerk, _checker) = (market, member, memberId, clerk, checker);

    private readonly TestCaller _member;
    private readonly TestCaller _clerk;
    private readonly TestCaller _checker;

    public static readonly Month November = new(2026, 11);

    public static readonly DateTimeOffset Start = new(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);

    public Market Market { get; }

    public Guid MemberId { get; }

    public PhoenixApp App => Market.App;

    public Guid Shop => Market.Shop.Id;

    public TestCaller Member => App.Fresh(_member);

    public TestCaller Clerk => App.Fresh(_clerk);

    public TestCaller Owner => App.Fresh(Market.Shop.Owner);

    public TestCaller Staff => App.Fresh(Market.Shop.Staff);

    public TestCaller Treasurer => App.Fresh(Market.Shop.Treasurer);

    /// <summary>Another member of staff, who checks.</summary>
    public TestCaller Checker => App.Fresh(_checker);

    public static async Task<Books> Open(DatabaseKind database, long fundFen = 1_000_000, long fenPerCoin = 50, long? cap = null, Database? own = null, int sharePercent = 100)
    {
        var app = await PhoenixApp.Start(database, at: Start, database: own);
        var shop = await MerchantTests.Shop.Open(app, "社区食堂");
        await Market.Sign(shop, new { fenPerCoin, fundSharePercent = sharePercent, monthlyCapFen = cap, startsOn = "2026-11-30", paper = "凤凰-2026-1" });
        var (id, version) = await Market.Approved(shop, Market.Lunch(from: "00:00:00", to: "23:30:00"));
        var market = new Market(app, shop, id, version);
        var (member, memberId) = await market.Member(1_000);
        var books = new Books(market, member, memberId, await market.Clerk(), await app.Staff());
        if (fundFen > 0)
        {
            var opening = (await shop.Treasurer.Post("fund/opening", new { amountFen = fundFen, evidence = "双流区慈善会 2026-001 号收据" })).Ok<OpenFund.Response>();
            (await MerchantTests.Decide(shop.Staff, opening.ApprovalId)).Ok<ListApprovals.Item>();
        }

        return books;
    }

    /// <summary>Portions handed over, one after the other; their ids.</summary>
    public async Task<List<Guid>> Exchange(int count, int quantity = 1)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var held = (await Market.Hold(Member, quantity)).Ok<HoldOffer.Response>();
            (await Market.HandOver(Clerk, held.Id)).Ok<EndRedemption.Response>();
            ids.Add(held.Id);
        }

        return ids;
    }

    public async Task<RefundRedemption.Response> Refund(Guid redemption, long coins) =>
        (await Clerk.Post($"merchants/{Shop}/redemptions/{redemption}/refunds", new { coins, reason = "饭不热" })).Ok<RefundRedemption.Response>();

    /// <summary>Goes to an instant of the community's day.</summary>
    public void GoTo(string day, string time = "02:00:00") => App.Time.SetUtcNow(CommunityTime.Shanghai.At(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Goes there and closes what is over.</summary>
    public async Task CloseAt(string day, string time = "02:00:00")
    {
        GoTo(day, time);
        await App.Sweep("settlement.close");
    }

    public Task<Statement> Row(Month? month = null, Guid? merchant = null)
    {
        var (period, shop) = ((month ?? November).FirstDay, merchant ?? Shop);
        return App.Read(1, db => db.Set<Statement>().AsNoTracking().SingleAsync(s => s.Period == period && s.MerchantId == shop));
    }

    public async Task<GetStatement.Response> Shown(Guid id, TestCaller? by = null) => (await (by ?? Treasurer).Get($"statements/{id}")).Ok<GetStatement.Response>();

    public async Task<IReadOnlyList<GetStatement.Line>> Lines(Guid id) => (await Owner.Get($"statements/{id}/lines?limit=100")).Ok<Page<GetStatement.Line>>().Items;

    public Task<Answer> Confirm(Guid id, TestCaller? by = null) => (by ?? Owner).Post($"statements/{id}/confirmation");

    public Task<Answer> Doubt(Guid statement, GetStatement.Line line, string text = "这一笔我们没有退", Guid? fileId = null) => Owner.Post($"statements/{statement}/disputes", new { kind = line.Kind, seq = line.Seq, text, fileId });

    public async Task GivePayee()
    {
        (await Owner.Put($"merchants/{Shop}/payee", new { accountName = "成都永安餐饮有限公司", accountNumber = "6222020200001230123", bankName = "成都银行永安支行" })).Ok<ShowPayee.Response>();
        var waiting = (await Treasurer.Get("approvals?state=pending")).Ok<Page<ListApprovals.Item>>().Items.Single(a => a.Kind == "merchant.payee");
        (await MerchantTests.Decide(Treasurer, waiting.Id)).Ok<ListApprovals.Item>();
    }

    public Task<Answer> Prepare(params Guid[] statements) => Treasurer.Post("payouts", new { statements, payer = "双流区社区发展基金会" });

    /// <summary>A payout of these statements, approved and with the payer.</summary>
    public async Task<Guid> Submitted(params Guid[] statements)
    {
        var prepared = (await Prepare(statements)).Ok<PreparePayout.Response>();
        (await MerchantTests.Decide(Checker, prepared.ApprovalId)).Ok<ListApprovals.Item>();
        (await Treasurer.Post($"payouts/{prepared.Id}/submission")).Ok<MovePayout.Response>();
        return prepared.Id;
    }

    public Task<Answer> Pay(Guid payout, Guid statement, string reference = "回单0001", Guid? requestId = null) =>
        Treasurer.Post($"payouts/{payout}/payments", new { payments = new[] { new { statementId = statement, isPaid = true, bankReference = reference, paidOn = CommunityTime.Shanghai.DayOf(App.Now) } } }, requestId);

    public async Task<long> Coins(AccountKey account) => await App.Services.GetRequiredService<LedgerReads>().Balance(1, account, CancellationToken.None) ?? 0;

    public Task<long> Settled() => Coins(AccountKey.Of(AccountKind.Settled));

    public Task<long> Cash() => Coins(AccountKey.Of(AccountKind.Cash, Asset.Fen));

    /// <summary>The night finds every book in order.</summary>
    public async Task Reconcile()
    {
        await App.Sweep("books.reconcile");
        Assert.Null(await App.Read(1, db => db.Set<BookCheckRow>().OrderByDescending(c => c.Date).Select(c => c.Fault).FirstAsync()));
    }

    /// <summary>A picture that was uploaded.</summary>
    public async Task<Guid> Picture(TestCaller caller)
    {
        using var bitmap = new SkiaSharp.SKBitmap(8, 8);
        using var png = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90);
        using var form = new MultipartFormDataContent();
        var part = new ByteArrayContent(png.ToArray());
        part.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("image/png");
        form.Add(part, "file", "a.png");
        return (await caller.Send(HttpMethod.Post, "files", form, App.NewRequestId())).Ok<UploadImage.Response>().Id;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
