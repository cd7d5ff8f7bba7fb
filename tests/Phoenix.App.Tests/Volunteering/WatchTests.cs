using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.App.Volunteering.Verifying.Appeals;
using Phoenix.App.Volunteering.Verifying.Watch;
using Phoenix.Platform.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What watches over shifts and records: reminders, ends, 没来, deadlines. Every sweep is run twice at once.</summary>
public sealed class WatchTests
{
    private static readonly DateTimeOffset s_end = World.Saturday.AddMinutes(150);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_evening_before_everybody_with_a_place_is_reminded_once_and_anew_after_a_move(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published(null, world.Shift(capacity: 2));
        var shift = activity.Shifts[0];
        var people = await world.Places(shift.Id, "王阿姨", "李叔叔", "候补的");
        var evening = new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);
        await world.At(evening.AddMilliseconds(-1));
        await Twice(world, "shifts.remind");
        Assert.Equal(0, await Count(world, NoticeKind.ShiftReminder));
        await world.At(evening);
        await Twice(world, "shifts.remind");
        Assert.Equal([1, 1, 0], await Counts(world, people, NoticeKind.ShiftReminder));

        // Moved to the next day: reminded for the new time; who signed up meanwhile knows it anyway. Once it has begun, nobody is.
        (await world.Staff.Put($"staff/shifts/{shift.Id}", new { form = world.Shift(capacity: 3, at: World.Saturday.AddDays(1)), version = 1 })).Ok<StaffActivity.Detail>();
        await Twice(world, "shifts.remind");
        Assert.Equal([1, 1, 0], await Counts(world, people, NoticeKind.ShiftReminder));
        await world.At(evening.AddDays(1).AddHours(2));
        var late = (await world.Places(shift.Id, "刚报名"))[0];
        await Twice(world, "shifts.remind");
        Assert.Equal([2, 2, 0], await Counts(world, people, NoticeKind.ShiftReminder));
        Assert.Equal([0], await Counts(world, [late], NoticeKind.ShiftReminder));
        var other = await world.Published(World.Form("明早的"), world.Shift(at: World.Saturday.AddDays(1).AddHours(3)));
        await world.At(World.Saturday.AddDays(1).AddHours(3));
        await Twice(world, "shifts.remind");
        Assert.Equal(4, await Count(world, NoticeKind.ShiftReminder));
        Assert.NotEmpty(other.Shifts);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task After_the_end_the_leader_is_told_to_verify_once_everybody_is_settled(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Published(null, world.Shift(capacity: 5), world.Shift(capacity: 5, at: World.Saturday.AddHours(-5)), world.Shift(at: World.Saturday.AddHours(-10)));
        Guid ShiftAt(int hours) => activity.Shifts.Single(s => s.Form.StartsAt == World.Saturday.AddHours(hours)).Id;
        var (people, earlier) = (await world.Places(ShiftAt(0), "王阿姨", "李叔叔"), await world.Places(ShiftAt(-5), "没名单的"));
        await world.At(s_end);
        await world.Came(people[0].Signup.Id);
        await world.At(s_end.AddMinutes(15).AddMilliseconds(-1));
        await Twice(world, "shifts.end");
        // The morning's shift has no list; the night's was nobody's, and nobody is told of it.
        Assert.Equal(["楼栋关怀日（11月28日（周六）4:00）没有人签到。来过的人（报名 1 人）请在名单里登记，再核时长。"], await Told());
        await world.At(s_end.AddMinutes(15));
        await Twice(world, "shifts.end");
        await world.App.Sweep("shifts.end");
        Assert.Equal("楼栋关怀日（11月28日（周六）9:00）：签退 1 人，没来 1 人。填好现场人数，点【全部确认】。", Assert.Single((await Told())[1..]));

        var open = await world.Published(World.Form("还有人的"), world.Shift(at: World.Saturday.AddHours(6)), world.Shift(at: World.Saturday.AddHours(9)));
        foreach (var shift in open.Shifts.OrderBy(s => s.Form.StartsAt))
            await world.Came((await world.Places(shift.Id, $"小张{shift.Form.StartsAt.Hour}"))[0].Signup.Id, outAt: null);
        await world.At(World.Saturday.AddHours(12));
        await Twice(world, "shifts.end");
        Assert.Equal(2, (await Told()).Length);
        await world.At(World.Saturday.AddHours(8.5).AddDays(1));
        await Twice(world, "shifts.end");
        Assert.Equal(3, (await Told()).Length);
        Assert.NotEmpty(earlier);

        async Task<string[]> Told() => await world.App.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().Where(m => m.Kind == NoticeKind.ShiftToVerify && m.PersonId == world.Leader.PersonId)
            .OrderBy(m => m.Id).Select(m => m.Body).ToArrayAsync());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_never_came_is_noted_the_third_time_limits_and_an_appeal_that_is_right_lifts_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shifts = Enumerable.Range(0, 4).Select(i => world.Shift(capacity: 5, at: World.Saturday.AddDays(i))).ToArray();
        var activity = await world.Paid(10_000, shifts);
        var (wang, li) = ((await world.Neighbour("王阿姨")).Caller, (await world.Neighbour("李叔叔")).Caller);
        var signups = new List<SignupView>();
        foreach (var shift in activity.Shifts.OrderBy(s => s.Form.StartsAt))
        {
            signups.Add(await World.SignedUp(wang, shift.Id));
            var other = await World.SignedUp(li, shift.Id);
            await world.App.Write(Seeding.CommunityId, db =>
            {
                var signup = db.Set<Signup>().Single(s => s.Id == other.Id);
                if (shift.Form.StartsAt != World.Saturday.AddDays(3))
                    db.Add(Attendance.CheckIn(world.App.NewRequestId(), signup, new Check(signup.StartsAt, CheckWay.Scan, li.PersonId)));
                signup.Become(SignupState.CheckedIn, world.App.Now);
            });
        }

