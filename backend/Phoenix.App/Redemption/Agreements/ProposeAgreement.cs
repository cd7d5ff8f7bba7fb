using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>Staff prepare a version of a merchant's terms; the treasurer signs it. It applies from a later day on, never backwards.</summary>
public static class ProposeAgreement
{
    /// <summary>The terms.</summary>
    /// <param name="FenPerCoin">What a coin is worth in the settlement, in fen.</param>
    /// <param name="FundSharePercent">How much of it the fund pays, 0 to 100.</param>
    /// <param name="StartsOn">The first day.</param>
    /// <param name="Paper">The number of the signed paper, 2 to 40 characters.</param>
    /// <param name="MonthlyCapFen">The most of a month, in fen; null for no cap.</param>
    /// <param name="EndsOn">The last day; null for no end.</param>
    public sealed record Request(long FenPerCoin, int FundSharePercent, DateOnly StartsOn, string Paper, long? MonthlyCapFen = null, DateOnly? EndsOn = null);

    /// <summary>The limits of a request.</summary>
    public sealed class Limits : AbstractValidator<Request>
    {
        /// <summary>Sane terms.</summary>
        public Limits()
        {
            RuleFor(r => r.FenPerCoin).InclusiveBetween(1, MerchantAgreement.MaxFenPerCoin).WithName("每枚折算（分）");
            RuleFor(r => r.FundSharePercent).InclusiveBetween(0, 100).WithName("基金承担比例");
            RuleFor(r => r.MonthlyCapFen).InclusiveBetween(1, MerchantAgreement.MaxMonthlyCapFen).When(r => r.MonthlyCapFen is not null).WithName("每月上限（分）");
            RuleFor(r => r.Paper).NotEmpty().Length(2, MerchantAgreement.MaxPaperLength).WithName("协议编号");
        }
    }

    /// <summary>What a proposal carries.</summary>
    internal sealed record Payload(Guid AgreementId);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapPost("/merchants/{id:guid}/agreements", (
            Guid id, Request body, RequestId requestId, Caller caller, Handler handler, CancellationToken cancel) => handler.Run(id, body, requestId, caller, cancel).ToHttp())
        .RequireRole(Role.Staff)
        .WithName("proposeAgreement").WithSummary("提交商家签约协议");

    /// <summary>Does it.</summary>
    internal sealed class Handler(PhoenixDb db, UnitOfWork work, MerchantBook book, IApprovals approvals, ICommunityCalendar calendar, IAuditLog audit, IIds ids, Clock clock)
    {
        /// <summary>The version that waits, or <see cref="UnknownMerchant"/>, <see cref="MerchantLeft"/>, <see cref="AgreementDatesBad"/>, <see cref="AgreementWaits"/>.</summary>
        public Task<Result<ListAgreements.Item>> Run(Guid id, Request body, RequestId requestId, Caller caller, CancellationToken cancel) => work.Once<ListAgreements.Item>(requestId, async () =>
        {
            await db.LockCommunity(cancel);
            if (!(await book.Present(id, cancel)).TryGet(out var merchant, out var error))
                return error;
            var today = calendar.Time.DayOf(clock.Now);
            var earlier = await db.Set<MerchantAgreement>().Where(a => a.MerchantId == id).ToListAsync(cancel);
            if (body.StartsOn < (earlier.Exists(a => a.SignedAt is not null) ? today.AddDays(1) : today) || body.EndsOn < body.StartsOn)
                return new AgreementDatesBad();
            var agreementId = ids.New();
            var draft = new ApprovalDraft(
                Approved.Name, $"agreement:{id:N}",
                string.Create(CultureInfo.InvariantCulture, $"{merchant.Name} 的签约协议：每枚 {body.FenPerCoin} 分，基金承担 {body.FundSharePercent}%，{body.StartsOn:yyyy-MM-dd} 起"),
                JsonSerializer.Serialize(new Payload(agreementId), PhoenixJson.Options), Role.Treasurer, caller.PersonId, null, null);
            if (!(await approvals.Propose(draft, cancel)).TryGet(out var approval, out _))
                return new AgreementWaits();
            var agreement = new MerchantAgreement
            {
                CommunityId = db.Scope.CommunityId,
                Id = agreementId,
                MerchantId = id,
                Version = 1 + earlier.Select(a => a.Version).DefaultIfEmpty().Max(),
                FenPerCoin = body.FenPerCoin,
                FundSharePercent = body.FundSharePercent,
                MonthlyCapFen = body.MonthlyCapFen,
                StartsOn = body.StartsOn,
                EndsOn = body.EndsOn,
                Paper = body.Paper.Trim(),
                ProposedBy = caller.PersonId,
                ApprovalId = approval,
                ProposedAt = clock.Now,
            };
            db.Add(agreement);
            audit.Write("agreement.proposed", $"agreement:{agreementId:N}");
            return ListAgreements.Show(agreement, approval);
        }, cancel);
    }

    /// <summary>Carries out what the treasurer signed.</summary>
    internal sealed class Approved(PhoenixDb db, MerchantBook book, ICommunityCalendar calendar, IAuditLog audit, Clock clock) : IApprovalKind
    {
        public const string Name = "merchant.agreement";

        public string Kind => Name;

        public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
        {
            await db.LockCommunity(cancel);
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.AgreementId;
            var agreement = await db.Set<MerchantAgreement>().SingleAsync(a => a.Id == id, cancel);
            if (!(await book.Present(agreement.MerchantId, cancel)).TryGet(out _, out var error))
                return error;
            var today = calendar.Time.DayOf(clock.Now);
            var isFirst = !await db.Set<MerchantAgreement>().AnyAsync(a => a.MerchantId == agreement.MerchantId && a.SignedAt != null, cancel);
            if (agreement.StartsOn < (isFirst ? today : today.AddDays(1)))
                return new AgreementLate();
            agreement.SignedAt = clock.Now;
            audit.Write("agreement.signed", $"agreement:{id:N}");
            return null;
        }

        /// <summary>An owner of the merchant doesn't sign for the community.</summary>
        public async Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel)
        {
            var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.AgreementId;
            var merchant = await db.Set<MerchantAgreement>().Where(a => a.Id == id).Select(a => a.MerchantId).SingleAsync(cancel);
            return await book.Place(merchant, personId, cancel) is not null;
        }
    }
}
