using System.Net;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Units;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering.Activities;
using Phoenix.App.Volunteering.Records;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What a unit sees of its people's hours: of those who let it, by kind of help.</summary>
public sealed class UnitHoursTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_unit_sees_hours_by_kind_of_those_who_let_it_now_and_nobody_else_sees_them(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var desk = await RecordDesk.Open(world.App);
        var care = await world.Draft();
        var (contact, contactId) = await world.Neighbour("联系人小方");
        var unit = (await world.Staff.Post("units", new { name = "永安科技公司", kind = "firm" })).Ok<ListUnits.Item>();
        (await world.Staff.Post($"units/{unit.Id}/contacts", new { memberId = contactId, reason = "单位指定" })).Ok<NameUnitContact.Response>();
        var other = (await world.Staff.Post("units", new { name = "另一家公司", kind = "firm" })).Ok<ListUnits.Item>();
        var code = (await contact.Post($"units/{unit.Id}/join-code", new { validDays = 7, uses = 1 })).Ok<JoinCodeShown>().Code;
        var mine = (await desk.Resident.Post("unit-memberships", new { code, sharesHours = true })).Ok<ListMyUnits.Item>();
        await world.At(PhoenixApp.DefaultStart.AddDays(9));
        // Two of one kind and one of none name the unit, as verifying writes them; one from before doesn't.
        NewServiceRecord Named(double hours, Guid? activity) => desk.Care(startsAfterHours: hours) with { ActivityId = activity, UnitId = unit.Id, UnitName = unit.Name };
        await desk.Write(Named(72, care.Id));
        await desk.Write(Named(96, care.Id));
        await desk.Write(Named(120, null));
        await desk.Write(desk.Care());
        contact = await world.Now(contact);

        var seen = (await contact.Get($"units/{unit.Id}/hours")).Ok<GetUnitHours.Response>();
        Assert.Equal((2026, 450, 1), (seen.Year, seen.Minutes, seen.People));
        Assert.Equal([new GetUnitHours.Kind(ImpactCategory.EldersAndChildren, 300, 1), new GetUnitHours.Kind(ImpactCategory.Other, 150, 1)], seen.Kinds);
        Assert.Equal(450, (await world.Staff.Get($"units/{unit.Id}/hours?year=2026")).Ok<GetUnitHours.Response>().Minutes);
        Assert.Empty((await contact.Get($"units/{unit.Id}/hours?year=2025")).Ok<GetUnitHours.Response>().Kinds);
        Assert.Empty((await contact.Get($"units/{unit.Id}/hours?year=-9")).Ok<GetUnitHours.Response>().Kinds);
        (await contact.Get($"units/{other.Id}/hours")).Refused(HttpStatusCode.NotFound, "unit_hours.unknown");
        (await (await world.Now(desk.Resident)).Get($"units/{unit.Id}/hours")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        // Consent is taken back at any moment.
        (await (await world.Now(desk.Resident)).Put($"unit-memberships/{mine.Id}/sharing", new { sharesHours = false })).Ok<ListMyUnits.Item>();
        Assert.Equal((0, 0), ((await contact.Get($"units/{unit.Id}/hours")).Ok<GetUnitHours.Response>() is var none ? (none.Minutes, none.People) : default));
    }
}
