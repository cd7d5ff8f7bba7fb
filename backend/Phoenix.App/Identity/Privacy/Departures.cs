using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Sessions;
using Phoenix.Platform.Time;

namespace Phoenix.App.Identity.Privacy;

/// <summary>
/// What closing an account does: at once, in one transaction, what lets the person in and finds them again; then, community by community, what names them.
/// A closing that is cut short is taken up by the sweep; every step may run twice.
/// </summary>
internal sealed class Departures(PhoenixDb db, ICommunities communities, SessionBook sessions, IServiceScopeFactory scopes, Clock clock, ILogger<Departures> log)
{
    /// <summary>What is still open, over all communities.</summary>
    public async Task<IReadOnlyList<string>> Open(Guid person, CancellationToken cancel)
    {
        var open = new List<string>();
        await communities.Each(async (services, _) =>
        {
            foreach (var check in services.GetServices<IClosingCheck>())
                open.AddRange(await check.Open(person, Departure.Account, cancel));
        }, cancel);
        return [.. open.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>In the present transaction: nobody signs in as the person any more, and their global data is gone. The account's row goes before the sessions, so that no sign-in slips between.</summary>
    public async Task Close(Guid person, Guid keepRequest, CancellationToken cancel)
    {
        await db.Set<WeChatAccount>().Where(a => a.PersonId == person).ExecuteDeleteAsync(cancel);
        await sessions.End(db.Set<Session>().Where(s => s.PersonId == person), cancel);
        await db.Set<RoleGrant>().IgnoreQueryFilters().Where(g => g.PersonId == person).ExecuteDeleteAsync(cancel);
        await db.Set<Phone>().Where(p => p.PersonId == person).ExecuteDeleteAsync(cancel);
        await db.Set<BirthDate>().Where(b => b.PersonId == person).ExecuteDeleteAsync(cancel);
        await db.Set<RequestRecord>().Where(r => r.PersonId == person && r.Id != keepRequest).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Erases what names the person in every community; what fails stays for the sweep.</summary>
    public async Task Erase(Guid person, CancellationToken cancel)
    {
        try
        {
            await communities.Each(async (services, _) => await EraseIn(services, person, Departure.Account, cancel), cancel);
            await using var scope = scopes.CreateAsyncScope();
            var now = clock.Now;
            await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Set<Person>().Where(p => p.Id == person).ExecuteUpdateAsync(u => u.SetProperty(p => p.ErasedAt, now), cancel);
        }
        catch (AggregateException e)
        {
            log.LogError(e, "A closed account isn't erased everywhere yet; the sweep goes on with it");
        }
    }

    private static async Task EraseIn(IServiceProvider services, Guid person, Departure departure, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PhoenixDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var part in services.GetServices<IPersonalData>())
            await part.Erase(person, departure, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}

/// <summary>Goes on with closings that were cut short.</summary>
internal sealed class FinishClosings(PhoenixDb db, Departures departures) : ISweep
{
    /// <summary>Closings in one run.</summary>
    public const int BatchSize = 50;

    public string Name => "identity.erase";

    public string Cron => "*/10 * * * *";

    public async Task Run(CancellationToken cancel)
    {
        foreach (var person in await db.Set<Person>().Where(p => p.ClosedAt != null && p.ErasedAt == null).OrderBy(p => p.ClosedAt).Take(BatchSize).Select(p => p.Id).ToListAsync(cancel))
            await departures.Erase(person, cancel);
    }
}
