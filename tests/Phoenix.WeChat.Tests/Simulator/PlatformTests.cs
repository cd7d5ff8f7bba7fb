using System.Net;
using System.Text.Json.Nodes;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator;
using ZXing;
using static Phoenix.WeChat.Tests.Simulator.LoginTests;
using static Phoenix.WeChat.Tests.Simulator.SimulatorServer;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>Codes that a scanner reads, content checks, sessions, links, and what any client may do to the platform.</summary>
public sealed class PlatformTests
{
    [Theory]
    [InlineData("m-12ab", "pages/merchant/home", 280)]
    [InlineData("!#$&'()*+,/:;=?@-._~01234567890a", "pages/x", 430)]
    [InlineData("a", "", 1280)]
    public async Task A_mini_program_code_is_a_picture_that_a_scanner_reads(string scene, string page, int width)
    {
        await using var server = await Start();
        using var answer = await server.PostRaw($"wxa/getwxacodeunlimit?access_token={await server.Token()}", new JsonObject { ["scene"] = scene, ["page"] = page, ["width"] = width }.ToJsonString());
        var png = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(png.Length >= 1_024, $"{png.Length} bytes");
        var (side, pixels) = Png.Read(png);
        Assert.Equal(width, side);
        var read = new BarcodeReaderGeneric { Options = { PossibleFormats = [BarcodeFormat.QR_CODE] } }.Decode(pixels, side, side, RGBLuminanceSource.BitmapFormat.RGBA32);
        Assert.StartsWith("wxsimulator://wxacode?", read.Text, StringComparison.Ordinal);
        Assert.Equal($"{page}?scene={Uri.EscapeDataString(scene)}", server.Simulator.Client.Open(server.User().OpenId, read.Text).Value);
    }

