using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Cards;
using Phoenix.App.Identity.Members;
using Phoenix.App.Tests.Community;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Keys;
using Phoenix.Platform.Results;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Identity;

/// <summary>Elders without WeChat, and their cards: issued, printed, looked up, lost, replaced.</summary>
public sealed class CardTests
{
    private const string Why = "卡丢了";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_enter_an_elder_with_a_witness_and_the_rules_read_out(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((staff, own), (_, witness)) = (await app.Member("李主任", Role.Staff), await app.Member("张姐"));
        var notice = (await DocumentTests.Publish(staff, DocumentKind.PrivacyNotice, 1, "我们只收必要的信息。")).Ok<DocumentHead>().Id;
        Task<Answer> Enter(Guid by, object? birthYear = null, bool isAnotherPerson = false, Guid? document = null) => staff.Post("elders", new
        {
            name = " 刘奶奶 ",
            building = "3栋",
            birthYear,
            witnessMemberId = by,
            acceptedDocumentIds = new[] { document ?? notice },
            isAnotherPerson,
        });
        (await Enter(own)).Refused(HttpStatusCode.Conflict, "elder.witness_same");
        (await Enter(app.NewRequestId())).Refused(HttpStatusCode.NotFound, "member.unknown");
        (await Enter(witness, 2009)).Refused(HttpStatusCode.BadRequest, "elder.too_young");
        (await Enter(witness, 1899)).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await Enter(witness, document: app.NewRequestId())).Refused(HttpStatusCode.Conflict, "documents.not_current");
        Assert.Equal(2, await app.Read(Seeding.CommunityId, db => db.Set<Member>().CountAsync()));

