using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.CoinRules;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>核时长: from who came to records and coins, once, together, by another.</summary>
public sealed class VerifyTests
{
    private static readonly DateTimeOffset s_end = World.Saturday.AddMinutes(150);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task One_tap_writes_records_and_coins_together_and_tells_everybody(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔", "小张");
        var (modest, _) = await world.Neighbour("赵老师");
        var hours = (await modest.Post($"shifts/{shift}/signups", new { memberIds = Array.Empty<Guid>(), isHoursOnly = true })).Ok<JoinShift.Response>().Signups[0];
        await world.At(s_end);
        (await world.Leader.Verify(shift)).Refused(HttpStatusCode.Conflict, "verify.nothing");
        await world.Came(people[0].Signup.Id);
        await world.Came(people[1].Signup.Id, inAt: 0.4, outAt: 1.99);
        var open = await world.Came(people[2].Signup.Id, outAt: null);
        await world.Came(hours.Id, inAt: -0.5, outAt: 4);
        await world.Counted(shift, 4);

        var page = await world.Leader.Verification(shift);
        Assert.Equal((new(3, 150 + 95 + 150, 25 + 15, 0), true, 0, new DateOnly(2026, 12, 11)), (page.Ready, page.Count.Matches, page.Recorded, page.Deadline));
        Assert.Equal((open, GetVerification.Problem.NotCheckedOut), (Assert.Single(page.Lines.Items).AttendanceId, page.Lines.Items[0].Problem!.Value));
        Assert.Equal(4, (await world.Leader.Verification(shift, "?all=true")).Lines.Items.Count);

        var id = world.App.NewRequestId();
        var done = (await world.Leader.Verify(shift, requestId: id)).Ok<VerifyShift.Response>();
        Assert.Equal((3, 395, 40L, 0, 1), (done.Recorded, done.Minutes, done.Coins, done.ForSecond, done.Left));
        Assert.Equal((await world.Leader.Verify(shift, requestId: id)).Text, (await world.Leader.Verify(shift, requestId: id)).Text);
        (await world.Leader.Verify(shift)).Refused(HttpStatusCode.Conflict, "verify.nothing");

        Assert.Equal((25L, 15L, 0L), (await world.CoinsOf(people[0].Signup.MemberId), await world.CoinsOf(people[1].Signup.MemberId), await world.CoinsOf(hours.MemberId)));
        Assert.Equal((40L, 1_000L), ((await world.ActivityNow(activity.Id)).IssuedCoins, (await world.ActivityNow(activity.Id)).BudgetCoins!.Value));
        Assert.Equal((SignupState.Recorded, SignupState.Recorded, SignupState.CheckedIn), (await world.StateOf(people[0].Signup.Id), await world.StateOf(people[1].Signup.Id), await world.StateOf(people[2].Signup.Id)));
        Assert.Equal(NoticeKind.RecordWritten, (await world.Told(people[1].Caller))[^1]);
        var records = await world.Records();
        Assert.Equal(3, records.Count);
        var first = records.Single(r => r.PersonId == people[0].Caller.PersonId);
        Assert.Equal(("楼栋关怀日", "3栋大厅", "凤凰里社区居委会", "陈姐", EvidenceGrade.A, 1), (first.ActivityName, first.Place, first.Organiser, first.PersonInCharge, first.Grade, first.CoinRuleVersion));
        Assert.Equal((World.Saturday, s_end, world.Leader.PersonId, true), (first.StartAt, first.EndAt, first.WrittenBy, first.InTime));
        Assert.All(records.Where(r => r.PersonId == modest.PersonId), r => Assert.Equal((true, 0L, 150, World.Saturday, s_end), (r.HoursOnly, r.Coins, r.Minutes, r.StartAt, r.EndAt)));
        // Voided, the coins go back to what the activity may still give.
        (await world.Staff.Post($"service-records/{first.RecordId}/voiding", new VoidRecord.Request("当天没有来"))).Ok<RecordItem>();
        Assert.Equal((15L, 0L), ((await world.ActivityNow(activity.Id)).IssuedCoins, await world.CoinsOf(people[0].Signup.MemberId)));
        Assert.Contains("楼栋关怀日 2.5 小时", (await (await world.Now(people[0].Caller)).Get("coins/entries")).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_the_roster_over_a_head_count_to_records_through_the_leader_s_own_routes(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔", "小张");
        await world.At(World.Saturday);
        var members = people.ConvertAll(p => p.Signup.MemberId);
        Assert.All((await world.Leader.Post($"shifts/{shift}/check-ins", new RegisterByLeader.Request(members[..2]))).Ok<RegisterByLeader.Response>().Outcomes, o => Assert.Null(o.Code));
        await world.At(s_end);
        (await world.Leader.Put($"shifts/{shift}/head-count", new CountHeads.Request(2))).Ok<HeadCount>();
        Assert.Equal(2, (await world.Leader.Post($"shifts/{shift}/end-check-outs")).Ok<RegisterByLeader.EndResponse>().People);
        var page = await world.Leader.Verification(shift);
        Assert.Equal((new(2, 300, 50, 0), true, 0), (page.Ready, page.Count.Matches, page.Lines.Items.Count));
        Assert.Equal((2, 50L), ((await world.Leader.Verify(shift)).Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.Coins) : default));
        Assert.All(await world.Records(), record => Assert.Equal(EvidenceGrade.B, record.Grade));

        // Who was noted as 没来 and entered afterwards: two people, and the sign-up is recorded too.
        await world.At(s_end.AddDays(2));
        await world.App.Sweep("shifts.no-shows");
        Assert.Equal(SignupState.NoShow, await world.StateOf(people[2].Signup.Id));
        (await world.Leader.Post($"shifts/{shift}/attendance-entries", new EnterTimes.Request(members[2], World.Saturday, "手机没电，一直在", s_end))).Ok<CheckedPerson>();
        (await world.Leader.Put($"shifts/{shift}/head-count", new CountHeads.Request(3))).Ok<HeadCount>();
        Assert.Equal(1, (await world.Leader.Verify(shift)).Ok<VerifyShift.Response>().ForSecond);
        Assert.Equal(25, (await world.Staff.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request(true))).Ok<VerifyShift.Response>().Coins);
        Assert.Equal(SignupState.Recorded, await world.StateOf(people[2].Signup.Id));
        (await world.Leader.Delete($"attendances/{(await world.Leader.Verification(shift, "?all=true")).Lines.Items[0].AttendanceId}")).Refused(HttpStatusCode.Conflict, "check_in.settled");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Nobody_verifies_their_own_time_nor_their_family_s_nor_another_s_shift(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var child = await world.Child("小陈", new(2014, 5, 1), world.Leader);
        world.App.Time.Advance(TimeSpan.FromSeconds(6));
        var signups = (await World.SignUp(world.Leader, shift, true, world.LeaderId, child)).Ok<JoinShift.Response>().Signups;
        var other = (await world.Places(shift, "王阿姨"))[0];
        (await world.Leader.Verify(shift)).Refused(HttpStatusCode.Conflict, "verify.too_early");
        await world.At(s_end);
        var (own, childs, theirs) = (await world.Came(signups.Single(s => s.MemberId == world.LeaderId).Id), await world.Came(signups.Single(s => s.MemberId == child).Id), await world.Came(other.Signup.Id));
        Assert.Equal([GetVerification.Problem.Own, GetVerification.Problem.Own], (await world.Leader.Verification(shift)).Lines.Items.Select(l => l.Problem!.Value));
        foreach (var id in (Guid[])[own, childs])
        {
            (await world.Leader.Post($"attendances/{id}/verification", new VerifyOne.Request())).Refused(HttpStatusCode.Forbidden, "verify.own");
            (await world.Leader.Post($"attendances/{id}/exclusion", new LeaveOut.Request("在岗"))).Refused(HttpStatusCode.Forbidden, "verify.own");
        }

        Assert.Equal((1, 2), ((await world.Leader.Verify(shift)).Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.Left) : default));
        // Strangers and other communities know nothing of it; staff verify the rest, and their look at the child is logged.
        var stranger = await world.App.Person(Role.Leader);
        var abroad = await world.App.Person(TestDatabases.OtherCommunity, Role.Staff);
        foreach (var caller in (TestCaller[])[stranger, abroad])
        {
            (await caller.Get($"shifts/{shift}/verification")).Refused(HttpStatusCode.NotFound, "shift.unknown");
            (await caller.Verify(shift)).Refused(HttpStatusCode.NotFound, "shift.unknown");
            (await caller.Post($"attendances/{theirs}/verification", new VerifyOne.Request())).Refused(HttpStatusCode.NotFound, "verify.unknown");
            (await caller.Post($"attendances/{theirs}/exclusion", new LeaveOut.Request("不是我"))).Refused(HttpStatusCode.NotFound, "verify.unknown");
            (await caller.Post($"attendances/{theirs}/reopening")).Refused(HttpStatusCode.NotFound, "verify.unknown");
        }

        (await abroad.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Refused(HttpStatusCode.NotFound, "shift.unknown");
        (await (await world.Now(other.Caller)).Verify(shift)).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.Equal(3, (await world.Staff.Verification(shift, "?all=true")).Lines.Items.Count);
        var minor = (await world.AttendanceNow(childs)).PersonId;
        Assert.True(await world.App.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().AnyAsync(e => e.Action == "minor.looked_at" && e.PersonId == minor && e.ActorId == world.Staff.PersonId)));
        Assert.Equal(2, (await world.Staff.Verify(shift)).Ok<VerifyShift.Response>().Recorded);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_head_count_confirms_scans_and_one_that_differs_wants_a_reason(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published(null, world.Shift(capacity: 5), world.Shift(capacity: 5, at: World.Saturday.AddHours(4)));
        var (counted, uncounted) = (activity.Shifts[0].Id, activity.Shifts[1].Id);
        var (first, second) = (await world.Places(counted, "王阿姨", "李叔叔"), await world.Places(uncounted, "小张"));
        await world.At(s_end.AddHours(5));
        foreach (var (_, signup) in (List<(TestCaller, SignupView)>)[.. first, .. second])
            await world.Came(signup.Id);
        await world.Counted(counted, 3);
        Assert.False((await world.Leader.Verification(counted)).Count.Matches);
        Assert.Contains("数了 3 人，名单上有 2 人", (await world.Leader.Verify(counted)).Refused(HttpStatusCode.Conflict, "verify.count_differs").Title, StringComparison.Ordinal);
        (await world.Leader.Verify(counted, "好")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Empty(await world.Records());
        (await world.Leader.Verify(counted, "多数了一位路过的")).Ok<VerifyShift.Response>();
        (await world.Leader.Verify(uncounted)).Ok<VerifyShift.Response>();
        Assert.All(await world.Records(), r => Assert.Equal(EvidenceGrade.B, r.Grade));
        var log = await world.App.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().Where(e => e.Action == "shift.verified").OrderBy(e => e.Id).Select(e => e.Reason).ToListAsync());
        Assert.Equal(["多数了一位路过的", null], log);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Minutes_change_with_a_reason_and_what_doesn_t_count_is_left_out_before_the_activity_closes(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔", "小张");
        await world.At(s_end);
        var (late, brief, here) = (await world.Came(people[0].Signup.Id, inAt: 1), await world.Came(people[1].Signup.Id, outAt: 0.05), await world.Came(people[2].Signup.Id, outAt: null));
        await world.Counted(shift, 3);
        Task<Answer> One(Guid id, int? minutes, string? reason = null, Guid? requestId = null) => world.Leader.Post($"attendances/{id}/verification", new VerifyOne.Request(minutes, reason), requestId);
        foreach (var bad in (int[])[0, -5, 7, 155])
            (await One(late, bad, "来得早")).Refused(HttpStatusCode.BadRequest, "verify.bad_minutes");
        (await One(late, 120)).Refused(HttpStatusCode.BadRequest, "verify.reason_needed");
        (await One(brief, null)).Refused(HttpStatusCode.BadRequest, "verify.bad_minutes");
        (await One(here, 60, "走得早")).Refused(HttpStatusCode.Conflict, "verify.not_checked_out");
        Assert.Equal([GetVerification.Problem.TooShort, GetVerification.Problem.NotCheckedOut], (await world.Leader.Verification(shift)).Lines.Items.OrderBy(l => l.AttendanceId == here).Select(l => l.Problem!.Value));
        var id = world.App.NewRequestId();
        Assert.Equal((1, 120, 20L), ((await One(late, 120, "九点半就在搬桌子", id)).Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.Minutes, r.Coins) : default));
        Assert.Equal(1, (await One(late, 120, "九点半就在搬桌子", id)).Ok<VerifyShift.Response>().Recorded);
        (await One(late, 100, "不对")).Refused(HttpStatusCode.Conflict, "verify.already");
        var record = Assert.Single(await world.Records());
        Assert.Equal((World.Saturday.AddMinutes(30), s_end, EvidenceGrade.B), (record.StartAt, record.EndAt, record.Grade));
        Assert.Equal("九点半就在搬桌子", (await world.AttendanceNow(late)).Reason);
        Assert.Equal("九点半就在搬桌子", (await world.App.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().SingleAsync(e => e.Action == "attendance.minutes_changed"))).Reason);

        // What doesn't count says why; taken up again it counts like any other.
        (await world.Leader.Post($"attendances/{brief}/exclusion", new LeaveOut.Request("只来打了招呼"))).Ok<LeaveOut.Response>();
        (await world.Leader.Post($"attendances/{brief}/exclusion", new LeaveOut.Request("只来打了招呼"))).Refused(HttpStatusCode.Conflict, "verify.already");
        Assert.Equal((SignupState.Verified, "只来打了招呼"), await world.App.Read(Seeding.CommunityId, async db => await db.Set<Signup>().SingleAsync(s => s.Id == people[1].Signup.Id) is var s ? (s.State, s.Reason) : default));
        Assert.Equal(AttendanceState.CheckedOut, (await world.Leader.Post($"attendances/{brief}/reopening")).Ok<LeaveOut.Response>().State);
        (await world.Leader.Post($"attendances/{late}/reopening")).Refused(HttpStatusCode.Conflict, "verify.nothing_to_reopen");
        Assert.Equal(SignupState.CheckedOut, await world.StateOf(people[1].Signup.Id));
        (await world.Leader.Post($"attendances/{here}/exclusion", new LeaveOut.Request("在岗工作人员"))).Ok<LeaveOut.Response>();
        Assert.Equal(AttendanceState.Open, (await world.Leader.Post($"attendances/{here}/reopening")).Ok<LeaveOut.Response>().State);
        Assert.Equal(SignupState.CheckedIn, await world.StateOf(people[2].Signup.Id));

        await world.App.Sweep("activities.end");
        var version = (await world.ActivityNow(activity.Id)).Version;
        Assert.Contains("还有 2 人", (await world.Staff.Post($"staff/activities/{activity.Id}/closing", new { version })).Refused(HttpStatusCode.Conflict, "verify.unfinished").Title, StringComparison.Ordinal);
        foreach (var left in (Guid[])[brief, here])
            (await world.Staff.Post($"attendances/{left}/exclusion", new LeaveOut.Request("不计时长"))).Ok<LeaveOut.Response>();
        (await world.Staff.Post($"staff/activities/{activity.Id}/closing", new { version })).Ok<StaffActivity.Detail>();
        (await world.Staff.Verify(shift)).Refused(HttpStatusCode.Conflict, "activity.finished");
        (await world.Staff.Post($"attendances/{brief}/reopening")).Refused(HttpStatusCode.Conflict, "activity.finished");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_was_entered_afterwards_needs_a_second_person_who_says_whether_coins_come(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔", "小张");
        var (worker, _) = await world.App.Member("林社工", Role.SocialWorker);
        var own = await World.SignedUp(worker, shift);
        await world.At(s_end.AddDays(3));
        foreach (var (_, signup) in people)
            await world.Came(signup.Id, way: CheckWay.Late);
        var workers = await world.Came(own.Id, way: CheckWay.Late);
        Assert.Equal(new(0, 0, 0, 4), (await world.Leader.Verification(shift)).Ready);
        Assert.Equal((0, 4, 0), ((await world.Leader.Verify(shift)).Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.ForSecond, r.Left) : default));
        Assert.Empty(await world.Records());
        worker = await world.Now(worker);
        Assert.Contains(NoticeKind.ApprovalWaiting, await world.Told(worker));
        (await world.Leader.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await worker.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request(false, [workers]))).Refused(HttpStatusCode.Forbidden, "verify.own");
        (await worker.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request(false, []))).Refused(HttpStatusCode.BadRequest, "request.invalid");

        // One of them with coins, the other without; the second's own waits for a third.
        var waiting = (await worker.Get("staff/second-approvals")).Ok<Page<ApproveSecond.Item>>().Items;
        Assert.Equal((4, "陈姐", "楼栋关怀日", 150), (waiting.Count, waiting[0].FirstBy, waiting[0].Activity, waiting[0].Minutes));
        var with = waiting.Single(w => w.Name == "王阿姨").AttendanceId;
        Assert.Equal((1, 25L), ((await worker.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request(true, [with]))).Ok<VerifyShift.Response>() is var a ? (a.Recorded, a.Coins) : default));
        Assert.Equal((2, 0L), ((await worker.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Ok<VerifyShift.Response>() is var b ? (b.Recorded, b.Coins) : default));
        var records = await world.Records();
        Assert.All(records, r => Assert.Equal((EvidenceGrade.C, worker.PersonId, 150), (r.Grade, r.WrittenBy, r.Minutes)));
        Assert.Equal([false, true, true], records.Select(r => r.HoursOnly).Order());
        Assert.Contains(NoticeKind.ApprovalAnswered, await world.Told(world.Leader));
        (await worker.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Refused(HttpStatusCode.Forbidden, "verify.own");
        (await world.Staff.Post($"attendances/{workers}/reopening")).Ok<LeaveOut.Response>();
        (await world.Staff.Verify(shift)).Ok<VerifyShift.Response>();
        (await world.Staff.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Refused(HttpStatusCode.Forbidden, "verify.second_same");
        (await world.Staff.Post($"attendances/{workers}/exclusion", new LeaveOut.Request("当天在岗"))).Ok<LeaveOut.Response>();
        (await world.Staff.Post($"shifts/{shift}/second-approval", new ApproveSecond.Request())).Refused(HttpStatusCode.Conflict, "verify.nothing_second");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_day_s_cap_holds_over_shifts_and_a_shift_keeps_its_rule(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        await world.App.Write(Seeding.CommunityId, db => db.Add(new CoinRule { CommunityId = Seeding.CommunityId, Version = 2, CoinsPerHour = 10, CoinsPerShift = 2, DailyCap = 30, Rounding = CoinRounding.HalfUp, EffectiveFrom = new(2026, 11, 20) }));
        var activity = await world.Paid(1_000, world.Shift(), world.Shift(at: World.Saturday.AddHours(4)), world.Shift(at: World.Saturday.AddHours(24)));
        var (caller, _) = await world.Neighbour("王阿姨");
        await world.App.Write(Seeding.CommunityId, db => db.Add(new CoinRule { CommunityId = Seeding.CommunityId, Version = 3, CoinsPerHour = 100, EffectiveFrom = new(2026, 11, 24) }));
        var signups = new List<SignupView>();
        foreach (var shift in activity.Shifts)
            signups.Add(await World.SignedUp(caller, shift.Id));
        await world.At(s_end.AddDays(1));
        var coins = new List<long>();
        foreach (var signup in signups)
        {
            await world.Came(signup.Id, outAt: 2.25);
            coins.Add((await world.Leader.Verify(signup.ShiftId)).Ok<VerifyShift.Response>().Coins);
        }

        // 2.25 hours: 22.5 and 2 for the shift, half up; then what the day still allows; then a new day.
        Assert.Equal([25L, 5, 25], coins);
        Assert.Equal([2, 2, 2], (await world.Records()).Select(r => r.CoinRuleVersion!.Value));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_closed_the_account_keeps_the_hours_and_what_cannot_be_recorded_is_named(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔", "小张");
        await world.At(s_end);
        foreach (var (_, signup) in people)
            await world.Came(signup.Id);
        (await (await world.Now(people[0].Caller)).Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word })).Ok<CloseAccount.Response>();
        // The same minutes of 李叔叔 were recorded elsewhere by staff.
        await world.App.Write(TestDatabases.OtherCommunity, db => db.Add(new ServiceRecord
        {
            CommunityId = TestDatabases.OtherCommunity,
            Id = world.App.NewRequestId(),
            RecordId = world.App.NewRequestId(),
            Version = 1,
            PersonId = people[1].Caller.PersonId,
            MemberId = world.App.NewRequestId(),
            ActivityName = "别处",
            StartAt = World.Saturday.AddHours(1),
            EndAt = World.Saturday.AddHours(2),
            Day = new(2026, 11, 28),
            Place = "别处",
            Content = "别处",
            Minutes = 60,
            Organiser = "别处",
            PersonInCharge = "别人",
            Grade = EvidenceGrade.B,
            HoursOnly = true,
            WrittenBy = world.Staff.PersonId,
            WrittenAt = world.App.Now,
            Deadline = new(2026, 12, 11),
            InTime = true,
        }));
        var done = (await world.Leader.Verify(shift)).Ok<VerifyShift.Response>();
        Assert.Equal((2, 25L, 1), (done.Recorded, done.Coins, done.Left));
        Assert.Equal(("record.minute_counted", people[1].Signup.MemberId), (Assert.Single(done.NotRecorded).Code, done.NotRecorded[0].MemberId));
        Assert.Equal(AttendanceState.CheckedOut, (await world.AttendanceNow(done.NotRecorded[0].AttendanceId)).State);
        (await world.Leader.Post($"attendances/{done.NotRecorded[0].AttendanceId}/verification", new VerifyOne.Request())).Refused(HttpStatusCode.Conflict, "record.minute_counted");
        var gone = (await world.Records()).Single(r => r.PersonId == people[0].Caller.PersonId);
        Assert.Equal((150, true, 0L), (gone.Minutes, gone.HoursOnly, gone.Coins));
        Assert.DoesNotContain(NoticeKind.RecordWritten, await world.Told(people[0].Caller));
        Assert.Equal(25, (await world.ActivityNow(activity.Id)).IssuedCoins);
    }
}
