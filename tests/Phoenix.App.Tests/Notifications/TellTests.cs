using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity;
using Phoenix.App.Identity.Family;
using Phoenix.App.Notifications;
using Phoenix.App.Notifications.Consents;
using Phoenix.App.Notifications.Facts;
using Phoenix.App.Notifications.Inbox;
using Phoenix.App.Notifications.Preferences;
using Phoenix.App.Notifications.Templates;
using Phoenix.App.Notifications.Words;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Tests.Notifications;

/// <summary>What a module tells is in the inbox and, where the kind has a template, in the outbox: once, and only if the telling commits.</summary>
public sealed partial class TellTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task An_event_tells_a_person_once_and_a_telling_that_does_not_commit_tells_nobody(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (resident, neighbour) = (await app.Person(), await app.Person());
        await app.Tell(resident, "written:1", Samples.Record);
        await app.Tell(resident, "written:1", Samples.Record);
        await app.Tell(neighbour, "written:1", Samples.Record);
        await app.Tell(resident, "checked-in:1", new CheckedIn("楼栋关怀", PhoenixApp.DefaultStart));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            var tell = scope.ServiceProvider.GetRequiredService<INotifications>();
            await tell.Tell(new Notice(resident.PersonId, "lost", Samples.Record, "pages/coins/coins"), CancellationToken.None);
            await Assert.ThrowsAsync<ArgumentException>(() => tell.Tell(new Notice(resident.PersonId, "x", Samples.Record, "/pages/coins/coins"), CancellationToken.None));
        }

        var inbox = await app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().Where(m => m.PersonId == resident.PersonId).OrderBy(m => m.Id).ToListAsync());
        Assert.Equal(["25 枚凤凰币到啦！楼栋关怀 2.5 小时，谢谢您。", "楼栋关怀，10:00 到的。走的时候再扫一次。"], inbox.Select(m => m.Body));
        Assert.Equal([DeliveryState.Waiting, DeliveryState.InboxOnly], inbox.Select(m => m.Delivery));
        var outbox = await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().Where(m => m.PersonId == resident.PersonId).ToListAsync());
        Assert.Equal("message.recordWritten", Assert.Single(outbox).Kind);
        Assert.Equal(1, await app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().CountAsync(m => m.PersonId == neighbour.PersonId)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Family_with_the_right_reads_it_too_under_the_elder_s_name_and_one_s_own_is_kept_apart(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((elder, elderId), (daughter, _), (neighbour, _)) = (await app.Member("王奶奶"), await app.Member("小王"), await app.Member("小李"));
        await app.Write(Seeding.CommunityId, db => db.AddRange(
            Link(daughter, FamilyRights.Notices), Link(neighbour, FamilyRights.SignUp)));
        var cancelled = new ShiftCancelled("楼栋关怀", PhoenixApp.DefaultStart.AddDays(1), "下大雨");
        await app.Tell(elder, "cancelled:1", cancelled);
        await app.Tell(daughter, "cancelled:1", cancelled);
        await app.Tell(elder, "cancelled:1", cancelled);
        await app.Tell(elder, "role:1", new RoleGiven("志愿者"));

        Assert.Equal(["活动取消了", "您有了新身份"], (await Inbox(elder)).Select(m => m.Title));
        Assert.Equal([("王奶奶：活动取消了", $"pages/record/record?id=cancelled:1&for={elderId}"), ("活动取消了", "pages/record/record?id=cancelled:1")], (await Inbox(daughter)).Select(m => (m.Title, m.Page)));
        Assert.Empty(await Inbox(neighbour));
        Assert.Equal(2, await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().CountAsync(m => m.PersonId == daughter.PersonId)));
        Assert.Contains("王奶奶：楼栋关怀", await app.Read(Seeding.CommunityId, db => db.Set<OutboxMessage>().Where(m => m.PersonId == daughter.PersonId).OrderBy(m => m.Id).Select(m => m.Payload).FirstAsync()), StringComparison.Ordinal);

        // Given out to the person, and gone with the person: from one community, or from all with what was agreed to.
        await app.Tell(daughter, "2", Samples.Record, TestDatabases.OtherCommunity);
        await app.Write(Seeding.CommunityId, db => db.AddRange(
            new MessageConsent { PersonId = daughter.PersonId, TemplateId = "T", Balance = 1 }, new MessagePreference { PersonId = daughter.PersonId, Group = NoticeGroup.Coins }));
        Assert.Equal("消息（最近 180 天）:2", await InScope(async data => (await data.Export(daughter.PersonId, CancellationToken.None)).Select(s => $"{s.Title}:{s.Rows.Count}").Single()));
        await InScope(async data => { await data.Erase(daughter.PersonId, Departure.Community, CancellationToken.None); return ""; });
        Assert.Equal((0, 1, 1), await Left());
        await InScope(async data => { await data.Erase(daughter.PersonId, Departure.Account, CancellationToken.None); return ""; });
        Assert.Equal((0, 1, 0), await Left());

        FamilyLink Link(TestCaller helper, FamilyRights rights) =>
            new() { CommunityId = Seeding.CommunityId, Id = app.NewRequestId(), PrincipalId = elder.PersonId, HelperId = helper.PersonId, Rights = rights, Since = PhoenixApp.DefaultStart };

        Task<List<InboxMessage>> Inbox(TestCaller person) => app.Read(Seeding.CommunityId, db => db.Set<InboxMessage>().Where(m => m.PersonId == person.PersonId).OrderBy(m => m.Id).ToListAsync());

        Task<(int, int, int)> Left() => app.Read(Seeding.CommunityId, async db => (
            await db.Set<InboxMessage>().CountAsync(m => m.PersonId == daughter.PersonId),
            await db.Set<OutboxMessage>().CountAsync(m => m.PersonId == daughter.PersonId),
            await db.Set<MessageConsent>().CountAsync(c => c.PersonId == daughter.PersonId)));

        async Task<string> InScope(Func<IPersonalData, Task<string>> use)
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(Seeding.CommunityId);
            return await use(scope.ServiceProvider.GetServices<IPersonalData>().Single(d => d.GetType().Name == "PersonalMessages"));
        }
    }

    [Fact]
    public void Every_kind_has_words_in_the_product_s_tone_and_values_for_every_keyword()
    {
        Assert.Equal(Enum.GetValues<NoticeKind>(), Samples.All.Select(f => f.Kind).Distinct().Order());
        foreach (var facts in Samples.All)
        {
            var letter = Letter.Of(facts, CommunityTime.Shanghai);
            Assert.InRange(letter.Title.Length, 2, 12);
            Assert.Matches(@"[。！]$", letter.Body);
            var values = Catalogue.Of(facts.Kind).Keywords.Select(k => k.Of(facts).Value).ToList();
            foreach (var text in values.Append(letter.Title).Append(letter.Body))
            {
                Assert.DoesNotMatch(BannedWords(), text);
                Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
                Assert.NotEmpty(text);
            }

            Assert.DoesNotMatch(@"[,;!?]|。。|！。", letter.Body);
            if (Catalogue.Of(facts.Kind).Template is not null)
                Assert.InRange(values.Count, 2, 5);
        }
    }

    [Fact]
    public void Until_midnight_is_said_so_that_nobody_takes_it_for_this_morning_s()
    {
        string Held(TimeOnly until) => Letter.Of(new RedemptionHeld("爱心午餐", 1, 7, CommunityTime.Shanghai.At(new DateOnly(2026, 11, 24), until), "社区食堂"), CommunityTime.Shanghai).Body;
        Assert.Contains("半夜 12 点 前有效", Held(TimeOnly.MinValue), StringComparison.Ordinal);
        Assert.Contains("0:30 前有效", Held(new TimeOnly(0, 30)), StringComparison.Ordinal);
    }

    [GeneratedRegex("余额|钱包|支付|购买|价格|充值|提现|到账|元", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BannedWords();
}
