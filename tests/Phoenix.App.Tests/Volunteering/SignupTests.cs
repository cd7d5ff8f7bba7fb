using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Signing up: places, waitlist, offers, cancelling, whatever races.</summary>
public sealed class SignupTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_many_at_once_exactly_as_many_get_places_as_there_are_and_the_others_wait_in_order(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 3))).Shifts[0].Id;
        var callers = new List<TestCaller>();
        for (var i = 0; i < 8; i++)
            callers.Add((await world.Neighbour($"邻居{i}")).Caller);

        var answers = await Task.WhenAll(callers.Select(c => World.SignUp(c, shift)));
        var signups = answers.Select(a => Assert.Single(a.Ok<JoinShift.Response>().Signups)).ToList();
        Assert.Equal(3, signups.Count(s => s.State == SignupState.Confirmed));
        Assert.Equal([1, 2, 3, 4, 5], signups.Select(s => s.Position).OfType<int>().Order());
        Assert.Equal((3, 5), await world.App.Read(Seeding.CommunityId, async db => ((await db.Set<Shift>().SingleAsync()).Taken, await db.Set<Signup>().CountAsync(s => s.State == SignupState.Waitlisted))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_phones_make_one_signup_and_get_the_same_answer(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (caller, _) = await world.Neighbour("王阿姨");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => World.SignUp(caller, shift)));
        Assert.All(answers, a => Assert.Equal(answers[0].Text, a.Text));
        Assert.Equal(1, await world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().CountAsync()));
        var view = Assert.Single((await caller.Get("my/signups")).Ok<Page<SignupView>>().Items);
        Assert.Equal((SignupState.Confirmed, "楼栋关怀日", World.Saturday.ToUnixTimeSeconds()), (view.State, view.Calendar!.Title, view.Calendar.StartTime));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_freed_place_is_offered_to_the_next_until_its_time_and_then_to_the_one_after(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 1))).Shifts[0].Id;
        var (first, second, third) = ((await world.Neighbour("甲")).Caller, (await world.Neighbour("乙")).Caller, (await world.Neighbour("丙")).Caller);
        var (a, b, c) = (await World.SignedUp(first, shift), await World.SignedUp(second, shift), await World.SignedUp(third, shift));
        (await World.SignUp((await world.Neighbour("丁")).Caller, shift, wait: false)).Refused(HttpStatusCode.Conflict, "signup.full");
        (await second.Post($"signups/{b.Id}/acceptance")).Refused(HttpStatusCode.Conflict, "signup.state_wrong");

        var gone = (await first.Post($"signups/{a.Id}/cancellation", new { reason = "有事" })).Ok<AnswerSignup.Response>();
        Assert.Equal(SignupState.Cancelled, gone.Signups[0].State);
        (await first.Post($"signups/{a.Id}/cancellation", new { })).Ok<AnswerSignup.Response>();
        var offered = (await second.Get("my/signups")).Ok<Page<SignupView>>().Items[0];
        Assert.Equal((SignupState.Offered, PhoenixApp.DefaultStart.AddDays(1)), (offered.State, offered.AnswerBy));
        Assert.Equal([NoticeKind.SignupWaitlisted, NoticeKind.PlaceOffered], await world.Told(second));
        // Whoever comes now stands behind those who wait, and the place that is kept is nobody else's.
        Assert.Equal(SignupState.Waitlisted, (await World.SignedUp(first, shift)).State);

        // At the exact instant the offer is over, whoever is first.
        await world.At(PhoenixApp.DefaultStart.AddDays(1));
        second = await world.Now(second);
        var race = await Task.WhenAll(second.Post($"signups/{b.Id}/acceptance"), Sweep());
        race[0].Refused(HttpStatusCode.Gone, "signup.offer_over");
        Assert.Equal((SignupState.Lapsed, SignupState.Offered), (await world.StateOf(b.Id), await world.StateOf(c.Id)));
        await Task.WhenAll(Sweep(), Sweep());
        Assert.Equal(SignupState.Offered, await world.StateOf(c.Id));

        // A millisecond before it is not: Saturday is then less than three days away, so the window was four hours.
        third = await world.Now(third);
        var until = (await third.Get("my/signups")).Ok<Page<SignupView>>().Items[0].AnswerBy!.Value;
        await world.At(until.AddMilliseconds(-1));
        third = await world.Now(third);
        var taken = (await third.Post($"signups/{c.Id}/acceptance")).Ok<AnswerSignup.Response>();
        Assert.Equal(SignupState.Confirmed, taken.Signups[0].State);
        Assert.Equal(SignupState.Confirmed, (await third.Post($"signups/{c.Id}/acceptance")).Ok<AnswerSignup.Response>().Signups[0].State);

        async Task<Answer> Sweep()
        {
            await world.App.Sweep("signups.offers");
            return null!;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Near_the_start_cancelling_is_late_and_the_leader_fills_by_hand(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 2))).Shifts[0].Id;
        var (first, second, third, fourth) = ((await world.Neighbour("甲")).Caller, (await world.Neighbour("乙")).Caller, (await world.Neighbour("丙")).Caller, (await world.Neighbour("丁")).Caller);
        var (a, b, c, d) = (await World.SignedUp(first, shift), await World.SignedUp(second, shift), await World.SignedUp(third, shift), await World.SignedUp(fourth, shift));
        Assert.Equal(World.Saturday - SignupTimes.LateWithin, a.LateFrom);
        (await world.Leader.Post($"signups/{c.Id}/filling")).Refused(HttpStatusCode.Conflict, "signup.fill_too_early");

        await world.At(a.LateFrom.AddMilliseconds(-1));
        first = await world.Now(first);
        Assert.Equal(SignupState.Cancelled, (await first.Post($"signups/{a.Id}/cancellation", new { })).Ok<AnswerSignup.Response>().Signups[0].State);
        Assert.Equal(SignupState.Offered, await world.StateOf(c.Id));
        world.App.Time.Advance(TimeSpan.FromMilliseconds(1));
        second = await world.Now(second);
        Assert.Equal(SignupState.CancelledLate, (await second.Post($"signups/{b.Id}/cancellation", new { reason = "孩子发烧" })).Ok<AnswerSignup.Response>().Signups[0].State);
        Assert.Equal(SignupState.Offered, await world.StateOf(d.Id));

        Assert.Equal([NoticeKind.RoleGiven, NoticeKind.SignupDropped], await world.Told(world.Leader));
        // Offered at nine in the evening: nobody is woken, so the offer ends when the leader takes over, three hours before the start.
        var last = World.Saturday - SignupTimes.HandFillWithin;
        Assert.Equal(last, (await (await world.Now(third)).Get("my/signups")).Ok<Page<SignupView>>().Items[0].AnswerBy);
        (await (await world.Now(fourth)).Post($"signups/{d.Id}/acceptance")).Ok<AnswerSignup.Response>();
        var (fifth, _) = await world.Neighbour("戊");
        var e = await World.SignedUp(fifth, shift);
        await world.At(last.AddMilliseconds(-1));
        (await world.Leader.Post($"signups/{e.Id}/filling")).Refused(HttpStatusCode.Conflict, "signup.fill_too_early");
        await world.At(last);
        await world.App.Sweep("signups.offers");
        Assert.Equal((SignupState.Lapsed, SignupState.Waitlisted), (await world.StateOf(c.Id), await world.StateOf(e.Id)));
        Assert.Equal(SignupState.Confirmed, (await world.Leader.Post($"signups/{e.Id}/filling")).Ok<LeadSignup.Response>().State);
        Assert.Equal(SignupState.Confirmed, (await world.Leader.Post($"signups/{e.Id}/filling")).Ok<LeadSignup.Response>().State);
        Assert.Equal(SignupState.Excused, (await world.Leader.Post($"signups/{b.Id}/excuse", new { reason = "孩子发烧" })).Ok<LeadSignup.Response>().State);
        (await world.Leader.Post($"signups/{b.Id}/excuse", new { reason = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");

        // Full and begun: who waits is told no; who wants to cancel calls.
        var (sixth, _) = await world.Neighbour("己");
        var f = await World.SignedUp(sixth, shift);
        await world.At(World.Saturday);
        await world.App.Sweep("signups.offers");
        Assert.Equal(SignupState.Lapsed, await world.StateOf(f.Id));
        (await (await world.Now(fifth)).Post($"signups/{e.Id}/cancellation", new { })).Refused(HttpStatusCode.Conflict, "signup.cancel_too_late");
        (await World.SignUp(await world.Now(sixth), shift)).Refused(HttpStatusCode.Conflict, "signup.begun");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_minute_counts_once_wherever_it_is_spent(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var (caller, _) = await world.Neighbour("王阿姨");
        var first = (await world.Published(World.Form("一"), world.Shift())).Shifts[0].Id;
        var overlapping = (await world.Published(World.Form("二"), world.Shift(at: World.Saturday.AddMinutes(149)))).Shifts[0].Id;
        var after = (await world.Published(World.Form("三"), world.Shift(at: World.Saturday.AddMinutes(150)))).Shifts[0].Id;
        var elsewhere = await Elsewhere(world, caller);

        // Two of the four overlap: whatever runs at once, one of each pair is in.
        var both = await Task.WhenAll(World.SignUp(caller, first), World.SignUp(caller, overlapping), World.SignUp(caller.In(TestDatabases.OtherCommunity), elsewhere));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.All(both.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "signup.overlap"));
        var mine = Assert.Single((await caller.Get("my/signups")).Ok<Page<SignupView>>().Items.Concat((await caller.In(TestDatabases.OtherCommunity).Get("my/signups")).Ok<Page<SignupView>>().Items));
        await caller.In(mine.ShiftId == elsewhere ? TestDatabases.OtherCommunity : Seeding.CommunityId).Post($"signups/{mine.Id}/cancellation", new { });
        await World.SignedUp(caller, first);
        await World.SignedUp(caller, after);
        (await World.SignUp(caller.In(TestDatabases.OtherCommunity), elsewhere)).Refused(HttpStatusCode.Conflict, "signup.overlap");

        // The database itself refuses what slips past the code.
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(TestDatabases.OtherCommunity, db =>
        {
            var shift = db.Set<Shift>().Single();
            db.Add(Signup.New(world.App.NewRequestId(), world.App.NewRequestId(), shift, (caller.PersonId, caller.PersonId), (caller.PersonId, SignupSource.Self), SignupState.Confirmed, false, PhoenixApp.DefaultStart));
        }));
        await Assert.ThrowsAnyAsync<Exception>(() => world.App.Read(Seeding.CommunityId, db => db.Set<Shift>().Where(s => s.Id == first).ExecuteUpdateAsync(u => u.SetProperty(s => s.Capacity, 0))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_database_lets_nobody_into_a_full_shift(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 1))).Shifts[0].Id;
        await World.SignedUp((await world.Neighbour("王阿姨")).Caller, shift);
        var (other, member) = await world.Neighbour("李叔叔");
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db => db.Add(Signup.New(
            world.App.NewRequestId(), world.App.NewRequestId(), db.Set<Shift>().Single(), (other.PersonId, member), (other.PersonId, SignupSource.Self), SignupState.Confirmed, false, PhoenixApp.DefaultStart))));
        Assert.Equal(1, await world.App.Read(Seeding.CommunityId, db => db.Set<Shift>().Select(s => s.Taken).SingleAsync()));
    }

    private static async Task<Guid> Elsewhere(World world, TestCaller caller)
    {
        var (activity, shift, now) = (world.App.NewRequestId(), world.App.NewRequestId(), PhoenixApp.DefaultStart);
        await world.App.Write(TestDatabases.OtherCommunity, db =>
        {
            db.Add(new Phoenix.App.Identity.RoleGrant { CommunityId = TestDatabases.OtherCommunity, PersonId = caller.PersonId, Role = Role.Member, GrantedAt = now });
            db.Add(new Phoenix.App.Identity.Members.Member { CommunityId = TestDatabases.OtherCommunity, PersonId = caller.PersonId, Id = world.App.NewRequestId(), DisplayName = "王阿姨", JoinedAt = now });
            db.Add(new Activity
            {
                CommunityId = TestDatabases.OtherCommunity,
                Id = activity,
                Title = "隔壁的活动",
                Description = "一起打扫",
                State = ActivityState.Published,
                IsHoursOnly = true,
                HostedBy = "梧桐里",
                ContactPhone = "028-85671111",
                Risks = "无",
                Insurance = "有",
                PublishedAt = now,
                CreatedAt = now,
                Version = 1,
            });
            db.Add(new Shift { CommunityId = TestDatabases.OtherCommunity, Id = shift, ActivityId = activity, StartsAt = World.Saturday.AddMinutes(60), EndsAt = World.Saturday.AddMinutes(151), Capacity = 5, Address = "梧桐里", Version = 1 });
        });
        return shift;
    }
}
