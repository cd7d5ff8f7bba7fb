using System.Data.Common;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Bookkeeping.Coins;
using Phoenix.App.Community;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Members;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.App.Volunteering.Verifying;
using Phoenix.Ledger.Apply;
using Phoenix.Ledger.Commands;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>核时长 when two do it at once, when the process dies, coins are paused or short, and with many people: all of it or nothing.</summary>
public sealed class VerifyFaultTests
{
    private static readonly DateTimeOffset s_end = World.Saturday.AddMinutes(150);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_verify_at_once_write_one_set_of_records_and_coins(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var activity = await world.Paid();
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "甲", "乙", "丙", "丁");
        await world.At(s_end);
        foreach (var (_, signup) in people)
            await world.Came(signup.Id);
        var id = world.App.NewRequestId();
        var answers = await Task.WhenAll(world.Leader.Verify(shift, requestId: id), world.Staff.Verify(shift), world.Leader.Verify(shift, requestId: id), world.Staff.Verify(shift));
        var done = answers.Where(a => a.Status == HttpStatusCode.OK).ToList();
        Assert.All(done, d => Assert.Equal(done[0].Text, d.Text));
        Assert.Equal((4, 100L), (done[0].Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.Coins) : default));
        Assert.All(answers.Except(done), a => a.Refused(HttpStatusCode.Conflict, "verify.nothing"));
        Assert.Equal(4, (await world.Records()).Count);
        Assert.Equal(100, (await world.ActivityNow(activity.Id)).IssuedCoins);
        foreach (var (_, signup) in people)
            Assert.Equal(25, await world.CoinsOf(signup.MemberId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_kill_in_the_middle_a_pause_or_a_short_budget_leave_nothing_half_done(DatabaseKind database)
    {
        var kill = new Kill();
        await using var world = await World.Start(database, b => b.Services.AddSingleton<ILedgerParticipant>(kill));
        var activity = await world.Paid(budget: 30);
        var shift = activity.Shifts[0].Id;
        var people = await world.Places(shift, "甲", "乙");
        await world.At(s_end);
        foreach (var (_, signup) in people)
            await world.Came(signup.Id);
        await world.Counted(shift, 2);
        var id = world.App.NewRequestId();
        var broken = (await world.Leader.Verify(shift, requestId: id)).Refused(HttpStatusCode.Conflict, "verify.budget_short");
        Assert.Contains("还差 20 枚", broken.Title, StringComparison.Ordinal);
        await world.NothingHappened(activity.Id);
        await world.App.Sweep("activities.end");
        activity = (await world.Staff.Get($"staff/activities/{activity.Id}")).Ok<StaffActivity.Detail>();
        Task<Answer> Raise(long coins, int? version = null) => world.Staff.Post($"staff/activities/{activity.Id}/budget", new RaiseBudget.Request(coins, version ?? activity.Version, "来的人多"));
        (await Raise(30)).Refused(HttpStatusCode.BadRequest, "verify.bad_budget");
        (await Raise(60, 99)).Refused(HttpStatusCode.Conflict, "volunteering.stale_edit");
        (await world.Leader.Post($"staff/activities/{activity.Id}/budget", new RaiseBudget.Request(60, activity.Version, "来的人多"))).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await Raise(60)).Ok<StaffActivity.Detail>();

        kill.After = 0;
        Assert.Equal(HttpStatusCode.InternalServerError, (await world.Leader.Verify(shift, requestId: id)).Status);
        await world.NothingHappened(activity.Id);
        Assert.Equal(0, await world.CoinsOf(people[0].Signup.MemberId));
        (await world.Staff.Post("coins/pauses", new PauseCoins.Request(CoinFlow.Issuing, true, "核对账目"))).Ok<PauseCoins.Response>();
        (await world.Leader.Verify(shift, requestId: id)).Refused(HttpStatusCode.Conflict, "verify.issue_paused");
        await world.NothingHappened(activity.Id);
        (await world.Staff.Post("coins/pauses", new PauseCoins.Request(CoinFlow.Issuing, false, "核对好了"))).Ok<PauseCoins.Response>();
        Assert.Equal((2, 50L), ((await world.Leader.Verify(shift, requestId: id)).Ok<VerifyShift.Response>() is var r ? (r.Recorded, r.Coins) : default));
        Assert.Equal(50, (await world.ActivityNow(activity.Id)).IssuedCoins);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Three_hundred_are_verified_by_one_tap_with_a_posting_each(DatabaseKind database)
    {
        var kill = new Kill();
        await using var world = await World.Start(database, b => b.Services.AddSingleton<ILedgerParticipant>(kill));
        const int People = 300;
        var activity = await world.Paid(100_000, world.Shift(capacity: People));
        var (shift, ids) = (activity.Shifts[0].Id, world.App.Services.GetRequiredService<IIds>());
        await world.At(s_end);
        await world.App.Write(Seeding.CommunityId, db =>
        {
            var row = db.Set<Shift>().Single(s => s.Id == shift);
            for (var i = 0; i < People; i++)
            {
                var (person, member) = (ids.New(), ids.New());
                db.Add(new Person { Id = person, CreatedAt = PhoenixApp.DefaultStart });
                db.Add(new Member { CommunityId = Seeding.CommunityId, PersonId = person, Id = member, DisplayName = $"居民{i}", JoinedAt = PhoenixApp.DefaultStart });
                var signup = Signup.New(ids.New(), ids.New(), row, (person, member), (person, SignupSource.Self), SignupState.Confirmed, false, World.Saturday.AddDays(-1));
                signup.Become(SignupState.CheckedIn, World.Saturday);
                signup.Become(SignupState.CheckedOut, s_end);
                var attendance = Attendance.CheckIn(ids.New(), signup, new Check(World.Saturday, CheckWay.Scan, person));
                attendance.CheckOut(new Check(s_end, CheckWay.Scan, person));
                db.Add(signup);
                db.Add(attendance);
            }
        });
        await world.Counted(shift, People);
        // Coins are posted in two parts, of which the second dies: then the first is undone too.
        kill.After = 1;
        Assert.Equal(HttpStatusCode.InternalServerError, (await world.Leader.Verify(shift)).Status);
        await world.NothingHappened(activity.Id);
        var done = (await world.Leader.Verify(shift)).Ok<VerifyShift.Response>();
        Assert.Equal((People, People * 25L, 0), (done.Recorded, done.Coins, done.Left));
        Assert.Equal((People, People * 25L), (await world.Records() is var records ? (records.Count, records.Sum(r => r.Coins)) : default));
        Assert.Equal(25, await world.CoinsOf((await world.Records())[^1].MemberId));
        await world.App.Sweep("books.reconcile");
    }

    /// <summary>The process dies while coins are written, after so many transactions' worth of them.</summary>
    private sealed class Kill : ILedgerParticipant, IParticipantBatch
    {
        public int? After { get; set; }

        public bool Takes(object attachment) => false;

        public IParticipantBatch Begin(DatabaseKind database) => this;

        public void Plan(LedgerRequest request, object attachment)
        {
        }

        public IReadOnlyList<SqlStatement> Reads() => [];

        public void Take(int read, DbDataReader rows)
        {
        }

        public Error? Check(LedgerRequest request, object attachment, DateTimeOffset at) => null;

        public void Accept(LedgerRequest request, object attachment, Posted posted)
        {
        }

        public IReadOnlyList<SqlStatement> Writes() => After-- == 0 ? throw new InvalidOperationException("killed") : [];
    }
}
