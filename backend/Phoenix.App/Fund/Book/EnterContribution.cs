using FluentValidation;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Fund.Markets;
using Phoenix.App.Http;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Text;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Book;

/// <summary>A contribution is entered from the charity's receipt: the charity has the money, the book says so. Another person posts it.</summary>
public static class EnterContribution
{
    /// <summary>The receipt.</summary>
    /// <param name="AmountFen">In fen, 1 to <see cref="FundContribution.MaxFen"/>.</param>
    /// <param name="CharityName">Who gave the receipt, 2 to 60 characters.</param>
    /// <param name="FilingNumber">The number under which the charity or its fund-raising is filed, 2 to 40 characters.</param>
    /// <param name="ReceiptNumber">The receipt's number, 1 to 40 characters.</param>
    /// <param name="ReceiptOn">The receipt's date.</param>
    /// <param name="Donor">Who gave.</param>
    /// <param name="FileId">The receipt's picture, one of the community's files.</param>
    /// <param name="PartnerName">The partner's name, only of a partner.</param>
    /// <param name="MarketId">The market that it comes from, only of a stall.</param>
    /// <param name="StallId">The stall of that market; null where one receipt covers the whole market.</param>
    public sealed record Request(
        long AmountFen, string CharityName, string FilingNumber, string ReceiptNumber, DateOnly ReceiptOn, DonorKind Donor, Guid FileId,
        string? PartnerName = null, Guid? MarketId = null, Guid? StallId = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>An amount, texts, and what belongs to which donor.</summary>
        public Limits()
        {
            RuleFor(r => r.AmountFen).InclusiveBetween(1, FundContribution.MaxFen).WithName("金额");
            RuleFor(r => r.CharityName).NotEmpty().Length(2, FundEntry.MaxNameLength).WithName("慈善组织");
            RuleFor(r => r.FilingNumber).NotEmpty().Length(2, FundEntry.MaxNumberLength).WithName("备案编号");
            RuleFor(r => r.ReceiptNumber).NotEmpty().MaximumLength(FundEntry.MaxNumberLength).WithName("收据编号");
            RuleFor(r => r.Donor).IsInEnum().WithName("捐赠方");
            RuleFor(r => r.PartnerName).MinimumLength(2).MaximumLength(FundEntry.MaxNameLength).WithName("合伙人名称");
            RuleFor(r => r.PartnerName).Null().When(r => r.Donor != DonorKind.Partner).WithName("合伙人名称");
            RuleFor(r => r.MarketId).NotNull().When(r => r.Donor == DonorKind.Stall).WithName("集市");
            RuleFor(r => r.MarketId).Null().When(r => r.Donor != DonorKind.Stall).WithName("集市");
            RuleFor(r => r.StallId).Null().When(r => r.MarketId is null).WithName("摊位");
        }
    }

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/fund/contributions", (
            Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Treasurer, Role.Staff)
        .WithName("enterContribution").WithSummary("登记捐赠收据");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, EntryDesk desk, MarketBook markets, ICommunityCalendar calendar, IIds ids, Clock clock)
    {
        /// <summary>
        /// The proposal, or <see cref="ReceiptFromLater"/>, <see cref="ReceiptEntered"/>, <see cref="EvidenceMissing"/>, <see cref="UnknownMarket"/>,
        /// <see cref="UnknownStall"/>, <see cref="StallWithoutPledge"/>, <see cref="AlreadyProposed"/>.
        /// </summary>
        public Task<Result<EntryProposed>> Run(Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<EntryProposed>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            var (filing, receipt, charity) = (Number(body.FilingNumber), Number(body.ReceiptNumber), body.CharityName.Trim());
            if (body.ReceiptOn > calendar.Time.DayOf(clock.Now))
                return new ReceiptFromLater();
            if ((await desk.Receipt(filing, receipt, cancel)).IsIn)
                return new ReceiptEntered();
            if (body.MarketId is { } market && await markets.MayReceive(market, body.StallId, cancel) is { } refusal)
                return refusal;
            var id = ids.New();
            return await desk.Propose(
                id, SubjectOf(db.Scope.CommunityId, filing, receipt), $"捐赠入账 {Yuan.Of(body.AmountFen)} 元：{charity}，收据 {receipt}（{WordOf(body.Donor)}）", body.FileId, caller,
                approval => new FundEntry
                {
                    CommunityId = db.Scope.CommunityId,
                    Id = id,
                    Kind = FundEntryKind.Contribution,
                    AmountFen = body.AmountFen,
                    Reason = $"{charity}（备案 {filing}）{receipt} 号收据",
                    CharityName = charity,
                    FilingNumber = filing,
                    ReceiptNumber = receipt,
                    ReceiptOn = body.ReceiptOn,
                    Donor = body.Donor,
                    PartnerName = body.PartnerName?.Trim(),
                    MarketId = body.MarketId,
                    StallId = body.StallId,
                    FileId = body.FileId,
                    MakerId = caller.PersonId,
                    ApprovalId = approval,
                    CreatedAt = clock.Now,
                },
                cancel);
        }, cancel);

        // One receipt waits once, however it was typed; its numbers would be too long for a subject.
        private static string SubjectOf(int community, string filing, string receipt) => $"fund:receipt:{Phoenix.Ledger.Commands.RequestIds.Of(community, $"receipt|{filing}|{receipt}"):N}";

        private static string Number(string typed) => string.Concat(typed.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
    }

    internal static string WordOf(DonorKind donor) => donor switch
    {
        DonorKind.Partner => "合伙人",
        DonorKind.Stall => "公益集市",
        _ => "其他",
    };
}