        var elder = (await Enter(witness, 2008)).Ok<EnterElder.Response>();
        (await Enter(witness)).Refused(HttpStatusCode.Conflict, "elder.already_here");
        Assert.NotEqual(elder.MemberId, (await Enter(witness, isAnotherPerson: true)).Ok<EnterElder.Response>().MemberId);
        var row = await app.Read(Seeding.CommunityId, db => db.Set<Member>().SingleAsync(m => m.Id == elder.MemberId));
        Assert.Equal(("刘奶奶", "3栋"), (row.DisplayName, row.Building));
        var entry = await app.Read(Seeding.CommunityId, db => db.Set<ElderEntry>().SingleAsync(e => e.PersonId == row.PersonId));
        Assert.DoesNotContain("2008", entry.BirthYear, StringComparison.Ordinal);
        Assert.Equal([Role.Member], await app.Read(Seeding.CommunityId, db => db.Set<RoleGrant>().Where(g => g.PersonId == row.PersonId).Select(g => g.Role).ToListAsync()));
        Assert.Equal("elder.entered", Assert.Single((await staff.Get($"audit-entries?person={row.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items).Action);
        Assert.Equal([["2026-11-23", "2008"]], (await Data(app, d => d.Export(row.PersonId, CancellationToken.None))).SelectMany(s => s).Single(s => s.Title == "代为登记").Rows);
        await Assert.ThrowsAsync<DbUpdateException>(() => app.Write(Seeding.CommunityId, db => db.Add(new ElderEntry
        {
            CommunityId = Seeding.CommunityId,
            PersonId = staff.PersonId,
            WitnessId = staff.PersonId,
            EnteredBy = app.NewRequestId(),
            EnteredAt = PhoenixApp.DefaultStart,
        })));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_card_is_one_per_member_masked_everywhere_and_printed_with_a_trace(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, (resident, id)) = (await app.Staff(), await app.Member("王阿姨"));
        (await Issue(staff, app.NewRequestId())).Refused(HttpStatusCode.NotFound, "member.unknown");
        // Two at once make one card.
        var both = await Task.WhenAll(Issue(staff, id), Issue(staff, id));
        var card = Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<ListCards.Item>();
        Assert.Single(both, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Conflict, "card.already_issued");

        var request = app.NewRequestId();
        var printed = (await staff.Post($"cards/{card.Id}/printing", requestId: request)).Ok<PrintCard.Response>();
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{16}$", printed.Number);
        Assert.Equal(printed, (await staff.Post($"cards/{card.Id}/printing", requestId: request)).Ok<PrintCard.Response>());
        Assert.Equal($"************{printed.Number[^4..]}", card.MaskedNumber);
        Assert.Equal(card, Assert.Single((await staff.Get($"cards?member={id}")).Ok<Page<ListCards.Item>>().Items));
        Assert.Empty((await staff.Get($"cards?member={app.NewRequestId()}")).Ok<Page<ListCards.Item>>().Items);
        var row = await app.Read(Seeding.CommunityId, db => db.Set<ElderCard>().SingleAsync());
        var stored = row.Number + row.NumberHash + string.Concat(await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().Select(r => r.Response!).ToListAsync()));
        Assert.DoesNotContain(printed.Number, stored, StringComparison.Ordinal);

        var typed = $"{printed.Number[..8].ToLowerInvariant()}-{printed.Number[8..].Replace('0', 'o').Replace('1', 'l')}";
        var found = (await staff.Post("cards/look-up", new { number = typed })).Ok<LookUpCard.Response>();
        Assert.Equal((card.Id, id, "王**"), (found.Id, found.MemberId, found.MaskedName));
        (await staff.Post("cards/look-up", new { number = "0000-0000-0000-0000" })).Refused(HttpStatusCode.NotFound, "card.unknown");
        Assert.Equal(new CardHolder(card.Id, resident.PersonId, id, "王阿姨"), (await Holder(app, typed)).Value);
        Assert.Equal(new CardUnknown(), (await Holder(app, "0000")).Error);
        Assert.Equal(new CardUnknown(), (await Holder(app, printed.Number, TestDatabases.OtherCommunity)).Error);
        var neighbour = (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).In(TestDatabases.OtherCommunity);
        (await neighbour.Post($"cards/{card.Id}/printing")).Refused(HttpStatusCode.NotFound, "card.unknown");
        (await neighbour.Post($"cards/{card.Id}/revocation", new { reason = Why })).Refused(HttpStatusCode.NotFound, "card.unknown");
        (await Issue(neighbour, id)).Refused(HttpStatusCode.NotFound, "member.unknown");
        var log = (await staff.Get($"audit-entries?person={resident.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items.Select(e => e.Action);
        Assert.Equal(["card.looked_up", "card.printed", "card.issued"], log);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_lost_card_is_over_at_once_and_another_takes_its_place(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, (resident, id)) = (await app.Staff(), await app.Member("王阿姨"));
        var first = (await Issue(staff, id)).Ok<ListCards.Item>();
        var number = (await staff.Post($"cards/{first.Id}/printing")).Ok<PrintCard.Response>().Number;
        (await staff.Post($"cards/{first.Id}/replacement", new { reason = " " })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        var replaced = await Task.WhenAll(staff.Post($"cards/{first.Id}/replacement", new { reason = Why }), staff.Post($"cards/{first.Id}/replacement", new { reason = Why }));
        var second = Assert.Single(replaced, a => a.Status == HttpStatusCode.OK).Ok<ListCards.Item>();
        Assert.Single(replaced, a => a.Status != HttpStatusCode.OK).Refused(HttpStatusCode.Gone, "card.revoked");
        Assert.Equal(new CardRevoked(), (await Holder(app, number)).Error);
        Assert.NotNull((await staff.Post("cards/look-up", new { number })).Ok<LookUpCard.Response>().RevokedAt);
        (await staff.Post($"cards/{first.Id}/printing")).Refused(HttpStatusCode.Gone, "card.revoked");
        var next = (await staff.Post($"cards/{second.Id}/printing")).Ok<PrintCard.Response>().Number;
        Assert.NotEqual(number, next);
        Assert.True((await Holder(app, next)).IsOk);

        var page = (await staff.Get("cards?limit=1")).Ok<Page<ListCards.Item>>();
        Assert.Equal(second, Assert.Single(page.Items));
        Assert.Equal(first.Id, Assert.Single((await staff.Get($"cards?limit=1&cursor={page.Next}")).Ok<Page<ListCards.Item>>().Items).Id);
        Assert.NotNull((await staff.Post($"cards/{second.Id}/revocation", new { reason = Why })).Ok<ListCards.Item>().RevokedAt);
        (await staff.Post($"cards/{second.Id}/revocation", new { reason = Why })).Refused(HttpStatusCode.Gone, "card.revoked");
        Assert.Equal(new CardRevoked(), (await Holder(app, next)).Error);
        var third = (await Issue(staff, id)).Ok<ListCards.Item>();
        await Data(app, async d =>
        {
            await d.Erase(resident.PersonId, Departure.Account, CancellationToken.None);
            return 0;
        });
        (await staff.Post($"cards/{third.Id}/printing")).Refused(HttpStatusCode.Gone, "card.revoked");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Cards_are_not_guessed_at_and_survive_a_new_key(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (staff, (_, id)) = (await app.Staff(), await app.Member("王阿姨"));
        var card = (await Issue(staff, id)).Ok<ListCards.Item>();
        var number = (await staff.Post($"cards/{card.Id}/printing")).Ok<PrintCard.Response>().Number;
        var clerk = app.NewRequestId();
        for (var i = 0; i < ElderCard.LookUps.Permits; i++)
            Assert.Equal(new CardUnknown(), (await Holder(app, $"GUESS{i}", askedBy: clerk)).Error);
        Assert.IsType<TooManyRequests>((await Holder(app, number, askedBy: clerk)).Error);
        Assert.True((await Holder(app, number, askedBy: app.NewRequestId())).IsOk);
        app.Time.Advance(ElderCard.LookUps.Window);
        Assert.True((await Holder(app, number, askedBy: clerk)).IsOk);

        var before = await app.Read(Seeding.CommunityId, db => db.Set<ElderCard>().Select(c => c.NumberHash).SingleAsync());
        KeyFile.Rotate(app.KeysFile, app.Services.GetRequiredService<Clock>().Now, new SystemRandomness());
        app.Time.Advance(KeyFile.RotationLead);
        app.Services.GetRequiredService<KeyRing>().Refresh();
        Assert.True((await Holder(app, number, askedBy: clerk)).IsOk);
        Assert.Equal(1, await app.Rotate("elder_cards"));
        Assert.Equal(0, await app.Rotate("elder_cards"));
        Assert.NotEqual(before, await app.Read(Seeding.CommunityId, db => db.Set<ElderCard>().Select(c => c.NumberHash).SingleAsync()));
        Assert.True((await Holder(app, number, askedBy: clerk)).IsOk);
    }

    private static Task<Answer> Issue(TestCaller staff, Guid memberId) => staff.Post("cards", new { memberId });

    private static async Task<Result<CardHolder>> Holder(PhoenixApp app, string code, int community = Seeding.CommunityId, Guid? askedBy = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        return await scope.ServiceProvider.GetRequiredService<ICards>().Holder(code, askedBy ?? Guid.Empty, CancellationToken.None);
    }

    private static async Task<List<T>> Data<T>(PhoenixApp app, Func<IPersonalData, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
        await using var transaction = await scope.ServiceProvider.GetRequiredService<PhoenixDb>().Database.BeginTransactionAsync();
        var answers = new List<T>();
        foreach (var part in scope.ServiceProvider.GetServices<IPersonalData>())
            answers.Add(await ask(part));
        await transaction.CommitAsync();
        return answers;
    }
}
