using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>A parent signs up self and children; ages on the shift's day; who may and who may not.</summary>
public sealed class FamilySignupTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_parent_signs_up_self_and_children_in_one_call_all_or_none(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (mother, self) = await world.Neighbour("刘妈妈");
        var (big, small) = (await world.Child("大宝", new(2015, 11, 29), mother), await world.Child("小宝", new(2020, 5, 1), mother));
        var shifts = (await world.Published(null,
            world.Shift(capacity: 3) with { MinAge = 10 }, world.Shift(capacity: 3, at: World.Saturday.AddDays(1)) with { MinAge = 11 },
            world.Shift(capacity: 2, at: World.Saturday.AddDays(2)), world.Shift(capacity: 3, at: World.Saturday.AddDays(3)) with { IsGuardianNeeded = true })).Shifts.Select(s => s.Id).ToList();

        // On Saturday 大宝 is ten, on Sunday eleven; 小宝 is six and old enough for neither.
        (await World.SignUp(mother, shifts[0], true, self, big, small)).Refused(HttpStatusCode.Conflict, "signup.too_young");
        Assert.Equal(0, await Count(world));
        Assert.Equal(2, (await World.SignUp(mother, shifts[0], true, self, big)).Ok<JoinShift.Response>().Signups.Count);
        Assert.Equal(2, (await World.SignUp(mother, shifts[1], true, self, big)).Ok<JoinShift.Response>().Signups.Count);

        // Three don't fit where two places are: all of them wait, or none comes.
        (await World.SignUp(mother, shifts[2], false, self, big, small)).Refused(HttpStatusCode.Conflict, "signup.full");
        (await World.SignUp(mother, shifts[2], true, self, big, small)).Refused(HttpStatusCode.Conflict, "signup.full");

        // Company: the under-eight everywhere, the eleven-year-old where the shift wants it.
        (await World.SignUp(mother, shifts[2], true, small)).Refused(HttpStatusCode.Conflict, "signup.guardian_needed");
        (await World.SignUp(mother, shifts[3], true, big)).Refused(HttpStatusCode.Conflict, "signup.guardian_needed");
        (await World.SignUp(mother, shifts[3], true, self, big)).Ok<JoinShift.Response>();
        var later = (await World.SignUp(mother, shifts[3], true, small)).Ok<JoinShift.Response>();
        Assert.Equal(SignupState.Confirmed, Assert.Single(later.Signups).State);

        // When the mother can't come, neither can they; everybody is on her page.
        var items = (await mother.Get("my/signups")).Ok<Page<SignupView>>().Items;
        Assert.Equal(7, items.Count);
        var hers = items.Single(s => s.ShiftId == shifts[3] && s.MemberId == self);
        Assert.Equal(3, (await mother.Post($"signups/{hers.Id}/cancellation", new { reason = "出差" })).Ok<AnswerSignup.Response>().Signups.Count);

        // A stranger signs up nobody else's child.
        var (stranger, _) = await world.Neighbour("路人");
        (await World.SignUp(stranger, shifts[0], true, big)).Refused(HttpStatusCode.Conflict, "signup.not_family");
        (await stranger.Post($"signups/{items[0].Id}/cancellation", new { })).Refused(HttpStatusCode.NotFound, "signup.unknown");
        (await World.SignUp(mother, shifts[0], true, world.App.NewRequestId())).Refused(HttpStatusCode.Conflict, "signup.not_family");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_family_on_the_waitlist_is_offered_places_together(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 2))).Shifts[0].Id;
        var (one, two, alone) = ((await world.Neighbour("甲")).Caller, (await world.Neighbour("乙")).Caller, (await world.Neighbour("丙")).Caller);
        var (a, b) = (await World.SignedUp(one, shift), await World.SignedUp(two, shift));
        var (mother, self) = await world.Neighbour("刘妈妈");
        var child = await world.Child("大宝", new(2015, 1, 1), mother);
        var family = (await World.SignUp(mother, shift, true, self, child)).Ok<JoinShift.Response>().Signups;
        Assert.Equal([1, 2], family.Select(s => s.Position!.Value).Order());
        var c = await World.SignedUp(alone, shift);

        // One place is too few for two: the next may go first.
        (await one.Post($"signups/{a.Id}/cancellation", new { })).Ok<AnswerSignup.Response>();
        Assert.Equal((SignupState.Waitlisted, SignupState.Offered), (await world.StateOf(family[0].Id), await world.StateOf(c.Id)));
        (await two.Post($"signups/{b.Id}/cancellation", new { })).Ok<AnswerSignup.Response>();
        Assert.Equal(SignupState.Waitlisted, await world.StateOf(family[0].Id));
        (await alone.Post($"signups/{c.Id}/cancellation", new { })).Ok<AnswerSignup.Response>();
        Assert.Equal((SignupState.Offered, SignupState.Offered), (await world.StateOf(family[0].Id), await world.StateOf(family[1].Id)));
        Assert.All((await mother.Post($"signups/{family[1].Id}/acceptance")).Ok<AnswerSignup.Response>().Signups, s => Assert.Equal(SignupState.Confirmed, s.State));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Consent_limits_and_unknown_ages_are_said_clearly(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shifts = (await world.Published(null, world.Shift(), world.Shift(at: World.Saturday.AddDays(1)) with { MinAge = 60 }, world.Shift(at: World.Saturday.AddDays(2)) with { MinAge = 18 })).Shifts.Select(s => s.Id).ToList();
        var (mother, _) = await world.Neighbour("刘妈妈");
        var child = await world.Child("大宝", new(2015, 1, 1), mother);
        await world.App.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Identity.Guardians.MinorConsent>().ExecuteDeleteAsync());
        Assert.NotEqual(HttpStatusCode.OK, (await World.SignUp(mother, shifts[0], true, child)).Status);

        var (caller, member) = await world.Neighbour("王阿姨");
        (await World.SignUp(caller, shifts[1])).Refused(HttpStatusCode.Conflict, "signup.age_unknown");
        await World.SignedUp(caller, shifts[2]);
        var limit = (await world.Staff.Post("staff/signup-limits", new { memberId = member, days = 7, reason = "三次没来" })).Ok<SignupLimits.Item>();
        Assert.Contains("2026-11-30", (await World.SignUp(caller, shifts[0])).Refused(HttpStatusCode.Conflict, "signup.limited").Title, StringComparison.Ordinal);
        Assert.Equal("三次没来", Assert.Single((await caller.Get("my/signup-limits")).Ok<Page<SignupLimits.Item>>().Items).Reason);
        (await (await world.App.Person(TestDatabases.OtherCommunity, Role.Staff)).Post($"staff/signup-limits/{limit.Id}/lifting", new { reason = "申诉成立" })).Refused(HttpStatusCode.NotFound, "signup.unknown_limit");
        (await world.Staff.Post($"staff/signup-limits/{limit.Id}/lifting", new { reason = "申诉成立" })).Ok<SignupLimits.Item>();
        await World.SignedUp(caller, shifts[0]);
        (await World.SignUp((await world.App.Person(TestDatabases.OtherCommunity, Role.Member)), shifts[0])).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await World.SignUp(caller, (await world.Draft(null, world.Shift(at: World.Saturday.AddDays(5)))).Shifts[0].Id)).Refused(HttpStatusCode.NotFound, "shift.unknown");
    }

    private static Task<int> Count(World world) => world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().CountAsync());
}
