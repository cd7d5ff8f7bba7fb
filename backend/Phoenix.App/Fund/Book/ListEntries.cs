using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Identity;

namespace Phoenix.App.Fund.Book;

/// <summary>What has become of an entry.</summary>
public enum FundEntryState
{
    /// <summary>待复核.</summary>
    Waiting,

    /// <summary>已入账.</summary>
    Posted,

    /// <summary>没有入账: refused, withdrawn, or nobody decided in time.</summary>
    Dropped,
}

/// <summary>The charity's receipt.</summary>
/// <param name="CharityName">Who gave it.</param>
/// <param name="FilingNumber">The filing number.</param>
/// <param name="ReceiptNumber">Its number.</param>
/// <param name="ReceiptOn">Its date.</param>
/// <param name="Donor">Who gave the money.</param>
/// <param name="PartnerName">The partner's name.</param>
/// <param name="MarketId">The market that brought it.</param>
/// <param name="StallId">The stall of it.</param>
public sealed record ReceiptView(string CharityName, string FilingNumber, string ReceiptNumber, DateOnly ReceiptOn, DonorKind Donor, string? PartnerName, Guid? MarketId, Guid? StallId)
{
    internal static ReceiptView? Of(FundEntry e) => e.Kind != FundEntryKind.Contribution
        ? null
        : new ReceiptView(e.CharityName!, e.FilingNumber!, e.ReceiptNumber!, e.ReceiptOn!.Value, e.Donor!.Value, e.PartnerName, e.MarketId, e.StallId);
}

/// <summary>Entries as they were prepared, with their evidence, for whoever decides and whoever checks; newest first.</summary>
public static class ListEntries
{
    /// <summary>An entry.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Kind">What it does.</param>
    /// <param name="State">What has become of it.</param>
    /// <param name="AmountFen">How much, in fen.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Receipt">The receipt, of a contribution.</param>
    /// <param name="TargetId">Which entry it takes back, of a correction.</param>
    /// <param name="Evidence">The picture.</param>
    /// <param name="MakerId">Who prepared it.</param>
    /// <param name="MakerName">What the neighbours call them.</param>
    /// <param name="ApprovalId">The proposal: decided at <c>/approvals/{id}/decision</c>.</param>
    /// <param name="CreatedAt">When it was prepared.</param>
    /// <param name="PostedAt">When it was posted.</param>
    /// <param name="IsCorrected">Whether it was taken back.</param>
    public sealed record Item(
        Guid Id, FundEntryKind Kind, FundEntryState State, long AmountFen, string Reason, ReceiptView? Receipt, Guid? TargetId, FileLink? Evidence, Guid MakerId, string? MakerName,
        Guid ApprovalId, DateTimeOffset CreatedAt, DateTimeOffset? PostedAt, bool IsCorrected);

    /// <summary>What is looked for.</summary>
    /// <param name="State">Only these: waiting, posted or dropped.</param>
    /// <param name="ApprovalId">Only the one on which this proposal is.</param>
    public readonly record struct Filter([property: FromQuery(Name = "state")] string? State = null, [property: FromQuery(Name = "approvalId")] Guid? ApprovalId = null);

    /// <summary>The route.</summary>
    public static void Map(IEndpointRouteBuilder community) => community.MapGet("/fund/entries", Run)
        .RequireRole(Role.Staff, Role.Treasurer, Role.Auditor)
        .WithName("listFundEntries").WithSummary("基金经办记录与凭据");

    private static async Task<Results<Ok<Page<Item>>, Refusal>> Run(
        [AsParameters] PageQuery page, [AsParameters] Filter filter, PhoenixDb db, IApprovals approvals, IPeople people, IFileLinks links, CancellationToken cancel)
    {
        if (!page.Read<Guid?>().TryGet(out var at, out var error))
            return new Refusal(error);
        var (entries, pending) = (db.Set<FundEntry>().AsNoTracking(), approvals.Pending);
        var found = entries;
        if (filter.State is { } name)
        {
            if (!Enum.TryParse<FundEntryState>(name, ignoreCase: true, out var state) || !Enum.IsDefined(state))
                return new Refusal(new BadParameter());
            found = state switch
            {
                FundEntryState.Posted => found.Where(e => e.PostingSeq != null),
                FundEntryState.Waiting => found.Where(e => e.PostingSeq == null && pending.Contains(e.ApprovalId)),
                _ => found.Where(e => e.PostingSeq == null && !pending.Contains(e.ApprovalId)),
            };
        }

        if (filter.ApprovalId is { } approval)
            found = found.Where(e => e.ApprovalId == approval);
        if (at.After is { } before)
            found = found.Where(e => e.Id.CompareTo(before) < 0);
        var rows = await found.OrderByDescending(e => e.Id).Take(at.Limit + 1)
            .Select(e => new { Entry = e, IsWaiting = pending.Contains(e.ApprovalId), IsCorrected = entries.Any(c => c.TargetId == e.Id && c.PostingSeq != null) }).ToListAsync(cancel);
        var makers = await people.OfPersons([.. rows.Select(r => r.Entry.MakerId).Distinct()], cancel);
        return TypedResults.Ok(Page.Of(rows.ConvertAll(r => Show(r.Entry, r.IsWaiting, r.IsCorrected)), at.Limit, i => i.Id));

        Item Show(FundEntry e, bool isWaiting, bool isCorrected) => new(
            e.Id, e.Kind, e.PostingSeq is not null ? FundEntryState.Posted : isWaiting ? FundEntryState.Waiting : FundEntryState.Dropped, e.AmountFen, e.Reason, ReceiptView.Of(e), e.TargetId,
            e.FileId is { } file ? links.Make(e.CommunityId, file) : null, e.MakerId, makers.GetValueOrDefault(e.MakerId)?.Name, e.ApprovalId, e.CreatedAt, e.PostedAt, isCorrected);
    }
}
