using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>Several nodes, with and without Redis: one attendance, one answer. And what becomes of it when a person goes.</summary>
public sealed class CheckInNodeTests
{
    // Nothing listens on port 1.
    private const string NoRedis = "127.0.0.1:1";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Many_phones_on_two_nodes_one_of_them_without_redis_make_one_attendance_with_one_answer(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var (mother, motherId) = await world.Neighbour("赵妈妈");
        var child = await world.Child("小明", new(2014, 5, 1), mother);
        await World.SignUp(mother, shift, true, motherId, child);
        await world.At(World.Saturday);
        mother = await world.Now(mother);
        await using var second = await PhoenixApp.Start(
            database, at: World.Saturday, database: world.App.Services.GetRequiredService<Database>(), redis: NoRedis,
            customize: b => b.Services.Replace(ServiceDescriptor.Singleton<IIds>(s => new SeededIds(2, s.GetRequiredService<Clock>()))));
        var there = second.Anyone.With(mother.Token);

        // Alone through the writer, as a family through a unit of work, all at once.
        var (alone, family) = (new List<string>(), await world.Ticket(shift));
        for (var i = 0; i < 3; i++)
            alone.Add(await world.Ticket(shift));
        var own = alone.SelectMany(t => new[] { DoorDesk.Use(mother, t), DoorDesk.Use(there, t) }).ToList();
        var together = new[] { DoorDesk.Use(mother, family, motherId, child), DoorDesk.Use(there, family, child, motherId) };
        var answers = await Task.WhenAll(own);
        var families = await Task.WhenAll(together);
        Assert.All(answers, a => Assert.Equal(answers[0].Person(), a.Person()));
        Assert.Equal(families[0].Text, families[1].Text);
        Assert.Contains(answers[0].Person(), families[0].Ok<CheckIn.Response>().People);
        Assert.Equal(2, (await world.Attendances(shift)).Count);
        Assert.Equal(2, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Redis_flushed_among_the_phones_changes_no_answer(DatabaseKind database)
    {
        await using var redis = await RedisServer.Create();
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var people = new List<TestCaller>();
        foreach (var name in (string[])["王阿姨", "李叔", "赵妈妈"])
        {
            people.Add((await world.Neighbour(name)).Caller);
            await World.SignedUp(people[^1], shift);
        }

        await world.At(World.Saturday);
        await using var node = await PhoenixApp.Start(
            database, at: World.Saturday, database: world.App.Services.GetRequiredService<Database>(), redis: redis.Address,
            customize: b => b.Services.Replace(ServiceDescriptor.Singleton<IIds>(s => new SeededIds(2, s.GetRequiredService<Clock>()))));
        foreach (var person in people)
        {
            var there = node.Anyone.With((await world.Now(person)).Token);
            var tickets = new List<string>();
            for (var i = 0; i < 4; i++)
                tickets.Add(await world.Ticket(shift));
            var sent = tickets.Select(t => DoorDesk.Use(there, t)).ToList();
            await redis.FlushAll();
            var answers = await Task.WhenAll(sent);
            Assert.All(answers, a => Assert.Equal(answers[0].Person(), a.Person()));
        }

        Assert.Equal(people.Count, (await world.Attendances(shift)).Count);
        Assert.Equal(people.Count, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Held_to_be_absent_and_elsewhere_meanwhile_is_refused_and_back_is_let_in(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 1))).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        var signup = await World.SignedUp(aunt, shift);
        await world.At(World.Saturday.AddMinutes(5));
        await world.App.Write(Seeding.CommunityId, db => db.Set<Signup>().Single(s => s.Id == signup.Id).Become(SignupState.NoShow, world.App.Now));
        Assert.Equal(Did.In, (await world.Scan(aunt, shift)).Person().Did);

        var other = (await world.Published(World.Form("晚一点"), world.Shift(capacity: 1, at: World.Saturday.AddHours(4)))).Shifts[0].Id;
        var second = await World.SignedUp(await world.Now(aunt), other);
        await world.App.Write(Seeding.CommunityId, db => db.Set<Signup>().Single(s => s.Id == second.Id).Become(SignupState.NoShow, world.App.Now));
        // Somebody else has the place now.
        await World.SignedUp(await world.Now((await world.Neighbour("李叔")).Caller), other);
        await world.At(World.Saturday.AddHours(4));
        (await world.Scan(aunt, other)).Refused(HttpStatusCode.Conflict, "signup.full");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_goes_takes_a_copy_along_and_leaves_the_figures(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, shift);
        await world.At(World.Saturday);
        await world.Scan(aunt, shift);
        await world.At(World.Saturday.AddMinutes(60));
        await world.Scan(aunt, shift);
        var attendance = Assert.Single(await world.Attendances(shift));
        await world.App.Write(Seeding.CommunityId, db =>
        {
            db.Add(new AttendanceFix { CommunityId = Seeding.CommunityId, AttendanceId = attendance.Id, At = World.Saturday, DistanceMetres = 200, IsNear = true });
            db.Set<Attendance>().Single().NotCount(world.Leader.PersonId, world.App.Now, "人没有来");
        });

        async Task<T> Data<T>(Func<IPersonalData, Task<T>> use)
        {
            await using var scope = world.App.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            return await use(scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.GetType().Name == "AttendanceData"));
        }

        var section = Assert.Single(await Data(d => d.Export(aunt.PersonId, CancellationToken.None)));
        Assert.Equal(["楼栋关怀日", "2026-11-28 09:00", "2026-11-28 10:00", "扫码", "60", "", "人没有来", "200"], Assert.Single(section.Rows));
        Assert.Empty(Assert.Single(await Data(d => d.Export(world.Leader.PersonId, CancellationToken.None))).Rows);
        await Data(async d =>
        {
            await d.Erase(aunt.PersonId, Departure.Account, CancellationToken.None);
            await d.Erase(aunt.PersonId, Departure.Account, CancellationToken.None);
            return 0;
        });
        var left = Assert.Single(await world.Attendances(shift));
        Assert.Equal(("已删除", 60, 0), (left.Reason, left.Minutes, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceFix>().CountAsync())));
    }

    [Fact]
    public void Minutes_are_clipped_to_the_shift_and_rounded_down_once()
    {
        var (start, end) = (World.Saturday, World.Saturday.AddMinutes(150));
        int Minutes(double from, double to, int away = 0) => AttendanceRules.Minutes(start.AddMinutes(from), start.AddMinutes(to), away, start, end);
        Assert.Equal((150, 150, 145, 0, 0), (Minutes(0, 150), Minutes(-30, 200), Minutes(0, 149.99), Minutes(-30, -1), Minutes(151, 160)));
        Assert.Equal((5, 0, 90, 85, 0), (Minutes(10, 15), Minutes(10, 14.99), Minutes(0, 150, 3600), Minutes(0, 150, 3601), Minutes(0, 10, 900)));
        Assert.Equal(30, AttendanceRules.SecondsWithin(start.AddSeconds(-30), start.AddSeconds(30), start, end));
    }
}
