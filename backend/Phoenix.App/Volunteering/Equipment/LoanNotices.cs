using Phoenix.App.Community;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts.Lending;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>
/// What becomes of a loan, told to the borrower and who has their notices: that it was noted at all, so that nobody borrows in somebody else's name, that it is to come back, that it
/// came back. Somebody who isn't a member has no inbox: staff see the number to call.
/// </summary>
internal sealed class LoanNotices(INotifications notifications, IPeople people, ICommunities communities, Clock clock)
{
    /// <summary>It was handed out.</summary>
    public Task Lent(EquipmentLoan loan, EquipmentItem item, CancellationToken cancel) => Tell(loan, item, $"equipment-lent:{loan.Id:N}", (what, phone) => new EquipmentLent(what, loan.DueOn, phone), cancel);

    /// <summary>It is to come back soon.</summary>
    public Task Due(EquipmentLoan loan, EquipmentItem item, CancellationToken cancel) => Tell(loan, item, Key("equipment-due", loan), (what, phone) => new EquipmentDue(what, loan.DueOn, clock.Now, phone), cancel);

    /// <summary>It should have come back.</summary>
    public Task Overdue(EquipmentLoan loan, EquipmentItem item, CancellationToken cancel) => Tell(loan, item, Key("equipment-overdue", loan), (what, phone) => new EquipmentOverdue(what, loan.DueOn, clock.Now, phone), cancel);

    /// <summary>It came back.</summary>
    public Task Returned(EquipmentLoan loan, EquipmentItem item, CancellationToken cancel) => Tell(loan, item, $"equipment-returned:{loan.Id:N}", (what, _) => new EquipmentReturned(what), cancel);

    private async Task Tell(EquipmentLoan loan, EquipmentItem item, string key, Func<string, string, NoticeFacts> facts, CancellationToken cancel)
    {
        if (loan.BorrowerId is not { } borrower)
            return;
        var (name, phone) = ((await people.OfPersons([borrower], cancel)).GetValueOrDefault(borrower)?.Name, await communities.PhoneOf(loan.CommunityId, cancel));
        var readers = await people.NoticesGoTo(borrower, cancel);
        await notifications.TellAll([.. readers.Select(r => new Notice(
            r, key, facts(r == borrower || name is null ? EquipmentWords.Of(item) : $"{name}借的{EquipmentWords.Of(item)}", phone), "packages/volunteer/equipment/equipment"))], cancel);
    }

    // Put off, it comes near and passes again.
    private static string Key(string what, EquipmentLoan loan) => $"{what}:{loan.Id:N}:{loan.DueOn:yyyyMMdd}";
}
