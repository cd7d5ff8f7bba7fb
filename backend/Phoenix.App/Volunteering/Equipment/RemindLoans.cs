using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>
/// In the morning of the day before, who has an item hears that it is to come back, and in the morning after the day that it is late; each once for a due day. Lost, late, twice or
/// on two nodes it does the same.
/// </summary>
internal sealed class RemindLoans(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>From when on in a day.</summary>
    public static readonly TimeOnly From = new(9, 0);

    /// <summary>Loans at once.</summary>
    public const int BatchSize = 200;

    public string Name => "equipment.remind";

    public string Cron => "*/10 * * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, work, time) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<UnitOfWork>(), services.GetRequiredService<ICommunityCalendar>().Time);
        var today = time.DayOf(clock.Now);
        if (time.TimeOf(clock.Now) < From)
            return;
        var tomorrow = today.AddDays(1);
        var due = await db.Set<EquipmentLoan>().Where(l => l.ReturnedAt == null
                && ((l.DueOn >= today && l.DueOn <= tomorrow && l.RemindedFor != l.DueOn) || (l.DueOn < today && l.OverdueFor != l.DueOn)))
            .OrderBy(l => l.DueOn).ThenBy(l => l.Id).Select(l => l.Id).Take(BatchSize).ToListAsync(cancel);
        foreach (var id in due)
            await work.Job(() => Remind(services, db, id, today, cancel), cancel);
    }, cancel);

    private static async Task Remind(IServiceProvider services, PhoenixDb db, Guid id, DateOnly today, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        var loan = await db.Set<EquipmentLoan>().SingleAsync(l => l.Id == id, cancel);
        var isLate = loan.DueOn < today;
        if (!loan.IsOpen || loan.DueOn > today.AddDays(1) || (isLate ? loan.OverdueFor : loan.RemindedFor) == loan.DueOn)
            return;
        if (isLate)
            loan.OverdueFor = loan.DueOn;
        else
            loan.RemindedFor = loan.DueOn;
        var (notices, item) = (services.GetRequiredService<LoanNotices>(), await db.Set<EquipmentItem>().AsNoTracking().SingleAsync(i => i.Id == loan.ItemId, cancel));
        await (isLate ? notices.Overdue(loan, item, cancel) : notices.Due(loan, item, cancel));
    }
}
