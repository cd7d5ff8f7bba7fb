using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Files;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Results;

namespace Phoenix.App.Fund.Book;

/// <summary>What came of preparing an entry.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="ApprovalId">The proposal that waits for a second person.</param>
public sealed record EntryProposed(Guid EntryId, Guid ApprovalId);

/// <summary>Entries are prepared by the treasurer or staff and posted by the other of the two: nobody posts their own (hard rule 5).</summary>
internal sealed class EntryDesk(PhoenixDb db, IApprovals approvals, IFileContents files)
{
    public const string ApprovalKind = "fund.entry";

    /// <summary>Puts a proposal into the present unit of work and adds the entry that it makes; <see cref="EvidenceMissing"/>, <see cref="AlreadyProposed"/>.</summary>
    /// <param name="id">The entry's id.</param>
    /// <param name="subject">One proposal on it waits at a time.</param>
    /// <param name="summary">For the checker.</param>
    /// <param name="evidence">The picture; null where none is needed.</param>
    /// <param name="caller">The maker.</param>
    /// <param name="entry">The entry with the proposal's id.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task<Result<EntryProposed>> Propose(Guid id, string subject, string summary, Guid? evidence, Caller caller, Func<Guid, FundEntry> entry, CancellationToken cancel)
    {
        if (evidence is { } file && await files.Read(file, cancel) is null)
            return new EvidenceMissing();
        var checker = caller.Is(Role.Treasurer) ? Role.Staff : Role.Treasurer;
        var draft = new ApprovalDraft(ApprovalKind, subject, summary, JsonSerializer.Serialize(new Payload(id), PhoenixJson.Options), checker, caller.PersonId, null, null);
        if (!(await approvals.Propose(draft, cancel)).TryGet(out var approval, out var error))
            return error;
        db.Add(entry(approval));
        return new EntryProposed(id, approval);
    }

    /// <summary>Whether a receipt is in the book and wasn't taken back, and how often it was entered.</summary>
    public async Task<(bool IsIn, int Takes)> Receipt(string filingNumber, string receiptNumber, CancellationToken cancel)
    {
        var entered = await db.Set<FundEntry>().Where(e => e.FilingNumber == filingNumber && e.ReceiptNumber == receiptNumber && e.PostingSeq != null).Select(e => e.Id).ToListAsync(cancel);
        var back = await db.Set<FundEntry>().CountAsync(e => e.TargetId != null && e.PostingSeq != null && entered.Contains(e.TargetId.Value), cancel);
        return (entered.Count > back, entered.Count);
    }

    /// <summary>What an approval carries.</summary>
    internal sealed record Payload(Guid EntryId);
}

/// <summary>Posts an entry that the second person approved, in the transaction of the approval.</summary>
internal sealed class EntryApproved(PhoenixDb db, LedgerPoster poster, EntryDesk desk, FundBook book, IPeople people) : IApprovalKind
{
    private const string Rule = "fund-entry/1";

    public string Kind => EntryDesk.ApprovalKind;

    public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var id = JsonSerializer.Deserialize<EntryDesk.Payload>(payload, PhoenixJson.Options)!.EntryId;
        var entry = await db.Set<FundEntry>().SingleAsync(e => e.Id == id, cancel);
        if (entry.Kind == FundEntryKind.Contribution)
        {
            var (isIn, takes) = await desk.Receipt(entry.FilingNumber!, entry.ReceiptNumber!, cancel);
            if (isIn)
                return new ReceiptEntered();
            entry.Take = takes + 1;
        }

        if (!(await Command(entry, cancel)).TryGet(out var command, out var refusal))
            return refusal;
        var (actor, community) = ((await people.OfPersons([maker], cancel)).GetValueOrDefault(maker)?.MemberId ?? Guid.Empty, db.Scope.CommunityId);
        var cash = await book.CashFen(cancel);
        var request = new LedgerRequest(community, RequestIds.Of(community, $"{EntryDesk.ApprovalKind}:{id:N}"), actor, EntryDesk.ApprovalKind, command);
        return await Post(entry, request, cash, cancel);
    }

    private async Task<Error?> Post(FundEntry entry, LedgerRequest request, long cashFen, CancellationToken cancel)
    {
        // The entry is saved with its posting, once it is known: its table takes no second change.
        var posted = await poster.PostIn(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction(), [request], cancel);
        if (!posted.TryGet(out var receipts, out var error))
            return error switch
            {
                Insufficient or Ledger.UnknownAccount => new FundCashShort(cashFen),
                AlreadyReversed => new EntryCorrected(),
                _ => error,
            };
        if (receipts[0].First.Shortfall > 0)
            return new FundCashShort(cashFen);
        (entry.PostingSeq, entry.PostedAt) = (receipts[0].First.Seq, receipts[0].First.At);
        return null;
    }

    private async Task<Result<LedgerCommand>> Command(FundEntry entry, CancellationToken cancel)
    {
        var (outside, cash) = (AccountKey.Of(AccountKind.External, Asset.Fen), AccountKey.Of(AccountKind.Cash, Asset.Fen));
        var reference = $"fund-entry:{entry.Id:N}";
        if (entry.Kind != FundEntryKind.Correction)
        {
            var (from, to) = entry.Kind == FundEntryKind.AdjustmentOut ? (cash, outside) : (outside, cash);
            return new Move(PostingKind.Transfer, from, to, entry.AmountFen) { Ref = reference, Rule = Rule, Reason = entry.Reason };
        }

        if (await CorrectEntry.Target(db, entry.TargetId!.Value, cancel) is not { PostingSeq: { } seq })
            return new UnknownFundEntry();
        return new Reverse(seq) { Ref = reference, Rule = Rule, Reason = entry.Reason };
    }
}
