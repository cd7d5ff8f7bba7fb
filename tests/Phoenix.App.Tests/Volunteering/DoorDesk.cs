using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.MiniProgram;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Attendances;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>The door of a shift, as phones use it.</summary>
internal static class DoorDesk
{
    /// <summary>What the leader's phone shows now.</summary>
    public static async Task<string> Code(this World world, Guid shift) => (await world.Leader.Get($"shifts/{shift}/door-code")).Ok<RotatingCode>().Link;

    /// <summary>Somebody scans it, signed in or not.</summary>
    public static async Task<string> Ticket(this World world, Guid shift) =>
        (await world.App.Anyone.Post("check-in/tickets", new { code = await world.Code(shift) })).Ok<OpenTicket.Response>().Ticket;

    /// <summary>Uses a ticket.</summary>
    public static Task<Answer> Use(TestCaller caller, string ticket, params Guid[] members) => caller.Post("check-in", new { ticket, memberIds = members });

    /// <summary>Scans and uses the ticket at once, on a phone that is signed in now.</summary>
    public static async Task<Answer> Scan(this World world, TestCaller caller, Guid shift, params Guid[] members) =>
        await Use(await world.Now(caller), await world.Ticket(shift), members);

    /// <summary>The one person of an answer.</summary>
    public static CheckedPerson Person(this Answer answer) => Assert.Single(answer.Ok<CheckIn.Response>().People);

    /// <summary>The attendances of a shift, in whichever community.</summary>
    public static Task<List<Attendance>> Attendances(this World world, Guid shift) =>
        world.App.Read(Seeding.CommunityId, db => db.Set<Attendance>().AsNoTracking().IgnoreQueryFilters().Where(a => a.ShiftId == shift).ToListAsync());
}
