using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Roles;
using Phoenix.App.Identity.Units;
using Phoenix.App.Identity.Volunteers;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Text;

namespace Phoenix.App.Tests.Identity;

/// <summary>Units: staff enter them, people join by code or confirm a proposal, the unit sees those who let it, records name the primary one.</summary>
public sealed class UnitTests
{
    private const string Why = "工作需要";

    [Fact]
    public void Chinese_names_stand_in_the_order_of_their_pinyin()
    {
        string[] inOrder = ["3M公司", "a组", "B组", "爱心社", "北京银行", "成都银行", "凤凰食堂", "凤凰书店", "王氏诊所", "永安镇中学", "𠮷野家"];
        Assert.Equal(inOrder, inOrder.Reverse().OrderBy(ChineseOrder.KeyOf, StringComparer.Ordinal));
        Assert.All(inOrder, name => Assert.True(ChineseOrder.KeyOf(name).Length <= ChineseOrder.MaxKeyLength(name.Length)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_enter_rename_and_close_units_that_stand_in_alphabetical_order(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, (resident, _)) = (await app.Staff(), await app.Member("王阿姨"));
        var ids = new List<Guid>();
        foreach (var name in (string[])["永安镇中学", "成都银行", "  爱心 \t 社  "])
            ids.Add((await Enter(staff, name)).Id);
        (await staff.Post("units", new { name = "成都银行", kind = "other" })).Refused(HttpStatusCode.Conflict, "unit.name_taken");
        (await staff.Post("units", new { name = " 行 ", kind = "other" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await staff.Put($"units/{ids[0]}", new { name = "成都银行", kind = "firm" })).Refused(HttpStatusCode.Conflict, "unit.name_taken");

        var first = (await resident.Get("units?limit=2")).Ok<Page<ListUnits.Item>>();
        Assert.Equal(["爱心 社", "成都银行"], first.Items.Select(u => u.Name));
        Assert.Equal(["永安镇中学"], (await resident.Get($"units?limit=2&cursor={first.Next}")).Ok<Page<ListUnits.Item>>().Items.Select(u => u.Name));
        Assert.Equal("北京银行", (await staff.Put($"units/{ids[0]}", new { name = "北京银行", kind = "firm" })).Ok<ListUnits.Item>().Name);
        Assert.Equal(["爱心 社", "北京银行", "成都银行"], await Names(resident));

        (await staff.In(TestDatabases.OtherCommunity).Put($"units/{ids[0]}", new { name = "别家", kind = "firm" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var neighbour = (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).In(TestDatabases.OtherCommunity);
        (await neighbour.Put($"units/{ids[0]}", new { name = "别家", kind = "firm" })).Refused(HttpStatusCode.NotFound, "unit.unknown");
        (await neighbour.Post("units", new { name = "北京银行", kind = "firm" })).Ok<ListUnits.Item>();

        Assert.NotNull((await staff.Post($"units/{ids[1]}/closure", new { reason = Why })).Ok<ListUnits.Item>().ClosedAt);
        (await staff.Post($"units/{ids[1]}/closure", new { reason = Why })).Refused(HttpStatusCode.Conflict, "unit.closed");
        (await staff.Put($"units/{ids[1]}", new { name = "成都银行", kind = "firm" })).Refused(HttpStatusCode.Conflict, "unit.closed");
        await Enter(staff, "成都银行");
        Assert.Equal(["爱心 社", "北京银行", "成都银行"], await Names(resident));
        Assert.Equal(ids[1], Assert.Single((await staff.Get("units?closed=true")).Ok<Page<ListUnits.Item>>().Items).Id);
        Assert.Equal(3, (await resident.Get("units?closed=true")).Ok<Page<ListUnits.Item>>().Items.Count);
        (await resident.Get($"units?cursor={first.Next![..4]}")).Refused(HttpStatusCode.BadRequest, "page.bad");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Two_who_enter_one_name_at_once_make_one_unit(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (one, two) = (await app.Staff(), await app.Staff());
        var both = await Task.WhenAll(one.Post("units", new { name = "成都银行", kind = "firm" }), two.Post("units", new { name = "成都银行", kind = "firm" }));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "unit.name_taken");
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<Unit>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_contact_speaks_for_their_unit_only_and_has_the_role_while_there_is_one(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((staff, own), (contact, id)) = (await app.Member("李主任", Role.Staff), await app.Member("陈经理"));
        var (bank, school) = ((await Enter(staff, "成都银行")).Id, (await Enter(staff, "永安镇中学")).Id);
        (await contact.Post($"units/{bank}/join-code", new { })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await staff.Post($"units/{bank}/contacts", new { memberId = own, reason = Why })).Refused(HttpStatusCode.Conflict, "role.own");
        (await staff.Post($"units/{bank}/contacts", new { memberId = app.NewRequestId(), reason = Why })).Refused(HttpStatusCode.NotFound, "member.unknown");
        (await staff.Post($"units/{app.NewRequestId()}/contacts", new { memberId = id, reason = Why })).Refused(HttpStatusCode.NotFound, "unit.unknown");
        (await staff.Post($"units/{bank}/contacts/removal", new { memberId = id, reason = Why })).Refused(HttpStatusCode.NotFound, "unit.not_contact");

        await NameContact(staff, bank, id);
        await NameContact(staff, bank, id);
        await NameContact(staff, school, id);
        Assert.True(await HasRole(app, contact));
        (await staff.Post($"units/{bank}/contacts/removal", new { memberId = id, reason = Why })).Ok<NameUnitContact.Response>();
        Assert.True(await HasRole(app, contact));
        (await contact.Post($"units/{bank}/join-code", new { })).Refused(HttpStatusCode.NotFound, "unit.unknown");
        (await contact.Get($"units/{bank}/members")).Refused(HttpStatusCode.NotFound, "unit.unknown");
        (await contact.Post($"units/{bank}/members/removal", new { membershipId = app.NewRequestId(), reason = Why })).Refused(HttpStatusCode.NotFound, "unit.unknown");
        (await contact.Post($"units/{school}/join-code", new { })).Ok<JoinCodeShown>();
        Assert.Equal(["永安镇中学"], (await contact.Get("contact-units")).Ok<List<ListContactUnits.Item>>().Select(u => u.Name));

        (await staff.Post($"units/{school}/closure", new { reason = Why })).Ok<ListUnits.Item>();
        Assert.False(await HasRole(app, contact));
        (await contact.Post($"units/{school}/join-code", new { })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var log = (await staff.Get($"audit-entries?person={contact.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items.Select(e => e.Action);
        Assert.Equal(["role.withdrawn", "unit.contact_removed", "unit.code_made", "unit.contact_removed", "unit.contact_named", "role.granted", "unit.contact_named"], log);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_join_code_works_until_its_time_and_for_so_many(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, contact, bank) = await UnitWithContact(app);
        var people = new List<TestCaller>();
        for (var i = 0; i < 5; i++)
            people.Add((await app.Member($"居民{i}")).Caller);
        (await contact.Post($"units/{bank}/join-code", new { validDays = 31 })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await contact.Post($"units/{bank}/join-code", new { uses = 0 })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var old = await Code(contact, bank, 1);
        var request = app.NewRequestId();
        var made = (await contact.Post($"units/{bank}/join-code", new { uses = 2 }, request)).Ok<JoinCodeShown>();
        Assert.Equal(made, (await contact.Post($"units/{bank}/join-code", new { uses = 2 }, request)).Ok<JoinCodeShown>());
        Assert.DoesNotContain(made.Code, string.Concat(await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().Select(r => r.Response!).ToListAsync())), StringComparison.Ordinal);
        (await Join(people[0], old)).Refused(HttpStatusCode.Conflict, "join_code.wrong");
        (await people[0].In(TestDatabases.OtherCommunity).Post("unit-memberships", new { code = made.Code })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        var elsewhere = (await app.Person(TestDatabases.OtherCommunity, Role.Member)).In(TestDatabases.OtherCommunity);
        (await Join(elsewhere, made.Code)).Refused(HttpStatusCode.Conflict, "join_code.wrong");

        var joined = (await Join(people[0], $" {made.Code[..4].ToLowerInvariant()}-{made.Code[4..]} ")).Ok<ListMyUnits.Item>();
        Assert.Equal(("成都银行", false, true), (joined.Name, joined.SharesHours, joined.IsPrimary));
        (await Join(people[0], made.Code)).Refused(HttpStatusCode.Conflict, "unit.already_member");
        // One use is left, for one of three who come at once; the refusal above took none.
        var three = await Task.WhenAll(people.Skip(1).Take(3).Select(p => Join(p, made.Code)));
        Assert.Single(three, a => a.Status == HttpStatusCode.OK);
        Assert.All(three.Where(a => a.Status != HttpStatusCode.OK), a => a.Refused(HttpStatusCode.Conflict, "join_code.wrong"));
        Assert.Equal(2, await app.Read(Seeding.CommunityId, db => db.Set<UnitMember>().CountAsync()));

        var week = (await contact.Post($"units/{bank}/join-code", new { validDays = 7, uses = 9 })).Ok<JoinCodeShown>();
        Assert.Equal(PhoenixApp.DefaultStart.AddDays(7), week.ExpiresAt);
        app.Time.SetUtcNow(week.ExpiresAt);
        (await Join(await app.Later(people[4]), week.Code)).Refused(HttpStatusCode.Conflict, "join_code.wrong");
        var next = await Code(await app.Later(contact), bank, 1);
        app.Time.SetUtcNow(week.ExpiresAt.AddDays(7).AddSeconds(-1));
        (await Join(await app.Later(people[4]), next)).Ok<ListMyUnits.Item>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_proposal_binds_nobody_until_the_person_confirms_in_time(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (_, contact, bank) = await UnitWithContact(app);
        var ((volunteer, _), (other, _)) = (await app.Member("王阿姨"), await app.Member("张姐"));
        await app.Write(Seeding.CommunityId, db => db.AddRange(
            new Volunteer { CommunityId = Seeding.CommunityId, PersonId = volunteer.PersonId, Number = "2026000001", RegisteredAt = PhoenixApp.DefaultStart },
            new Volunteer { CommunityId = Seeding.CommunityId, PersonId = other.PersonId, Number = "2026000002", RegisteredAt = PhoenixApp.DefaultStart }));
        (await Propose(contact, bank, "2026000009")).Refused(HttpStatusCode.NotFound, "unit.volunteer_unknown");
        (await Propose(contact, bank, "20260000")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var answer = await Propose(contact, bank, "2026000001");
        Assert.DoesNotContain("王阿姨", answer.Text, StringComparison.Ordinal);
        var proposal = answer.Ok<ProposeUnitMember.Item>();
        (await Propose(contact, bank, "2026000001")).Refused(HttpStatusCode.Conflict, "unit.already_proposed");
        Assert.Equal(proposal, Assert.Single((await contact.Get($"units/{bank}/proposals")).Ok<Page<ProposeUnitMember.Item>>().Items));
        Assert.Empty((await contact.Get($"units/{bank}/members")).Ok<Page<ListUnitMembers.Item>>().Items);
        Assert.Null(Assert.Single(await Mine(volunteer)).JoinedAt);
        (await volunteer.Put($"unit-memberships/{proposal.Id}/sharing", new { sharesHours = true })).Refused(HttpStatusCode.Conflict, "unit_membership.not_confirmed");
        (await volunteer.Post($"unit-memberships/{proposal.Id}/primary")).Refused(HttpStatusCode.Conflict, "unit_membership.not_confirmed");
        (await other.Post($"unit-memberships/{proposal.Id}/confirmation")).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");
        (await contact.Post($"unit-memberships/{proposal.Id}/confirmation")).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");

        (await volunteer.Delete($"unit-memberships/{proposal.Id}")).Ok<ChangeMyUnit.Response>();
        Assert.Empty(await Mine(volunteer));
        (await volunteer.Post($"unit-memberships/{proposal.Id}/confirmation")).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");
        var again = (await Propose(contact, bank, "2026000001")).Ok<ProposeUnitMember.Item>();
        app.Time.SetUtcNow(again.EndsAt.AddSeconds(-1));
        Assert.NotNull((await (await app.Later(volunteer)).Post($"unit-memberships/{again.Id}/confirmation")).Ok<ListMyUnits.Item>().JoinedAt);
        (await (await app.Later(volunteer)).Post($"unit-memberships/{again.Id}/confirmation")).Refused(HttpStatusCode.Conflict, "unit.already_member");

        var late = (await Propose(await app.Later(contact), bank, "2026000002")).Ok<ProposeUnitMember.Item>();
        app.Time.SetUtcNow(late.EndsAt);
        (await (await app.Later(other)).Post($"unit-memberships/{late.Id}/confirmation")).Refused(HttpStatusCode.Gone, "unit_membership.proposal_over");
        Assert.Empty(await Mine(await app.Later(other)));
        Assert.Empty((await (await app.Later(contact)).Get($"units/{bank}/proposals")).Ok<Page<ProposeUnitMember.Item>>().Items);
        (await Propose(await app.Later(contact), bank, "2026000002")).Ok<ProposeUnitMember.Item>();
        (await (await app.Later(other)).Post($"unit-memberships/{late.Id}/confirmation")).Ok<ListMyUnits.Item>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_unit_sees_those_who_let_it_and_nobody_else(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, contact, bank) = await UnitWithContact(app);
        var ((open, openId), (shy, _)) = (await app.Member("王阿姨"), await app.Member("张姐"));
        var code = await Code(contact, bank, 5);
        var mine = (await open.Post("unit-memberships", new { code, sharesHours = true })).Ok<ListMyUnits.Item>();
        var hers = (await Join(shy, code)).Ok<ListMyUnits.Item>();
        Assert.Equal((true, false), (mine.SharesHours, hers.SharesHours));
        Assert.Equal([openId], (await contact.Get($"units/{bank}/members")).Ok<Page<ListUnitMembers.Item>>().Items.Select(m => m.MemberId));
        Assert.Equal(2, (await staff.Get($"units/{bank}/members")).Ok<Page<ListUnitMembers.Item>>().Items.Count);
        Assert.Equal((2, 1), (await contact.Get("contact-units")).Ok<List<ListContactUnits.Item>>().Select(u => (u.Members, u.Sharing)).Single());
        Assert.Equal([open.PersonId], await Units(app, u => u.Consenting(bank, CancellationToken.None)));
        (await contact.Post($"units/{bank}/members/removal", new { membershipId = hers.Id, reason = Why })).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");
        (await shy.Put($"unit-memberships/{mine.Id}/sharing", new { sharesHours = false })).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");

        Assert.False((await open.Put($"unit-memberships/{mine.Id}/sharing", new { sharesHours = false })).Ok<ListMyUnits.Item>().SharesHours);
        Assert.Empty((await contact.Get($"units/{bank}/members")).Ok<Page<ListUnitMembers.Item>>().Items);
        Assert.Empty(await Units(app, u => u.Consenting(bank, CancellationToken.None)));
        (await open.Put($"unit-memberships/{mine.Id}/sharing", new { sharesHours = true })).Ok<ListMyUnits.Item>();
        (await open.Put($"unit-memberships/{mine.Id}/sharing", new { sharesHours = true })).Ok<ListMyUnits.Item>();
        (await contact.Post($"units/{bank}/members/removal", new { membershipId = mine.Id, reason = "离职" })).Ok<ChangeMyUnit.Response>();
        Assert.Empty(await Units(app, u => u.Consenting(bank, CancellationToken.None)));
        var log = (await staff.Get($"audit-entries?person={open.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items.Select(e => e.Action);
        Assert.Equal(["unit.member_removed", "unit.hours_shared", "unit.hours_hidden", "unit.hours_shared", "unit.joined"], log);
        await Assert.ThrowsAsync<DbUpdateException>(() => app.Write(Seeding.CommunityId, db => db.Add(new UnitMember
        {
            CommunityId = Seeding.CommunityId,
            Id = app.NewRequestId(),
            UnitId = bank,
            PersonId = open.PersonId,
            ProposedAt = PhoenixApp.DefaultStart,
            SharesHoursSince = PhoenixApp.DefaultStart,
        })));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Records_name_the_unit_that_was_primary_on_their_day(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, contact, bank) = await UnitWithContact(app);
        var school = (await Enter(staff, "永安镇中学")).Id;
        await NameContact(staff, school, await MemberOf(app, contact));
        var (resident, _) = await app.Member("王阿姨");
        var first = (await Join(resident, await Code(contact, bank, 1))).Ok<ListMyUnits.Item>();
        var second = (await Join(resident, await Code(contact, school, 1))).Ok<ListMyUnits.Item>();
        Assert.Equal((true, false), (first.IsPrimary, second.IsPrimary));
        var (monday, tuesday) = (new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 24));
        Task<UnitSnapshot?> On(DateOnly day) => Units(app, u => u.SnapshotOf(resident.PersonId, day, CancellationToken.None));
        Assert.Null(await On(monday.AddDays(-1)));
        Assert.Equal(new UnitSnapshot(bank, "成都银行"), await On(monday));

        // 16:00 UTC is the next day in Chengdu: one millisecond before it, the change is Monday's.
        app.Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero).AddMilliseconds(-1));
        Assert.True((await (await app.Later(resident)).Post($"unit-memberships/{second.Id}/primary")).Ok<ListMyUnits.Item>().IsPrimary);
        (await (await app.Later(resident)).Post($"unit-memberships/{second.Id}/primary")).Ok<ListMyUnits.Item>();
        Assert.Equal("永安镇中学", (await On(monday))!.Name);
        app.Time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
        (await (await app.Later(resident)).Delete($"unit-memberships/{second.Id}")).Ok<ChangeMyUnit.Response>();
        (await (await app.Later(resident)).Delete($"unit-memberships/{second.Id}")).Refused(HttpStatusCode.NotFound, "unit_membership.unknown");
        Assert.Equal("永安镇中学", (await On(tuesday))!.Name);
        Assert.Equal("成都银行", (await On(tuesday.AddDays(1)))!.Name);
        Assert.True(Assert.Single(await Mine(await app.Later(resident))).IsPrimary);
        app.Time.Advance(TimeSpan.FromSeconds(1));
        (await (await app.Later(staff)).Post($"units/{bank}/closure", new { reason = Why })).Ok<ListUnits.Item>();
        Assert.Equal(("永安镇中学", "成都银行"), ((await On(tuesday))!.Name, (await On(tuesday.AddDays(1)))!.Name));
        Assert.Null(await On(tuesday.AddDays(2)));
        Assert.Empty(await Mine(await app.Later(resident)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_leaving_colleague_s_units_go_to_the_successor(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((leaver, from), (successor, to)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐"));
        var staff = await app.Staff();
        var team = (await Enter(staff, "巡逻队")).Id;
        await NameContact(staff, team, from);
        var code = await Code(leaver, team, 3);
        var waiting = (await leaver.Post("hand-over", new { memberId = from, successorId = to, reason = "退休" })).Ok<HandOver.Response>().ApprovalId;
        (await staff.Post($"approvals/{waiting}/decision", new { approve = true })).Ok<Phoenix.App.Community.Approvals.ListApprovals.Item>();
        Assert.Equal((false, true), (await HasRole(app, leaver), await HasRole(app, successor)));
        Assert.Equal(["巡逻队"], (await successor.Get("contact-units")).Ok<List<ListContactUnits.Item>>().Select(u => u.Name));
        (await Join(leaver, code)).Refused(HttpStatusCode.Conflict, "join_code.wrong");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_child_under_14_joins_but_shows_no_hours_on_its_own_word_and_looks_at_minors_are_logged(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, contact, bank) = await UnitWithContact(app);
        var ((child, _), (teen, _)) = (await app.Member("小明"), await app.Member("小红"));
        var keys = app.Services.GetRequiredService<KeyRing>();
        // Fourteen tomorrow, and fourteen today.
        await app.Write(Seeding.CommunityId, db => db.AddRange(
            new BirthDate { PersonId = child.PersonId, Day = BirthDate.Seal(keys, child.PersonId, new DateOnly(2012, 11, 24)), SaidAt = PhoenixApp.DefaultStart },
            new BirthDate { PersonId = teen.PersonId, Day = BirthDate.Seal(keys, teen.PersonId, new DateOnly(2012, 11, 23)), SaidAt = PhoenixApp.DefaultStart }));
        var code = await Code(contact, bank, 5);
        (await child.Post("unit-memberships", new { code, sharesHours = true })).Refused(HttpStatusCode.Conflict, "unit_membership.sharing_too_young");
        var place = (await Join(child, code)).Ok<ListMyUnits.Item>().Id;
        (await child.Put($"unit-memberships/{place}/sharing", new { sharesHours = true })).Refused(HttpStatusCode.Conflict, "unit_membership.sharing_too_young");
        Assert.True((await teen.Post("unit-memberships", new { code, sharesHours = true })).Ok<ListMyUnits.Item>().SharesHours);
        Assert.Equal(2, (await staff.Get($"units/{bank}/members")).Ok<Page<ListUnitMembers.Item>>().Items.Count);
        Assert.Equal(2, (await staff.Get("audit-entries?action=minor.looked_at")).Ok<Page<ListAuditEntries.Item>>().Items.Count(e => e.ActorId == staff.PersonId));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_goes_gets_their_data_and_is_in_no_unit_any_more(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, contact, bank) = await UnitWithContact(app);
        var school = (await Enter(staff, "永安镇中学")).Id;
        await NameContact(staff, school, await MemberOf(app, contact));
        foreach (var unit in (Guid[])[bank, school])
            (await Join(contact, await Code(contact, unit, 1))).Ok<ListMyUnits.Item>();
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        var data = scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.GetType().Namespace == typeof(Unit).Namespace);
        var sections = await data.Export(contact.PersonId, CancellationToken.None);
        Assert.Equal([["成都银行", "2026-11-23", "", "否"], ["永安镇中学", "2026-11-23", "", "否"]], sections.Single(s => s.Title == "我的单位").Rows);
        Assert.Equal(2, sections.Single(s => s.Title == "我联系的单位").Rows.Count);
        await data.Erase(contact.PersonId, Departure.Account, CancellationToken.None);
        await data.Erase(contact.PersonId, Departure.Account, CancellationToken.None);
        Assert.False(await HasRole(app, contact));
        Assert.Equal((2, 2, 1), await app.Read(Seeding.CommunityId, async db => (
            await db.Set<UnitMember>().CountAsync(m => m.EndedAt != null), await db.Set<UnitMember>().CountAsync(), await db.Set<UnitPrimary>().CountAsync())));
    }

    private static async Task<(TestCaller Staff, TestCaller Contact, Guid Bank)> UnitWithContact(PhoenixApp app)
    {
        var (staff, (contact, id)) = (await app.Staff(), await app.Member("陈经理"));
        var bank = (await Enter(staff, "成都银行")).Id;
        await NameContact(staff, bank, id);
        return (staff, contact, bank);
    }

    private static async Task<ListUnits.Item> Enter(TestCaller staff, string name) => (await staff.Post("units", new { name, kind = "firm" })).Ok<ListUnits.Item>();

    private static async Task NameContact(TestCaller staff, Guid unit, Guid memberId) =>
        (await staff.Post($"units/{unit}/contacts", new { memberId, reason = Why })).Ok<NameUnitContact.Response>();

    private static async Task<string> Code(TestCaller contact, Guid unit, int uses) => (await contact.Post($"units/{unit}/join-code", new { uses })).Ok<JoinCodeShown>().Code;

    private static Task<Answer> Join(TestCaller resident, string code) => resident.Post("unit-memberships", new { code });

    private static Task<Answer> Propose(TestCaller contact, Guid unit, string volunteerNumber) => contact.Post($"units/{unit}/proposals", new { volunteerNumber });

    private static async Task<List<ListMyUnits.Item>> Mine(TestCaller resident) => (await resident.Get("unit-memberships")).Ok<List<ListMyUnits.Item>>();

    private static async Task<IEnumerable<string>> Names(TestCaller caller) => (await caller.Get("units")).Ok<Page<ListUnits.Item>>().Items.Select(u => u.Name);

    private static Task<bool> HasRole(PhoenixApp app, TestCaller caller) =>
        app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().AnyAsync(g => g.PersonId == caller.PersonId && g.Role == Role.UnitContact));

    private static Task<Guid> MemberOf(PhoenixApp app, TestCaller caller) =>
        app.Read(Seeding.CommunityId, db => db.Set<Phoenix.App.Identity.Members.Member>().Where(m => m.PersonId == caller.PersonId).Select(m => m.Id).SingleAsync());

    private static async Task<T> Units<T>(PhoenixApp app, Func<IUnits, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        return await ask(scope.ServiceProvider.GetRequiredService<IUnits>());
    }
}
