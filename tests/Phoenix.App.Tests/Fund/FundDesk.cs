using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Approvals;
using Phoenix.App.Files;
using Phoenix.App.Fund;
using Phoenix.App.Fund.Book;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using SkiaSharp;

namespace Phoenix.App.Tests.Fund;

/// <summary>凤凰里社区 with a treasurer, staff and an auditor, and a picture of a receipt. It is Monday 2026-11-23, 10:00 in Chengdu.</summary>
internal sealed class FundDesk : IAsyncDisposable
{
    private FundDesk(PhoenixApp app) => App = app;

    public PhoenixApp App { get; }

    public TestCaller Treasurer { get; private set; } = null!;

    public TestCaller Staff { get; private set; } = null!;

    public TestCaller Auditor { get; private set; } = null!;

    public Guid Picture { get; private set; }

    public static async Task<FundDesk> Start(DatabaseKind database)
    {
        var desk = new FundDesk(await PhoenixApp.Start(database));
        (desk.Treasurer, desk.Staff) = ((await desk.App.Member("周会计", Role.Treasurer)).Caller, (await desk.App.Member("李主任", Role.Staff)).Caller);
        desk.Auditor = await desk.App.Person(Role.Auditor);
        desk.Picture = await Upload(desk.App, desk.Treasurer);
        return desk;
    }

    public static async Task<Guid> Upload(PhoenixApp app, TestCaller caller)
    {
        using var bitmap = new SKBitmap(40, 30);
        bitmap.Erase(SKColors.White);
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
        var file = new ByteArrayContent(jpeg.ToArray());
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "receipt.jpg" } };
        return (await caller.Send(HttpMethod.Post, "files", form, app.NewRequestId())).Ok<UploadImage.Response>().Id;
    }

    public object Receipt(long fen, string number = "2026-001", DonorKind donor = DonorKind.Other, string? partner = null, Guid? market = null, Guid? stall = null, Guid? file = null, string on = "2026-11-20") => new
    {
        amountFen = fen,
        charityName = "双流区慈善会",
        filingNumber = "51012200MJQ",
        receiptNumber = number,
        receiptOn = on,
        donor,
        fileId = file ?? Picture,
        partnerName = partner,
        marketId = market,
        stallId = stall,
    };

    public async Task<EntryProposed> Proposed(object receipt, TestCaller? maker = null) => (await (maker ?? Treasurer).Post("fund/contributions", receipt)).Ok<EntryProposed>();

    /// <summary>A contribution, entered by the treasurer and posted by staff.</summary>
    public async Task<EntryProposed> Contributed(object receipt)
    {
        var entry = await Proposed(receipt);
        (await Decide(Staff, entry)).Ok<ListApprovals.Item>();
        return entry;
    }

    public async Task<EntryProposed> Adjusted(long fen, string reason = "银行利息")
    {
        var entry = (await Treasurer.Post("fund/adjustments", new { amountFen = fen, reason, fileId = Picture })).Ok<EntryProposed>();
        (await Decide(Staff, entry)).Ok<ListApprovals.Item>();
        return entry;
    }

    public async Task<EntryProposed> Corrected(Guid entry, string reason = "金额看错了")
    {
        var correction = (await Treasurer.Post($"fund/entries/{entry}/correction", new { reason })).Ok<EntryProposed>();
        (await Decide(Staff, correction)).Ok<ListApprovals.Item>();
        return correction;
    }

    public static Task<Answer> Decide(TestCaller checker, EntryProposed entry, bool approve = true) =>
        checker.Post($"approvals/{entry.ApprovalId}/decision", new { approve, reason = approve ? null : "收据看不清" });

    /// <summary>The fund with so much in it, and so many fen for a coin.</summary>
    public async Task Open(long fen, long fenPerCoin = 50)
    {
        (await Staff.Post($"approvals/{(await Treasurer.Post("fund/opening", new { amountFen = fen, evidence = "双流区慈善会期初" })).Ok<OpenFund.Response>().ApprovalId}/decision", new { approve = true })).Ok<ListApprovals.Item>();
        (await Staff.Post($"approvals/{(await Treasurer.Post("fund/policies", new { liabilityFenPerCoin = fenPerCoin, ratioPercent = 100, reason = "年度约定" })).Ok<SetFundPolicy.Response>().ApprovalId}/decision", new { approve = true })).Ok<ListApprovals.Item>();
    }

    /// <summary>What a settlement does: fen leave the fund's cash, or come back.</summary>
    public async Task Paid(long fen, string about)
    {
        var (cash, outside) = (AccountKey.Of(AccountKind.Cash, Asset.Fen), AccountKey.Of(AccountKind.External, Asset.Fen));
        var move = fen > 0 ? new Move(PostingKind.Transfer, cash, outside, fen) : new Move(PostingKind.Transfer, outside, cash, -fen);
        var posted = await App.Services.GetRequiredService<LedgerPoster>().Post(
            new LedgerRequest(Seeding.CommunityId, App.NewRequestId(), Guid.Empty, "payout", move with { Ref = "payout:x", Rule = "payout/1", Reason = about }), CancellationToken.None);
        Assert.True(posted.IsOk, posted.ToString());
    }

    public async Task<long> Cash() => (await Auditor.Get("fund")).Ok<GetFund.Response>().CashFen;

    public async Task<IReadOnlyList<ListBook.Item>> Book(string? month = null) => (await Auditor.Get("fund/book?limit=100" + (month is null ? "" : $"&month={month}"))).Ok<Page<ListBook.Item>>().Items;

    /// <summary>Sets the clock and gives everybody tokens of then.</summary>
    public async Task At(DateTimeOffset at)
    {
        App.Time.SetUtcNow(at);
        (Treasurer, Staff, Auditor) = (await App.Later(Treasurer), await App.Later(Staff), await App.Later(Auditor));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
