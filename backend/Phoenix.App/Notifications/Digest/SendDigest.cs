using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications.Facts;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Digest;

/// <summary>
/// Tells each member of staff on Monday at 9 what waits for them, one message a person and week. It wakes all through the hour: who has the
/// week's message is told no second one, so a run that was cut off, or two nodes at once, make no difference.
/// </summary>
public sealed class SendDigest(ICommunities communities, Database database, Clock clock) : ISweep
{
    /// <summary>Where the message leads.</summary>
    public const string Page = "packages/staff/todo/todo";

    private static readonly Role[] s_staff = [Role.Staff, Role.SocialWorker, Role.Treasurer, Role.Auditor];

    /// <inheritdoc />
    public string Name => "messages.digest";

    /// <inheritdoc />
    public string Cron => "*/10 9 * * 1";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var lines = new List<DigestLine>();
        foreach (var part in services.GetServices<IDigestPart>())
            lines.AddRange(await part.Lines(cancel));
        if (lines.Count == 0)
            return;
        var week = services.GetRequiredService<ICommunityCalendar>().Time.DayOf(clock.Now).ToString("O", CultureInfo.InvariantCulture);
        foreach (var (person, roles) in await services.GetRequiredService<IRoleHolders>().Of(s_staff, cancel))
        {
            var mine = lines.Where(l => l.For.Any(roles.Contains)).Select(l => l.Text).ToList();
            if (mine.Count > 0)
                await Tell(services, new Notice(person, $"digest:{week}", new WeeklyDigest(mine), Page), cancel);
        }
    }, cancel);

    private async Task Tell(IServiceProvider services, Notice notice, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PhoenixDb>();
        try
        {
            await services.GetRequiredService<INotifications>().Tell(notice, cancel);
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
        {
            // Another node told them a moment ago.
        }

        db.ChangeTracker.Clear();
    }
}
