using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.Ledger;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>A member's part of a batch before it is one.</summary>
/// <param name="Row">The sheet's row, or 1.</param>
/// <param name="Member">To whom.</param>
/// <param name="Coins">How many.</param>
/// <param name="Reason">For what.</param>
/// <param name="Evidence">What shows it.</param>
internal sealed record GrantLine(int Row, MemberHead Member, long Coins, string Reason, string Evidence);

/// <summary>Proposes batches of grants, within the maker's month, and carries out what was approved.</summary>
internal sealed class GrantBook(
    PhoenixDb db, IApprovals approvals, IPeople people, INotifications notifications, LedgerPoster poster, ICommunityCalendar calendar, IIds ids, Clock clock) : IApprovalKind
{
    public const string Name = "coins.grant";

    public string Kind => Name;

    /// <summary>The coins that a maker may still propose this month. The caller holds the community's lock.</summary>
    public async Task<long> Left(Guid maker, CancellationToken cancel)
    {
        var month = calendar.Time.MonthOf(clock.Now).FirstDay;
        var used = await Counted().Where(b => b.MakerId == maker && b.Month == month).SumAsync(b => b.Coins, cancel);
        return Math.Max(0, GrantBatch.MonthlyCapPerMaker - used);
    }

    /// <summary>Whether a sheet waits or was given.</summary>
    public Task<bool> IsKnown(string fileHash, CancellationToken cancel) => Counted().AnyAsync(b => b.FileHash == fileHash, cancel);

    /// <summary>Adds a batch and its proposal; <see cref="GrantCapReached"/>, <see cref="OwnGrant"/>.</summary>
    public async Task<Result<GrantBatch>> Propose(IReadOnlyList<GrantLine> lines, string? fileHash, Guid maker, CancellationToken cancel)
    {
        if (lines.Any(l => l.Member.PersonId == maker))
            return new OwnGrant();
        var (coins, left) = (lines.Sum(l => l.Coins), await Left(maker, cancel));
        if (coins > left)
            return new GrantCapReached(left);
        var id = ids.New();
        var summary = lines.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"表扬 {lines[0].Member.Name}：{coins} 枚，{lines[0].Reason}")
            : string.Create(CultureInfo.InvariantCulture, $"表扬 {lines.Count} 人，共 {coins} 枚：{lines[0].Member.Name}等");
        var draft = new ApprovalDraft(
            Name, $"grants:{id:N}", summary, JsonSerializer.Serialize(new Payload(id), PhoenixJson.Options), Role.Treasurer, maker, lines.Count == 1 ? lines[0].Member.PersonId : null, lines[0].Reason);
        if (!(await approvals.Propose(draft, cancel)).TryGet(out var approval, out var error))
            return error;
        var batch = new GrantBatch
        {
            CommunityId = db.Scope.CommunityId,
            Id = id,
            MakerId = maker,
            Month = calendar.Time.MonthOf(clock.Now).FirstDay,
            Coins = coins,
            FileHash = fileHash,
            ApprovalId = approval,
            CreatedAt = clock.Now,
        };
        db.Add(batch);
        db.AddRange(lines.Select(l => new Grant { CommunityId = batch.CommunityId, BatchId = id, Row = l.Row, MemberId = l.Member.MemberId, Coins = l.Coins, Reason = l.Reason, Evidence = l.Evidence }));
        return batch;
    }

    /// <summary>Gives the coins of a batch, all or none, and tells everybody; <see cref="GrantMemberUnknown"/> where somebody has left since, or the ledger's refusal.</summary>
    public async Task<Error?> CarryOut(string payload, Guid maker, CancellationToken cancel)
    {
        var (batch, grants) = await Read(payload, cancel);
        var members = await people.OfMembers([.. grants.Select(g => g.MemberId)], cancel);
        if (grants.Exists(g => !members.TryGetValue(g.MemberId, out var m) || m.HasLeft))
            return new GrantMemberUnknown();
        batch.GivenAt = clock.Now;
        await notifications.TellAll(
            [.. grants.Select(g => new Notice(members[g.MemberId].PersonId, string.Create(CultureInfo.InvariantCulture, $"grant:{batch.Id:N}:{g.Row}"), new CoinsGranted(new Coins(g.Coins), g.Reason, clock.Now), "pages/coins/coins"))],
            cancel);
        var until = new DateOnly(calendar.Time.DayOf(clock.Now).Year + 1, 12, 31);
        var commands = grants.ConvertAll<LedgerCommand>(g => new Move(PostingKind.Grant, AccountKey.Issuance(), AccountKey.Lot(g.MemberId, until), g.Coins)
        {
            Ref = string.Create(CultureInfo.InvariantCulture, $"grant:{batch.Id:N}:{g.Row}"),
            Rule = "grant/1",
            Reason = g.Reason,
        });
        return (await poster.PostIn(db, [new LedgerRequest(batch.CommunityId, RequestIds.Of(batch.CommunityId, $"grants:{batch.Id:N}"), maker, Name, commands)], cancel)).Error;
    }

    /// <summary>Whoever is given something decides nothing of it.</summary>
    public async Task<bool> IsFor(string payload, Guid personId, CancellationToken cancel)
    {
        var (_, grants) = await Read(payload, cancel);
        return (await people.OfPersons([personId], cancel)).TryGetValue(personId, out var me) && grants.Exists(g => g.MemberId == me.MemberId);
    }

    private async Task<(GrantBatch Batch, List<Grant> Grants)> Read(string payload, CancellationToken cancel)
    {
        var id = JsonSerializer.Deserialize<Payload>(payload, PhoenixJson.Options)!.BatchId;
        return (await db.Set<GrantBatch>().SingleAsync(b => b.Id == id, cancel), await db.Set<Grant>().AsNoTracking().Where(g => g.BatchId == id).OrderBy(g => g.Row).ToListAsync(cancel));
    }

    // What was refused, withdrawn or forgotten gives nothing, so it counts for nothing.
    private IQueryable<GrantBatch> Counted() => db.Set<GrantBatch>().Where(b => b.GivenAt != null || approvals.Pending.Contains(b.ApprovalId));

    private sealed record Payload(Guid BatchId);
}