        await world.At(s_end.AddHours(12).AddMilliseconds(-1));
        await Twice(world, "shifts.no-shows");
        Assert.Equal(SignupState.Confirmed, await world.StateOf(signups[0].Id));
        await world.At(s_end.AddHours(12));
        await Twice(world, "shifts.no-shows");
        Assert.Equal((SignupState.NoShow, SignupState.Confirmed), (await world.StateOf(signups[0].Id), await world.StateOf(signups[1].Id)));
        Assert.Equal(0, await world.CoinsOf(signups[0].MemberId));

        // Two more in one run; of the last shift nobody has a list, so nobody is noted until somebody counted.
        await world.At(s_end.AddDays(3).AddHours(12));
        await Twice(world, "shifts.no-shows");
        Assert.Equal(SignupState.Confirmed, await world.StateOf(signups[3].Id));
        var digest = await Digest(world);
        Assert.Contains("1 个时段结束了还没有签到名单", digest);
        Assert.Contains("3 个时段等核时长", digest);
        wang = await world.Now(wang);
        Assert.Equal(3, (await world.Told(wang)).Count(k => k == NoticeKind.NoShowNoted));
        var limit = Assert.Single((await wang.Get("my/signup-limits")).Ok<Page<SignupLimits.Item>>().Items);
        Assert.Equal(("90 天内 3 次报了名没来", world.App.Now.AddDays(14)), (limit.Reason, limit.Until));
        var next = await world.Published(World.Form("下一场"), world.Shift(at: World.Saturday.AddDays(7)));
        (await World.SignUp(wang, next.Shifts[0].Id)).Refused(HttpStatusCode.Conflict, "signup.limited");
        await world.At(world.App.Now.AddMinutes(1));
        await world.Counted(signups[3].ShiftId, 0);
        await Twice(world, "shifts.no-shows");
        Assert.Equal(SignupState.NoShow, await world.StateOf(signups[3].Id));
        Assert.Single((await wang.Get("my/signup-limits")).Ok<Page<SignupLimits.Item>>().Items);