    [Fact]
    public async Task A_code_that_cannot_be_is_refused_as_JSON()
    {
        await using var server = await Start();
        server.Simulator.Settings = server.Simulator.Settings with { ReleasedPages = ["pages/home"] };
        foreach (var (body, code) in ((object, int)[])
            [
                (new { page = "pages/home" }, 40169), (new { scene = new string('a', 33) }, 40169), (new { scene = "a%20" }, 40129), (new { scene = "中文" }, 40129),
                (new { scene = "a", page = "pages/other" }, 41030), (new { scene = "a", page = "/pages/home" }, 41030), (new { scene = "a", page = "pages/home?x=1" }, 41030),
                (new { scene = "a", width = 279 }, 40097), (new { scene = "a", env_version = "formal" }, 40097),
            ])
            Refused(code, await server.Call("wxa/getwxacodeunlimit", body));
        using var unchecked_ = await server.PostRaw($"wxa/getwxacodeunlimit?access_token={await server.Token()}", "{\"scene\":\"a\",\"page\":\"pages/other\",\"check_path\":false,\"is_hyaline\":true,\"line_color\":{\"r\":7,\"g\":\"163\",\"b\":80}}");
        Assert.Equal("image/png", unchecked_.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Planted_words_are_found_and_only_who_was_here_within_two_hours_is_judged()
    {
        await using var server = await Start();
        var user = server.User();
        Refused(61010, await Check(server, user, "你好"));
        server.Simulator.Client.Open(user.OpenId);
        server.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal("pass", (string?)(await Check(server, user, "你好"))["result"]!["suggest"]);
        foreach (var (text, suggest, label) in ((string, string, int)[])
            [("这里有可疑测试词", "review", 21000), ("这里有违规测试词", "risky", 20006), ("可疑测试词和广告测试词", "risky", 10001)])
        {
            var found = await Check(server, user, text);
            Assert.Equal((0, suggest, label), ((int)found["errcode"]!, (string?)found["result"]!["suggest"], (int)found["result"]!["label"]!));
            Assert.NotNull(found["trace_id"]);
        }

        Refused(45002, await Check(server, user, new string('长', 2_501)));
        Refused(44004, await Check(server, user, ""));
        Refused(40097, await server.Call("wxa/msg_sec_check", new { version = 1, openid = user.OpenId, scene = 1, content = "a" }));
        Refused(40097, await server.Call("wxa/msg_sec_check", new { version = 2, openid = user.OpenId, scene = 5, content = "a" }));
        Refused(40003, await server.Call("wxa/msg_sec_check", new { version = 2, openid = "o", scene = 1, content = "a" }));
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Refused(61010, await Check(server, user, "你好"));
    }

    [Fact]
    public async Task A_picture_s_verdict_may_never_come()
    {
        await using var server = await Start();
        var user = server.User();
        server.Simulator.Client.Open(user.OpenId);
        server.Simulator.Settings = server.Simulator.Settings with { PictureVerdict = null };
        Task<JsonNode> Ask(string url, int type = 2) => server.Call("wxa/media_check_async", new { openid = user.OpenId, version = 2, scene = 1, media_type = type, media_url = url });
        Assert.NotNull((await Ask("https://phoenix.example/1"))["trace_id"]);
        Assert.Empty(server.Simulator.PushLog);
        Refused(40097, await Ask("ftp://phoenix.example/1"));
        Refused(40097, await Ask("https://phoenix.example/1", type: 3));
        Assert.Equal("risky", (string?)(await server.Post("control/settings", new { pictureVerdict = "risky" }))["pictureVerdict"]);
        Assert.Equal(Suggestion.Risky, server.Simulator.Settings.PictureVerdict);
        await Ask("https://phoenix.example/1");
        Assert.Single(server.Simulator.PushLog);
    }

    [Fact]
    public async Task A_session_key_is_checked_by_its_signature_and_reset()
    {
        await using var server = await Start();
        var user = server.User();
        var account = SimulatorAccount.WellKnown;
        var code = server.Simulator.Client.Login(user.OpenId).Value;
        var key = (string)(await server.Get($"sns/jscode2session?appid={account.AppId}&secret={account.Secret}&js_code={code}&grant_type=authorization_code"))["session_key"]!;
        async Task<JsonNode> Signed(string path, string session, string method = "hmac_sha256") =>
            await server.Get($"wxa/{path}?access_token={await server.Token()}&openid={user.OpenId}&signature={Sign(session)}&sig_method={method}");
        Assert.Equal(0, (int)(await Signed("checksession", key))["errcode"]!);
        Refused(87009, await Signed("checksession", key + "x"));
        Refused(87008, await Signed("resetusersessionkey", key, "sha1"));
        var reset = (string)(await Signed("resetusersessionkey", key))["session_key"]!;
        Assert.NotEqual(key, reset);
        Refused(87009, await Signed("checksession", key));
        Assert.Equal(0, (int)(await Signed("checksession", reset))["errcode"]!);
        Assert.Equal("46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128", Sign("o0q0otL8aEzpcZL/FT9WsQ=="));

        server.Simulator.Client.Change(user.OpenId, riskRank: 3);
        Assert.Equal(3, (int)(await server.Call("wxa/getuserriskrank", new { appid = account.AppId, openid = user.OpenId, scene = 0, client_ip = "10.0.0.1" }))["risk_rank"]!);
    }

    [Fact]
    public async Task A_link_opens_its_page_until_it_is_over()
    {
        await using var server = await Start();
        var user = server.User();
        var until = server.Time.GetLocalNow().AddDays(30).ToUnixTimeSeconds();
        var link = (string)(await server.Call("wxa/generate_urllink", new { path = "pages/a/b", query = "id=1", expire_type = 0, expire_time = until }))["url_link"]!;
        var scheme = (string)(await server.Call("wxa/generatescheme", new { jump_wxa = new { path = "pages/c", query = "" }, expire_type = 1, expire_interval = 1 }))["openlink"]!;
        Assert.StartsWith("weixin://dl/business/?t=", scheme, StringComparison.Ordinal);
        Assert.Equal(("pages/a/b?id=1", "pages/c"), (server.Simulator.Client.Open(user.OpenId, link).Value, server.Simulator.Client.Open(user.OpenId, scheme).Value));
        Refused(85401, await server.Call("wxa/generate_urllink", new { path = "pages/a", expire_time = until + 1 }));
        Refused(85402, await server.Call("wxa/generate_urllink", new { path = "pages/a", expire_type = 1, expire_interval = 31 }));
        Refused(40165, await server.Call("wxa/generate_urllink", new { path = "pages/a?b=1" }));
        Refused(40212, await server.Call("wxa/generate_urllink", new { path = "pages/a", query = new string('a', 1_025) }));
        server.Time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<SimulatedCodeUnknown>(server.Simulator.Client.Open(user.OpenId, scheme).Error);
        Assert.IsType<SimulatedCodeUnknown>(server.Simulator.Client.Open(user.OpenId, "https://elsewhere.example/").Error);
    }

    [Fact]
    public async Task Every_endpoint_answers_a_refusal_to_anything_and_secrets_stay_out_of_the_log()
    {
        await using var server = await Start();
        var token = await server.Token();
        var seen = Seen(server);
        foreach (var path in WeChatSimulator.Endpoints)
            foreach (var body in (string[])["", "{", "[]", "7", "null", "{\"scene\":{}}", "{\"touser\":[1],\"data\":7}", "{\"a\":\"\\ud800\"}", "\u0000", "tid=%zz&kidList"])
                foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
                {
                    using var request = new HttpRequestMessage(method, $"{path[1..]}?access_token={token}&openid=%00") { Content = method == HttpMethod.Get ? null : new StringContent(body) };
                    using var answer = await server.Http.SendAsync(request);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
                }

        Refused(40066, await server.Get("cgi-bin/no/such/thing"));
        seen += Seen(server);
        Assert.DoesNotContain(token, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(SimulatorAccount.WellKnown.Secret, seen, StringComparison.Ordinal);
        Assert.Equal(SimulatorLimits.Calls, server.Simulator.Calls.Count);
    }

    [Fact]
    public async Task A_request_id_can_be_asked_about_and_a_page_of_another_site_drives_nothing()
    {
        await using var server = await Start();
        var refused = await server.Call("cgi-bin/message/subscribe/send", new { touser = "o" });
        var rid = ((string)refused["errmsg"]!).Split("rid: ")[1];
        var told = await server.Call("cgi-bin/openapi/rid/get", new { rid });
        Assert.Contains("40003", (string)told["request"]!["response_body"]!, StringComparison.Ordinal);
        Refused(76001, await server.Call("cgi-bin/openapi/rid/get", new { rid = "x" }));

        foreach (var (header, value) in ((string, string)[])[("Sec-Fetch-Site", "cross-site"), ("Host", "rebound.example")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "control/faults") { Content = new StringContent("{\"kind\":\"empty\"}") };
            request.Headers.Add(header, value);
            using var answer = await server.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(server.Simulator.Faults);
    }

    [Fact]
    public async Task Users_are_chosen_by_name_and_limited()
    {
        await using var server = await Start();
        Assert.Equal(server.User().OpenId, (string?)(await server.Post("client/users", new { name = " 王秀兰 ", phone = "13800000000" }))["openId"]);
        Assert.Equal("13800000000", server.User().Phone);
        foreach (var (name, phone) in ((string, string?)[])[("", null), (new string('长', 21), null), ("好", "138")])
            Assert.IsType<SimulatedUserWrong>(server.Simulator.Client.Choose(name, phone).Error);
        for (var i = 1; i < SimulatorLimits.Users; i++)
            Assert.True(server.Simulator.Client.Choose($"用户{i}").IsOk);
        Assert.IsType<SimulatedUsersFull>(server.Simulator.Client.Choose("多一位").Error);
        Assert.True(server.Simulator.Client.Choose("王秀兰").IsOk);
    }

    [Fact]
    public async Task The_page_and_its_parts_are_served()
    {
        await using var server = await Start();
        foreach (var (path, type) in ((string, string)[])[("", "text/html"), ("page.css", "text/css"), ("page.js", "text/javascript")])
        {
            using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.True((await answer.Content.ReadAsStringAsync()).Length > 1_000, path);
        }

        using var bare = await server.Http.GetAsync(new Uri("/simulator", UriKind.Relative));
        Assert.Equal("/simulator/", bare.Headers.Location?.ToString());
        var state = await server.Get("control/state");
        Assert.Equal(WeChatSimulator.Endpoints.Count, state["endpoints"]!.AsArray().Count);
        var script = await server.Http.GetStringAsync(new Uri("page.js", UriKind.Relative));
        Assert.All(WeChatSimulator.Endpoints, path => Assert.Contains($"'{path}'", script, StringComparison.Ordinal));
    }

    private static string Seen(SimulatorServer server) => string.Concat(server.Simulator.Calls.Select(call => call.Request + call.Answer));

    private static string Sign(string sessionKey) =>
        Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sessionKey), Array.Empty<byte>()));

    private static Task<JsonNode> Check(SimulatorServer server, UserView user, string content) =>
        server.Call("wxa/msg_sec_check", new { version = 2, openid = user.OpenId, scene = 3, content });
}
