using Phoenix.WeChat.Simulator;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>Login and phone codes, and both pools of tokens.</summary>
public sealed class LoginTests
{
    private static readonly string s_account = $"appid={SimulatorAccount.WellKnown.AppId}&secret={SimulatorAccount.WellKnown.Secret}";

    [Fact]
    public async Task A_login_code_works_once_within_five_minutes()
    {
        await using var server = await SimulatorServer.Start();
        var user = server.User();
        var code = server.Simulator.Client.Login(user.OpenId).Value;
        var session = await Login(server, code);
        Assert.Equal(user.OpenId, (string?)session["openid"]);
        Assert.Equal(28, user.OpenId.Length);
        Assert.Equal(16, Convert.FromBase64String((string)session["session_key"]!).Length);
        Assert.Null(session["errcode"]);
        Refused(40163, await Login(server, code));
        Refused(40029, await Login(server, "nonsense"));

        var late = server.Simulator.Client.Login(user.OpenId).Value;
        server.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull((await Login(server, late))["openid"]);
        var over = server.Simulator.Client.Login(user.OpenId).Value;
        server.Time.Advance(TimeSpan.FromMinutes(5));
        Refused(40029, await Login(server, over));
    }

    [Fact]
    public async Task Another_AppId_a_wrong_secret_and_a_blocked_user_are_told_apart()
    {
        await using var server = await SimulatorServer.Start();
        var user = server.User();
        string Code() => server.Simulator.Client.Login(user.OpenId).Value;
        Refused(40013, await server.Get($"sns/jscode2session?appid=wx0&secret=x&js_code={Code()}&grant_type=authorization_code"));
        Refused(40125, await server.Get($"sns/jscode2session?appid={SimulatorAccount.WellKnown.AppId}&secret=x&js_code={Code()}&grant_type=authorization_code"));
        Refused(40002, await server.Get($"sns/jscode2session?{s_account}&js_code={Code()}"));
        Refused(41008, await server.Get($"sns/jscode2session?{s_account}&grant_type=authorization_code"));
        server.Simulator.Client.Change(user.OpenId, isBlocked: true);
        Refused(40226, await Login(server, Code()));
        Refused(43001, await server.Post($"sns/jscode2session?{s_account}", new { }));
    }

    [Fact]
    public async Task The_same_name_is_the_same_user_in_the_next_process_and_a_hundred_logins_a_minute_are_enough()
    {
        await using var server = await SimulatorServer.Start();
        await using var next = await SimulatorServer.Start(seed: 2);
        Assert.Equal(server.User().OpenId, next.User().OpenId);
        Assert.NotEqual(server.User().OpenId, server.User("李国强").OpenId);
        for (var i = 0; i < 100; i++)
            Assert.NotNull((await Login(server, server.Simulator.Client.Login(server.User().OpenId).Value))["openid"]);
        Refused(45011, await Login(server, server.Simulator.Client.Login(server.User().OpenId).Value));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull((await Login(server, server.Simulator.Client.Login(server.User().OpenId).Value))["openid"]);
    }

    [Fact]
    public async Task A_phone_code_works_once_and_is_no_login_code()
    {
        await using var server = await SimulatorServer.Start();
        var user = server.User();
        var code = server.Simulator.Client.PhoneNumber(user.OpenId).Value;
        var info = (await server.Call("wxa/business/getuserphonenumber", new { code }))["phone_info"]!;
        Assert.Equal((user.Phone, "86", SimulatorAccount.WellKnown.AppId), ((string?)info["purePhoneNumber"], (string?)info["countryCode"], (string?)info["watermark"]!["appid"]));
        Refused(40029, await server.Call("wxa/business/getuserphonenumber", new { code }));
        Refused(40029, await server.Call("wxa/business/getuserphonenumber", new { code = server.Simulator.Client.Login(user.OpenId).Value }));
        var late = server.Simulator.Client.PhoneNumber(user.OpenId).Value;
        server.Time.Advance(TimeSpan.FromMinutes(5));
        Refused(40029, await server.Call("wxa/business/getuserphonenumber", new { code = late }));
    }

    [Fact]
    public async Task A_phone_sheet_can_be_denied_and_needs_credit()
    {
        await using var server = await SimulatorServer.Start();
        var (client, user) = (server.Simulator.Client, server.User());
        Assert.Equal("getPhoneNumber:fail user deny", Assert.IsType<SimulatedClientRefused>(client.PhoneNumber(user.OpenId, PhoneAnswer.Deny).Error).ErrMsg);
        client.Change(user.OpenId, PhoneAnswer.Deny);
        Assert.False(client.PhoneNumber(user.OpenId).IsOk);
        server.Simulator.Settings = server.Simulator.Settings with { PhoneCredit = 1 };
        Assert.True(client.PhoneNumber(user.OpenId, PhoneAnswer.Allow).IsOk);
        Assert.Equal(1_400_001, Assert.IsType<SimulatedClientRefused>(client.PhoneNumber(user.OpenId, PhoneAnswer.Allow).Error).ErrCode);
        var asWx = await server.Post("client/phone", new { openId = user.OpenId });
        Assert.Equal(1_400_001, (int)asWx["errno"]!);
    }

