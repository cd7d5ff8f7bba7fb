using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Hosting;
using Phoenix.App.Volunteering.Teams;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>
/// Every night the rotas of standing posts make their shifts four weeks ahead. (line, day) is unique, so a sweep that is lost, repeated or run by two nodes
/// makes each shift once; one that staff cancelled stays cancelled.
/// </summary>
internal sealed class MakeRotaShifts(ICommunities communities) : ISweep
{
    /// <summary>How far ahead, in days.</summary>
    public const int DaysAhead = 28;

    public string Name => "rota.shifts";

    public string Cron => "20 3 * * *";

    public Task Run(CancellationToken cancel) => communities.Each(async (services, _) =>
    {
        var (db, maker) = (services.GetRequiredService<PhoenixDb>(), services.GetRequiredService<Maker>());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockCommunity(cancel);
        foreach (var activity in await db.Set<Activity>().Where(a => a.Kind == ActivityKind.Standing && a.State == ActivityState.Published).ToListAsync(cancel))
            await maker.Make(activity, cancel);
        await transaction.CommitAsync(cancel);
    }, cancel);

    /// <summary>Makes the shifts that are due of one activity, under the community's lock.</summary>
    internal sealed class Maker(PhoenixDb db, Promises promises, ICommunityCalendar calendar, IIds ids, Clock clock)
    {
        /// <summary>Makes what isn't there yet. A day without a coin rule gets its shift once there is one.</summary>
        public async Task Make(Activity activity, CancellationToken cancel)
        {
            var post = await db.Set<Post>().SingleAsync(p => p.Id == activity.PostId, cancel);
            var (now, first) = (clock.Now, calendar.Time.DayOf(clock.Now));
            var last = first.AddDays(DaysAhead);
            var lines = await db.Set<RotaLine>().Where(l => l.PostId == post.Id && l.From <= last && (l.To == null || l.To >= first)).ToListAsync(cancel);
            var lineIds = lines.ConvertAll(l => (Guid?)l.Id);
            var made = (await db.Set<Shift>().Where(s => lineIds.Contains(s.RotaLineId) && s.RotaDate >= first).Select(s => new { s.RotaLineId, s.RotaDate }).ToListAsync(cancel))
                .Select(s => (s.RotaLineId!.Value, s.RotaDate!.Value)).ToHashSet();
            for (var day = first; day <= last; day = day.AddDays(1))
                foreach (var line in lines.Where(l => l.Weekday == day.DayOfWeek && l.From <= day && (l.To is null || l.To >= day) && !made.Contains((l.Id, day))))
                {
                    var shift = New(activity, post, line, day);
                    if (shift.StartsAt > now && await promises.Pin(activity, [shift], cancel) is null)
                        db.Add(shift);
                }

            await db.SaveChangesAsync(cancel);
        }

        private Shift New(Activity activity, Post post, RotaLine line, DateOnly day)
        {
            var start = calendar.Time.At(day, line.StartsAt);
            return new Shift
            {
                CommunityId = activity.CommunityId,
                Id = ids.New(),
                ActivityId = activity.Id,
                StartsAt = start,
                EndsAt = start.AddMinutes(line.Minutes),
                Capacity = line.Capacity,
                PlaceId = post.BuildingId,
                Address = post.Name,
                LeaderId = post.LeaderId,
                RotaLineId = line.Id,
                RotaDate = day,
                Version = 1,
            };
        }
    }
}
