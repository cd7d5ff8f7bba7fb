using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Time;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>What becomes of a need, told to those whom it concerns. Its words and its address are in none of it: messages go through WeChat.</summary>
internal sealed class NeedNotices(PhoenixDb db, INotifications notifications, IPeople people, ICommunities communities, Clock clock)
{
    private static readonly SignupState[] s_came = [SignupState.Confirmed, SignupState.CheckedIn, SignupState.CheckedOut, SignupState.Verified, SignupState.Recorded];

    /// <summary>Sign-ups with a place in a shift, as a query: their people know what the need is, and are thanked.</summary>
    public static IQueryable<Signup> Volunteers(PhoenixDb db) => db.Set<Signup>().Where(s => s_came.Contains(s.State));

    /// <summary>Those of one shift.</summary>
    public static IQueryable<Signup> Volunteers(PhoenixDb db, Guid shiftId) => Volunteers(db).Where(s => s.ShiftId == shiftId);

    /// <summary>The family hears where it stands now; not whoever did it.</summary>
    /// <param name="need">The need.</param>
    /// <param name="by">Who did it, a person.</param>
    /// <param name="comesAt">When volunteers come, if that is the news.</param>
    /// <param name="note">What else is said.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    public async Task Progress(Need need, Guid by, DateTimeOffset? comesAt, string? note, CancellationToken cancel)
    {
        var readers = await people.NoticesGoTo(need.HelpedId, cancel);
        if (need.Source == NeedSource.Family)
            readers = [.. readers, need.RaisedBy];
        var name = (await people.OfPersons([need.HelpedId], cancel)).GetValueOrDefault(need.HelpedId)?.Name;
        var (phone, now) = (await communities.PhoneOf(need.CommunityId, cancel), clock.Now);
        var word = HelpFigures.WordOf(need.Category);
        var notices = readers.Distinct().Where(r => r != by).Select(r => new Notice(
            r, Key("need-progress", need), new NeedProgress(r == need.HelpedId || name is null ? $"{word}求助" : $"{name}的{word}求助", NeedWords.Of(need.State), now, phone, comesAt, note), FamilyPage(need)));
        await notifications.TellAll([.. notices], cancel);
    }

    /// <summary>Staff hear that something is to be done about it.</summary>
    public Task Staff(Need need, Guid? by, string what, CancellationToken cancel) => notifications.TellHolders(
        [Role.Staff, Role.SocialWorker], by is { } one ? [one] : [], Key("need-waiting", need), new NeedWaiting(HelpFigures.WordOf(need.Category), what, need.IsFirst), $"packages/staff/need/need?id={need.Id}", cancel);

    /// <summary>Volunteers who have a place already, and the leader, hear that their shift helps somebody.</summary>
    public Task Given(Need need, Activity activity, Shift shift, CancellationToken cancel) => Door(need, shift, new NeedGiven(activity.Title, shift.StartsAt), cancel);

    /// <summary>Volunteers and leader hear that it is off; the shift may go on without it.</summary>
    public Task Dropped(Need need, Activity activity, Shift shift, CancellationToken cancel) => Door(need, shift, new NeedDropped(activity.Title, shift.StartsAt), cancel);

    /// <summary>Volunteers are thanked, with the words if they may be shown.</summary>
    public async Task Thanked(Need need, Activity activity, bool isLater, CancellationToken cancel)
    {
        var persons = await Volunteers(db, need.ShiftId!.Value).Select(s => s.PersonId).ToListAsync(cancel);
        var words = need.IsThanksShown ? need.Thanks : null;
        await Tell(persons, $"{(isLater ? "need-words" : "need-thanked")}:{need.Id:N}", new NeedThanked(activity.Title, words), $"pages/signups/signups?shift={need.ShiftId}", cancel);
    }

    private async Task Door(Need need, Shift shift, NoticeFacts facts, CancellationToken cancel)
    {
        await Tell(await Volunteers(db, shift.Id).Select(s => s.PersonId).ToListAsync(cancel), Key(facts.Kind.ToString(), need), facts, $"pages/signups/signups?shift={shift.Id}", cancel);
        if (shift.LeaderId is { } leader)
            await Tell([leader], Key(facts.Kind.ToString(), need), facts, $"packages/leader/shift/shift?id={shift.Id}", cancel);
    }

    private async Task Tell(IEnumerable<Guid> persons, string key, NoticeFacts facts, string page, CancellationToken cancel)
    {
        foreach (var some in persons.Distinct().Select(p => new Notice(p, key, facts, page)).Chunk(NoticeLimits.Batch))
            await notifications.TellAll(some, cancel);
    }

    // It may stand in the same state twice: arranged, its shift cancelled, arranged again.
    private static string Key(string what, Need need) => $"{what}:{need.Id:N}:{need.Step}";

    private static string FamilyPage(Need need) => $"packages/volunteer/need/need?id={need.Id}";
}
