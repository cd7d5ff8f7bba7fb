using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Documents;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Members;
using Phoenix.App.Tests.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

public sealed class MembershipTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Joining_is_one_call_that_accepts_what_is_in_force_and_makes_a_member(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var documents = await InForce(app);
        var resident = await app.Person();
        (await resident.Get("membership")).Refused(HttpStatusCode.NotFound, "membership.none");
        (await resident.Get("coins")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");

        var joined = (await Join(resident, documents)).Ok<Membership>();
        Assert.Equal(("王阿姨", "3栋2单元", PhoenixApp.DefaultStart), (joined.DisplayName, joined.Building, joined.JoinedAt));
        (await resident.Get("coins")).Ok<object>();
        Assert.Empty((await resident.Get("membership")).Ok<Membership>().DocumentsToAccept);
        (await resident.Put("membership", new { displayName = " 王姐 ", building = " " })).Ok<Membership>();
        var changed = (await resident.Get("membership")).Ok<Membership>();
        Assert.Equal(("王姐", null), (changed.DisplayName, changed.Building));

        var proof = await app.Read(Seeding.CommunityId, db => db.Set<DocumentAcceptance>().Where(a => a.PersonId == resident.PersonId).ToListAsync());
        Assert.Equal(documents.Order(), proof.Select(a => a.DocumentId).Order());
        Assert.All(proof, a => Assert.Equal(PhoenixApp.DefaultStart, a.AcceptedAt));
        (await resident.In(TestDatabases.OtherCommunity).Get("membership")).Refused(HttpStatusCode.NotFound, "membership.none");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Without_the_notice_or_with_an_old_or_missing_document_nobody_joins_and_nothing_is_kept(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, resident) = (await app.Staff(), await app.Person());
        var rules = (await DocumentTests.Publish(staff, DocumentKind.ManagementRules, 1, "请守时。")).Ok<DocumentHead>();
        (await Join(resident, [rules.Id])).Refused(HttpStatusCode.Conflict, "documents.no_privacy_notice");

        var notice = (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 1, "我们只收必要的信息。")).Ok<DocumentHead>();
        (await Join(resident, [notice.Id])).Refused(HttpStatusCode.Conflict, "documents.not_current");
        var newer = (await DocumentTests.Publish(staff, DocumentKind.ManagementRules, 2, "请提前到。")).Ok<DocumentHead>();
        (await Join(resident, [notice.Id, rules.Id])).Refused(HttpStatusCode.Conflict, "documents.not_current");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<DocumentAcceptance>().CountAsync()));
        (await Join(resident, [notice.Id, newer.Id])).Ok<Membership>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sent_again_or_by_two_phones_a_person_joins_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var documents = await InForce(app);
        var resident = await app.Person();
        var answers = await Task.WhenAll(Join(resident, documents), Join(resident, documents));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "membership.already");

        var (other, id) = (await app.Person(), app.NewRequestId());
        var first = (await Join(other, documents, id)).Text;
        Assert.Equal(first, (await Join(other, documents, id)).Text);
        Assert.Equal(2, await app.Read(Seeding.CommunityId, db => db.Set<Member>().CountAsync()));
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().CountAsync(g => g.PersonId == other.PersonId && g.Role == Role.Member)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_version_that_must_be_accepted_stops_a_member_until_it_is_and_another_does_not(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, resident) = (await app.Staff(), await app.Person());
        (await Join(resident, await InForce(app))).Ok<Membership>();
        (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 2, "改了一个错字。")).Ok<DocumentHead>();
        (await Change(resident)).Ok<Membership>();

        (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 3, "新增一项用途。", mustAccept: true)).Ok<DocumentHead>();
        (await Change(resident)).Refused(HttpStatusCode.Conflict, "documents.acceptance_needed");

        // A later version without the demand doesn't lift the one before it; what is accepted is what is in force.
        var latest = (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 4, "再改一个错字。")).Ok<DocumentHead>();
        Assert.Equal([latest], (await resident.Get("membership")).Ok<Membership>().DocumentsToAccept);
        Assert.Empty((await resident.Post("documents/accept", new { documentIds = new[] { latest.Id } })).Ok<AcceptDocuments.Response>().Outstanding);
        (await Change(resident)).Ok<Membership>();
    }

    private static async Task<List<Guid>> InForce(PhoenixApp app)
    {
        var staff = await app.Staff();
        var documents = new List<Guid>();
        foreach (var kind in Enum.GetValues<DocumentKind>())
            documents.Add((await DocumentTests.Publish(staff, kind, 1, "请阅读。")).Ok<DocumentHead>().Id);
        return documents;
    }

    private static Task<Answer> Join(TestCaller resident, IReadOnlyList<Guid> documents, Guid? requestId = null) =>
        resident.Post("membership", new JoinCommunity.Request(" 王阿姨 ", "3栋2单元", documents), requestId);

    private static Task<Answer> Change(TestCaller resident) => resident.Put("membership", new { displayName = "王姐", building = "3栋" });
}
