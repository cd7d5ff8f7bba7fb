using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>Every night: who borrowed what came back longer ago than <see cref="EquipmentLoan.Kept"/> is forgotten (PIPL art 19). One statement, so two nodes do it once.</summary>
internal sealed class ForgetBorrowers(ICommunities communities, Clock clock) : ISweep
{
    public string Name => "equipment.forget";

    public string Cron => "25 4 * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var before = clock.Now - EquipmentLoan.Kept;
        await services.GetRequiredService<PhoenixDb>().Set<EquipmentLoan>().Where(l => l.ReturnedAt < before && (l.BorrowerId != null || l.Borrower != null))
            .ExecuteUpdateAsync(u => u.SetProperty(l => l.BorrowerId, (Guid?)null).SetProperty(l => l.Borrower, (string?)null), cancel);
    }, cancel);
}
