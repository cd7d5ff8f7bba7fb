using System.Net;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Family;
using Phoenix.App.Identity.Members;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>家人: agreement of both by code, or before a witness for somebody without a phone; either may end it.</summary>
public sealed class FamilyTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Both_agree_by_code_the_helper_may_do_just_that_and_either_ends_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((elder, _), (son, sonId), (stranger, _)) = (await app.Member("王奶奶"), await app.Member("王儿子"), await app.Member("路人"));
        (await elder.Post("family/code", new { rights = new Rights(false, false, false) })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var (ask, id) = (new { rights = new Rights(false, true, true) }, app.NewRequestId());
        var code = (await elder.Post("family/code", ask, id)).Ok<FamilyCodeShown>();
        Assert.Equal(code, (await elder.Post("family/code", ask, id)).Ok<FamilyCodeShown>());
        (await elder.Post("family", new { code = code.Code })).Refused(HttpStatusCode.Conflict, "family.already");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Member)).Post("family", new { code = code.Code })).Refused(HttpStatusCode.Conflict, "family.code_wrong");
        var link = (await son.Post("family", new { code = code.Code })).Ok<LinkFamily.Item>();
        (await stranger.Post("family", new { code = code.Code })).Refused(HttpStatusCode.Conflict, "family.code_wrong");

        Assert.True(await app.People(p => p.MayActFor(son.PersonId, elder.PersonId, FamilyRights.Collect | FamilyRights.Notices, default)));
        Assert.False(await app.People(p => p.MayActFor(son.PersonId, elder.PersonId, FamilyRights.SignUp, default)));
        Assert.False(await app.People(p => p.MayActFor(elder.PersonId, son.PersonId, FamilyRights.Collect, default)));
        Assert.Equal([elder.PersonId, son.PersonId], await app.People(p => p.NoticesGoTo(elder.PersonId, default)));
        var seen = Assert.Single((await elder.Get("family")).Ok<LinkFamily.ListResponse>().Links);
        Assert.Equal((link.Id, sonId, true, new Rights(false, true, true)), (seen.Id, seen.MemberId, seen.IsHelper, seen.Rights));
        (await stranger.Delete($"family/{link.Id}")).Refused(HttpStatusCode.NotFound, "family.unknown");

        // Ended by the helper; a new link, ended by the helped.
        (await son.Delete($"family/{link.Id}")).Ok<LinkFamily.EndResponse>();
        Assert.False(await app.People(p => p.MayActFor(son.PersonId, elder.PersonId, FamilyRights.Collect, default)));
        var second = (await elder.Post("family/code", ask)).Ok<FamilyCodeShown>();
        link = (await son.Post("family", new { code = second.Code })).Ok<LinkFamily.Item>();
        (await elder.Delete($"family/{link.Id}")).Ok<LinkFamily.EndResponse>();
        (await son.Delete($"family/{link.Id}")).Refused(HttpStatusCode.NotFound, "family.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_newer_code_ends_the_older_and_a_code_ends_after_half_an_hour(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((elder, _), (son, _)) = (await app.Member("王奶奶"), await app.Member("王儿子"));
        var ask = new { rights = new Rights(true, false, false) };
        var (old, code) = ((await elder.Post("family/code", ask)).Ok<FamilyCodeShown>(), (await elder.Post("family/code", ask)).Ok<FamilyCodeShown>());
        (await son.Post("family", new { code = old.Code })).Refused(HttpStatusCode.Conflict, "family.code_wrong");
        app.Time.Advance(FamilyCode.Lifetime);
        (await app.Fresh(son).Post("family", new { code = code.Code })).Refused(HttpStatusCode.Conflict, "family.code_wrong");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task For_an_elder_without_a_phone_staff_link_before_a_witness_and_never_for_themselves(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((staff, staffId), (son, sonId), (witness, witnessId)) = (await app.Member("李工作", Role.Staff), await app.Member("王儿子"), await app.Member("赵邻居"));
        var (_, elder) = await app.Member("王奶奶");
        foreach (var (helper, other) in ((Guid, Guid)[])[(staffId, witnessId), (sonId, staffId), (sonId, sonId), (elder, witnessId), (sonId, elder)])
            (await staff.Post("family/by-staff", Body(elder, helper, other))).Refused(HttpStatusCode.Conflict, "family.own");
        (await staff.Post("family/by-staff", Body(elder, sonId, app.NewRequestId()))).Refused(HttpStatusCode.NotFound, "member.unknown");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).Post("family/by-staff", Body(elder, sonId, witnessId))).Refused(HttpStatusCode.NotFound, "member.unknown");
        var both = await Task.WhenAll(staff.Post("family/by-staff", Body(elder, sonId, witnessId)), staff.Post("family/by-staff", Body(elder, sonId, witnessId)));
        var link = Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<LinkFamilyByStaff.Response>();
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "family.already");

        var person = await app.PersonOf(elder);
        Assert.True(await app.People(p => p.MayActFor(son.PersonId, person, FamilyRights.Collect, default)));
        var log = (await staff.Get("audit-entries")).Ok<Page<ListAuditEntries.Item>>().Items;
        Assert.Contains(log, e => e is { Action: "family.linked_by_staff", Reason: "老人当面说的" } && e.PersonId == person);
        Assert.Contains(log, e => e.Action == "family.witnessed" && e.PersonId == witness.PersonId);
        foreach (var told in (Guid[])[son.PersonId, witness.PersonId, person])
            Assert.Equal("王儿子现在是王奶奶的家人（工作人员代办，见证人赵邻居）。不对请打电话给社区。", Assert.Single(await app.Told(told)));
        (await staff.Post($"family/{link.Id}/end", new { reason = "老人不要了" })).Ok<LinkFamilyByStaff.Response>();
        Assert.False(await app.People(p => p.MayActFor(son.PersonId, person, FamilyRights.Collect, default)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_minor_has_guardians_not_helpers(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, teen, (aunt, _)) = (await app.Notice(), await app.Person(), await app.Member("姑姑"));
        (await teen.Post("membership", new JoinCommunity.Request("小红", null, [notice], new DateOnly(2010, 1, 1)))).Ok<Membership>();
        var code = (await teen.Post("family/code", new { rights = new Rights(true, false, false) })).Ok<FamilyCodeShown>();
        (await aunt.Post("family", new { code = code.Code })).Refused(HttpStatusCode.Conflict, "family.too_young");
        var elder = (await aunt.Post("family/code", new { rights = new Rights(false, true, false) })).Ok<FamilyCodeShown>();
        (await teen.Post("family", new { code = elder.Code })).Ok<LinkFamily.Item>();
    }

    private static object Body(Guid elder, Guid helper, Guid witness) =>
        new LinkFamilyByStaff.Request(elder, helper, witness, new Rights(false, true, true), "老人当面说的");
}
