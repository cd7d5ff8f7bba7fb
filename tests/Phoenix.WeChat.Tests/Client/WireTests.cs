using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Phoenix.WeChat.Client;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>What goes over the wire, and how answers are read.</summary>
public sealed class WireTests
{
    private static readonly byte[] s_jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 0xFF, 0xD9];

    [Fact]
    public async Task Login_is_a_get_without_token_and_reads_the_session()
    {
        var wire = new Wire().Then("""{"openid":"o1","session_key":"a2V5","unionid":"u1"}""").Then("""{"openid":"o1","session_key":"a2V5"}""");
        await using var host = await ClientHost.Start(() => wire);
        Assert.Equal(new WeChatSession("o1", "a2V5", "u1"), (await host.WeChat.CodeToSession("c+/=&1", default)).Value);
        Assert.Null((await host.WeChat.CodeToSession("c2", default)).Value.UnionId);
        var sent = wire.Calls.First();
        Assert.Equal((HttpMethod.Get, "/sns/jscode2session"), (sent.Method, sent.Path));
        Assert.Equal([("appid", ClientHost.AppId), ("grant_type", "authorization_code"), ("js_code", "c+/=&1"), ("secret", ClientHost.Secret)], sent.Query.Select(p => (p.Key, p.Value)).Order());
        Assert.Empty(wire.Fetches);
    }

    [Fact]
    public async Task The_base_address_may_have_a_path_with_or_without_a_slash_at_its_end()
    {
        foreach (var address in (string[])["http://127.0.0.1:5080/simulator", "http://127.0.0.1:5080/simulator/"])
        {
            var wire = new Wire().Then("""{"errcode":0,"errmsg":"ok","trace_id":"t"}""");
            await using var host = await ClientHost.Start(() => wire, o => o with { BaseAddress = new Uri(address) });
            Assert.True((await host.WeChat.CheckPicture(new PictureToCheck("o", ContentScene.Forum, new Uri("https://x.example/a?b=c")), default)).IsOk);
            Assert.Equal("/simulator/wxa/media_check_async", wire.Calls.Single().Path);
            Assert.Equal("/simulator" + Wire.TokenPath, wire.Fetches.Single().Path);
            Assert.Equal("""{"media_url":"https://x.example/a?b=c","media_type":2,"version":2,"scene":3,"openid":"o"}""", wire.Calls.Single().Body);
        }
    }

    [Fact]
    public async Task A_message_goes_out_in_plain_chinese_with_the_edition_in_its_own_words()
    {
        var wire = new Wire().Then("""{"errcode":0,"errmsg":"ok","msgid":4567890123456789012}""").Then("""{"errcode":"0","msgid":"4567890123456789013"}""").Then("{}");
        await using var host = await ClientHost.Start(() => wire, o => o with { Edition = WeChatEdition.Developer });
        var message = new SubscribeMessage(ClientHost.OpenId, "T1", "pages/a/b?id=1&x=\"", new Dictionary<string, string>(StringComparer.Ordinal) { ["thing1"] = "𠮷祥😀\"\\\t<&+'", ["date2"] = "2026年11月23日" });
        Assert.Equal(4567890123456789012, (await host.WeChat.Send(message, default)).Value.MessageId);
        Assert.Equal(4567890123456789013, (await host.WeChat.Send(message, default)).Value.MessageId);
        Assert.Null((await host.WeChat.Send(message with { Page = null }, default)).Value.MessageId);
        var sent = wire.Calls.ToArray();
        Assert.Equal(
            $$$"""{"touser":"{{{ClientHost.OpenId}}}","template_id":"T1","page":"pages/a/b?id=1&x=\"","data":{"thing1":{"value":"𠮷祥😀\"\\\u0009<&+'"},"date2":{"value":"2026年11月23日"}},"miniprogram_state":"developer","lang":"zh_CN"}""",
            sent[0].Body);
        Assert.DoesNotContain("page", sent[2].Body, StringComparison.Ordinal);
        Assert.All(sent, s => Assert.Equal(Wire.TokenOf(1), s.Token));
        Assert.Equal($$"""{"grant_type":"client_credential","appid":"{{ClientHost.AppId}}","secret":"{{ClientHost.Secret}}","force_refresh":false}""", wire.Fetches.Single().Body);
    }

    [Theory]
    [InlineData("""{"errcode":0,"phone_info":{"phoneNumber":"+8613800000000","purePhoneNumber":"13800000000","countryCode":"86"}}""", "13800000000", "86")]
    [InlineData("""{"errcode":0,"phone_info":{"purePhoneNumber":13800000000,"countryCode":86}}""", "13800000000", "86")]
    [InlineData("""{"phone_info":{"purePhoneNumber":"91234567","countryCode":852,"watermark":{"timestamp":1,"appid":"x"}}}""", "91234567", "852")]
    public async Task Phone_numbers_are_read_as_texts_or_numbers(string answer, string number, string country)
    {
        var wire = new Wire().Then(answer);
        await using var host = await ClientHost.Start(() => wire);
        Assert.Equal(new WeChatPhone(number, country), (await host.WeChat.PhoneNumber("c", default)).Value);
        Assert.Equal("""{"code":"c"}""", wire.Calls.Single().Body);
    }

    [Fact]
    public async Task A_code_is_an_image_or_a_refusal_by_its_first_bytes_however_short_and_whatever_its_type_says()
    {
        var wire = new Wire()
            .Then((_, _) => Task.FromResult(Wire.Bytes(s_jpeg, "image/jpeg")))
            .Then((_, _) => Task.FromResult(Wire.Bytes(s_jpeg, "text/plain")))
            .Then((_, _) => Task.FromResult(Wire.Bytes(Encoding.UTF8.GetBytes(Wire.Refusal(41030, "invalid page")), "image/jpeg")));
        await using var host = await ClientHost.Start(() => wire, o => o with { Edition = WeChatEdition.Trial });
        var code = new CodeToDraw("m-12AZ", "pages/merchant/index", 430);
        for (var i = 0; i < 2; i++)
        {
            var image = (await host.WeChat.MiniProgramCode(code, default)).Value;
            Assert.Equal("image/jpeg", image.ContentType);
            Assert.Equal(s_jpeg, image.Bytes);
        }

        Assert.Equal(new WeChatAccountWrong(41030, "invalid page"), (await host.WeChat.MiniProgramCode(code, default)).Error);
        Assert.Equal("""{"scene":"m-12AZ","page":"pages/merchant/index","check_path":false,"env_version":"trial","width":430}""", wire.Calls.First().Body);
    }

    [Fact]
    public async Task A_link_carries_its_end_in_unix_seconds()
    {
        var wire = new Wire().Then("""{"errcode":0,"url_link":"https://wxaurl.cn/abc"}""");
        await using var host = await ClientHost.Start(() => wire);
        var end = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(new Uri("https://wxaurl.cn/abc"), (await host.WeChat.UrlLink(new LinkToMake("pages/x", "id=1", end), default)).Value);
        Assert.Equal($$"""{"path":"pages/x","query":"id=1","expire_type":0,"expire_time":{{end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}},"env_version":"release"}""", wire.Calls.Single().Body);
    }

    [Theory]
    [InlineData("pass", ContentVerdict.Pass), InlineData("review", ContentVerdict.Review), InlineData("risky", ContentVerdict.Risky), InlineData("new-word", ContentVerdict.Review)]
    public async Task A_text_is_judged(string suggest, ContentVerdict verdict)
    {
        var wire = new Wire().Then($$$"""{"errcode":0,"trace_id":"t","result":{"suggest":"{{{suggest}}}","label":"100"},"detail":[]}""");
        await using var host = await ClientHost.Start(() => wire);
        Assert.Equal(verdict, (await host.WeChat.CheckText(new TextToCheck("o", ContentScene.Comment, "帮忙搬米"), default)).Value);
        Assert.Equal("""{"version":2,"openid":"o","scene":2,"content":"帮忙搬米"}""", wire.Calls.Single().Body);
    }

    [Fact]
    public async Task Templates_are_read_keyword_by_keyword_and_asked_for_seldom()
    {
        const string Answer = """
            {"errcode":0,"errmsg":"ok","data":[
             {"priTmplId":"T1","title":"活动提醒","content":"活动名称:{{thing1.DATA}}\n开始时间:{{time22.DATA}}\n状态：{{phrase3.DATA}}\n","example":"活动名称:搬米\n","type":2,
              "keywordEnumValueList":[{"keywordCode":"phrase3.DATA","enumValueList":["已通过","未通过"]}]},
             {"priTmplId":"T2","title":"余额","content":"{{character_string1.DATA}}","type":"3"}]}
            """;
        var wire = new Wire().Then(Answer).Then("""{"errcode":0,"data":[]}""");
        await using var host = await ClientHost.Start(() => wire);
        var templates = (await host.WeChat.Templates(default)).Value;
        Assert.Equal([("thing1", "活动名称"), ("time22", "开始时间"), ("phrase3", "状态")], templates[0].Fields.Select(f => (f.Key, f.Label)));
        Assert.Equal(["已通过", "未通过"], templates[0].Fields[2].Values);
        Assert.Equal([("T1", "活动提醒", false), ("T2", "余额", true)], templates.Select(t => (t.Id, t.Title, t.IsLongTerm)));
        Assert.Equal([("character_string1", "")], templates[1].Fields.Select(f => (f.Key, f.Label)));
        Assert.Equal(2, (await host.WeChat.Templates(default)).Value.Length);
        Assert.Single(wire.Calls);

        // Known templates make a message with a missing or strange key, or a value that isn't allowed, stay here.
        await Refused(host, "data.phrase3.value is missing", ("thing1", "a"), ("time22", "10:00"));
        await Refused(host, "data.thing9 is no key of the template", ("thing1", "a"), ("time22", "10:00"), ("phrase3", "已通过"), ("thing9", "a"));
        await Refused(host, "data.phrase3.value is none of the values allowed", ("thing1", "a"), ("time22", "10:00"), ("phrase3", "好"));
        host.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty((await host.WeChat.Templates(default)).Value);
    }

    [Fact]
    public async Task Logs_have_endpoint_code_and_rid_and_nothing_else()
    {
        var wire = new Wire().ThenRefusal(47003, $"argument invalid! data.thing1.value invalid, {ClientHost.OpenId}").ThenRefusal(40029).Then("<html>");
        await using var host = await ClientHost.Start(() => wire);
        var refused = await host.WeChat.Send(Message(("thing1", "王大妈家搬米")), default);
        Assert.Equal(new WeChatRequestWrong(47003, "argument invalid! data.thing1.value invalid, …"), refused.Error);
        await host.WeChat.PhoneNumber("phone-code-1", default);
        await host.WeChat.CodeToSession("login-code-1", default);
        Assert.Contains(host.Lines.All, l => l.Contains("cgi-bin/message/subscribe/send with 47003, rid 6747f0a1-1a2b3c4d-5e6f7081", StringComparison.Ordinal));
        Assert.Contains(host.Lines.All, l => l.Contains("wxa/business/getuserphonenumber with 40029", StringComparison.Ordinal));
        var all = string.Join('\n', host.Lines.All);
        Assert.All([ClientHost.Secret, ClientHost.OpenId, Wire.TokenOf(1), "搬米", "phone-code-1", "login-code-1"], secret => Assert.DoesNotContain(secret, all, StringComparison.Ordinal));
        Assert.DoesNotContain(ClientHost.Secret, host.Service<WeChatOptions>().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_connection_that_turns_out_closed_doesnt_send_a_login_code_twice()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource();
        var codes = new List<string>();
        var serving = Serve(listener, codes, over.Token);
        await using var host = await ClientHost.Start(options: o => o with { BaseAddress = new Uri($"http://{listener.LocalEndpoint}/") });
        Assert.True((await host.WeChat.CodeToSession("first", default)).IsOk);
        Assert.IsType<WeChatOutcomeUnknown>((await host.WeChat.CodeToSession("second", default)).Error);
        await over.CancelAsync();
        await serving;
        Assert.Equal(["first", "second"], codes);
    }

    // Answers the first request of a connection; reads the second and hangs up. Until the test is over.
    private static async Task Serve(TcpListener listener, List<string> codes, CancellationToken over)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(over);
                using var reader = new StreamReader(client.GetStream());
                for (var requests = 0; requests < 2; requests++)
                {
                    var line = await reader.ReadLineAsync(over);
                    codes.Add(line!.Split("js_code=")[1].Split('&')[0]);
                    while (await reader.ReadLineAsync(over) is { Length: > 0 })
                    {
                    }

                    const string Body = """{"openid":"o","session_key":"k"}""";
                    if (requests == 0)
                        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"), over);
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The test is over: nobody came any more.
        }
    }

    private static async Task Refused(ClientHost host, string what, params (string Key, string Value)[] data) =>
        Assert.Equal(new WeChatRequestWrong(0, what), (await host.WeChat.Send(Message(data), default)).Error);

    private static SubscribeMessage Message(params (string Key, string Value)[] data) => new(ClientHost.OpenId, "T1", null, data.ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal));
}
