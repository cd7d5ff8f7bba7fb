using System.Globalization;
using Phoenix.WeChat.Simulator;
using static Phoenix.WeChat.Tests.Simulator.LoginTests;
using static Phoenix.WeChat.Tests.Simulator.SimulatorServer;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>subscribe/send: consent, fields, pages; the prompt and the settings that give and take consent; the template library.</summary>
public sealed class MessageTests
{
    private const string Send = "cgi-bin/message/subscribe/send";

    [Fact]
    public async Task Each_accept_is_one_message_and_only_a_success_uses_it_up()
    {
        await using var server = await Start();
        var (user, template) = (server.User(), server.Template());
        Refused(43101, await server.Call(Send, Message(user, template, GoodValues())));
        server.Accept(user, template, times: 2);
        Refused(47003, await server.Call(Send, Message(user, template, [.. GoodValues()[..4], ("thing5", "")])));
        Assert.Equal(2, server.Quota(user, template));

        var sent = await server.Call(Send, Message(user, template, GoodValues()));
        Assert.Equal(0, (int)sent["errcode"]!);
        Assert.True((long)sent["msgid"]! > 1L << 53);
        Assert.Equal(19, ((long)sent["msgid"]!).ToString(CultureInfo.InvariantCulture).Length);
        await server.Call(Send, Message(user, template, GoodValues()));
        Refused(43101, await server.Call(Send, Message(user, template, GoodValues())));
        Assert.Equal(0, server.Quota(user, template));

        var message = server.Simulator.Client.Messages(user.OpenId).Value[1];
        Assert.Equal(((long)sent["msgid"]!).ToString(CultureInfo.InvariantCulture), message.Id);
        Assert.Equal(("活动报名结果通知", "pages/activity/detail?id=7", "formal", DefaultStart), (message.Title, message.Page, message.State, message.At));
        Assert.Equal(["活动名称", "活动时间", "活动地点", "报名结果", "备注"], message.Fields.Select(f => f.Label));
        Assert.Equal(0, server.Quota(server.User("李国强"), template));
    }

