using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Redemption;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>Payouts, newest first, and one with its payments and scans, for the community's office.</summary>
public static class ListPayouts
{
    /// <summary>A payout in a list.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">As it is printed.</param>
    /// <param name="Payer">Who pays.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Fen">What is applied for, in fen.</param>
    /// <param name="Coins">Coins of its statements.</param>
    /// <param name="Payments">How many payments.</param>
    /// <param name="PreparedAt">When it was prepared.</param>
    /// <param name="ApprovalId">The proposal that waits or was decided last.</param>
    /// <param name="ApprovedAt">When it was approved.</param>
    /// <param name="SubmittedAt">When it went to the payer.</param>
    /// <param name="EndedAt">When it was closed or became void.</param>
    public sealed record Item(
        Guid Id, string Name, string Payer, PayoutState State, long Fen, long Coins, int Payments, DateTimeOffset PreparedAt, Guid ApprovalId, DateTimeOffset? ApprovedAt, DateTimeOffset? SubmittedAt, DateTimeOffset? EndedAt);

    /// <summary>A payment.</summary>
    /// <param name="StatementId">Which statement.</param>
    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="Month">The statement's month: 2026-11.</param>
    /// <param name="Fen">What is paid, in fen.</param>
    /// <param name="Coins">Coins of the statement.</param>
    /// <param name="SettledCoins">Coins that were settled with it.</param>
    /// <param name="Invoice">Whether the invoice is there.</param>
    /// <param name="InvoiceNumber">Its number.</param>
    /// <param name="State">What became of it.</param>
    /// <param name="BankReference">The receipt's number.</param>
    /// <param name="PaidOn">The receipt's day.</param>
    /// <param name="FailReason">Why it came back.</param>
    public sealed record Payment(
        Guid StatementId, string Merchant, string Month, long Fen, long Coins, long SettledCoins, InvoiceState Invoice, string? InvoiceNumber, PaymentState State, string? BankReference, DateOnly? PaidOn, string? FailReason);

    /// <summary>A scan.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="StatementId">About which statement; null for the whole.</param>
    /// <param name="Link">To show it.</param>
    /// <param name="At">When it was added.</param>
    public sealed record Paper(Guid Id, PaperKind Kind, Guid? StatementId, string Link, DateTimeOffset At);

    /// <summary>A payout with what is in it.</summary>
    /// <param name="Head">As in the list.</param>
    /// <param name="Payments">By month and merchant.</param>
    /// <param name="Papers">The scans, oldest first.</param>
    public sealed record Response(Item Head, IReadOnlyList<Payment> Payments, IReadOnlyList<Paper> Papers);

    /// <summary>The routes.</summary>
    public static void Map(IEndpointRouteBuilder community)
    {
        community.MapGet("/payouts", List).RequireRole(Role.Staff, Role.Treasurer, Role.Auditor).WithName("listPayouts").WithSummary("拨付批次");
        community.MapGet("/payouts/{id:guid}", Get).RequireRole(Role.Staff, Role.Treasurer, Role.Auditor).WithName("getPayout").WithSummary("一个拨付批次");
    }

    private static Item Show(Payout p, int payments) => new(p.Id, p.Name, p.Payer, p.State, p.Fen, p.Coins, payments, p.PreparedAt, p.ApprovalId, p.ApprovedAt, p.SubmittedAt, p.EndedAt);

    private static async Task<Results<Ok<Page<Item>>, Refusal>> List([AsParameters] PageQuery page, PhoenixDb db, CancellationToken cancel)
    {
        if (!page.Read<int?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var rows = await db.Set<Payout>().AsNoTracking().Where(p => at.After == null || p.Number < at.After).OrderByDescending(p => p.Number).Take(at.Limit + 1)
            .Select(p => new { Payout = p, Payments = db.Set<PayoutItem>().Count(i => i.PayoutId == p.Id) }).ToListAsync(cancel);
        var shown = Page.Of(rows, at.Limit, r => r.Payout.Number);
        return TypedResults.Ok(new Page<Item>([.. shown.Items.Select(r => Show(r.Payout, r.Payments))], shown.Next));
    }

    private static async Task<Results<Ok<Response>, Refusal>> Get(Guid id, PhoenixDb db, IMerchantDirectory merchants, IFileLinks links, CancellationToken cancel)
    {
        if (await db.Set<Payout>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel) is not { } payout)
            return new Refusal(new UnknownPayout());
        var items = await db.Set<PayoutItem>().AsNoTracking().Where(i => i.PayoutId == id).Join(db.Set<Statement>(), i => i.StatementId, s => s.Id, (i, s) => new { Item = i, s.Period }).ToListAsync(cancel);
        var heads = await merchants.Of([.. items.Select(i => i.Item.MerchantId).Distinct()], cancel);
        var papers = await db.Set<PayoutPaper>().AsNoTracking().Where(p => p.PayoutId == id).OrderBy(p => p.Id).ToListAsync(cancel);
        var payments = items.Select(i => new Payment(
                i.Item.StatementId, heads[i.Item.MerchantId].Name, Platform.Time.Month.Of(i.Period).ToString(), i.Item.Fen, i.Item.Coins, i.Item.SettledCoins, i.Item.Invoice, i.Item.InvoiceNumber, i.Item.State,
                i.Item.BankReference, i.Item.PaidOn, i.Item.FailReason))
            .OrderBy(p => p.Month, StringComparer.Ordinal).ThenBy(p => p.Merchant, StringComparer.Ordinal).ThenBy(p => p.StatementId);
        return TypedResults.Ok(new Response(Show(payout, items.Count), [.. payments], papers.ConvertAll(p => new Paper(p.Id, p.Kind, p.StatementId, links.Make(p.CommunityId, p.FileId).Url, p.AddedAt))));
    }
}
