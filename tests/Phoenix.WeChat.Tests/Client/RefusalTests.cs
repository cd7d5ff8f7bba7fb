using System.Net;
using Phoenix.Platform.Results;
using Phoenix.WeChat.Client;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>Every errcode has its class, and every call is repeated just as often as it may be.</summary>
public sealed class RefusalTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private sealed record Endpoint(Func<IWeChatGateway, Task<Error?>> Call, string Path, string Success, bool RepeatsBusy, bool RepeatsLost);

    private static readonly Dictionary<string, Endpoint> s_calls = new(StringComparer.Ordinal)
    {
        ["login"] = new(async w => (await w.CodeToSession("c", default)).Error, "/sns/jscode2session", """{"openid":"o","session_key":"k"}""", RepeatsBusy: true, RepeatsLost: false),
        ["phone"] = new(async w => (await w.PhoneNumber("c", default)).Error, "/wxa/business/getuserphonenumber", """{"phone_info":{"purePhoneNumber":"1"}}""", RepeatsBusy: true, RepeatsLost: false),
        ["send"] = new(async w => (await w.Send(Message("o"), default)).Error, "/cgi-bin/message/subscribe/send", """{"errcode":0}""", RepeatsBusy: false, RepeatsLost: false),
        ["text"] = new(async w => (await w.CheckText(new TextToCheck("o", ContentScene.Forum, "a"), default)).Error, "/wxa/msg_sec_check", """{"result":{"suggest":"pass"}}""", RepeatsBusy: true, RepeatsLost: true),
        ["picture"] = new(async w => (await w.CheckPicture(new PictureToCheck("o", ContentScene.Forum, new Uri("https://a.example/")), default)).Error, "/wxa/media_check_async", """{"trace_id":"t"}""", RepeatsBusy: true, RepeatsLost: true),
        ["templates"] = new(async w => (await w.Templates(default)).Error, "/wxaapi/newtmpl/gettemplate", """{"data":[]}""", RepeatsBusy: true, RepeatsLost: true),
        ["code"] = new(async w => (await w.MiniProgramCode(new CodeToDraw("a", "p", 430), default)).Error, "/wxa/getwxacodeunlimit", "", RepeatsBusy: true, RepeatsLost: true),
        ["link"] = new(async w => (await w.UrlLink(new LinkToMake("p", "", new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)), default)).Error, "/wxa/generate_urllink", """{"url_link":"https://a.example/"}""", RepeatsBusy: true, RepeatsLost: true),
    };

    public static TheoryData<string> Endpoints => [.. s_calls.Keys];

    [Theory]
    [InlineData("login", 40029, WeChatRetry.Never, typeof(WeChatCodeOver)), InlineData("login", 40163, WeChatRetry.Never, typeof(WeChatCodeOver)), InlineData("phone", 40029, WeChatRetry.Never, typeof(WeChatCodeOver))]
    [InlineData("login", 40226, WeChatRetry.User, typeof(WeChatUserBlocked)), InlineData("send", 43101, WeChatRetry.User, typeof(WeChatMessageNotWanted))]
    [InlineData("login", 40013, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("login", 40125, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("login", 40001, WeChatRetry.Operator, typeof(WeChatAccountWrong))]
    [InlineData("login", 40164, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("login", 40243, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("phone", 48001, WeChatRetry.Operator, typeof(WeChatAccountWrong))]
    [InlineData("text", 50002, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("send", 40037, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("send", 41030, WeChatRetry.Operator, typeof(WeChatAccountWrong))]
    [InlineData("code", 41030, WeChatRetry.Operator, typeof(WeChatAccountWrong)), InlineData("send", 43107, WeChatRetry.Operator, typeof(WeChatAccountWrong))]
    [InlineData("text", 61010, WeChatRetry.Never, typeof(WeChatRequestWrong)), InlineData("send", 47003, WeChatRetry.Never, typeof(WeChatRequestWrong)), InlineData("send", 40003, WeChatRetry.Never, typeof(WeChatRequestWrong))]
    [InlineData("send", 45168, WeChatRetry.Never, typeof(WeChatRequestWrong)), InlineData("code", 40129, WeChatRetry.Never, typeof(WeChatRequestWrong)), InlineData("code", 40169, WeChatRetry.Never, typeof(WeChatRequestWrong))]
    [InlineData("link", 99999, WeChatRetry.Never, typeof(WeChatRequestWrong)), InlineData("send", 43108, WeChatRetry.Later, typeof(WeChatBusy)), InlineData("login", 45011, WeChatRetry.Later, typeof(WeChatBusy))]
    public async Task A_code_has_its_class_and_is_asked_once(string name, int code, WeChatRetry retry, Type type)
    {
        var wire = new Wire().ThenRefusal(code, "why");
        await using var host = await ClientHost.Start(() => wire);
        var error = await s_calls[name].Call(host.WeChat);
        Assert.IsType(type, error);
        Assert.Equal((retry, code), (((IWeChatError)error).Retry, ((IWeChatError)error).WeChatCode));
        Assert.Single(wire.Calls);
    }

    [Theory]
    [InlineData(45009, "reach max api daily quota limit", "13:59:40")]
    [InlineData(45009, "api minute-quota reach limit, must slower, retry next minute", "00:00:40")]
    [InlineData(45009, "reach max api quota limit", "00:00:40")]
    [InlineData(45011, "api minute-quota reach limit", "00:00:40")]
    [InlineData(43108, "concurrent", "00:00:01")]
    [InlineData(-1, "system error", "00:00:01")]
    public async Task A_limit_says_when_it_ends(int code, string message, string retryAfter)
    {
        // 10:00:20 in Beijing: 40 s to the next minute, 13:59:40 to the next day.
        var wire = new Wire().ThenRefusal(code, message);
        await using var host = await ClientHost.Start(() => wire);
        var error = Assert.IsType<WeChatBusy>(await s_calls["send"].Call(host.WeChat));
        Assert.Equal(retryAfter, error.RetryAfter.ToString());
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task Busy_is_asked_again_with_back_off_and_given_up_after_two(string name)
    {
        var wire = new Wire().ThenRefusal(-1, times: 3);
        await using var host = await ClientHost.Start(() => wire);
        var (error, repeatsBusy) = (Assert.IsType<WeChatBusy>(await s_calls[name].Call(host.WeChat)), s_calls[name].RepeatsBusy);
        Assert.Equal(repeatsBusy ? 3 : 1, wire.Calls.Count);
        Assert.All(wire.Calls, c => Assert.Equal(s_calls[name].Path, c.Path));
        Assert.Equal(repeatsBusy ? [s_second, TimeSpan.FromSeconds(5)] : [], host.Time.Waits);
        Assert.Equal(repeatsBusy ? TimeSpan.FromSeconds(30) : s_second, error.RetryAfter);
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_lost_answer_is_asked_for_again_only_where_nothing_can_happen_twice(string name)
    {
        foreach (var (lose, how) in Losses())
        {
            var wire = new Wire();
            await using var host = await ClientHost.Start(() => wire);
            Answer losing = (_, cancel) => lose(host.Time, cancel);
            wire.Then(losing).Then(losing).Then(losing);
            var error = await s_calls[name].Call(host.WeChat);
            Assert.True(error is WeChatOutcomeUnknown { Retry: WeChatRetry.Unknown }, $"{how}: {error}");
            Assert.True(wire.Calls.Count == (s_calls[name].RepeatsLost ? 3 : 1), $"{how}: {wire.Calls.Count}");
        }
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_success_after_busy_and_lost_is_a_success(string name)
    {
        var endpoint = s_calls[name];
        Answer good = (_, _) => Task.FromResult(name == "code" ? Wire.Bytes([0x89, 0x50, 0x4E, 0x47, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], "image/png") : Wire.Json(endpoint.Success));
        var wire = new Wire();
        if (endpoint.RepeatsBusy)
            wire.ThenRefusal(-1);
        if (endpoint.RepeatsLost)
            wire.Then("<html>bad gateway</html>", "text/html");
        wire.Then(good);
        await using var host = await ClientHost.Start(() => wire);
        Assert.Null(await endpoint.Call(host.WeChat));
    }

    [Theory]
    [InlineData("send", HttpRequestError.ConnectionError), InlineData("send", HttpRequestError.NameResolutionError), InlineData("send", HttpRequestError.SecureConnectionError)]
    [InlineData("login", HttpRequestError.ConnectionError), InlineData("text", HttpRequestError.ConnectionError)]
    public async Task What_never_left_may_be_sent_again(string name, HttpRequestError why)
    {
        Answer away = (_, _) => throw new HttpRequestException(why);
        var wire = new Wire().Then(away).Then(away).Then(away);
        await using var host = await ClientHost.Start(() => wire);
        var error = Assert.IsType<WeChatBusy>(await s_calls[name].Call(host.WeChat));
        Assert.Equal((WeChatRetry.Later, 0), (error.Retry, error.WeChatCode));
        Assert.Equal(name == "send" ? 1 : 3, wire.Calls.Count);
    }

    [Fact]
    public async Task The_breaker_opens_after_ten_losses_and_what_it_refuses_was_not_sent()
    {
        var wire = new Wire();
        await using var host = await ClientHost.Start(() => wire);
        for (var i = 0; i < WeChatServices.BreakerCalls; i++)
            Assert.IsType<WeChatOutcomeUnknown>(await s_calls["login"].Call(Losing(wire, host)));
        var error = Assert.IsType<WeChatBusy>(await s_calls["send"].Call(host.WeChat));
        Assert.True(error.RetryAfter > TimeSpan.Zero && error.RetryAfter <= WeChatServices.BreakFor);
        Assert.IsType<WeChatBusy>(await s_calls["text"].Call(host.WeChat));
        Assert.Equal(WeChatServices.BreakerCalls, wire.Calls.Count);
        Assert.Empty(wire.Fetches);

        host.Time.Advance(WeChatServices.BreakFor);
        wire.Then(s_calls["login"].Success);
        Assert.Null(await s_calls["login"].Call(host.WeChat));
    }

    [Fact]
    public async Task Refusals_that_WeChat_answers_leave_the_breaker_closed()
    {
        var wire = new Wire().ThenRefusal(40029, times: 30).Then(s_calls["login"].Success);
        await using var host = await ClientHost.Start(() => wire);
        for (var i = 0; i < 30; i++)
            Assert.IsType<WeChatCodeOver>(await s_calls["login"].Call(host.WeChat));
        Assert.Null(await s_calls["login"].Call(host.WeChat));
    }

    [Fact]
    public async Task Two_messages_to_one_person_go_one_after_the_other_and_to_two_persons_side_by_side()
    {
        var (entered, first, both) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var wire = new Wire();
        await using var host = await ClientHost.Start(() => wire);
        wire.Then(async (_, _) =>
        {
            entered.SetResult();
            await first.Task;
            return Wire.Json("{}");
        }).Then((_, _) =>
        {
            both.SetResult();
            return Task.FromResult(Wire.Json("{}"));
        }).Then("{}");
        Task<Result<SentMessage>> SendTo(string openId) => host.WeChat.Send(Message(openId), default);
        var toOne = SendTo("one");
        var againToOne = SendTo("one");
        // What the wire says goes by the order of arrival: the first is there before the other sets out.
        await entered.Task;
        var toOther = SendTo(NameBesides("one"));
        await both.Task;
        Assert.True((await toOther).IsOk);
        Assert.Equal(2, wire.Calls.Count);
        Assert.False(againToOne.IsCompleted);
        first.SetResult();
        Assert.True((await toOne).IsOk && (await againToOne).IsOk);
    }

    [Fact]
    public async Task Who_goes_away_before_the_message_is_under_way_sends_nothing_and_afterwards_gets_its_outcome()
    {
        var wire = new Wire();
        await using var host = await ClientHost.Start(() => wire);
        using var leaving = new CancellationTokenSource();
        wire.Then(async (_, cancel) =>
        {
            await leaving.CancelAsync();
            cancel.ThrowIfCancellationRequested();
            return Wire.Json("""{"msgid":7}""");
        });
        var message = Message("o");
        Assert.Equal(7, (await host.WeChat.Send(message, leaving.Token)).Value.MessageId);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.WeChat.Send(message, leaving.Token));
        Assert.Single(wire.Calls);
    }

    private static SubscribeMessage Message(string openId) => new(openId, "T", null, new Dictionary<string, string>(StringComparer.Ordinal) { ["thing1"] = "a" });

    private static IWeChatGateway Losing(Wire wire, ClientHost host)
    {
        wire.Then((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        return host.WeChat;
    }

    // Persons share a fixed number of queues; this one is in another.
    private static string NameBesides(string name) =>
        Enumerable.Range(0, 1000).Select(i => $"other{i}").First(o => (uint)string.GetHashCode(o, StringComparison.Ordinal) % 256 != (uint)string.GetHashCode(name, StringComparison.Ordinal) % 256);

    private static IEnumerable<(Func<TestTime, CancellationToken, Task<HttpResponseMessage>> Lose, string How)> Losses()
    {
        yield return (async (time, cancel) =>
        {
            await Never(time, cancel);
            return new HttpResponseMessage();
        }, "never answered");
        yield return ((time, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new Stalled(time)) }), "a stalled body");
        yield return ((_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded), "connection cut");
        yield return ((_, _) => throw new IOException("reset"), "connection reset");
        yield return ((_, _) => Task.FromResult(Wire.Json("<html>", "text/html")), "a page");
        yield return ((_, _) => Task.FromResult(Wire.Json("")), "nothing");
        yield return ((_, _) => Task.FromResult(Wire.Json("{\"errcode\":0,")), "half");
        yield return ((_, _) => Task.FromResult(Wire.Json("[]")), "a list");
        yield return ((_, _) => Task.FromResult(Wire.Bytes([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], "image/png")), "half an image");
        yield return ((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("{\"errcode\":0}") }), "502");
    }

    // The time is over as soon as the wait has begun.
    private static async Task Never(TestTime time, CancellationToken cancel)
    {
        time.Advance(WeChatServices.CallTimeout);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel);
    }

    /// <summary>A body that begins and never ends.</summary>
    private sealed class Stalled(TestTime time) : MemoryStream
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => Never(time, cancellationToken);
    }
}