    [Fact]
    public async Task What_is_wrong_with_a_message_is_named()
    {
        await using var server = await Start();
        var (user, template) = (server.User(), server.Template());
        server.Accept(user, template);
        Refused(40003, await server.Call(Send, new Dictionary<string, object>(Message(user, template, GoodValues()), StringComparer.Ordinal) { ["touser"] = "oOther" }));
        Refused(40037, await server.Call(Send, new Dictionary<string, object>(Message(user, template, GoodValues()), StringComparer.Ordinal) { ["template_id"] = "x" }));
        Refused(47003, await server.Call(Send, new Dictionary<string, object>(Message(user, template, GoodValues()), StringComparer.Ordinal) { ["miniprogram_state"] = "release" }));
        Refused(41030, await server.Call(Send, new Dictionary<string, object>(Message(user, template, GoodValues()), StringComparer.Ordinal) { ["page"] = "/pages/a" }));
        server.Simulator.Settings = server.Simulator.Settings with { ReleasedPages = ["pages/home"] };
        Refused(41030, await server.Call(Send, Message(user, template, GoodValues())));
        using var broken = await server.PostRaw($"{Send}?access_token={await server.Token()}", "{\"touser\":");
        Assert.Contains("47001", await broken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Refused(45109, await server.Call("cgi-bin/message/wxopen/template/uniform_send", new { }));
        server.Simulator.Settings = server.Simulator.Settings with { ReleasedPages = null };
        server.Simulator.Ban(template.Id);
        Refused(43107, await server.Call(Send, Message(user, template, GoodValues())));
        server.Simulator.Ban(template.Id, isBanned: false);
        Assert.Equal(0, (int)(await server.Call(Send, Message(user, template, GoodValues())))["errcode"]!);
    }

    [Theory]
    [InlineData("thing1", "", "is empty")]
    [InlineData("thing1", "   ", "is empty")]
    [InlineData("thing1", "一二三四五六七八九十一二三四五六七八九十多", "invalid")]
    [InlineData("thing1", "两\n行", "invalid")]
    [InlineData("time2", "明天上午", "invalid")]
    [InlineData("time2", "2026年13月01日 09:00", "invalid")]
    [InlineData("time2", "2026-11-28 09:61", "invalid")]
    [InlineData("phrase4", "报名成功啦啦", "invalid")]
    [InlineData("phrase4", "ok", "invalid")]
    public async Task A_wrong_field_is_named_and_uses_nothing_up(string key, string value, string why)
    {
        await using var server = await Start();
        var (user, template) = (server.User(), server.Template());
        server.Accept(user, template);
        var refused = await server.Call(Send, Message(user, template, [.. GoodValues().Select(pair => pair.Key == key ? (key, value) : pair)]));
        Refused(47003, refused);
        Assert.StartsWith($"argument invalid! data.{key}.value {why} rid: ", (string)refused["errmsg"]!, StringComparison.Ordinal);
        Assert.Equal(1, server.Quota(user, template));
    }

    [Theory]
    [InlineData("thing", "一二三四五六七八九十一二三四五六七八九十", true)]
    [InlineData("number", "12.50", true)]
    [InlineData("number", "2,5", false)]
    [InlineData("number", "123456789012345678901234567890123", false)]
    [InlineData("letter", "abcXYZ", true)]
    [InlineData("letter", "abc1", false)]
    [InlineData("symbol", "★★★★★", true)]
    [InlineData("symbol", "★a", false)]
    [InlineData("character_string", "A-27/3 #1", true)]
    [InlineData("character_string", "27号", false)]
    [InlineData("time", "09:00", true)]
    [InlineData("time", "2026年11月28日 09:00~11:30", true)]
    [InlineData("time", "2026/11/28 09:00:30", true)]
    [InlineData("time", "2026-11-28", false)]
    [InlineData("time", "25:00", false)]
    [InlineData("date", "2026.11.28", true)]
    [InlineData("date", "2026年11月28日~2026年11月30日", true)]
    [InlineData("date", "2026-11-28 09:00", true)]
    [InlineData("date", "09:00", false)]
    [InlineData("date", "1~2~3", false)]
    [InlineData("amount", "¥1234567890.50", true)]
    [InlineData("amount", "12元", true)]
    [InlineData("amount", "12345678901", false)]
    [InlineData("phone_number", "028-85670000", true)]
    [InlineData("phone_number", "028-85670000转12345", false)]
    [InlineData("car_number", "川A12345D", true)]
    [InlineData("car_number", "川A123456789", false)]
    [InlineData("name", "欧阳王秀兰欧阳王秀兰", true)]
    [InlineData("name", "欧阳王秀兰欧阳王秀兰多", false)]
    [InlineData("name", "Alexander von Humbol", true)]
    [InlineData("phrase", "已安排", true)]
    public void Each_type_of_field_takes_what_the_contract_says(string rule, string value, bool isTaken) =>
        Assert.Equal(isTaken, SimulatorFields.Takes(rule, value));

    [Fact]
    public async Task A_prompt_answers_per_template_and_counts_every_accept()
    {
        await using var server = await Start();
        var (client, user) = (server.Simulator.Client, server.User());
        var (one, two, three) = (server.Template(), server.Template("活动开始提醒"), server.Template("活动取消通知"));
        server.Simulator.Ban(three.Id);
        Assert.Equal([one.Id, two.Id], client.Prompt(user.OpenId, [one.Id, two.Id, three.Id]).Value.Select(t => t.Id));
        var answers = client.Subscribe(user.OpenId, [one.Id, two.Id, three.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [one.Id] = SubscribeChoice.Accept }).Value;
        Assert.Equal(["accept", "reject", "ban"], [answers[one.Id], answers[two.Id], answers[three.Id]]);
        Assert.Equal((1, 0), (server.Quota(user, one), server.Quota(user, two)));

        // Kept: no prompt any more, and each silent accept counts; a kept refusal counts nothing.
        client.Subscribe(user.OpenId, [one.Id, two.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [one.Id] = SubscribeChoice.Accept }, keep: true);
        Assert.Empty(client.Prompt(user.OpenId, [one.Id, two.Id]).Value);
        var pushes = server.Simulator.PushLog.Count;
        answers = client.Subscribe(user.OpenId, [one.Id, two.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [two.Id] = SubscribeChoice.Accept }).Value;
        Assert.Equal(("accept", "reject"), (answers[one.Id], answers[two.Id]));
        Assert.Equal((3, 0), (server.Quota(user, one), server.Quota(user, two)));
        Assert.Equal(pushes, server.Simulator.PushLog.Count);

        // Switched off in the settings: what was accepted is gone, and stays gone.
        client.Switch(user.OpenId, one.Id, isOn: false);
        Assert.Equal(0, server.Quota(user, one));
        Assert.Equal("reject", client.Subscribe(user.OpenId, [one.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [one.Id] = SubscribeChoice.Accept }).Value[one.Id]);
        client.Switch(user.OpenId, one.Id, isOn: true);
        server.Accept(user, one);
        client.Switch(user.OpenId, null, isOn: false);
        Refused(43101, await server.Call(Send, Message(user, one, GoodValues())));
    }

    [Fact]
    public async Task A_prompt_fails_as_wx_fails()
    {
        await using var server = await Start();
        var (client, user, one) = (server.Simulator.Client, server.User(), server.Template());
        int CodeOf(params string[] ids) => Assert.IsType<SimulatedClientRefused>(client.Subscribe(user.OpenId, ids, new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal)).Error).ErrCode;
        Assert.Equal(10001, CodeOf());
        Assert.Equal(20001, CodeOf("unknown"));
        Assert.Equal(20003, CodeOf("1", "2", "3", "4"));
        var longTerm = (string)(await Add(server, "tid=601&kidList=1&kidList=2"))["priTmplId"]!;
        Assert.Equal(20002, CodeOf(one.Id, longTerm));
        var twin = (string)(await Add(server, "tid=401&kidList=1&kidList=2"))["priTmplId"]!;
        Assert.Equal("filter", client.Subscribe(user.OpenId, [one.Id, twin], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal)).Value[twin]);
        client.Switch(user.OpenId, null, isOn: false);
        Assert.Equal(20004, CodeOf(one.Id));
        Assert.IsType<SimulatedUserUnknown>(client.Login("nobody").Error);

