using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Http;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Guardians;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;

namespace Phoenix.App.Tests.Identity;

/// <summary>The fields of 令67 art 5: checked, once in a community, encrypted, shown masked, seen only with a reason.</summary>
public sealed class DetailsTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task The_fields_are_checked_kept_encrypted_and_shown_masked(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (wang, _) = await app.Member("王阿姨");
        Assert.Equal("details.needed", (await app.People(p => p.DetailsMissing(wang.PersonId, default)))?.Code);
        var good = PeopleWorld.IdNumber("19600229");
        var wrongSum = good[..17] + (good[17] == '1' ? '2' : '1');
        foreach (var bad in (string[])[wrongSum, good[..17], "51012219610229001X", "", "A" + good[1..], PeopleWorld.IdNumber("19610229")])
            (await wang.Put("details", Body(bad))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await wang.Put("details", Body(PeopleWorld.IdNumber("20270101")))).Refused(HttpStatusCode.Conflict, "birth_date.impossible");
        (await wang.Put("details", new WriteDetails.Request("王桂兰", IdDocument.Passport, "E12345678"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await wang.Put("details", Body(good) with { BirthDate = new DateOnly(1960, 3, 1) })).Refused(HttpStatusCode.Conflict, "birth_date.differs");

        var id = app.NewRequestId();
        var written = await wang.Put("details", Body(good.ToLowerInvariant()), id);
        Assert.Equal(("王**", $"510{new string('*', 13)}{good[^2..]}"), (written.Ok<WriteDetails.Response>().RealName, written.Ok<WriteDetails.Response>().IdNumber));
        Assert.Equal(written.Text, (await wang.Put("details", Body(good.ToLowerInvariant()), id)).Text);
        Assert.Equal(written.Ok<WriteDetails.Response>(), (await wang.Get("details")).Ok<WriteDetails.Response>());
        Assert.Null(await app.People(p => p.DetailsMissing(wang.PersonId, default)));
        Assert.Equal(66, await app.People(p => p.AgeOn(wang.PersonId, new DateOnly(2026, 11, 23), default)));
        (await wang.Put("details", Body(PeopleWorld.IdNumber("19600301")))).Refused(HttpStatusCode.Conflict, "birth_date.differs");
        var dump = await app.Dump();
        Assert.All((string[])["王桂兰", good, "19600229", "1960-02-29", "永安镇东街", "急救", "Female"], secret => Assert.DoesNotContain(secret, dump, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Logs.Lines, l => l.Text.Contains(good, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_number_stands_once_in_a_community_whichever_phone_was_first(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((wang, _), (copy, _), other) = (await app.Member("王阿姨"), await app.Member("王阿姨的新号"), await app.Person(TestDatabases.OtherCommunity, Role.Member));
        var number = PeopleWorld.IdNumber("19600229");
        var both = await Task.WhenAll(wang.Put("details", Body(number)), copy.Put("details", Body(number) with { IdKind = IdDocument.HouseholdRegister }));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        Assert.Single(both, a => a.Status == HttpStatusCode.Conflict).Refused(HttpStatusCode.Conflict, "details.id_taken");
        await app.Write(TestDatabases.OtherCommunity, db => db.Add(new Phoenix.App.Identity.Members.Member { CommunityId = TestDatabases.OtherCommunity, PersonId = other.PersonId, Id = app.NewRequestId(), DisplayName = "王阿姨", JoinedAt = PhoenixApp.DefaultStart }));
        (await other.Put("details", Body(number))).Ok<WriteDetails.Response>();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_minor_s_number_without_a_guardian_keeps_nothing_and_a_guardian_gives_a_child_s(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, _), (teen, _)) = (await app.Notice(), await app.Member("王妈妈"), await app.Member("小红"));
        (await teen.Put("details", Body(PeopleWorld.IdNumber("20100101")))).Refused(HttpStatusCode.Conflict, "minor.consent_needed");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<BirthDate>().CountAsync()));
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        (await mother.Put($"children/{child.MemberId}/details", Body(PeopleWorld.IdNumber("20160502")))).Refused(HttpStatusCode.Conflict, "birth_date.differs");
        (await mother.Put($"children/{child.MemberId}/details", Body(PeopleWorld.IdNumber("20160501")))).Ok<WriteDetails.Response>();
        (await teen.Put($"children/{child.MemberId}/details", Body(PeopleWorld.IdNumber("20160501")))).Refused(HttpStatusCode.NotFound, "child.unknown");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_see_one_field_with_a_reason_that_the_person_reads(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((wang, member), (staff, _), (worker, _)) = (await app.Member("王阿姨"), await app.Member("李工作", Role.Staff), await app.Member("赵社工", Role.SocialWorker));
        var number = PeopleWorld.IdNumber("19600229");
        (await wang.Put("details", Body(number))).Ok<WriteDetails.Response>();
        (await worker.Post($"members/{member}/reveals", Look("idNumber"))).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await staff.Post($"members/{member}/reveals", Look("idNumber", ""))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).Post($"members/{member}/reveals", Look("idNumber"))).Refused(HttpStatusCode.NotFound, "member.unknown");
        var id = app.NewRequestId();
        Assert.Equal(number, (await staff.Post($"members/{member}/reveals", Look("idNumber"), id)).Ok<RevealField.Response>().Value);
        Assert.Equal(number, (await staff.Post($"members/{member}/reveals", Look("idNumber"), id)).Ok<RevealField.Response>().Value);
        Assert.Equal("女", (await staff.Post($"members/{member}/reveals", Look("gender"))).Ok<RevealField.Response>().Value);
        Assert.Null((await staff.Post($"members/{member}/reveals", Look("phone"))).Ok<RevealField.Response>().Value);
        Assert.DoesNotContain(number, await app.Dump(), StringComparison.Ordinal);
        var looks = (await wang.Get("privacy/looks")).Ok<Page<ListLooks.Item>>().Items;
        Assert.Equal([("李工作", "手机号", "开证明"), ("李工作", "性别", "开证明"), ("李工作", "证件号", "开证明")], looks.Select(l => (l.Who, l.What, l.Reason)));

        // The answer is given again for a minute; later it is a new look.
        app.Time.Advance(RevealField.RepeatWithin + TimeSpan.FromMilliseconds(1));
        (await staff.Post($"members/{member}/reveals", Look("idNumber"), id)).Refused(HttpStatusCode.Conflict, "reveal.over");
        for (var i = 6; i < RevealField.Looks.Permits; i++)
            (await staff.Post($"members/{member}/reveals", Look("area"))).Ok<RevealField.Response>();
        (await staff.Post($"members/{member}/reveals", Look("area"))).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_correct_a_birth_date_but_not_their_own_child_s_nor_against_the_card(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (notice, (mother, motherId), staff) = (await app.Notice(), await app.Member("王妈妈", Role.Staff), await app.Staff());
        var child = (await mother.AddChild(notice, "2016-05-01")).Ok<ChildView>();
        (await mother.Post($"members/{child.MemberId}/birth-date", Correct("2016-06-01"))).Refused(HttpStatusCode.Conflict, "family.own");
        (await mother.Post($"members/{motherId}/birth-date", Correct("1990-06-01"))).Refused(HttpStatusCode.Conflict, "family.own");
        (await staff.Post($"members/{child.MemberId}/birth-date", Correct("2026-11-24"))).Refused(HttpStatusCode.Conflict, "birth_date.impossible");
        (await staff.Post($"members/{child.MemberId}/birth-date", Correct("2012-11-23"))).Ok<CorrectBirthDate.Response>();
        Assert.Equal((14, ConsentState.BothNeeded), (await mother.Children()).Select(c => (c.Age, c.Consent)).Single());
        (await staff.Post($"members/{child.MemberId}/birth-date", Correct("2016-05-01"))).Ok<CorrectBirthDate.Response>();
        (await mother.Put($"children/{child.MemberId}/details", Body(PeopleWorld.IdNumber("20160501")))).Ok<WriteDetails.Response>();
        (await staff.Post($"members/{child.MemberId}/birth-date", Correct("2016-05-02"))).Refused(HttpStatusCode.Conflict, "birth_date.differs");
    }

    private static WriteDetails.Request Body(string number) => new("王桂兰", IdDocument.ResidentIdCard, number, Area: "永安镇东街", Skills: "急救");

    private static object Look(string field, string reason = "开证明") => new { field, reason };

    private static object Correct(string day) => new { birthDate = day, reason = "看了户口簿" };
}
