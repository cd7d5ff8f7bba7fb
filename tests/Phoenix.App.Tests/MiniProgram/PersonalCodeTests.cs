using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;
using Phoenix.App.MiniProgram;
using Phoenix.App.MiniProgram.Personal;
using Phoenix.App.Tests.Harness;
using Phoenix.Platform.Data;
using Phoenix.Platform.Results;

namespace Phoenix.App.Tests.MiniProgram;

/// <summary>我的码: made by the phone from its own secret, used once.</summary>
public sealed class PersonalCodeTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_code_made_by_the_phone_names_its_person_once(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var member = await app.Person(Role.Member);
        var secret = await Secret(member);
        var code = Code(app, secret, "till", "clerk");

        var request = app.NewRequestId();
        var used = (await Redeem(app, code, request: request)).Value;
        Assert.Equal((member.PersonId, secret.DeviceId, PhoenixApp.DefaultStart), (used.PersonId, used.DeviceId, used.ShownAt));
        Assert.Equal(used, (await Redeem(app, code, request: request)).Value);
        Assert.IsType<CodeUsed>((await Redeem(app, code)).Error);

        // The same step is another code for another purpose, and the next step is a new code.
        Assert.True((await Redeem(app, Code(app, secret, "check-in", "leader"), CodePurpose.CheckIn)).IsOk);
        app.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await Redeem(app, Code(app, secret, "till", "clerk"))).IsOk);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Of_many_clerks_at_once_one_gets_it(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var code = Code(app, await Secret(await app.Person(Role.Member)), "till", "clerk");
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Redeem(app, code))));
        Assert.Single(results, r => r.IsOk);
        Assert.All(results.Where(r => !r.IsOk), r => Assert.IsType<CodeUsed>(r.Error));
    }

    [Fact]
    public async Task A_code_for_something_else_somewhere_else_or_at_another_time_is_refused_and_stays_unused()
    {
        await using var app = await PhoenixApp.Start(DatabaseKind.Sqlite);
        var secret = await Secret(await app.Person(Role.Member));
        var code = Code(app, secret, "till", "clerk");
        Assert.IsType<CodeElsewhere>((await Redeem(app, code, CodePurpose.CheckIn)).Error);
        Assert.IsType<CodeElsewhere>((await Redeem(app, code, community: TestDatabases.OtherCommunity)).Error);
        Assert.IsType<CodeUnreadable>((await Redeem(app, Code(app, secret, "till", "leader"))).Error);
        Assert.IsType<CodeUnreadable>((await Redeem(app, code.Replace("my.till.1.", "my.till.2.", StringComparison.Ordinal), community: TestDatabases.OtherCommunity)).Error);
        Assert.IsType<CodeUnreadable>((await Redeem(app, Code(app, secret with { DeviceId = app.NewRequestId() }, "till", "clerk"))).Error);
        Assert.IsType<CodeAhead>((await Redeem(app, Code(app, secret, "till", "clerk", 2))).Error);
        Assert.IsType<CodeOver>((await Redeem(app, Code(app, secret, "till", "clerk", -2))).Error);
        Assert.True((await Redeem(app, code)).IsOk);
        Assert.True((await Redeem(app, Code(app, secret, "till", "clerk", -1))).IsOk);
        Assert.True((await Redeem(app, Code(app, secret, "till", "clerk", 1))).IsOk);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task A_secret_ends_with_its_session_with_a_newer_one_and_after_thirty_days(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        var (member, request) = (await app.Person(Role.Member), app.NewRequestId());
        var first = (await member.Post("/api/v1/device-secret", requestId: request)).Ok<IssueDeviceSecret.Response>();
        Assert.Equal(first, (await member.Post("/api/v1/device-secret", requestId: request)).Ok<IssueDeviceSecret.Response>());
        Assert.DoesNotContain(first.Secret, await app.Read(Seeding.CommunityId, db => db.Set<RequestRecord>().Where(r => r.Id == request).Select(r => r.Response).SingleAsync()), StringComparison.Ordinal);

        var second = await Secret(member);
        Assert.NotEqual(first.Secret, second.Secret);
        Assert.IsType<CodeOver>((await Redeem(app, Code(app, first, "till", "clerk"))).Error);
        Assert.True((await Redeem(app, Code(app, second, "till", "clerk"))).IsOk);

        var lapsing = await Secret(await app.Person(Role.Member));
        app.Time.Advance(DeviceSecret.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True((await Redeem(app, Code(app, lapsing, "till", "clerk"))).IsOk);
        app.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<CodeOver>((await Redeem(app, Code(app, lapsing, "till", "clerk"))).Error);

        var leaving = await app.Person(Role.Member);
        var ended = await Secret(leaving);
        Assert.Equal(HttpStatusCode.OK, (await leaving.Delete("/api/v1/sessions/current")).Status);
        Assert.IsType<CodeOver>((await Redeem(app, Code(app, ended, "till", "clerk"))).Error);
        (await leaving.Post("/api/v1/device-secret")).Refused(HttpStatusCode.Unauthorized, "auth.token_refused");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Used_codes_are_forgotten_after_a_day_and_lapsed_secrets_too(DatabaseKind database)
    {
        await using var app = await PhoenixApp.Start(database);
        await Redeem(app, Code(app, await Secret(await app.Person(Role.Member)), "till", "clerk"));
        app.Time.Advance(UsedCode.Retention);
        await app.Sweep("codes.purge");
        Assert.Equal((1, 1), await Left(app));
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Sweep("codes.purge");
        Assert.Equal((0, 1), await Left(app));
        app.Time.Advance(DeviceSecret.Lifetime);
        await app.Sweep("codes.purge");
        Assert.Equal((0, 0), await Left(app));
    }

    private static Task<(int, int)> Left(PhoenixApp app) =>
        app.Read(Seeding.CommunityId, async db => (await db.Set<UsedCode>().CountAsync(), await db.Set<DeviceSecret>().CountAsync()));

    private static async Task<IssueDeviceSecret.Response> Secret(TestCaller member) => (await member.Post("/api/v1/device-secret")).Ok<IssueDeviceSecret.Response>();

    // Written from the published derivation alone, as the mini program does it.
    private static string Code(PhoenixApp app, IssueDeviceSecret.Response secret, string purpose, string audience, int later = 0)
    {
        var step = app.Now.ToUnixTimeSeconds() / secret.StepSeconds + later;
        var message = Encoding.UTF8.GetBytes($"phoenix/personal\n{purpose}\n{audience}\n1\n{secret.DeviceId:N}\n{step}");
        var mac = HMACSHA256.HashData(Base64Url.DecodeFromChars(secret.Secret), message);
        return $"{secret.LinkPrefix}{purpose}.1.{Base64Url.EncodeToString(Convert.FromHexString(secret.DeviceId.ToString("N")))}.{step}.{Base64Url.EncodeToString(mac.AsSpan(0, 16))}";
    }

    private static async Task<Result<PersonalCode>> Redeem(
        PhoenixApp app, string code, CodePurpose purpose = CodePurpose.Till, int community = Seeding.CommunityId, Guid? request = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CommunityScope>().Enter(community);
        var codes = scope.ServiceProvider.GetRequiredService<IPersonalCodes>();
        return await scope.ServiceProvider.GetRequiredService<UnitOfWork>()
            .Once<PersonalCode>(new RequestId(request ?? app.NewRequestId(), null, [1]), () => codes.Redeem(code, purpose, CancellationToken.None), CancellationToken.None);
    }
}
