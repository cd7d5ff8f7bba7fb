using Phoenix.Platform.Results;
using Phoenix.WeChat.Simulator;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>
/// Every call × every fault that the simulator can make: the class of the refusal, how often WeChat was asked, and that nothing happened twice. The
/// expectations are written down here from the contract's table, not taken from the client.
/// </summary>
public sealed class ClientFaultTests
{
    private const string TokenPath = "/cgi-bin/stable_token";
    private const WeChatRetry Later = WeChatRetry.Later, Never = WeChatRetry.Never, User = WeChatRetry.User, Operator = WeChatRetry.Operator;

    /// <summary>The contract's table of codes.</summary>
    private static readonly Dictionary<int, WeChatRetry> s_classes = new()
    {
        [-1] = Later,
        [45009] = Later,
        [45011] = Later,
        [43108] = Later,
        [40029] = Never,
        [40163] = Never,
        [61010] = Never,
        [47003] = Never,
        [40003] = Never,
        [45168] = Never,
        [40129] = Never,
        [40169] = Never,
        [99999] = Never,
        [40226] = User,
        [43101] = User,
        [40013] = Operator,
        [40125] = Operator,
        [40164] = Operator,
        [40243] = Operator,
        [48001] = Operator,
        [50002] = Operator,
        [40037] = Operator,
        [41030] = Operator,
        [43107] = Operator,
        [40001] = Operator,
        [40014] = Operator,
        [42001] = Operator,
    };

    private static readonly Dictionary<string, Endpoint> s_endpoints = new[]
    {
        new Endpoint("/sns/jscode2session", AsksAgain.WhenBusy, WithToken: false, async (w, s, u) => (await w.CodeToSession(s.Client.Login(u.OpenId).Value, default)).Error),
        new Endpoint("/wxa/business/getuserphonenumber", AsksAgain.WhenBusy, WithToken: true, async (w, s, u) => (await w.PhoneNumber(s.Client.PhoneNumber(u.OpenId).Value, default)).Error),
        new Endpoint("/cgi-bin/message/subscribe/send", AsksAgain.Not, WithToken: true, async (w, s, u) => (await w.Send(Message(s, u), default)).Error),
        new Endpoint("/wxa/msg_sec_check", AsksAgain.Always, WithToken: true, async (w, s, u) => (await w.CheckText(new TextToCheck(u.OpenId, ContentScene.Forum, "帮忙搬米"), default)).Error),
        new Endpoint("/wxa/media_check_async", AsksAgain.Always, WithToken: true, async (w, s, u) => (await w.CheckPicture(new PictureToCheck(u.OpenId, ContentScene.Forum, new Uri("https://a.example/1.jpg")), default)).Error),
        new Endpoint("/wxaapi/newtmpl/gettemplate", AsksAgain.Always, WithToken: true, async (w, s, u) => (await w.Templates(default)).Error),
        new Endpoint("/wxa/getwxacodeunlimit", AsksAgain.Always, WithToken: true, async (w, s, u) => (await w.MiniProgramCode(new CodeToDraw("m-1", "pages/merchant/index", 430), default)).Error),
        new Endpoint("/wxa/generate_urllink", AsksAgain.Always, WithToken: true, async (w, s, u) => (await w.UrlLink(new LinkToMake("pages/activity/detail", "id=7", s.Clock.Now.AddDays(7)), default)).Error),
    }.ToDictionary(e => e.Path, StringComparer.Ordinal);

    public static TheoryData<string> Endpoints => [.. s_endpoints.Keys];

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_fault_that_stays_gives_the_class_and_the_number_of_calls_that_the_contract_says(string path)
    {
        await using var weChat = await SimulatedWeChat.Start();
        var endpoint = s_endpoints[path];
        foreach (var fault in Faults())
        {
            var (error, calls, user) = await Run(weChat, endpoint, fault with { Endpoint = path });
            var (retry, times) = Expected(endpoint, fault);
            Assert.True(error is IWeChatError refused && refused.Retry == retry, $"{fault}: {error}, not {retry}");
            Assert.True(calls == times, $"{fault}: {calls} calls, not {times}");
            Assert.True(error is not (WeChatBusy or WeChatOutcomeUnknown) || error.RetryAfter > TimeSpan.Zero, $"{fault}: no time to wait");
            AssertOnce(weChat, endpoint, fault, error, user);
        }
    }

