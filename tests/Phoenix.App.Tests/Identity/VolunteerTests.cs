using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Volunteers;
using Phoenix.App.Tests.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

public sealed class VolunteerTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_member_registers_once_and_has_a_card(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (resident, id) = (await Member(app, await app.Staff()), app.NewRequestId());
        var card = (await resident.Post("volunteer", requestId: id)).Ok<VolunteerCard>();
        Assert.Matches("^2026[0-9]{6}$", card.Number);
        Assert.Equal(card, (await resident.Post("volunteer", requestId: id)).Ok<VolunteerCard>());
        (await resident.Post("volunteer")).Refused(HttpStatusCode.Conflict, "volunteer.already");
        app.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(card, (await resident.Get("volunteer")).Ok<VolunteerCard>());
        (await resident.In(TestDatabases.OtherCommunity).Get("volunteer")).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task From_two_phones_at_once_there_is_one_number(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var resident = await Member(app, await app.Staff());
        var answers = await Task.WhenAll(resident.Post("volunteer"), resident.Post("volunteer"));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Single(answers, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "volunteer.already");
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<Volunteer>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_rules_are_accepted_before_registering(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var staff = await app.Staff();
        var resident = await Member(app, staff);
        (await DocumentTests.Publish(staff, DocumentKind.ServiceCode, 1, "请穿马甲。", mustAccept: true)).Ok<DocumentHead>();
        (await resident.Post("volunteer")).Refused(HttpStatusCode.Conflict, "documents.acceptance_needed");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_year_of_a_number_is_the_community_s(DatabaseKind database)
    {
        // 16:00 UTC on the last day of 2026 is midnight in Chengdu.
        await using var app = await PhoenixApp.Start(database, at: new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));
        var resident = await Member(app, await app.Staff());
        Assert.StartsWith("2027", (await resident.Post("volunteer")).Ok<VolunteerCard>().Number, StringComparison.Ordinal);
    }

    private static async Task<TestCaller> Member(PhoenixApp app, TestCaller staff)
    {
        var notice = (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 1, "我们只收必要的信息。")).Ok<DocumentHead>();
        var resident = await app.Person();
        (await resident.Post("membership", new JoinCommunity.Request("王阿姨", null, [notice.Id]))).Ok<Membership>();
        return resident;
    }
}
