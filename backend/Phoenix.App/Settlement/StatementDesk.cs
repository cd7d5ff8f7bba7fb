using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Redemption;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>What happens to statements, in one place; in the present transaction.</summary>
public sealed class StatementDesk(PhoenixDb db, IMerchantDirectory merchants, DoubtBook doubts, IAuditLog audit, Clock clock)
{
    /// <summary>The statement for somebody who may see it: the community's office all, an owner the merchant's own; nobody else's exists.</summary>
    public async Task<Result<Statement>> Find(Guid id, Caller caller, CancellationToken cancel)
    {
        var found = await db.Set<Statement>().FirstOrDefaultAsync(s => s.Id == id, cancel);
        if (found is null || !(IsOffice(caller) || (await merchants.OwnedBy(caller.PersonId, cancel)).Contains(found.MerchantId)))
            return new UnknownStatement();
        return found;
    }

    /// <summary>The statement for an owner of its merchant.</summary>
    public async Task<Result<Statement>> FindOwn(Guid id, Caller caller, CancellationToken cancel)
    {
        var found = await db.Set<Statement>().FirstOrDefaultAsync(s => s.Id == id, cancel);
        return found is null || !(await merchants.OwnedBy(caller.PersonId, cancel)).Contains(found.MerchantId) ? new UnknownStatement() : found;
    }

    /// <summary>Whether somebody reads for the community.</summary>
    public static bool IsOffice(Caller caller) => caller.Is(Role.Staff) || caller.Is(Role.Treasurer) || caller.Is(Role.Auditor);

    /// <summary>Whether the person belongs to one of the merchants and so can't act for the community about it (hard rule 5).</summary>
    public async Task<bool> IsOwn(Guid person, IReadOnlyCollection<Guid> merchantIds, CancellationToken cancel) => (await merchants.PlacesOf(person, cancel)).Any(merchantIds.Contains);

    /// <summary>The merchant, or its silence (<paramref name="by"/> null), says that what isn't disputed is right.</summary>
    public async Task Confirm(Statement statement, Guid? by, CancellationToken cancel)
    {
        (statement.ConfirmedAt, statement.ConfirmedBy, statement.RemindOn) = (clock.Now, by, null);
        if (statement.State == StatementState.Sent)
            statement.State = StatementState.Confirmed;
        statement.Revision++;
        audit.Write(by is null ? "statement.confirmed_by_silence" : "statement.confirmed", $"statement:{statement.Id:N}");
        await CloseIfNothingToPay(statement, cancel);
    }

    /// <summary>A statement that nothing is to be paid for is closed with its confirmation: a nil one, or one that comes out below zero, whose debt the next one has.</summary>
    public async Task CloseIfNothingToPay(Statement statement, CancellationToken cancel)
    {
        if (statement.State is not (StatementState.Confirmed or StatementState.Resolved) || await db.Set<LineDispute>().AnyAsync(d => d.StatementId == statement.Id && d.State == DoubtState.Open, cancel))
            return;
        var (coins, fen, _) = await doubts.Out(statement.Id, cancel);
        (coins, fen) = (statement.TotalCoins - coins, statement.TotalFen - fen);
        if (fen > 0 || coins > 0)
            return;
        (statement.FinalCoins, statement.FinalFen, statement.State, statement.ClosedAt) = (coins, fen, StatementState.Closed, clock.Now);
        audit.Write("statement.closed", $"statement:{statement.Id:N}");
    }
}
