using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Family;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Guardians;

/// <summary>
/// Soon after midnight: notes the end of the links of those who turned 18 and tells both; asks those who turned 14, and their guardians, to consent anew. The rules don't wait for it: whether somebody is a minor is
/// judged by the day at every call.
/// </summary>
public sealed class ComeOfAge(ICommunities communities, Clock clock) : ISweep
{
    /// <summary>Links read at once.</summary>
    public const int BatchSize = 500;

    /// <inheritdoc />
    public string Name => "identity.come-of-age";

    /// <inheritdoc />
    public string Cron => "10 0 * * *";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        Guid? after = Guid.Empty;
        while (after is { } last)
            after = await Batch(services, last, cancel);
    }, cancel);

    private async Task<Guid?> Batch(IServiceProvider services, Guid after, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PhoenixDb>();
        db.ChangeTracker.Clear();
        var links = await db.Set<Guardianship>().Where(g => g.EndedAt == null && g.Id.CompareTo(after) > 0).OrderBy(g => g.Id).Take(BatchSize).ToListAsync(cancel);
        var births = await services.GetRequiredService<BirthDates>().Of(links.ConvertAll(l => l.ChildId), cancel);
        var (now, audit, notices) = (clock.Now, services.GetRequiredService<IAuditLog>(), services.GetRequiredService<FamilyNotices>());
        var today = services.GetRequiredService<ICommunityCalendar>().Time.DayOf(now);
        foreach (var link in links.Where(l => births.TryGetValue(l.ChildId, out var birth) && Ages.On(birth, today) >= Ages.Adult))
        {
            (link.EndedAt, link.EndReason) = (now, GuardianshipEnd.CameOfAge);
            audit.Write("guardian.ended", $"guardianship:{link.Id:N}", link.ChildId, "年满 18 周岁");
            await notices.Changed($"guardian-ended:{link.Id:N}", [link.GuardianId, link.ChildId], link.GuardianId, link.ChildId, "家长", false, "满 18 周岁", cancel);
        }

        var fourteen = links.Where(l => births.TryGetValue(l.ChildId, out var birth) && Ages.On(birth, today) is >= Ages.OwnConsent and < Ages.Adult).Select(l => l.ChildId).ToList();
        foreach (var (child, minority) in await services.GetRequiredService<IPeople>().MinorsAmong(fourteen, today, cancel))
            if (!minority.HasConsent)
                await notices.AskAtFourteen(child, minority.GuardianIds, cancel);
        await db.SaveChangesAsync(cancel);
        return links.Count == BatchSize ? links[^1].Id : null;
    }
}
