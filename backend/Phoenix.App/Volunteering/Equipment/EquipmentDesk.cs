using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Finds items and loans to be changed, and says whose they are.</summary>
internal sealed class EquipmentDesk(PhoenixDb db, VerifyRights rights)
{
    /// <summary>An item to be changed, under the community's lock; <see cref="UnknownEquipment"/>.</summary>
    public async Task<Result<EquipmentItem>> Lock(Guid id, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        return await db.Set<EquipmentItem>().FirstOrDefaultAsync(i => i.Id == id, cancel) is { } item ? item : new UnknownEquipment();
    }

    /// <summary>A loan that is out, with its item, under the community's lock, for somebody whose own it isn't: <see cref="UnknownLoan"/>, <see cref="LoanReturned"/>, <see cref="OwnLoan"/>.</summary>
    public async Task<Result<(EquipmentLoan Loan, EquipmentItem Item)>> LockOpen(Guid id, Guid staff, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        if (await db.Set<EquipmentLoan>().FirstOrDefaultAsync(l => l.Id == id, cancel) is not { } loan)
            return new UnknownLoan();
        if (!loan.IsOpen)
            return new LoanReturned();
        if (IsOwn(loan, await Own(staff, cancel)))
            return new OwnLoan();
        return (loan, await db.Set<EquipmentItem>().SingleAsync(i => i.Id == loan.ItemId, cancel));
    }

    /// <summary>Who has the item; null while it is in.</summary>
    public Task<EquipmentLoan?> OpenLoan(Guid item, CancellationToken cancel) => db.Set<EquipmentLoan>().AsNoTracking().FirstOrDefaultAsync(l => l.ItemId == item && l.ReturnedAt == null, cancel);

    /// <summary>Whose loans somebody leaves to a colleague.</summary>
    public Task<Guid[]> Own(Guid person, CancellationToken cancel) => rights.Own(person, cancel);

    /// <summary>Whether it is one's own or the family's.</summary>
    public static bool IsOwn(EquipmentLoan loan, Guid[] own) => loan.BorrowerId is { } borrower && own.Contains(borrower);

    /// <summary>Whether the day may be a due day today.</summary>
    public static bool IsDueDay(DateOnly due, DateOnly today) => due >= today && due <= today.AddDays(EquipmentLoan.MaxDays);
}