        await world.OnWeChat(wang);
        Task<Answer> Appeal(TestCaller who, Guid id, Guid? request = null) => who.Post($"signups/{id}/appeal", new AppealNoShow.Request("那天我去了，忘了扫码"), request);
        var (asked, answered) = (world.App.NewRequestId(), world.App.NewRequestId());
        (await Appeal(await world.Now(li), signups[0].Id)).Refused(HttpStatusCode.NotFound, "signup.unknown");
        Assert.Equal((await Appeal(wang, signups[0].Id, asked)).Ok<AppealNoShow.Response>(), (await Appeal(wang, signups[0].Id, asked)).Ok<AppealNoShow.Response>());
        (await Appeal(wang, signups[0].Id)).Refused(HttpStatusCode.Conflict, "appeal.already");
        Assert.Contains("1 条没来的申诉等答复", await Digest(world));
        var item = Assert.Single((await world.Staff.Get("staff/no-show-appeals")).Ok<Page<AnswerAppeal.Item>>().Items);
        Assert.Equal((signups[0].Id, "王阿姨", "楼栋关怀日", "那天我去了，忘了扫码"), (item.SignupId, item.Name, item.Activity, item.Text));
        Task<Answer> Reply(TestCaller who, Guid id, bool accept, Guid? request = null) => who.Post($"staff/no-show-appeals/{id}/answer", new AnswerAppeal.Request(accept, "同伴说您在"), request);
        (await Reply(await world.App.Person(TestDatabases.OtherCommunity, Role.Staff), item.SignupId, true)).Refused(HttpStatusCode.NotFound, "appeal.unknown");
        var reply = (await Reply(world.Staff, item.SignupId, true, answered)).Ok<AnswerAppeal.Item>();
        Assert.Equal(reply, (await Reply(world.Staff, item.SignupId, true, answered)).Ok<AnswerAppeal.Item>());
        (await Reply(world.Staff, item.SignupId, false)).Refused(HttpStatusCode.Conflict, "appeal.answered");
        Assert.Equal(SignupState.Excused, await world.StateOf(signups[0].Id));
        Assert.Equal((true, "同伴说您在"), ((await wang.Get($"signups/{signups[0].Id}/appeal")).Ok<AppealNoShow.Response>() is var a ? (a.IsAccepted!.Value, a.Answer) : default));
        Assert.Contains(NoticeKind.CorrectionAnswered, await world.Told(wang));
        Assert.Empty((await wang.Get("my/signup-limits")).Ok<Page<SignupLimits.Item>>().Items);
        (await Appeal(wang, signups[0].Id)).Refused(HttpStatusCode.Conflict, "appeal.already");
        await World.SignedUp(wang, next.Shifts[0].Id);
        (await Appeal(wang, (await World.SignedUp(wang, next.Shifts[0].Id)).Id)).Refused(HttpStatusCode.Conflict, "appeal.not_no_show");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_excused_no_show_lifts_the_limit_that_would_not_have_come_without_it(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid(10_000, [.. Enumerable.Range(0, 4).Select(i => world.Shift(capacity: 5, at: World.Saturday.AddDays(i)))]);
        var wang = (await world.Neighbour("王阿姨")).Caller;
        var signups = new List<SignupView>();
        foreach (var shift in activity.Shifts)
            signups.Add(await World.SignedUp(wang, shift.Id));
        await world.At(s_end.AddDays(3));
        await world.App.Write(Seeding.CommunityId, db =>
        {
            foreach (var signup in db.Set<Signup>())
                signup.Become(SignupState.NoShow, world.App.Now);
            db.Add(new SignupLimit { CommunityId = Seeding.CommunityId, Id = world.App.NewRequestId(), PersonId = wang.PersonId, Reason = "90 天内 4 次报了名没来", From = world.App.Now, Until = world.App.Now.AddDays(14) });
        });
        await world.At(world.App.Now.AddHours(1));
        wang = await world.Now(wang);
        async Task<int> Excused(Guid id)
        {
            Assert.Equal(SignupState.Excused, (await world.Leader.Post($"signups/{id}/excuse", new { reason = "孩子发烧" })).Ok<LeadSignup.Response>().State);
            return (await wang.Get("my/signup-limits")).Ok<Page<SignupLimits.Item>>().Items.Count;
        }

        // Three are still enough; two aren't.
        Assert.Equal(1, await Excused(signups[0].Id));
        Assert.Equal(0, await Excused(signups[1].Id));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_appeal_has_its_time_is_answered_by_another_and_its_words_go_with_the_account(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔");
        var (worker, _) = await world.App.Member("林社工", Role.SocialWorker);
        var own = await World.SignedUp(worker, shift);
        await world.Counted(shift, 0);
        await world.At(s_end.AddHours(12));
        await world.App.Sweep("shifts.no-shows");
        worker = await world.Now(worker);
        var (wang, li) = (await world.Now(people[0].Caller), await world.Now(people[1].Caller));
        foreach (var caller in (TestCaller[])[wang, li, worker])
            await world.OnWeChat(caller);
        foreach (var (caller, id) in ((TestCaller, Guid)[])[(worker, own.Id), (wang, people[0].Signup.Id)])
            (await caller.Post($"signups/{id}/appeal", new AppealNoShow.Request("我家里有急事"))).Ok<AppealNoShow.Response>();
        (await worker.Post($"staff/no-show-appeals/{own.Id}/answer", new AnswerAppeal.Request(true, "我同意"))).Refused(HttpStatusCode.Forbidden, "appeal.own");
        (await world.Staff.Post($"staff/no-show-appeals/{own.Id}/answer", new AnswerAppeal.Request(false, "请提前说"))).Ok<AnswerAppeal.Item>();
        Assert.Equal(SignupState.NoShow, await world.StateOf(own.Id));
        (await li.Get($"signups/{people[0].Signup.Id}/appeal")).Refused(HttpStatusCode.NotFound, "appeal.unknown");

        (await wang.Post("/api/v1/account/closing", new { confirmation = CloseAccount.Word })).Ok<CloseAccount.Response>();
        await InScope(world, async services =>
        {
            foreach (var part in services.GetServices<IPersonalData>())
                await part.Erase(worker.PersonId, Departure.Account, CancellationToken.None);
        });
        Assert.Equal([(own.Id, "")], (await world.App.Read(Seeding.CommunityId, db => db.Set<NoShowAppeal>().AsNoTracking().ToListAsync())).Select(a => (a.SignupId, a.Text)));

        await world.At(s_end.AddHours(12) + NoShowAppeal.Within);
        (await (await world.Now(li)).Post($"signups/{people[1].Signup.Id}/appeal", new AppealNoShow.Request("太忙忘了说"))).Refused(HttpStatusCode.Gone, "appeal.too_late");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ten_working_days_are_watched_and_staff_and_leader_reminded_on_their_days(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var people = await world.Places(shift, "王阿姨", "李叔叔");
        await world.At(s_end);
        var first = await world.Came(people[0].Signup.Id);
        await world.Came(people[1].Signup.Id);
        // Served on Saturday 11-28: the tenth working day is Friday 12-11. Reminded on 12-08, 12-10, 12-11 and 12-14 in the mornings.
        var reminded = new List<int>();
        for (var day = new DateOnly(2026, 11, 29); day <= new DateOnly(2026, 12, 16); day = day.AddDays(1))
        {
            await world.At(CommunityTime.Shanghai.At(day, new(9, 0)));
            var before = await Count(world, NoticeKind.RecordsDue);
            await Twice(world, "records.deadlines");
            await world.App.Sweep("records.deadlines");
            Assert.Contains(await Count(world, NoticeKind.RecordsDue) - before, (int[])[0, 2]);
            if (await Count(world, NoticeKind.RecordsDue) > before)
                reminded.Add(day.Day);
            if (day.Day == 10)
                (await world.Leader.Post($"attendances/{first}/verification", new VerifyOne.Request())).Ok<VerifyShift.Response>();
        }

        Assert.Equal([8, 10, 11, 14], reminded);
        var words = (await world.App.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().Where(m => m.Kind == NoticeKind.RecordsDue && m.PersonId == world.Staff.PersonId).OrderBy(m => m.Id).ToListAsync())).ConvertAll(m => m.Body);
        Assert.Equal("1 个时段 2 人的时长还没核，最近的期限是12月11日。服务后 10 个工作日内要记好。", words[0]);
        Assert.Equal("1 个时段 1 人的时长还没核，1 条记录还没录入省系统，最近的期限是12月11日。服务后 10 个工作日内要记好。", words[2]);
        Assert.Contains("1 个时段等核时长，1 个已过期限", await Digest(world));
    }

    [Theory]
    [InlineData("2026-09-24", "2026-09-30", true)]
    [InlineData("2026-09-29", "2026-09-30", true)]
    [InlineData("2026-09-28", "2026-09-30", false)]
    [InlineData("2026-10-03", "2026-10-02", false)]
    [InlineData("2026-10-08", "2026-09-30", true)]
    [InlineData("2026-10-09", "2026-09-30", false)]
    public void Reminders_count_working_days(string today, string deadline, bool isDay)
    {
        var (now, last) = (DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(deadline, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(isDay, WatchTimes.IsReminderDay(now, last, WorkingDays.National));
    }

    private static Task Twice(World world, string sweep) => Task.WhenAll(world.App.Sweep(sweep), world.App.Sweep(sweep));

    private static Task<int> Count(World world, NoticeKind kind) => world.App.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().CountAsync(m => m.Kind == kind));

    private static async Task<List<int>> Counts(World world, List<(TestCaller Caller, SignupView Signup)> people, NoticeKind kind)
    {
        var counts = new List<int>();
        foreach (var (caller, _) in people)
            counts.Add((await world.Told(caller)).Count(k => k == kind));
        return counts;
    }

    private static async Task<List<string>> Digest(World world)
    {
        var lines = new List<string>();
        await InScope(world, async services =>
        {
            foreach (var part in services.GetServices<IDigestPart>())
                lines.AddRange((await part.Lines(CancellationToken.None)).Select(l => l.Text));
        });
        return lines;
    }

    private static async Task InScope(World world, Func<IServiceProvider, Task> work)
    {
        await using var scope = world.App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        await scope.ServiceProvider.GetRequiredService<UnitOfWork>().Job(() => work(scope.ServiceProvider), CancellationToken.None);
    }
}
