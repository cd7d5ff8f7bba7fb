using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Scanning the leader's code: in, out, back; tickets; families; walk-ins.</summary>
public sealed class CheckInTests
{
    private static readonly DateTimeOffset Start = World.Saturday;
    private static readonly DateTimeOffset End = World.Saturday.AddMinutes(150);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_morning_at_the_door_in_away_back_and_out(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (aunt, member) = await world.Neighbour("王阿姨");
        var signup = await World.SignedUp(aunt, shift);

        // Too early by a second, then early: the time before the shift doesn't count.
        await world.At(Start.AddMinutes(-60).AddSeconds(-1));
        (await world.Scan(aunt, shift)).Refused(HttpStatusCode.Conflict, "check_in.too_early");
        await world.At(Start.AddMinutes(-20));
        var came = (await world.Scan(aunt, shift)).Person();
        Assert.Equal((member, Did.In, Start.AddMinutes(-20), null), (came.MemberId, came.Did, came.CheckedInAt, came.CheckedOutAt));
        Assert.Equal(SignupState.CheckedIn, await world.StateOf(signup.Id));

        // Within fifteen minutes nothing checks out.
        await world.At(Start.AddMinutes(-5).AddMilliseconds(-1));
        Assert.Equal(came, (await world.Scan(aunt, shift)).Person());
        await world.At(Start.AddMinutes(30));
        var left = (await world.Scan(aunt, shift)).Person();
        Assert.Equal((Did.Out, Start.AddMinutes(30), 30), (left.Did, left.CheckedOutAt, left.Minutes));
        await world.At(Start.AddMinutes(44));
        Assert.Equal(left, (await world.Scan(aunt, shift)).Person());
        Assert.Equal(SignupState.CheckedOut, await world.StateOf(signup.Id));

        // Back after an hour; a scan right then is the same scan again.
        await world.At(Start.AddMinutes(90));
        Assert.Equal((Did.In, null), ((await world.Scan(aunt, shift)).Person() is var back ? (back.Did, back.CheckedOutAt) : default));
        await world.At(Start.AddMinutes(100));
        Assert.Equal(Did.In, (await world.Scan(aunt, shift)).Person().Did);
        Assert.Equal(SignupState.CheckedIn, await world.StateOf(signup.Id));

        // Out after the end: the minutes after it don't count, nor those away: 150 - 60, and 4 over the last five are dropped.
        await world.At(End.AddMinutes(9));
        Assert.Equal((Did.Out, 90), (await world.Scan(aunt, shift)).Person() is var gone ? (gone.Did, gone.Minutes) : default);
        await world.At(End.AddHours(2));
        Assert.Equal(Did.Out, (await world.Scan(aunt, shift)).Person().Did);
        var attendance = Assert.Single(await world.Attendances(shift));
        Assert.Equal((AttendanceState.CheckedOut, EvidenceGrade.A, CheckWay.Scan, 3600), (attendance.State, attendance.Grade, attendance.CheckedOutWay, attendance.AwaySeconds));
        Assert.Equal([AttendanceEventKind.In, AttendanceEventKind.Out, AttendanceEventKind.Back, AttendanceEventKind.Out], await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().OrderBy(e => e.HeardAt).Select(e => e.Kind).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_ticket_lives_ten_minutes_works_once_and_keeps_the_time_of_the_scan(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var ((aunt, _), (uncle, uncleId)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"));
        await World.SignedUp(aunt, shift);
        await World.SignedUp(uncle, shift);
        await world.At(Start);
        (aunt, uncle) = (await world.Now(aunt), await world.Now(uncle));
        var link = await world.Code(shift);
        var (ticket, late, spare) = (await world.Ticket(shift), await world.Ticket(shift), await world.Ticket(shift));

        // The code is over after a minute, the ticket isn't.
        world.App.Time.Advance(TimeSpan.FromSeconds(60));
        (await world.App.Anyone.Post("check-in/tickets", new { code = link })).Refused(HttpStatusCode.Gone, "code.over");
        world.App.Time.Advance(TimeSpan.FromMinutes(9) - TimeSpan.FromMilliseconds(1));
        var used = await DoorDesk.Use(aunt, ticket);
        Assert.Equal(Start, used.Person().CheckedInAt);
        Assert.Equal(used.Text, (await DoorDesk.Use(aunt, ticket)).Text);
        (await DoorDesk.Use(uncle, ticket)).Refused(HttpStatusCode.Conflict, "check_in.ticket_used");
        (await DoorDesk.Use(aunt, ticket, uncleId)).Refused(HttpStatusCode.Conflict, "check_in.ticket_used");
        world.App.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await DoorDesk.Use(uncle, late)).Refused(HttpStatusCode.Gone, "check_in.ticket_over");
        (await DoorDesk.Use(uncle, spare, uncleId)).Refused(HttpStatusCode.Gone, "check_in.ticket_over");
        // A retry is answered even then, and even after the shift.
        await world.At(End.AddHours(1));
        aunt = await world.Now(aunt);
        Assert.Equal(used.Text, (await DoorDesk.Use(aunt, ticket)).Text);

        (await DoorDesk.Use(aunt, ticket[..^2] + (ticket[^2] == 'A' ? "BA" : "AA"))).Refused(HttpStatusCode.BadRequest, "check_in.ticket_unreadable");
        (await DoorDesk.Use(aunt, "abc")).Refused(HttpStatusCode.BadRequest, "check_in.ticket_unreadable");
        (await world.App.Anyone.Post("check-in/tickets", new { code = link.Replace("check-in.1.", "check-in.2.", StringComparison.Ordinal) })).Refused(HttpStatusCode.Conflict, "code.elsewhere");
        (await world.App.Anyone.In(TestDatabases.OtherCommunity).Post("check-in/tickets", new { code = link })).Refused(HttpStatusCode.Conflict, "code.elsewhere");
        Assert.Single(await world.Attendances(shift));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_person_with_many_phones_and_each_sending_twice_is_there_once_with_one_answer(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, shift);
        await world.At(Start);
        aunt = await world.Now(aunt);
        var tickets = new List<string>();
        for (var i = 0; i < 6; i++)
            tickets.Add(await world.Ticket(shift));
        var answers = await Task.WhenAll(tickets.Concat(tickets).Select(t => DoorDesk.Use(aunt, t)));
        Assert.All(answers, a => Assert.Equal(answers[0].Person(), a.Person()));
        Assert.Single(await world.Attendances(shift));
        Assert.Equal(1, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_scan_takes_in_a_parent_and_the_children_who_came(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var (mother, motherId) = await world.Neighbour("赵妈妈");
        var (elder, younger) = (await world.Child("小明", new(2014, 5, 1), mother), await world.Child("小红", new(2016, 5, 1), mother));
        var stranger = (await world.Neighbour("李叔")).MemberId;
        (await World.SignUp(mother, shift, true, motherId, elder, younger)).Ok<JoinShift.Response>();
        await world.At(Start);
        mother = await world.Now(mother);

        var family = (await mother.Get($"shifts/{shift}/my-check-in")).Ok<MyCheckIn.Response>().People;
        Assert.Equal(["赵妈妈", "小明", "小红"], family.Select(p => p.Name));
        Assert.All(family, p => Assert.Equal((SignupState.Confirmed, null), (p.State, p.Attendance)));
        (await world.Scan(mother, shift, motherId, stranger)).Refused(HttpStatusCode.Conflict, "check_in.not_child");
        var ticket = await world.Ticket(shift);
        var came = await DoorDesk.Use(mother, ticket, motherId, elder);
        Assert.Equal([motherId, elder], came.Ok<CheckIn.Response>().People.Select(p => p.MemberId).Order());
        Assert.Equal(came.Text, (await DoorDesk.Use(mother, ticket, elder, motherId)).Text);
        family = (await mother.Get($"shifts/{shift}/my-check-in")).Ok<MyCheckIn.Response>().People;
        Assert.Equal([true, true, false], family.Select(p => p.Attendance is not null));
        Assert.Equal(2, (await world.Attendances(shift)).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_is_not_on_the_list_comes_in_by_scan_while_places_remain(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 2))).Shifts[0].Id;
        var (first, second, third) = ((await world.Neighbour("甲")).Caller, (await world.Neighbour("乙")).Caller, (await world.Neighbour("丙")).Caller);
        await World.SignedUp(first, shift);
        await world.At(Start.AddMinutes(-31));
        (await world.Scan(second, shift)).Refused(HttpStatusCode.Conflict, "signup.walk_ins_not_now");
        await world.At(Start.AddMinutes(5));
        var race = await Task.WhenAll(world.Scan(second, shift), world.Scan(third, shift));
        Assert.Single(race, a => a.Status == HttpStatusCode.OK);
        Assert.Single(race, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "signup.full");
        Assert.Equal(SignupSource.WalkIn, await world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().Where(s => s.State == SignupState.CheckedIn).Select(s => s.Source).SingleAsync()));

        // Where staff approve, nobody comes in just so; nor once it is over.
        var approved = (await world.Published(World.Form("需审核", approval: true), world.Shift(at: Start.AddHours(3)))).Shifts[0].Id;
        await world.At(Start.AddHours(3));
        (await world.Scan(first, approved)).Refused(HttpStatusCode.Conflict, "check_in.no_place");
        (await world.Scan((await world.Neighbour("丁")).Caller, shift)).Refused(HttpStatusCode.Conflict, "signup.walk_ins_not_now");
        (await world.Scan(first, shift)).Refused(HttpStatusCode.Conflict, "check_in.over");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_shift_over_midnight_counts_its_minutes_once(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        // 22:00 to 1:00 in Chengdu.
        var night = new DateTimeOffset(2026, 11, 27, 14, 0, 0, TimeSpan.Zero);
        var shift = (await world.Published(null, world.Shift(at: night, minutes: 180))).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, shift);
        await world.At(night.AddMinutes(7));
        await world.Scan(aunt, shift);
        await world.At(night.AddMinutes(179).AddSeconds(59));
        Assert.Equal(170, (await world.Scan(aunt, shift)).Person().Minutes);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_forgets_to_check_out_is_reminded_and_nothing_is_done_by_itself(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        var signup = await World.SignedUp(aunt, shift);
        await world.At(Start);
        await world.Scan(aunt, shift);
        await world.At(End.AddMinutes(15).AddMilliseconds(-1));
        await world.App.Sweep("attendance.check_outs");
        Assert.DoesNotContain(NoticeKind.CheckOutForgotten, await world.Told(aunt));
        await world.At(End.AddMinutes(15));
        await world.App.Sweep("attendance.check_outs");
        await Task.WhenAll(world.App.Sweep("attendance.check_outs"), world.App.Sweep("attendance.check_outs"));
        Assert.Single(await world.Told(aunt), NoticeKind.CheckOutForgotten);
        Assert.Single(await world.Told(world.Leader), NoticeKind.CheckOutsOpen);
        await world.At(End.AddHours(24).AddSeconds(1));
        Assert.Equal(SignupState.CheckedIn, await world.StateOf(signup.Id));
        (await world.Leader.Get($"shifts/{shift}/door-code")).Refused(HttpStatusCode.Conflict, "attendance.door_closed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_is_at_two_shifts_at_once_whatever_the_code_above_lets_through(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, shift);
        await world.At(Start);
        await world.Scan(aunt, shift);
        var there = Assert.Single(await world.Attendances(shift));

        // The same time in another community, past every rule: the database itself refuses.
        var second = (await world.Published(null, world.Shift(at: Start.AddHours(5)))).Shifts[0].Id;
        await World.SignedUp(await world.Now(aunt), second);
        var failure = await Assert.ThrowsAnyAsync<DbUpdateException>(() => world.App.Write(Seeding.CommunityId, db =>
        {
            var signup = db.Set<Signup>().Single(s => s.ShiftId == second);
            (signup.StartsAt, signup.EndsAt) = (there.StartsAt.AddMinutes(1), there.EndsAt);
            db.Add(Attendance.CheckIn(world.App.NewRequestId(), signup, new Check(Start, CheckWay.Scan, aunt.PersonId)));
            db.Entry(signup).State = EntityState.Unchanged;
        }));
        Assert.Contains("overlap", failure.InnerException!.Message, StringComparison.Ordinal);
    }
}