        var failed = await server.Post("client/subscribe", new { openId = user.OpenId, tmplIds = new[] { one.Id } });
        Assert.Equal(("requestSubscribeMessage:fail The main switch is switched off", 20004), ((string?)failed["errMsg"], (int)failed["errCode"]!));
        client.Switch(user.OpenId, null, isOn: true);
        var answered = await server.Post("client/subscribe", new { openId = user.OpenId, tmplIds = new[] { one.Id }, choices = new Dictionary<string, string>(StringComparer.Ordinal) { [one.Id] = "accept" } });
        Assert.Equal(("requestSubscribeMessage:ok", "accept"), ((string?)answered["errMsg"], (string?)answered[one.Id]));
    }

    [Fact]
    public async Task Two_sends_at_once_to_one_user_are_refused_where_that_is_set()
    {
        await using var server = await Start();
        var (user, other, template, token) = (server.User(), server.User("李国强"), server.Template(), await server.Token());
        server.Accept(user, template, times: 2);
        server.Accept(other, template);
        server.Simulator.Settings = server.Simulator.Settings with { RefusesConcurrentSends = true };
        server.Simulator.Break(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(1), Times = 1 });
        var first = server.Post($"{Send}?access_token={token}", Message(user, template, GoodValues()));
        await Until(() => server.Quota(user, template) == 1);
        Refused(43108, await server.Post($"{Send}?access_token={token}", Message(user, template, GoodValues())));
        Assert.Equal(0, (int)(await server.Post($"{Send}?access_token={token}", Message(other, template, GoodValues())))["errcode"]!);
        await Until(() =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            return first.IsCompleted;
        });
        Assert.Equal(0, (int)(await first)["errcode"]!);
        Assert.Equal(0, (int)(await server.Call(Send, Message(user, template, GoodValues())))["errcode"]!);
    }

    [Fact]
    public async Task Templates_are_found_added_by_a_form_alone_listed_and_taken_away()
    {
        await using var server = await Start();
        Task<System.Text.Json.Nodes.JsonNode> Ask(string path) => AskWithToken(server, path);
        Assert.Contains((await Ask("wxaapi/newtmpl/getcategory?"))["data"]!.AsArray(), category => (int)category!["id"]! == 612);
        var titles = await Ask("wxaapi/newtmpl/getpubtemplatetitles?ids=612,307&start=1&limit=2&");
        Assert.Equal((6, 2), ((int)titles["count"]!, titles["data"]!.AsArray().Count));
        foreach (var (query, code) in ((string, int)[])[("start=0&limit=2", 200018), ("ids=9&start=0&limit=2", 200019), ("ids=612&limit=2", 200016), ("ids=612&start=0&limit=31", 200017)])
            Refused(code, await Ask($"wxaapi/newtmpl/getpubtemplatetitles?{query}&"));
        var keywords = (await Ask("wxaapi/newtmpl/getpubtemplatekeywords?tid=409&"))["data"]!.AsArray();
        Assert.Equal("character_string", (string?)keywords[1]!["rule"]);

        var id = (string)(await Add(server, "tid=409&kidList=2&kidList=1&sceneDesc=" + Uri.EscapeDataString("到店取餐")))["priTmplId"]!;
        Assert.Equal(id, (string?)(await Add(server, "tid=409&kidList=2&kidList=1"))["priTmplId"]);
        foreach (var (form, code) in ((string, int)[])
            [("{\"tid\":\"409\",\"kidList\":[1,2]}", 200014), ("tid=409&kidList=1", 200020), ("tid=409&kidList=1&kidList=9", 200020), ("tid=409&kidList=1&kidList=2&sceneDesc=1234567890123456", 200021)])
            Refused(code, await Add(server, form));
        var listed = (await Ask("wxaapi/newtmpl/gettemplate?"))["data"]!.AsArray().Single(t => (string?)t!["priTmplId"] == id)!;
        Assert.Equal(("取餐提醒", "取餐号:{{character_string2.DATA}}\n餐品名称:{{thing1.DATA}}\n", 2), ((string?)listed["title"], (string?)listed["content"], (int)listed["type"]!));
        var judged = (await Ask("wxaapi/newtmpl/gettemplate?"))["data"]!.AsArray().Single(t => (string?)t!["title"] == "审核结果通知")!;
        Assert.Equal(["通过", "不通过", "已撤回"], judged["keywordEnumValueList"]![0]!["enumValueList"]!.AsArray().Select(v => (string?)v));

        Assert.Equal(0, (int)(await server.Call("wxaapi/newtmpl/deltemplate", new { priTmplId = id }))["errcode"]!);
        Refused(40037, await server.Call("wxaapi/newtmpl/deltemplate", new { priTmplId = id }));
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> AskWithToken(SimulatorServer server, string path) => await server.Get($"{path}access_token={await server.Token()}");

    private static async Task<System.Text.Json.Nodes.JsonNode> Add(SimulatorServer server, string form)
    {
        using var answer = await server.PostRaw($"wxaapi/newtmpl/addtemplate?access_token={await server.Token()}", form, "application/x-www-form-urlencoded");
        return System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