    [Theory, MemberData(nameof(Endpoints))]
    public async Task A_fault_that_strikes_once_is_overcome_where_asking_again_is_harmless(string path)
    {
        await using var weChat = await SimulatedWeChat.Start();
        var endpoint = s_endpoints[path];
        foreach (var fault in Faults())
        {
            var (error, calls, user) = await Run(weChat, endpoint, fault with { Endpoint = path, Times = 1 });
            var (retry, times) = Expected(endpoint, fault);
            var overcome = times > 1;
            Assert.True(overcome ? error is null : error is IWeChatError refused && refused.Retry == retry, $"{fault}: {error}");
            Assert.True(calls == (overcome ? 2 : 1), $"{fault}: {calls} calls");
            AssertOnce(weChat, endpoint, fault, error, user);
        }
    }

    [Fact]
    public async Task A_fault_of_the_token_fetch_sends_no_message_and_is_not_hammered()
    {
        await using var weChat = await SimulatedWeChat.Start();
        var endpoint = s_endpoints["/cgi-bin/message/subscribe/send"];
        foreach (var fault in Faults())
        {
            var before = weChat.Count(TokenPath);
            var (error, calls, user) = await Run(weChat, endpoint, fault with { Endpoint = TokenPath }, again: true);
            var retry = fault.Kind is FaultKind.Error ? s_classes[fault.ErrCode] : Later;
            Assert.True(error is IWeChatError refused && refused.Retry == retry && error.RetryAfter > TimeSpan.Zero, $"{fault}: {error}");
            Assert.Equal(0, calls);
            Assert.True(weChat.Count(TokenPath) == before + 1, $"{fault}: {weChat.Count(TokenPath) - before} fetches");
            Assert.Equal(0, Find(weChat, user).MessageCount);
        }
    }