    [Fact]
    public async Task A_new_token_leaves_the_one_before_good_for_five_minutes()
    {
        await using var server = await SimulatorServer.Start();
        var first = await Ordinary(server);
        Assert.True(first.Length > 32);
        var second = await Ordinary(server);
        Assert.NotEqual(first, second);
        Assert.Equal(Codes(0, 0), await Probes(server, first, second));
        server.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Codes(40001, 0), await Probes(server, first, second));
        server.Time.Advance(TimeSpan.FromSeconds(7_200) - TimeSpan.FromMinutes(5));
        Assert.Equal(42001, await Probe(server, second));
        Assert.Equal(Codes(40001, 40014), await Probes(server, "T1_unknown", "a b"));
        Refused(41001, await server.Get("wxaapi/newtmpl/gettemplate"));
        Refused(40001, await server.Get($"cgi-bin/token?grant_type=client_credential&appid={SimulatorAccount.WellKnown.AppId}&secret=x"));
    }

    [Fact]
    public async Task The_stable_token_stays_until_its_last_five_minutes_and_then_both_are_good()
    {
        await using var server = await SimulatorServer.Start();
        var first = await server.Token();
        server.Time.Advance(TimeSpan.FromSeconds(7_200 - 301));
        Assert.Equal(first, await server.Token());
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await server.Token();
        Assert.NotEqual(first, second);
        Assert.Equal(second, await server.Token());
        Assert.Equal(Codes(0, 0), await Probes(server, first, second));
        server.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Codes(42001, 0), await Probes(server, first, second));
    }

    [Fact]
    public async Task A_forced_refresh_kills_the_token_at_once_but_not_twice_in_thirty_seconds_nor_the_other_pool()
    {
        await using var server = await SimulatorServer.Start();
        var (ordinary, first) = (await Ordinary(server), await server.Token());
        var second = await Forced(server);
        Assert.NotEqual(first, second);
        Assert.Equal(Codes(40001, 0, 0), await Probes(server, first, second, ordinary));
        server.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(second, await Forced(server));
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var third = await Forced(server);
        Assert.NotEqual(second, third);
        for (var i = 2; i < 20; i++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(30));
            third = await Forced(server);
        }

        server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(third, await Forced(server));
        await Ordinary(server);
        Assert.Equal(0, await Probe(server, third));
        server.Time.SetUtcNow(SimulatorServer.DefaultStart.AddHours(14));
        Assert.NotEqual(third, await Forced(server));
    }

    [Fact]
    public async Task The_two_thousand_and_first_token_of_a_day_is_refused_and_counted()
    {
        await using var server = await SimulatorServer.Start();
        server.Simulator.Limit("/cgi-bin/token", perDay: 2, perMinute: 100);
        await Ordinary(server);
        await Ordinary(server);
        var refused = await server.Get($"cgi-bin/token?grant_type=client_credential&{s_account}");
        Refused(45009, refused);
        Assert.Contains("daily", (string)refused["errmsg"]!, StringComparison.Ordinal);
        var quota = await server.Call("cgi-bin/openapi/quota/get", new { cgi_path = "/cgi-bin/token" });
        Assert.Equal((2, 2, 0), ((int)quota["quota"]!["daily_limit"]!, (int)quota["quota"]!["used"]!, (int)quota["quota"]!["remain"]!));
        await server.Call("cgi-bin/openapi/quota/clear", new { cgi_path = "/cgi-bin/token" });
        await Ordinary(server);
    }

    internal static void Refused(int code, System.Text.Json.Nodes.JsonNode answer)
    {
        Assert.Equal(code, (int?)answer["errcode"]);
        Assert.Matches(@"rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", (string?)answer["errmsg"]);
    }

    private static Task<System.Text.Json.Nodes.JsonNode> Login(SimulatorServer server, string code) =>
        server.Get($"sns/jscode2session?{s_account}&js_code={code}&grant_type=authorization_code");

    private static async Task<string> Ordinary(SimulatorServer server) => (string)(await server.Get($"cgi-bin/token?grant_type=client_credential&{s_account}"))["access_token"]!;

    private static async Task<string> Forced(SimulatorServer server) => (string)(await server.Post("cgi-bin/stable_token", new
    {
        grant_type = "client_credential",
        appid = SimulatorAccount.WellKnown.AppId,
        secret = SimulatorAccount.WellKnown.Secret,
        force_refresh = true,
    }))["access_token"]!;

    private static int[] Codes(params int[] codes) => codes;

    private static async Task<int[]> Probes(SimulatorServer server, params string[] tokens)
    {
        var codes = new List<int>();
        foreach (var token in tokens)
            codes.Add(await Probe(server, token));
        return [.. codes];
    }

    private static async Task<int> Probe(SimulatorServer server, string token) => (int)(await server.Get($"wxaapi/newtmpl/gettemplate?access_token={Uri.EscapeDataString(token)}"))["errcode"]!;
}
