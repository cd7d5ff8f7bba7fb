using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Saturday's shift, to which people came, as it comes to be verified. Attendances are put there as checking in leaves them.</summary>
internal static class VerifyDesk
{
    /// <summary>A published activity that brings ten coins an hour, with a fund behind it.</summary>
    public static async Task<StaffActivity.Detail> Paid(this World world, long budget = 1_000, params ShiftForm[] shifts)
    {
        await world.OpenFund(10_000_000);
        return await world.Published(World.Form(hoursOnly: false, budget: budget), shifts is [] ? [world.Shift(capacity: 12)] : shifts);
    }

    /// <summary>Neighbours with a place in the shift.</summary>
    public static async Task<List<(TestCaller Caller, SignupView Signup)>> Places(this World world, Guid shift, params string[] names)
    {
        var placed = new List<(TestCaller, SignupView)>();
        foreach (var name in names)
        {
            var (caller, _) = await world.Neighbour(name);
            placed.Add((caller, await World.SignedUp(caller, shift)));
        }

        return placed;
    }

    /// <summary>The sign-up's person came, and went unless <paramref name="outAt"/> is null; hours from the shift's start.</summary>
    public static async Task<Guid> Came(this World world, Guid signupId, double inAt = 0, double? outAt = 2.5, CheckWay way = CheckWay.Scan)
    {
        var id = world.App.NewRequestId();
        await world.App.Write(Seeding.CommunityId, db =>
        {
            var signup = db.Set<Signup>().Single(s => s.Id == signupId);
            var by = way is CheckWay.Roster or CheckWay.Late ? world.Leader.PersonId : signup.PersonId;
            var attendance = Attendance.CheckIn(id, signup, new Check(signup.StartsAt.AddHours(inAt), way, by));
            signup.Become(SignupState.CheckedIn, attendance.CheckedInAt);
            if (outAt is { } until)
            {
                attendance.CheckOut(new Check(signup.StartsAt.AddHours(until), way, by));
                signup.Become(SignupState.CheckedOut, attendance.CheckedOutAt!.Value);
            }

            db.Add(attendance);
        });
        return id;
    }

    /// <summary>The leader counted people at the door.</summary>
    public static Task Counted(this World world, Guid shift, int people) => world.App.Write(Seeding.CommunityId, db =>
    {
        if (db.Set<ShiftCount>().FirstOrDefault(c => c.ShiftId == shift) is { } known)
            known.People = people;
        else
            db.Add(new ShiftCount { CommunityId = Seeding.CommunityId, ShiftId = shift, People = people, Listed = people, CountedBy = world.Leader.PersonId, CountedAt = world.App.Now });
    });

    public static Task<Answer> Verify(this TestCaller caller, Guid shift, string? countReason = null, Guid? requestId = null) =>
        caller.Post($"shifts/{shift}/verification", new VerifyShift.Request(countReason), requestId);

    public static async Task<GetVerification.Response> Verification(this TestCaller caller, Guid shift, string query = "") =>
        (await caller.Get($"shifts/{shift}/verification{query}")).Ok<GetVerification.Response>();

    /// <summary>The live records of the community, oldest first.</summary>
    public static Task<List<ServiceRecord>> Records(this World world) =>
        world.App.Read(Seeding.CommunityId, db => db.Set<ServiceRecord>().AsNoTracking().Where(r => r.Ending == null).OrderBy(r => r.Id).ToListAsync());

    /// <summary>The coins that somebody has.</summary>
    public static async Task<long> CoinsOf(this World world, Guid member) =>
        (await world.App.Services.GetRequiredService<LedgerReads>().CoinsNow(Seeding.CommunityId, member, Asset.Coin, CancellationToken.None)).Lots.Sum(l => l.Amount);

    public static Task<Activity> ActivityNow(this World world, Guid id) => world.App.Read(Seeding.CommunityId, db => db.Set<Activity>().AsNoTracking().SingleAsync(a => a.Id == id));

    public static Task<Attendance> AttendanceNow(this World world, Guid id) => world.App.Read(Seeding.CommunityId, db => db.Set<Attendance>().AsNoTracking().SingleAsync(a => a.Id == id));

    /// <summary>Nothing was recorded, given or moved on.</summary>
    public static async Task NothingHappened(this World world, Guid activity)
    {
        Assert.Empty(await world.Records());
        Assert.Equal(0, (await world.ActivityNow(activity)).IssuedCoins);
        Assert.All(await world.App.Read(Seeding.CommunityId, db => db.Set<Attendance>().AsNoTracking().ToListAsync()), a => Assert.Equal(AttendanceState.CheckedOut, a.State));
        Assert.All(await world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().AsNoTracking().ToListAsync()), s => Assert.Equal(SignupState.CheckedOut, s.State));
    }
}
