using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>When somebody comes about a need.</summary>
/// <param name="ShiftId">The shift.</param>
/// <param name="ActivityId">Its activity.</param>
/// <param name="Activity">The activity's title.</param>
/// <param name="StartsAt">Its first instant.</param>
/// <param name="EndsAt">The instant after its last.</param>
/// <param name="Leader">What the neighbours call its leader.</param>
/// <param name="Volunteers">How many have a place in it.</param>
/// <param name="Capacity">How many there may be.</param>
public sealed record NeedVisit(Guid ShiftId, Guid ActivityId, string Activity, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Leader, int Volunteers, int Capacity);

/// <summary>A need as the family sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Category">Which kind of help.</param>
/// <param name="Source">As what it was raised.</param>
/// <param name="IsFirst">高龄或独居.</param>
/// <param name="HelpedName">Whom it helps, as the neighbours call them.</param>
/// <param name="RaisedByName">Who raised it.</param>
/// <param name="Details">What, where, when, whom to call; null once forgotten.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="TriageBy">The last day for a first look.</param>
/// <param name="Answer">What staff said with their decision.</param>
/// <param name="ReferredTo">Who helps instead.</param>
/// <param name="Visit">When somebody comes; null until it is arranged.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Thanks">The words of thanks.</param>
/// <param name="MayWithdraw">Whether it can be taken back now.</param>
/// <param name="MayThank">Whether thanks can be said now.</param>
public sealed record NeedView(
    Guid Id, NeedState State, ImpactCategory Category, NeedSource Source, bool IsFirst, string HelpedName, string RaisedByName, NeedDetails? Details, DateTimeOffset RaisedAt, DateOnly TriageBy,
    string? Answer, string? ReferredTo, NeedVisit? Visit, DateTimeOffset? EndedAt, string? Thanks, bool MayWithdraw, bool MayThank);

/// <summary>Puts words, names and visits to needs.</summary>
internal sealed class NeedReader(PhoenixDb db, IPeople people, KeyRing keys, Clock clock)
{
    public async Task<NeedView> Show(Need need, CancellationToken cancel) => (await Show([need], cancel))[0];

    public async Task<IReadOnlyList<NeedView>> Show(IReadOnlyList<Need> needs, CancellationToken cancel)
    {
        var visits = await Visits(needs, cancel);
        var heads = await people.OfPersons([.. needs.SelectMany(n => (Guid[])[n.HelpedId, n.RaisedBy]).Distinct()], cancel);
        var now = clock.Now;
        return [.. needs.Select(n =>
        {
            var visit = n.ShiftId is { } shift ? visits.GetValueOrDefault(shift) : null;
            return new NeedView(
                n.Id, n.State, n.Category, n.Source, n.IsFirst, heads.GetValueOrDefault(n.HelpedId)?.Name ?? "", heads.GetValueOrDefault(n.RaisedBy)?.Name ?? "社区工作人员", n.Open(keys), n.RaisedAt, n.TriageBy,
                n.Answer, n.ReferredTo, visit, n.EndedAt, n.Thanks, n.IsOpen, n.State == NeedState.Arranged && visit?.StartsAt <= now);
        })];
    }

    /// <summary>When somebody comes about each of some needs, by shift.</summary>
    public async Task<IReadOnlyDictionary<Guid, NeedVisit>> Visits(IReadOnlyList<Need> needs, CancellationToken cancel)
    {
        var ids = needs.Select(n => n.ShiftId).OfType<Guid>().Distinct().ToList();
        if (ids.Count == 0)
            return new Dictionary<Guid, NeedVisit>();
        var shifts = await db.Set<Shift>().AsNoTracking().Where(s => ids.Contains(s.Id)).Join(db.Set<Activity>(), s => s.ActivityId, a => a.Id, (s, a) => new { Shift = s, a.Title }).ToListAsync(cancel);
        var leaders = await people.OfPersons([.. shifts.Select(s => s.Shift.LeaderId).OfType<Guid>().Distinct()], cancel);
        return shifts.ToDictionary(s => s.Shift.Id, s => new NeedVisit(
            s.Shift.Id, s.Shift.ActivityId, s.Title, s.Shift.StartsAt, s.Shift.EndsAt, s.Shift.LeaderId is { } leader ? leaders.GetValueOrDefault(leader)?.Name : null, s.Shift.Taken, s.Shift.Capacity));
    }
}