    [Fact]
    public async Task Two_processes_of_two_hundred_callers_fetch_one_token_and_when_it_ends_one_more()
    {
        var folder = Directory.CreateTempSubdirectory("phoenix-keys-");
        await using var weChat = await SimulatedWeChat.Start();
        var (prefix, keys) = (ClientHost.NewPrefix(), ClientHost.KeysIn(folder.FullName));
        Phoenix.Platform.Keys.KeyFile.Create(keys, weChat.Simulator.Clock.Now, new Push.SeededRandomness(1));
        await using var one = await (await weChat.Client(prefix, keys)).Connected();
        await using var other = await (await weChat.Client(prefix, keys)).Connected();
        for (var round = 1; round <= 3; round++)
        {
            var user = weChat.Simulator.Client.Choose("王秀兰").Value;
            weChat.Simulator.Client.Login(user.OpenId);
            var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : other).WeChat.CheckText(new TextToCheck(user.OpenId, ContentScene.Forum, "帮忙"), default)));
            Assert.All(all, r => Assert.Null(r.Error));
            Assert.Equal(round, weChat.Count(TokenPath));
            Assert.Equal(200 * round, weChat.Count("/wxa/msg_sec_check"));
            weChat.Time.Advance(TimeSpan.FromSeconds(7200));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task With_redis_stopped_each_process_fetches_once()
    {
        await using var redis = await RedisServer.Create();
        await redis.Kill();
        await using var weChat = await SimulatedWeChat.Start();
        await using var one = await weChat.Client(redis: redis.Address);
        await using var other = await weChat.Client(redis: redis.Address);
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : other).WeChat.UrlLink(new LinkToMake("pages/x", "", weChat.Simulator.Clock.Now.AddDays(1)), default)));
        Assert.All(all, r => Assert.Null(r.Error));
        Assert.Equal(2, weChat.Count(TokenPath));
    }

    [Fact]
    public async Task Messages_to_one_person_never_meet_at_WeChat()
    {
        await using var weChat = await SimulatedWeChat.Start();
        weChat.Simulator.Settings = weChat.Simulator.Settings with { RefusesConcurrentSends = true };
        await using var client = await weChat.Client();
        var user = NewUser(weChat, accepts: 20);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.WeChat.Send(Message(weChat.Simulator, user), default)));
        Assert.All(all, r => Assert.NotNull(r.Value.MessageId));
        Assert.Equal(20, all.Select(r => r.Value.MessageId).Distinct().Count());
        Assert.Equal(20, Find(weChat, user).MessageCount);
        Assert.Equal(WeChatRetry.User, ((IWeChatError)(await client.WeChat.Send(Message(weChat.Simulator, user), default)).Error!).Retry);
    }

    private static async Task<(Error? Error, int Calls, UserView User)> Run(SimulatedWeChat weChat, Endpoint endpoint, Fault fault, bool again = false)
    {
        // The next minute is 40 s away: a limit of a minute is none that is waited for.
        weChat.Time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - weChat.Simulator.Clock.Now.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.FromSeconds(20));
        await using var client = await weChat.Client();
        var user = NewUser(weChat, accepts: 5);
        var before = weChat.Count(endpoint.Path);
        Assert.True(weChat.Simulator.Break(fault).IsOk, $"{fault}");
        var error = await endpoint.Call(client.WeChat, weChat.Simulator, user);
        if (again)
            Assert.Equal(error!.GetType(), (await endpoint.Call(client.WeChat, weChat.Simulator, user))!.GetType());
        weChat.Simulator.MendAll();
        return (error, weChat.Count(endpoint.Path) - before, user);
    }

    private static (WeChatRetry Retry, int Calls) Expected(Endpoint endpoint, Fault fault)
    {
        if (fault.Kind is not FaultKind.Error)
            return (WeChatRetry.Unknown, endpoint.Asks is AsksAgain.Always ? 3 : 1);
        var calls = fault.ErrCode switch
        {
            -1 => endpoint.Asks is AsksAgain.Not ? 1 : 3,
            // For its token a call is sent once more; two refusals come at once, so a limit of one second is no third.
            40001 or 40014 or 42001 => endpoint.WithToken ? 2 : 1,
            43108 => endpoint.Asks is AsksAgain.Not ? 1 : 3,
            _ => 1,
        };
        return (s_classes[fault.ErrCode], calls);
    }

    /// <summary>Sent is sent once; refused is not sent; unknown is at most once.</summary>
    private static void AssertOnce(SimulatedWeChat weChat, Endpoint endpoint, Fault fault, Error? error, UserView user)
    {
        if (endpoint.Asks is not AsksAgain.Not)
            return;
        var messages = Find(weChat, user).MessageCount;
        var expected = error is null || fault.IsEffective && !fault.IsDelayedFirst ? 1 : 0;
        Assert.True(messages == expected, $"{fault}: {messages} messages, not {expected}");
    }

    private static UserView Find(SimulatedWeChat weChat, UserView user) => weChat.Simulator.Client.Find(user.OpenId).Value;

    private static int s_users;

    private static UserView NewUser(SimulatedWeChat weChat, int accepts)
    {
        var client = weChat.Simulator.Client;
        var user = client.Choose($"居民{Interlocked.Increment(ref s_users)}").Value;
        client.Login(user.OpenId);
        var template = weChat.Simulator.Templates[0].Id;
        for (var i = 0; i < accepts; i++)
            client.Subscribe(user.OpenId, [template], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [template] = SubscribeChoice.Accept });
        return user;
    }

    private static SubscribeMessage Message(WeChatSimulator simulator, UserView user)
    {
        var template = simulator.Templates[0];
        return new SubscribeMessage(user.OpenId, template.Id, "pages/activity/detail?id=7", template.Fields.ToDictionary(f => f.Key, ValueOf, StringComparer.Ordinal));
    }

    private static string ValueOf(TemplateField field) => field.Key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') switch
    {
        _ when field.Values.Count > 0 => field.Values[0],
        "time" or "date" => "2026年11月28日 09:00",
        "number" or "amount" or "phone_number" => "12345",
        "character_string" or "letter" => "abc",
        "phrase" => "已通过",
        "name" => "王秀兰",
        _ => "楼栋关怀日",
    };

    private static IEnumerable<Fault> Faults()
    {
        foreach (var code in s_classes.Keys)
            yield return new Fault { Kind = FaultKind.Error, ErrCode = code };
        foreach (var kind in (FaultKind[])[FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.Garbage, FaultKind.Empty, FaultKind.Http500, FaultKind.Truncated])
            yield return new Fault { Kind = kind };
        yield return new Fault { Kind = FaultKind.Garbage, TakesEffect = true };
        yield return new Fault { Kind = FaultKind.Empty, TakesEffect = true };
        yield return new Fault { Kind = FaultKind.Http500, TakesEffect = true };
        yield return new Fault { Kind = FaultKind.Delay, Delay = SimulatedWeChat.Late };
        yield return new Fault { Kind = FaultKind.Delay, Delay = SimulatedWeChat.Late, TakesEffect = false };
    }

    private enum AsksAgain
    {
        Not,
        WhenBusy,
        Always,
    }

    private sealed record Endpoint(string Path, AsksAgain Asks, bool WithToken, Func<IWeChatGateway, WeChatSimulator, UserView, Task<Error?>> Call);
}
