using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Identity.Cards;
using Phoenix.App.MiniProgram;
using Phoenix.App.MiniProgram.Codes;
using Phoenix.App.MiniProgram.Personal;
using Phoenix.App.Notifications;
using Phoenix.App.Tests.Harness;
using Phoenix.App.Volunteering;
using Phoenix.App.Volunteering.Attendances;
using Phoenix.App.Volunteering.Places;
using Phoenix.App.Volunteering.Records;
using Phoenix.App.Volunteering.Signups;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Volunteering;

/// <summary>What the leader does at the door: roster, cards, entries, head count, live list, and a phone without network.</summary>
public sealed class DoorTests
{
    private static readonly DateTimeOffset Start = World.Saturday;
    private static readonly DateTimeOffset End = World.Saturday.AddMinutes(150);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_leader_ticks_the_roster_and_at_the_end_checks_out_who_forgot(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 3))).Shifts[0].Id;
        var ((aunt, auntId), (uncle, uncleId), (_, doorId), (_, lateId)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"), await world.Neighbour("张婶"), await world.Neighbour("赵哥"));
        await World.SignedUp(aunt, shift);
        var away = await World.SignedUp(uncle, shift);
        await world.At(Start.AddMinutes(10));
        (await aunt.In(Seeding.CommunityId).With((await world.Now(aunt)).Token).Post($"shifts/{shift}/check-ins", new { memberIds = new[] { auntId } })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var request = world.App.NewRequestId();
        var first = await world.Leader.Post($"shifts/{shift}/check-ins", new { memberIds = new[] { auntId, doorId, lateId, world.LeaderId } }, request);
        Assert.Equal(first.Text, (await world.Leader.Post($"shifts/{shift}/check-ins", new { memberIds = new[] { auntId, doorId, lateId, world.LeaderId } }, request)).Text);
        // On the list; a walk-in; the place after that isn't there; never oneself.
        Assert.Equal([null, null, "signup.full", "check_in.own"], first.Ok<RegisterByLeader.Response>().Outcomes.Select(o => o.Code));
        Assert.Contains(NoticeKind.CheckedIn, await world.Told(aunt));
        Assert.Equal("check_in.not_in", Assert.Single((await world.Leader.Post($"shifts/{shift}/check-outs", new { memberIds = new[] { uncleId } })).Ok<RegisterByLeader.Response>().Outcomes).Code);

        await world.At(Start.AddMinutes(100));
        Assert.Equal(90, Assert.Single((await world.Leader.Post($"shifts/{shift}/check-outs", new { memberIds = new[] { auntId } })).Ok<RegisterByLeader.Response>().Outcomes).Person!.Minutes);
        await world.At(End.AddMilliseconds(-1));
        (await world.Leader.Post($"shifts/{shift}/end-check-outs")).Refused(HttpStatusCode.Conflict, "attendance.not_over");
        await world.At(End);
        Assert.Equal(new RegisterByLeader.EndResponse(1, false), (await world.Leader.Post($"shifts/{shift}/end-check-outs")).Ok<RegisterByLeader.EndResponse>());
        Assert.Equal(new RegisterByLeader.EndResponse(0, false), (await world.Leader.Post($"shifts/{shift}/end-check-outs")).Ok<RegisterByLeader.EndResponse>());
        Assert.Equal("check_in.over", Assert.Single((await world.Leader.Post($"shifts/{shift}/check-ins", new { memberIds = new[] { uncleId } })).Ok<RegisterByLeader.Response>().Outcomes).Code);
        var byEnd = (await world.Attendances(shift)).Single(a => a.MemberId == doorId);
        Assert.Equal((CheckWay.ShiftEnd, End, 140, EvidenceGrade.B), (byEnd.CheckedOutWay, byEnd.CheckedOutAt, byEnd.Minutes, byEnd.Grade));
        Assert.Equal(SignupState.Confirmed, await world.StateOf(away.Id));
        (await world.Leader.Post($"shifts/{world.App.NewRequestId()}/end-check-outs")).Refused(HttpStatusCode.NotFound, "shift.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Another_shifts_leader_sees_and_does_nothing_here(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published()).Shifts[0].Id;
        var (other, otherId) = await world.App.Member("别处的负责人");
        await world.Published(World.Form("别处"), world.Shift() with { LeaderId = otherId });
        await world.At(Start);
        other = await world.Now(other);
        foreach (var answer in new[]
        {
            await other.Get($"shifts/{shift}/door-code"), await other.Get($"shifts/{shift}/door-key"), await other.Get($"shifts/{shift}/attendance"),
            await other.Post($"shifts/{shift}/check-ins", new { memberIds = new[] { world.LeaderId } }), await other.Post($"shifts/{shift}/end-check-outs"),
            await other.Post($"shifts/{shift}/person-scans", new { cardCode = "ABCD" }), await other.Put($"shifts/{shift}/head-count", new { people = 1 }),
            await other.Post($"shifts/{shift}/attendance-entries", new { memberId = world.LeaderId, checkedInAt = Start, reason = "补登记" }),
            await other.Post($"shifts/{shift}/kept-scans", new { sentAt = Start, items = new[] { new { id = world.App.NewRequestId(), at = Start, did = Did.In, memberId = world.LeaderId } } }),
        })
            answer.Refused(HttpStatusCode.NotFound, "shift.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_leader_scans_a_phone_or_a_card_and_nobody_scans_their_own(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var (aunt, _) = await world.Neighbour("王阿姨");
        await World.SignedUp(aunt, shift);
        var (elder, elderId) = await world.Neighbour("刘奶奶");
        var card = (await world.Staff.Post("cards", new { memberId = elderId })).Json.GetProperty("id").GetGuid();
        var issued = (await world.Staff.Post($"cards/{card}/printing")).Ok<PrintCard.Response>().Number;
        await world.At(Start);
        aunt = await world.Now(aunt);
        var secret = (await aunt.Post("/api/v1/device-secret")).Ok<IssueDeviceSecret.Response>();
        var code = MyCode(secret, world.App.Now);
        var scanned = (await world.Leader.Post($"shifts/{shift}/person-scans", new { code })).Ok<ScanPerson.Response>();
        Assert.Equal(("王阿姨", Did.In), (scanned.Name, scanned.Person.Did));
        (await world.Leader.Post($"shifts/{shift}/person-scans", new { code })).Refused(HttpStatusCode.Conflict, "code.used");
        Assert.Equal("刘奶奶", (await world.Leader.Post($"shifts/{shift}/person-scans", new { cardCode = issued })).Ok<ScanPerson.Response>().Name);
        (await world.Leader.Post($"shifts/{shift}/person-scans", new { cardCode = "AAAABBBBCCCCDDDD" })).Refused(HttpStatusCode.NotFound, "card.unknown");
        (await world.Leader.Post($"shifts/{shift}/person-scans", new { })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var own = (await world.Leader.Post("/api/v1/device-secret")).Ok<IssueDeviceSecret.Response>();
        (await world.Leader.Post($"shifts/{shift}/person-scans", new { code = MyCode(own, world.App.Now) })).Refused(HttpStatusCode.Conflict, "check_in.own");

        await world.At(Start.AddHours(2));
        Assert.Equal((Did.Out, 120), (await world.Leader.Post($"shifts/{shift}/person-scans", new { code = MyCode(secret, world.App.Now) })).Ok<ScanPerson.Response>().Person is var p ? (p.Did, p.Minutes) : default);
        Assert.Equal([CheckWay.PersonalCode, CheckWay.Card], (await world.Attendances(shift)).Select(a => a.CheckedInWay).Order());
        Assert.All(await world.Attendances(shift), a => Assert.Equal(EvidenceGrade.A, a.Grade));
        Assert.Equal(SignupSource.WalkIn, await world.App.Read(Seeding.CommunityId, db => db.Set<Signup>().Where(s => s.PersonId == elder.PersonId).Select(s => s.Source).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Times_are_entered_with_a_reason_and_long_after_the_end_as_grade_c(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var ((aunt, auntId), (_, uncleId)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"));
        var signup = await World.SignedUp(aunt, shift);
        await world.At(Start);
        await world.Scan(aunt, shift);
        await world.At(End.AddHours(1));
        Task<Answer> Enter(Guid member, DateTimeOffset inAt, DateTimeOffset? outAt) => world.Leader.Post($"shifts/{shift}/attendance-entries", new { memberId = member, checkedInAt = inAt, checkedOutAt = outAt, reason = "手机没电了" });
        foreach (var (inAt, outAt) in new (DateTimeOffset, DateTimeOffset?)[]
            { (Start.AddHours(-2), End), (Start, Start), (End, End.AddMinutes(5)), (Start, End.AddHours(2)), (Start, null), (Start.AddMinutes(-30), Start) })
            (await Enter(auntId, inAt, outAt)).Refused(HttpStatusCode.BadRequest, "attendance.times_wrong");
        (await Enter(world.LeaderId, Start, End)).Refused(HttpStatusCode.Conflict, "check_in.own");
        Assert.Equal(60, (await Enter(auntId, Start.AddMinutes(30), Start.AddMinutes(90))).Ok<CheckedPerson>().Minutes);
        Assert.Equal((EvidenceGrade.B, SignupState.CheckedOut), (Assert.Single(await world.Attendances(shift)).Grade, await world.StateOf(signup.Id)));

        // Taken back and entered anew; nobody else's id is known.
        var id = Assert.Single(await world.Attendances(shift)).Id;
        (await world.Leader.Delete($"attendances/{world.App.NewRequestId()}")).Refused(HttpStatusCode.NotFound, "attendance.unknown");
        Assert.Equal(id, (await world.Leader.Delete($"attendances/{id}")).Ok<EnterTimes.UndoResponse>().Id);
        Assert.Equal(SignupState.Confirmed, await world.StateOf(signup.Id));

        // A day after the end to the second it is 补录; then even somebody who isn't on the list, since a place was free.
        await world.At(End.AddHours(24).AddMilliseconds(-1));
        await world.App.Sweep("activities.end");
        Assert.Equal(150, (await Enter(auntId, Start, End)).Ok<CheckedPerson>().Minutes);
        await world.At(End.AddHours(24));
        Assert.Equal(100, (await Enter(uncleId, Start, Start.AddMinutes(104))).Ok<CheckedPerson>().Minutes);
        Assert.Equal([EvidenceGrade.B, EvidenceGrade.C], (await world.Attendances(shift)).Select(a => a.Grade).Order());
        await world.At(End.AddDays(14));
        (await Enter(auntId, Start, End)).Refused(HttpStatusCode.Conflict, "attendance.entry_over");
        Assert.Equal(["手机没电了", "手机没电了", "手机没电了"], await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().Where(e => e.Kind == AttendanceEventKind.PutRight).Select(e => e.Note!).ToListAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_live_list_shows_who_is_there_and_costs_nothing_unchanged(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5))).Shifts[0].Id;
        var (mother, motherId) = await world.Neighbour("赵妈妈");
        var child = await world.Child("小明", new(2014, 5, 1), mother);
        (await World.SignUp(mother, shift, true, motherId, child)).Ok<JoinShift.Response>();
        await world.At(Start);
        await world.Scan(mother, shift, motherId, child);
        var first = await world.Leader.Get($"shifts/{shift}/attendance");
        var list = first.Ok<LiveRoster.Response>();
        Assert.Equal((2, 2, 0, new HeadCount(null, 2, false)), (list.Expected, list.There, list.Gone, list.HeadCount));
        Assert.Contains(list.Lines.Items, l => l.Name == "小明" && l.IsMinor && l.Grade == EvidenceGrade.A);
        // The leader looked at a minor, once however often nothing changed.
        Assert.Equal(1, await Looks(world));
        async Task<HttpStatusCode> Again() => (await world.Leader.Send(HttpMethod.Get, $"shifts/{shift}/attendance", null, null, ("If-None-Match", first.Headers.ETag!.Tag))).Status;
        Assert.Equal(HttpStatusCode.NotModified, await Again());
        Assert.Equal(HttpStatusCode.NotModified, await Again());
        Assert.Equal(1, await Looks(world));

        // Whatever is shown changes the tag.
        (await world.Leader.Put($"shifts/{shift}/head-count", new { people = 3 })).Ok<HeadCount>();
        Assert.Equal(HttpStatusCode.OK, await Again());
        Assert.Equal(new HeadCount(2, 2, true), (await world.Leader.Put($"shifts/{shift}/head-count", new { people = 2 })).Ok<HeadCount>());
        first = await world.Leader.Get($"shifts/{shift}/attendance");
        await world.At(Start.AddMinutes(20));
        await world.Scan(mother, shift);
        Assert.Equal(HttpStatusCode.OK, await Again());
        list = (await world.Leader.Get($"shifts/{shift}/attendance")).Ok<LiveRoster.Response>();
        Assert.Equal((1, 1, new HeadCount(2, 2, true)), (list.There, list.Gone, list.HeadCount));
        await world.At(End.AddDays(14));
        (await world.Leader.Put($"shifts/{shift}/head-count", new { people = 2 })).Refused(HttpStatusCode.Conflict, "attendance.door_closed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_phone_without_network_makes_codes_and_sends_later_what_it_kept_once(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 3))).Shifts[0].Id;
        var ((aunt, auntId), (uncle, uncleId), (_, strangerId), (_, fourthId)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"), await world.Neighbour("张婶"), await world.Neighbour("赵哥"));
        await World.SignedUp(aunt, shift);
        await World.SignedUp(uncle, shift);
        await world.At(Start);
        (aunt, uncle) = (await world.Now(aunt), await world.Now(uncle));
        var key = (await world.Leader.Get($"shifts/{shift}/door-key")).Ok<RotatingKey>();
        var secret = (await uncle.Post("/api/v1/device-secret")).Ok<IssueDeviceSecret.Response>();

        // The leader's phone makes the code by itself, and it opens like the server's.
        await world.At(Start.AddMinutes(5));
        aunt = await world.Now(aunt);
        var ticket = (await world.App.Anyone.Post("check-in/tickets", new { code = DoorCodeOf(key, world.App.Now) })).Ok<OpenTicket.Response>().Ticket;
        Assert.Equal(Did.In, (await DoorDesk.Use(aunt, ticket)).Person().Did);

        // Its clock is seven minutes ahead. Kept: two scans of the uncle's phone, ticks of the aunt, a walk-in, one too many, oneself, a stale code.
        var skew = TimeSpan.FromMinutes(7);
        object Kept(DateTimeOffset at, Did? did = null, Guid? member = null, string? code = null) => new { id = world.App.NewRequestId(), at = at + skew, did, memberId = member, code };
        object[] items =
        [
            Kept(Start.AddMinutes(6), Did.In, auntId), Kept(Start.AddMinutes(10), null, null, MyCode(secret, Start.AddMinutes(10))), Kept(Start.AddMinutes(70), null, null, MyCode(secret, Start.AddMinutes(70))),
            Kept(Start.AddMinutes(12), Did.In, strangerId), Kept(Start.AddMinutes(13), Did.In, fourthId), Kept(Start.AddMinutes(14), Did.In, world.LeaderId),
            Kept(Start.AddMinutes(90), null, null, MyCode(secret, Start.AddMinutes(50))), Kept(Start.AddMinutes(60), Did.In, auntId), Kept(End.AddHours(9), Did.Out, auntId),
        ];
        await world.At(End.AddHours(2));
        var sent = new { sentAt = world.App.Now + skew, items };
        var outcomes = (await world.Leader.Post($"shifts/{shift}/kept-scans", sent)).Ok<UploadKept.Response>().Outcomes;
        Assert.Equal(
            [
                AttendanceEventKind.Same, AttendanceEventKind.In, AttendanceEventKind.Out, AttendanceEventKind.In, AttendanceEventKind.Conflict, AttendanceEventKind.Conflict, AttendanceEventKind.Conflict,
                AttendanceEventKind.Conflict, AttendanceEventKind.Conflict,
            ],
            outcomes.Select(o => o.Kind));
        Assert.Equal([new ShiftFull().Message, new OwnAttendance().Message, new CodeOver().Message, new KeptOtherwise().Message, new TimesWrong().Message], outcomes.Skip(4).Select(o => o.Message));

        // Sent again under another request id nothing happens twice, and the answer is the same.
        Assert.Equal(outcomes, (await world.Leader.Post($"shifts/{shift}/kept-scans", sent)).Ok<UploadKept.Response>().Outcomes);
        var there = (await world.Attendances(shift)).ToDictionary(a => a.MemberId);
        Assert.Equal((Start.AddMinutes(10), Start.AddMinutes(70), 60, EvidenceGrade.A), (there[uncleId].CheckedInAt, there[uncleId].CheckedOutAt, there[uncleId].Minutes, there[uncleId].Grade));
        Assert.Equal((EvidenceGrade.B, 3), (there[strangerId].Grade, there.Count));
        var conflicts = (await world.Leader.Get($"shifts/{shift}/attendance")).Ok<LiveRoster.Response>().Conflicts;
        Assert.Equal((5, Start.AddMinutes(13), Start.AddMinutes(20), End.AddHours(2)), (conflicts.Count, conflicts.Single(c => c.Name == "赵哥").At, conflicts.Single(c => c.Name == "赵哥").DeviceAt, conflicts[0].HeardAt));
        Assert.Equal(9, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceEvent>().CountAsync(e => e.DeviceAt != null)));

        // Two days later a phone's memory counts no more.
        await world.At(Start.AddMinutes(80).AddHours(48).AddSeconds(1));
        Assert.Equal(new KeptTooLong().Message, Assert.Single((await world.Leader.Post($"shifts/{shift}/kept-scans", new { sentAt = world.App.Now, items = new[] { new { id = world.App.NewRequestId(), at = Start.AddMinutes(80), did = Did.Out, memberId = auntId } } })).Ok<UploadKept.Response>().Outcomes).Message);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_a_leader_the_venues_code_lets_in_who_is_on_the_list_as_grade_b(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var place = (await world.Staff.Post("places", new { kind = PlaceKind.Grid, parentId = (Guid?)null, name = "第一网格" })).Ok<ListPlaces.Item>().Id;
        var shift = (await world.Published(null, world.Shift(capacity: 5) with { PlaceId = place })).Shifts[0].Id;
        var ((aunt, _), (uncle, _)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"));
        await World.SignedUp(aunt, shift);
        await world.At(Start.AddMinutes(3));
        (aunt, uncle) = (await world.Now(aunt), await world.Now(uncle));
        Assert.Equal(HttpStatusCode.OK, (await world.Staff.Get($"places/{place}/venue-code")).Status);
        (await world.Staff.Get($"places/{shift}/venue-code")).Refused(HttpStatusCode.NotFound, "place.unknown");
        var scene = await world.App.Read(Seeding.CommunityId, db => db.Set<CodeScene>().Select(s => s.Scene).SingleAsync());
        (await aunt.Post("check-in/venue-tickets", new { scene = "nothing" })).Refused(HttpStatusCode.NotFound, "code.unknown");
        (await uncle.Post("check-in/venue-tickets", new { scene })).Refused(HttpStatusCode.Conflict, "check_in.nothing_at_venue");
        var ticket = Assert.Single((await aunt.Post("check-in/venue-tickets", new { scene })).Ok<OpenTicket.VenueResponse>().Tickets).Ticket;
        Assert.Equal(Did.In, (await DoorDesk.Use(aunt, ticket)).Person().Did);
        (await DoorDesk.Use(uncle, Assert.Single((await aunt.Post("check-in/venue-tickets", new { scene })).Ok<OpenTicket.VenueResponse>().Tickets).Ticket)).Refused(HttpStatusCode.Conflict, "check_in.no_place");
        Assert.Equal((CheckWay.VenueCode, EvidenceGrade.B), Assert.Single(await world.Attendances(shift)) is var a ? (a.CheckedInWay, a.Grade) : default);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Where_the_phone_was_is_kept_coarsely_with_consent_not_of_children_and_for_a_month(DatabaseKind database)
    {
        await using var world = await World.Start(database);
        var shift = (await world.Published(null, world.Shift(capacity: 5) with { Latitude = 30.5000, Longitude = 104.0000, RadiusMetres = 300 })).Shifts[0].Id;
        var ((aunt, _), (uncle, _)) = (await world.Neighbour("王阿姨"), await world.Neighbour("李叔"));
        await World.SignedUp(aunt, shift);
        await World.SignedUp(uncle, shift);
        await world.At(Start);
        var mine = (await world.Scan(aunt, shift)).Person().AttendanceId;
        (aunt, uncle) = (await world.Now(aunt), await world.Now(uncle));
        object Point(double latitude, bool agrees = true) => new { latitude, longitude = 104.0, agrees };
        (await aunt.Post($"attendances/{mine}/fix", Point(30.5, agrees: false))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await uncle.Post($"attendances/{mine}/fix", Point(30.5))).Refused(HttpStatusCode.NotFound, "attendance.unknown");
        Assert.True((await aunt.Post($"attendances/{mine}/fix", Point(30.5020))).Ok<GiveFix.Response>().IsKept);
        Assert.False((await aunt.Post($"attendances/{mine}/fix", Point(30.5))).Ok<GiveFix.Response>().IsKept);
        Assert.Equal((300, true), await world.App.Read(Seeding.CommunityId, async db => await db.Set<AttendanceFix>().SingleAsync() is var f ? (f.DistanceMetres, f.IsNear) : default));
        var line = (await world.Leader.Get($"shifts/{shift}/attendance")).Ok<LiveRoster.Response>().Lines.Items.Single(l => l.AttendanceId == mine);
        Assert.True(line.IsNear);
        var theirs = (await world.Scan(uncle, shift)).Person().AttendanceId;
        await world.App.Write(Seeding.CommunityId, db => db.Add(new Phoenix.App.Identity.Details.BirthDate { PersonId = uncle.PersonId, Day = Phoenix.App.Identity.Details.BirthDate.Seal(world.App.Services.GetRequiredService<KeyRing>(), uncle.PersonId, new(2013, 1, 1)), SaidAt = Start }));
        Assert.False((await uncle.Post($"attendances/{theirs}/fix", Point(30.5))).Ok<GiveFix.Response>().IsKept);
        await world.At(Start + AttendanceFix.Retention);
        await world.App.Sweep("attendance.purge_fixes");
        Assert.Equal(1, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceFix>().CountAsync()));
        await world.At(Start + AttendanceFix.Retention + TimeSpan.FromMilliseconds(1));
        await world.App.Sweep("attendance.purge_fixes");
        Assert.Equal(0, await world.App.Read(Seeding.CommunityId, db => db.Set<AttendanceFix>().CountAsync()));
    }

    private static Task<int> Looks(World world) => world.App.Read(Seeding.CommunityId, db => db.Set<App.Community.Audit.AuditEntry>().CountAsync(e => e.Subject.StartsWith("shift:")));

    // Both written from the published derivations alone, as the mini program does it.
    private static string MyCode(IssueDeviceSecret.Response secret, DateTimeOffset at)
    {
        var step = at.ToUnixTimeSeconds() / secret.StepSeconds;
        var mac = HMACSHA256.HashData(Base64Url.DecodeFromChars(secret.Secret), Encoding.UTF8.GetBytes($"phoenix/personal\ncheck-in\nleader\n1\n{secret.DeviceId:N}\n{step}"))[..16];
        return $"{secret.LinkPrefix}check-in.1.{Base64Url.EncodeToString(secret.DeviceId.ToByteArray(bigEndian: true))}.{step}.{Base64Url.EncodeToString(mac)}";
    }

    private static string DoorCodeOf(RotatingKey key, DateTimeOffset at)
    {
        var step = at.ToUnixTimeSeconds() / key.StepSeconds;
        return $"{key.Prefix}{step}.{Base64Url.EncodeToString(HMACSHA256.HashData(Base64Url.DecodeFromChars(key.Key), Encoding.UTF8.GetBytes($"{key.Message}{step}")).AsSpan(0, 16))}";
    }
}
