using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>
/// What a person borrowed, to be given out, and to be forgotten when they go: the log keeps that the item was out. Who still has something brings it back first; where somebody
/// goes all the same the open loan stays under the pseudonym until it is returned.
/// </summary>
internal sealed class LoanData(PhoenixDb db, ICommunityCalendar calendar) : IPersonalData, IClosingCheck
{
    public async Task<IReadOnlyList<PersonalSection>> Export(Guid personId, CancellationToken cancel)
    {
        var rows = await db.Set<EquipmentLoan>().AsNoTracking().Where(l => l.BorrowerId == personId).OrderByDescending(l => l.Id).Take(PersonalSection.MaxRows)
            .Join(db.Set<EquipmentItem>(), l => l.ItemId, i => i.Id, (l, i) => new { Loan = l, Item = i }).OrderByDescending(r => r.Loan.Id).ToListAsync(cancel);
        return
        [
            new PersonalSection("我借的器材", ["器材", "借出日", "应还日", "归还日", "情况", "说明"], rows.ConvertAll(r => (IReadOnlyList<string>)
            [
                EquipmentWords.Of(r.Item), Day(r.Loan.LentAt), $"{r.Loan.DueOn:yyyy-MM-dd}", r.Loan.ReturnedAt is { } at ? Day(at) : "", EquipmentWords.Of(r.Loan.Condition), r.Loan.Note ?? "",
            ])),
        ];
    }

    public Task Erase(Guid personId, Departure departure, CancellationToken cancel) =>
        db.Set<EquipmentLoan>().Where(l => l.BorrowerId == personId && l.ReturnedAt != null).ExecuteUpdateAsync(u => u.SetProperty(l => l.BorrowerId, (Guid?)null), cancel);

    public async Task<IReadOnlyList<string>> Open(Guid personId, Departure departure, CancellationToken cancel)
    {
        var items = await db.Set<EquipmentLoan>().Where(l => l.BorrowerId == personId && l.ReturnedAt == null).Join(db.Set<EquipmentItem>(), l => l.ItemId, i => i.Id, (_, i) => i)
            .AsNoTracking().OrderBy(i => i.Number).ToListAsync(cancel);
        return items.Count == 0 ? [] : [$"您还借着{string.Join("、", items.Select(EquipmentWords.Of))}，请先还给社区。"];
    }

    private string Day(DateTimeOffset at) => $"{calendar.Time.DayOf(at):yyyy-MM-dd}";
}
