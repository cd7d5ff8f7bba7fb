using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund.Markets;

/// <summary>Who may stand at a stall: an adult answers for it; a child takes part only with its own guardian and with the consents that its age demands.</summary>
internal sealed class StallDesk(PhoenixDb db, IPeople people, ICommunityCalendar calendar, Clock clock)
{
    /// <summary>Null where the two may have a stall at the market, as things are now; otherwise why not.</summary>
    public async Task<Error?> MayStand(Guid adult, Guid? child, Market market, CancellationToken cancel)
    {
        var day = calendar.Time.DayOf(market.StartsAt);
        if ((await people.MinorsAmong([adult], calendar.Time.DayOf(clock.Now), cancel)).Count > 0)
            return new StallNeedsAdult();
        if (child is not { } person)
            return null;
        if (!(await people.ActsFor(adult, cancel)).Any(a => a.IsChild && a.Member.PersonId == person))
            return new StallChildUnknown();
        return await people.MayTakePart(person, day, cancel);
    }

    /// <summary>Whether somebody decides about their own stall, or about one of the family's (hard rule 5).</summary>
    public async Task<bool> IsOwn(MarketStall stall, Guid person, CancellationToken cancel)
    {
        if (person == stall.AdultId || person == stall.ChildId)
            return true;
        if (stall.ChildId is { } child && await people.MayActFor(person, child, FamilyRights.SignUp, cancel))
            return true;
        return await people.MayActFor(person, stall.AdultId, FamilyRights.SignUp, cancel) || await people.MayActFor(stall.AdultId, person, FamilyRights.SignUp, cancel);
    }

    /// <summary>A stall with its market, both to be changed under the community's lock; <see cref="UnknownStall"/>.</summary>
    public async Task<Result<(MarketStall Stall, Market Market)>> Find(Guid stallId, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        if (await db.Set<MarketStall>().FirstOrDefaultAsync(s => s.Id == stallId, cancel) is not { } stall)
            return new UnknownStall();
        return (stall, await db.Set<Market>().SingleAsync(m => m.Id == stall.MarketId, cancel));
    }
}
