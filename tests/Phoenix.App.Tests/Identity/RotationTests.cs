using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Identity.Details;
using Phoenix.App.Identity.Phones;
using Phoenix.App.Identity.Privacy;
using Phoenix.App.Identity.Sessions;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Tests.Identity;

/// <summary>After a key rotation every encrypted column and keyed hash is made anew, resumably, while everything is found all the time.</summary>
public sealed class RotationTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Killed_half_way_it_goes_on_and_meanwhile_everybody_is_found(DatabaseKind database)
    {
        var bomb = new Bomb();
        await using var app = await PhoenixApp.Start(database, customize: b => b.Services.AddSingleton<IRotatesKeys>(bomb));
        var first = await LogIn(app, "o-wang");
        var second = await LogIn(app, "o-li");
        var (wang, member) = await app.Member("王阿姨");
        var number = PeopleWorld.IdNumber("19600229");
        (await wang.Put("details", new WriteDetails.Request("王桂兰", IdDocument.ResidentIdCard, number))).Ok<WriteDetails.Response>();
        (await wang.Post("phone/wechat", new { code = app.WeChat.PhoneCode("13800001234") })).Ok<PhoneView>();
        var id = app.NewRequestId();
        var given = (await wang.Post("phone", new { number = "13900005678" }, id)).Text;

        app.RotateKeys();
        wang = app.Fresh(wang);
        Assert.Equal(4 + 2, await Stale(app));
        Assert.Equal(given, (await wang.Post("phone", new { number = "13900005678" }, id)).Text);

        // One row of two, then the sweep is killed after the tables without a community.
        await using (var scope = app.Services.CreateAsyncScope())
            Assert.Equal(1, await scope.ServiceProvider.GetServices<IRotatesKeys>().Single(t => t.Table == "wechat_accounts").Rotate(1, default));
        Assert.Equal(5, await Stale(app));
        Assert.Equal((first.PersonId, second.PersonId), ((await LogIn(app, "o-wang")).PersonId, (await LogIn(app, "o-li")).PersonId));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Sweep("identity.rotate-keys"));
        Assert.Equal(1, await Stale(app));
        Assert.Equal(member, Assert.Single((await (await app.Staff()).Post("members/phone-search", new { number = "13800001234" })).Ok<FindByPhone.Response>().Members).MemberId);
        (await (await app.Member("另一位")).Caller.Put("details", new WriteDetails.Request("王桂兰", IdDocument.ResidentIdCard, number))).Refused(System.Net.HttpStatusCode.Conflict, "details.id_taken");

        bomb.IsArmed = false;
        await app.Sweep("identity.rotate-keys");
        Assert.Equal(0, await Stale(app));
        await app.Sweep("identity.rotate-keys");
        Assert.Equal((first.PersonId, second.PersonId), ((await LogIn(app, "o-wang")).PersonId, (await LogIn(app, "o-li")).PersonId));
        Assert.Equal(number, (await (await app.Staff()).Post($"members/{member}/reveals", new { field = "idNumber", reason = "开证明" })).Ok<RevealField.Response>().Value);
        (await (await app.Member("又一位")).Caller.Put("details", new WriteDetails.Request("王桂兰", IdDocument.ResidentIdCard, number))).Refused(System.Net.HttpStatusCode.Conflict, "details.id_taken");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task What_somebody_writes_while_their_row_is_made_anew_stands(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var tokens = await LogIn(app, "o-wang");
        app.RotateKeys();
        for (var i = 0; i < 5; i++)
        {
            await Task.WhenAll(app.Sweep("identity.rotate-keys"), LogIn(app, "o-wang"));
            app.RotateKeys();
        }

        await app.Sweep("identity.rotate-keys");
        Assert.Equal(0, await Stale(app));
        Assert.Equal(tokens.PersonId, (await LogIn(app, "o-wang")).PersonId);
    }

    private static async Task<int> Stale(PhoenixApp app)
    {
        var keys = app.Services.GetRequiredService<KeyRing>();
        return await app.Read(Seeding.CommunityId, async db =>
            (await db.Set<WeChatAccount>().ToListAsync()).Count(a => keys.NeedsRotation(a.OpenId) || keys.NeedsRotation(a.OpenIdHash) || keys.NeedsRotation(a.SessionKey))
            + (await db.Set<Phone>().ToListAsync()).Count(p => keys.NeedsRotation(p.Number) || keys.NeedsRotation(p.NumberHash))
            + (await db.Set<BirthDate>().ToListAsync()).Count(b => keys.NeedsRotation(b.Day))
            + (await db.Set<PersonDetails>().ToListAsync()).Count(d => keys.NeedsRotation(d.RealName) || keys.NeedsRotation(d.IdNumber) || keys.NeedsRotation(d.IdNumberHash)));
    }

    private static async Task<Tokens> LogIn(PhoenixApp app, string openId) => (await app.Anyone.Post("/api/v1/sessions", new { code = app.WeChat.LoginCode(openId) })).Ok<Tokens>();

    private sealed class Bomb : IRotatesKeys
    {
        public bool IsArmed { get; set; } = true;

        public string Table => "planted";

        public bool IsGlobal => true;

        public Task<int> Rotate(int limit, CancellationToken cancel) => IsArmed ? throw new InvalidOperationException("killed") : Task.FromResult(0);
    }
}
