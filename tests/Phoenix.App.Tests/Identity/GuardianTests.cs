using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Identity.Volunteers;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>Hard rule 8 about minors: who consents when, who may act for whom, and that every look of staff is noted.</summary>
public sealed class GuardianTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_guardian_adds_a_child_who_can_take_part_at_once_and_only_they_act_for_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, _), (stranger, _), id) = (await app.Notice(), await app.Member("王妈妈"), await app.Member("陌生人"), app.NewRequestId());
        (await mother.AddChild(app.NewRequestId(), "2019-05-01")).Refused(HttpStatusCode.Conflict, "minor.notice_not_current");
        (await mother.AddChild(notice, "2008-11-23")).Refused(HttpStatusCode.Conflict, "child.age_wrong");
        (await mother.AddChild(notice, "2026-11-24")).Refused(HttpStatusCode.Conflict, "child.age_wrong");
        var child = (await mother.AddChild(notice, "2019-05-01", requestId: id)).Ok<ChildView>();
        Assert.Equal((7, ConsentState.Valid, true, false), (child.Age, child.Consent, child.NeedsCompany, child.HasWeChat));
        Assert.Equal(child.MemberId, (await mother.AddChild(notice, "2019-05-01", requestId: id)).Ok<ChildView>().MemberId);
        (await mother.AddChild(notice, "2019-05-01")).Refused(HttpStatusCode.Conflict, "child.already");
        Assert.Equal(child.MemberId, Assert.Single(await mother.Children()).MemberId);
        Assert.Empty(await stranger.Children());

        var person = await app.PersonOf(child.MemberId);
        Assert.True(await app.People(p => p.MayActFor(mother.PersonId, person, FamilyRights.All, default)));
        Assert.False(await app.People(p => p.MayActFor(stranger.PersonId, person, FamilyRights.Notices, default)));
        Assert.Equal([person, mother.PersonId], await app.People(p => p.NoticesGoTo(person, default)));
        Assert.Equal((child.MemberId, true), (await app.People(p => p.ActsFor(mother.PersonId, default))).Select(a => (a.Member.MemberId, a.IsChild)).Single());
        Assert.Null(await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 23), default)));
        (await stranger.Post($"children/{child.MemberId}/consent/withdrawal", new { documentId = notice })).Refused(HttpStatusCode.NotFound, "child.unknown");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Member)).Delete($"children/{child.MemberId}/guardianship")).Refused(HttpStatusCode.NotFound, "child.unknown");
        Assert.DoesNotContain("2019-05-01", await app.Dump(), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task At_fourteen_both_consent_anew_from_the_first_second_of_the_birthday(DatabaseKind database)
    {
        // One second before midnight of the 14th birthday, in Chengdu.
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 23, 15, 59, 59, TimeSpan.Zero));
        var (notice, (mother, _), (staff, _)) = (await app.Notice(), await app.Member("王妈妈", Role.Staff), await app.Member("李社工", Role.SocialWorker));
        var child = (await mother.AddChild(notice, "2012-11-24")).Ok<ChildView>();
        var person = await app.PersonOf(child.MemberId);
        Assert.Equal((13, ConsentState.Valid), (child.Age, child.Consent));
        Assert.Equal("minor.consent_needed", (await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 24), default)))?.Code);
        (await staff.Post($"members/{child.MemberId}/own-consent", new { documentId = notice, reason = "当面同意" })).Refused(HttpStatusCode.Conflict, "minor.own_consent_not_needed");

        app.Time.Advance(TimeSpan.FromSeconds(1));
        await app.Sweep("identity.come-of-age");
        await app.Sweep("identity.come-of-age");
        Assert.Contains("满 14 周岁", Assert.Single(await app.Told(mother.PersonId)), StringComparison.Ordinal);
        Assert.Equal((14, ConsentState.BothNeeded), (await mother.Children()).Select(c => (c.Age, c.Consent)).Single());
        Assert.Equal("minor.consent_needed", (await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 24), default)))?.Code);
        Assert.Equal(ConsentState.ChildNeeded, (await mother.Post($"children/{child.MemberId}/consent", new { documentId = notice })).Ok<ChildView>().Consent);

        // Without a phone the child says it before staff, who aren't its guardian.
        (await mother.Post($"members/{child.MemberId}/own-consent", new { documentId = notice, reason = "当面同意" })).Refused(HttpStatusCode.Conflict, "family.own");
        Assert.Equal(ConsentState.Valid, (await staff.Post($"members/{child.MemberId}/own-consent", new { documentId = notice, reason = "当面同意" })).Ok<ConsentForMyself.Response>().Consent);
        Assert.Null(await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 24), default)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task At_eighteen_the_link_is_over_by_the_day_and_the_sweep_notes_it_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database, at: new(2026, 11, 23, 15, 59, 59, TimeSpan.Zero));
        var (notice, (mother, _)) = (await app.Notice(), await app.Member("王妈妈"));
        var (older, younger) = ((await mother.AddChild(notice, "2008-11-24")).Ok<ChildView>(), (await mother.AddChild(notice, "2008-11-25", "小红")).Ok<ChildView>());
        var person = await app.PersonOf(older.MemberId);
        Assert.True(await app.People(p => p.MayActFor(mother.PersonId, person, FamilyRights.SignUp, default)));
        await app.Sweep("identity.come-of-age");
        Assert.Equal(2, (await mother.Children()).Count);

        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(younger.MemberId, Assert.Single(await mother.Children()).MemberId);
        Assert.False(await app.People(p => p.MayActFor(mother.PersonId, person, FamilyRights.SignUp, default)));
        Assert.Equal([person], await app.People(p => p.NoticesGoTo(person, default)));
        Assert.Empty(await app.People(p => p.MinorsAmong([person], new DateOnly(2026, 11, 24), default)));
        (await mother.Get($"children/{older.MemberId}/personal-data")).Refused(HttpStatusCode.NotFound, "child.unknown");
        await app.Sweep("identity.come-of-age");
        await app.Sweep("identity.come-of-age");
        var links = await app.Read(Seeding.CommunityId, db => db.Set<Guardianship>().Where(g => g.EndedAt != null).ToListAsync());
        Assert.Equal((person, GuardianshipEnd.CameOfAge), links.Select(l => (l.ChildId, l.EndReason!.Value)).Single());
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<AuditEntry>().CountAsync(e => e.Action == "guardian.ended")));
        Assert.Single(await app.Told(mother.PersonId), t => t.Contains("满 18 周岁", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Who_was_born_on_29_February_is_older_on_the_last_day_of_February(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, _)) = (await app.Notice(), await app.Member("王妈妈"));
        var person = await app.PersonOf((await mother.AddChild(notice, "2012-02-29")).Ok<ChildView>().MemberId);
        foreach (var (day, age) in ((string, int?)[])[("2012-02-28", null), ("2012-02-29", 0), ("2026-02-27", 13), ("2026-02-28", 14), ("2028-02-28", 15), ("2028-02-29", 16), ("2030-02-27", 17), ("2030-02-28", 18)])
            Assert.Equal(age, await app.People(p => p.AgeOn(person, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), default)));
        Assert.Null(await app.People(p => p.AgeOn(mother.PersonId, new DateOnly(2026, 11, 23), default)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_second_guardian_comes_by_code_and_the_no_of_either_stands(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, motherId), (father, _), (third, _)) = (await app.Notice(), await app.Member("王妈妈"), await app.Member("王爸爸"), await app.Member("外婆"));
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        (await mother.Delete($"children/{child.MemberId}/guardianship")).Refused(HttpStatusCode.Conflict, "guardian.last");
        var code = (await mother.Post($"children/{child.MemberId}/guardian-code")).Ok<FamilyCodeShown>();
        Assert.DoesNotContain(code.Code, await app.Dump(), StringComparison.Ordinal);
        (await mother.Post("guardianships", Become(code.Code, notice))).Refused(HttpStatusCode.Conflict, "family.already");
        var both = await Task.WhenAll(father.Post("guardianships", Become(code.Code.ToLowerInvariant(), notice)), third.Post("guardianships", Become(code.Code, notice)));
        var second = Assert.Single(both, a => a.Status == HttpStatusCode.OK) == both[0] ? father : third;
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "family.code_wrong");
        (await mother.Post($"children/{child.MemberId}/guardian-code")).Refused(HttpStatusCode.Conflict, "guardian.too_many");

        Assert.Equal(ConsentState.GuardianNeeded, (await second.Post($"children/{child.MemberId}/consent/withdrawal", new { documentId = notice })).Ok<ChildView>().Consent);
        var person = await app.PersonOf(child.MemberId);
        Assert.NotNull(await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 23), default)));
        Assert.Equal(ConsentState.GuardianNeeded, (await mother.Post($"children/{child.MemberId}/consent", new { documentId = notice })).Ok<ChildView>().Consent);
        Assert.Equal(ConsentState.Valid, (await second.Post($"children/{child.MemberId}/consent", new { documentId = notice })).Ok<ChildView>().Consent);
        (await second.Delete($"children/{child.MemberId}/guardianship")).Ok<EndGuardianship.Response>();
        Assert.Empty(await second.Children());
        (await (await app.Staff()).Post($"members/{child.MemberId}/guardianship-end", new { guardianMemberId = motherId, reason = "法院判决" })).Ok<EndGuardianship.Response>();
        Assert.NotNull(await app.People(p => p.MayTakePart(person, new DateOnly(2026, 11, 23), default)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_fourteen_a_child_joins_by_itself_and_waits_for_a_guardian_and_under_fourteen_not_at_all(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, _), teen, child) = (await app.Notice(), await app.Member("王妈妈"), await app.Person(), await app.Person());
        (await child.Post("membership", new JoinCommunity.Request("小明", null, [notice], new DateOnly(2012, 11, 24)))).Refused(HttpStatusCode.Conflict, "child.guardian_first");
        (await teen.Post("membership", new JoinCommunity.Request("小红", null, [notice], new DateOnly(2012, 11, 23)))).Ok<Membership>();
        (await teen.Post("volunteer")).Refused(HttpStatusCode.Conflict, "minor.consent_needed");
        var code = (await teen.Post("guardian-code")).Ok<FamilyCodeShown>();
        (await teen.Post("guardianships", Become(code.Code, notice))).Refused(HttpStatusCode.Conflict, "family.already");
        app.Time.Advance(FamilyCode.Lifetime);
        (mother, teen) = (app.Fresh(mother), app.Fresh(teen));
        (await mother.Post("guardianships", Become(code.Code, notice))).Refused(HttpStatusCode.Conflict, "family.code_wrong");
        code = (await teen.Post("guardian-code")).Ok<FamilyCodeShown>();
        app.Time.Advance(FamilyCode.Lifetime - TimeSpan.FromMilliseconds(1));
        (mother, teen) = (app.Fresh(mother), app.Fresh(teen));
        Assert.Equal(ConsentState.Valid, (await mother.Post("guardianships", Become(code.Code, notice))).Ok<ChildView>().Consent);
        (await teen.Post("volunteer")).Ok<VolunteerCard>();
        Assert.Equal(new ConsentForMyself.StateResponse(true, ConsentState.Valid), (await teen.Get("consent")).Ok<ConsentForMyself.StateResponse>());
        Assert.Equal(ConsentState.ChildNeeded, (await teen.Post("consent/withdrawal", new { documentId = notice })).Ok<ConsentForMyself.Response>().Consent);
        Assert.Equal(new ConsentForMyself.StateResponse(true, ConsentState.ChildNeeded), (await teen.Get("consent")).Ok<ConsentForMyself.StateResponse>());
        Assert.Equal(new ConsentForMyself.StateResponse(false, ConsentState.Valid), (await mother.Get("consent")).Ok<ConsentForMyself.StateResponse>());
        (await mother.Post("consent", new { documentId = notice })).Refused(HttpStatusCode.Conflict, "minor.own_consent_not_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Every_look_of_staff_at_a_minor_is_noted_and_the_guardian_sees_who(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, motherId), (staff, _)) = (await app.Notice(), await app.Member("王妈妈", Role.SocialWorker), await app.Member("李工作", Role.Staff));
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        (await mother.Get($"members/{child.MemberId}")).Ok<GetMember.Response>();
        Assert.Empty((await mother.Get($"children/{child.MemberId}/looks")).Ok<Page<ListLooks.Item>>().Items);

        Assert.Equal(("小明", 10, motherId), ((await staff.Get($"members/{child.MemberId}")).Ok<GetMember.Response>() is var seen) ? (seen.Name, seen.Minor!.Age, seen.Minor.Guardians.Single().MemberId) : default);
        Assert.Single((await staff.Get("members")).Ok<Page<ListMembers.Item>>().Items, m => m.IsMinor);
        (await staff.Post($"members/{child.MemberId}/reveals", new { field = "birthDate", reason = "核对证件" })).Ok<RevealField.Response>();
        (await staff.Get($"members/{motherId}")).Ok<GetMember.Response>();
        var looks = (await mother.Get($"children/{child.MemberId}/looks")).Ok<Page<ListLooks.Item>>().Items;
        Assert.Equal([("李工作", "出生日期", "核对证件"), ("李工作", "资料页面", null), ("李工作", "资料页面", null)], looks.Select(l => (l.Who, l.What, l.Reason)));
        Assert.Empty((await mother.Get("privacy/looks")).Ok<Page<ListLooks.Item>>().Items);
        (await staff.Get($"children/{child.MemberId}/looks")).Refused(HttpStatusCode.NotFound, "child.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_child_gets_a_WeChat_of_its_own_by_the_guardian_s_code(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, motherId), staff) = (await app.Notice(), await app.Member("王妈妈"), await app.Staff());
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        var tokens = await LogIn(app, "o-ming");
        var (phone, id) = (app.Anyone.With(tokens.AccessToken), app.NewRequestId());
        var code = (await mother.Post($"children/{child.MemberId}/account-code")).Ok<FamilyCodeShown>().Code;
        (await mother.Post("account-binding", new { code })).Refused(HttpStatusCode.Conflict, "account.in_use");
        var bound = await phone.Post("account-binding", new { code }, id);
        Assert.Equal(child.MemberId, bound.Ok<BindAccount.Response>().MemberId);
        Assert.Equal(bound.Text, (await phone.Post("account-binding", new { code }, id)).Text);
        (await phone.Post("account-binding", new { code })).Refused(HttpStatusCode.Unauthorized, "session.over");
        (await phone.Post("guardian-code")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");

        var again = await LogIn(app, "o-ming");
        Assert.Equal(await app.PersonOf(child.MemberId), again.PersonId);
        Assert.Equal("小明", (await app.Anyone.With(again.AccessToken).Get("membership")).Ok<Membership>().DisplayName);
        Assert.True(Assert.Single(await mother.Children()).HasWeChat);
        (await mother.Post($"children/{child.MemberId}/account-code")).Refused(HttpStatusCode.Conflict, "account.has_wechat");
        (await staff.Post($"members/{child.MemberId}/account-code", new { reason = "换了微信" })).Refused(HttpStatusCode.Conflict, "account.has_wechat");
    }

    private static object Become(string code, Guid notice) => new { code, relation = "father", documentId = notice };

    private static async Task<Tokens> LogIn(PhoenixApp app, string openId) => (await app.Anyone.Post("/api/v1/sessions", new { code = app.WeChat.LoginCode(openId) })).Ok<Tokens>();
}
