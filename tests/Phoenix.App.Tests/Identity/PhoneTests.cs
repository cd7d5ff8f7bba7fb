using System.Net;
using Microsoft.EntityFrameworkCore;
using Phoenix.App.Community;
using Phoenix.App.Community.Audit;
using Phoenix.App.Http;
using Phoenix.App.Identity.Members;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.WeChat;

namespace Phoenix.App.Tests.Identity;

/// <summary>Every way in which a number comes, waits, is confirmed, shared, changed and found.</summary>
public sealed class PhoneTests
{
    private const string Number = "13800001234";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_number_of_WeChat_is_confirmed_at_once_masked_and_nowhere_in_the_clear(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((wang, member), staff, id) = (await app.Member("王阿姨"), await app.Staff(), app.NewRequestId());
        var code = app.WeChat.PhoneCode(Number);
        var answer = await wang.Post("phone/wechat", new { code }, id);
        Assert.Equal(new PhoneView("138****1234", null), answer.Ok<PhoneView>());
        Assert.Equal(answer.Text, (await wang.Post("phone/wechat", new { code }, id)).Text);
        Assert.Equal(answer.Ok<PhoneView>(), (await wang.Get("phone")).Ok<PhoneView>());
        Assert.Equal("138****1234", (await staff.Get($"members/{member}")).Ok<GetMember.Response>().Phone.Confirmed);
        Assert.Equal("138****1234", Assert.Single((await staff.Get("members")).Ok<Page<ListMembers.Item>>().Items).Phone);
        Assert.Equal(member, Assert.Single((await staff.Get($"members?name={Uri.EscapeDataString(" 阿姨 ")}")).Ok<Page<ListMembers.Item>>().Items).MemberId);
        Assert.Empty((await staff.Get($"members?name={Uri.EscapeDataString("阿%")}")).Ok<Page<ListMembers.Item>>().Items);
        (await staff.Get($"members?name={new string('a', 21)}")).Refused(HttpStatusCode.BadRequest, "request.bad_parameter");
        Assert.DoesNotContain(Number, await app.Dump(), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Logs.Lines, l => l.Text.Contains(Number, StringComparison.Ordinal));

        // Another number from WeChat takes its place; one typed waits beside it; the same one typed changes nothing.
        (await wang.Post("phone/wechat", new { code = app.WeChat.PhoneCode("13900005678") })).Ok<PhoneView>();
        Assert.Equal(new PhoneView("139****5678", "138****1234"), (await wang.Post("phone", new { number = "+86 138-0000-1234" })).Ok<PhoneView>());
        Assert.Equal(new PhoneView("139****5678", null), (await wang.Post("phone", new { number = "13900005678" })).Ok<PhoneView>());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_code_goes_to_WeChat_once_whatever_came_of_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var wang = await app.Person(Role.Member);
        var (code, id) = (app.WeChat.PhoneCode(Number), app.NewRequestId());
        app.WeChat.NextRefusals.Enqueue(new WeChatOutcomeUnknown());
        (await wang.Post("phone/wechat", new { code }, id)).Refused(HttpStatusCode.ServiceUnavailable, "wechat.no_answer");
        (await wang.Post("phone/wechat", new { code }, id)).Refused(HttpStatusCode.Conflict, "wechat.code_over");
        (await wang.Post("phone/wechat", new { code })).Refused(HttpStatusCode.Conflict, "wechat.code_over");
        Assert.Equal(new PhoneView(null, null), (await wang.Get("phone")).Ok<PhoneView>());

        // Two phones with one code: one of them reaches WeChat.
        var fresh = app.WeChat.PhoneCode(Number);
        var both = await Task.WhenAll(wang.Post("phone/wechat", new { code = fresh }), wang.Post("phone/wechat", new { code = fresh }));
        Assert.Single(both, a => a.Status == HttpStatusCode.OK);
        app.Time.Advance(SpentPhoneCode.Kept + TimeSpan.FromSeconds(1));
        await app.Sweep("identity.tidy");
        Assert.Equal(0, await app.Read(Seeding.CommunityId, db => db.Set<SpentPhoneCode>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_typed_number_waits_until_another_member_of_staff_has_seen_or_called_the_person(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((wang, member), (li, other), staff) = (await app.Member("王阿姨"), await app.Member("李工作", Role.Staff), await app.Staff());
        (await wang.Post("phone", new { number = "1380000123" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.Equal(new PhoneView(null, "138****1234"), (await wang.Post("phone", new { number = Number, weChatErrno = GivePhoneByHand.QuotaUsedUp })).Ok<PhoneView>());
        Assert.Contains(app.Logs.Lines, l => l.Text.Contains("1400001", StringComparison.Ordinal));
        (await li.Post("phone", new { number = Number })).Ok<PhoneView>();
        var waiting = (await li.Get("phones/pending")).Ok<Page<ListPendingPhones.Item>>().Items;
        Assert.Equal([("王阿姨", "138****1234", true, false), ("李工作", "138****1234", true, true)], waiting.Select(w => (w.Name, w.Number, w.IsShared, w.IsOwn)));

        (await li.Post($"members/{other}/phone/confirmation", new { how = "called" })).Refused(HttpStatusCode.Conflict, "phone.own");
        (await staff.In(TestDatabases.OtherCommunity).Post($"members/{member}/phone/confirmation", new { how = "called" })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        (await (await app.Person(TestDatabases.OtherCommunity, Role.Staff)).Post($"members/{member}/phone/confirmation", new { how = "seen" })).Refused(HttpStatusCode.NotFound, "member.unknown");
        var id = app.NewRequestId();
        var both = await Task.WhenAll(li.Post($"members/{member}/phone/confirmation", new { how = "called" }, id), staff.Post($"members/{member}/phone/confirmation", new { how = "seen" }));
        var done = Assert.Single(both, a => a.Status == HttpStatusCode.OK).Ok<ConfirmPhone.Response>();
        Assert.Single(both, a => a.Status == HttpStatusCode.NotFound).Refused(HttpStatusCode.NotFound, "phone.none_pending");
        Assert.Equal(new PhoneView("138****1234", null), done.Phone);
        Assert.Equal(["李工作"], done.SharedWith);
        (await staff.Post($"members/{other}/phone/refusal", new { reason = "打不通" })).Ok<ConfirmPhone.Response>();
        Assert.Equal(new PhoneView(null, null), (await li.Get("phone")).Ok<PhoneView>());
        var log = (await staff.Get($"audit-entries?person={wang.PersonId}")).Ok<Page<ListAuditEntries.Item>>().Items;
        Assert.Contains(log, e => e is { Action: "phone.confirmed", Reason: "打通电话" or "见到本人" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Staff_find_a_member_by_the_full_number_only_and_every_search_is_in_the_log(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var ((wang, member), staff) = (await app.Member("王阿姨"), await app.Staff());
        (await wang.Post("phone/wechat", new { code = app.WeChat.PhoneCode(Number) })).Ok<PhoneView>();
        Assert.Equal(member, Assert.Single(await Find(staff, "138 0000 1234")).MemberId);
        Assert.Empty(await Find(staff, "13800001235"));
        (await staff.Post("members/phone-search", new { number = "1234" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await wang.Post("members/phone-search", new { number = Number })).Refused(HttpStatusCode.Forbidden, "auth.role_needed");
        Assert.Empty(await Find(await app.Person(TestDatabases.OtherCommunity, Role.Staff), Number));
        var log = (await staff.Get("audit-entries?action=phone.searched")).Ok<Page<ListAuditEntries.Item>>().Items;
        Assert.Equal([(Guid?)null, wang.PersonId], log.Select(e => e.PersonId));
        Assert.Contains("按手机号查找", (await wang.Get("privacy/looks")).Text, StringComparison.Ordinal);

        for (var i = 3; i < FindByPhone.Searches.Permits; i++)
            await Find(staff, Number);
        (await staff.Post("members/phone-search", new { number = Number })).Refused(HttpStatusCode.TooManyRequests, "limit.reached");
    }

    private static async Task<IReadOnlyList<FindByPhone.Found>> Find(TestCaller staff, string number) =>
        (await staff.Post("members/phone-search", new { number })).Ok<FindByPhone.Response>().Members;
}
