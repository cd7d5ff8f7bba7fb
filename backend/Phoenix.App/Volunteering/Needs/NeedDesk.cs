using Microsoft.EntityFrameworkCore;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Results;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Finds needs, and says whose they are.</summary>
internal sealed class NeedDesk(PhoenixDb db, IPeople people, VerifyRights rights)
{
    /// <summary>A need to be changed, under the community's lock; <see cref="UnknownNeed"/>.</summary>
    public async Task<Result<Need>> Lock(Guid id, CancellationToken cancel)
    {
        await db.LockCommunity(cancel);
        return await db.Set<Need>().FirstOrDefaultAsync(n => n.Id == id, cancel) is { } need ? need : new UnknownNeed();
    }

    /// <summary>The same for staff, who don't decide about their own or their family's (hard rule 5): <see cref="UnknownNeed"/>, <see cref="OwnNeed"/>.</summary>
    public async Task<Result<Need>> LockForStaff(Guid id, Guid staff, CancellationToken cancel)
    {
        if (!(await Lock(id, cancel)).TryGet(out var need, out var unknown))
            return unknown;
        return IsOwn(need, staff, await rights.Own(staff, cancel)) ? new OwnNeed() : need;
    }

    /// <summary>The same for whom it is, and who signs up for them: <see cref="UnknownNeed"/>.</summary>
    public async Task<Result<Need>> LockForFamily(Guid id, Guid person, CancellationToken cancel)
    {
        if (!(await Lock(id, cancel)).TryGet(out var need, out var unknown))
            return unknown;
        return await people.MayActFor(person, need.HelpedId, FamilyRights.SignUp, cancel) ? need : new UnknownNeed();
    }

    /// <summary>Whose needs somebody leaves to a colleague.</summary>
    public Task<Guid[]> Own(Guid person, CancellationToken cancel) => rights.Own(person, cancel);

    /// <summary>Whether it is somebody's own, or of the family. Having taken it down for somebody who called makes it nobody's own.</summary>
    public static bool IsOwn(Need need, Guid person, Guid[] own) => own.Contains(need.HelpedId) || (need.RaisedBy == person && need.Source != NeedSource.Staff);
}
