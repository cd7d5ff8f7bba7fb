using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Phoenix.WeChat.Push;
using Phoenix.WeChat.Simulator;
using Phoenix.WeChat.Simulator.Pushing;
using static Phoenix.WeChat.Tests.Simulator.SimulatorServer;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>What the simulator pushes is read by our own receiver in every mode, format and shape; tries, repeats and address checks as WeChat makes them.</summary>
public sealed class PushTests
{
    private static readonly SimulatorAccount s_account = SimulatorAccount.WellKnown;

    public static TheoryData<PushMode, PushFormat, PushShape> Ways()
    {
        var ways = new TheoryData<PushMode, PushFormat, PushShape>();
        foreach (var mode in Enum.GetValues<PushMode>())
        {
            ways.Add(mode, PushFormat.Xml, PushShape.Container);
            foreach (var shape in Enum.GetValues<PushShape>())
                ways.Add(mode, PushFormat.Json, shape);
        }

        return ways;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Every_event_is_read_in_every_way(PushMode mode, PushFormat format, PushShape shape)
    {
        await using var server = await Start();
        using var product = new Product(server, mode);
        server.Simulator.PushTarget = product.Target with { Mode = mode, Format = format, Shape = shape };
        var (user, template, second) = (server.User(), server.Template(), server.Template("活动开始提醒"));

        server.Simulator.Client.Subscribe(user.OpenId, [template.Id, second.Id], new Dictionary<string, SubscribeChoice>(StringComparer.Ordinal) { [template.Id] = SubscribeChoice.Accept });
        await product.Pump();
        var popup = Assert.IsType<SubscribePopupEvent>(Assert.Single(product.Events));
        Assert.Equal((user.OpenId, DefaultStart), (popup.Header.FromUserName, popup.Header.CreateTime));
        Assert.Equal([new SubscribeAnswer(template.Id, true, 0), new SubscribeAnswer(second.Id, false, 0)], popup.Items);

        var sent = await server.Call("cgi-bin/message/subscribe/send", Message(user, template, GoodValues()));
        Assert.Equal(0, await product.Pump());
        server.Time.Advance(server.Simulator.Settings.SentEventAfter);
        Assert.Equal(1, await product.Pump());
        Assert.Equal(new SubscribeSent(template.Id, (long)sent["msgid"]!, 0, "success"), Assert.Single(Assert.IsType<SubscribeSentEvent>(product.Events[1]).Items));

        server.Simulator.Client.Switch(user.OpenId, template.Id, isOn: false);
        await product.Pump();
        Assert.Equal(new SubscribeAnswer(template.Id, false, null), Assert.Single(Assert.IsType<SubscribeChangeEvent>(product.Events[2]).Items));

        server.Simulator.Settings = server.Simulator.Settings with { PictureVerdict = Suggestion.Risky };
        var trace = (string)(await server.Call("wxa/media_check_async", new { openid = user.OpenId, version = 2, scene = 3, media_type = 2, media_url = "https://phoenix.example/f/1" }))["trace_id"]!;
        server.Time.Advance(server.Simulator.Settings.PictureVerdictAfter);
        await product.Pump();
        var media = Assert.IsType<MediaCheckedEvent>(product.Events[3]);
        Assert.Equal((trace, Suggestion.Risky, 21000), (media.TraceId, media.Suggestion, media.Label));
        Assert.All(server.Simulator.PushLog, push => Assert.Equal((PushState.Taken, 1), (push.State, push.Tries)));
    }

    [Fact]
    public async Task Secure_mode_shows_nothing_and_compatible_mode_shows_it_beside()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        foreach (var (mode, format, isReadable) in ((PushMode, PushFormat, bool)[])
            [(PushMode.Secure, PushFormat.Json, false), (PushMode.Secure, PushFormat.Xml, false), (PushMode.Compatible, PushFormat.Json, true), (PushMode.Compatible, PushFormat.Xml, true), (PushMode.Plain, PushFormat.Json, true)])
        {
            server.Simulator.PushTarget = product.Target with { Mode = mode, Format = format };
            server.Accept(server.User(), server.Template());
            await product.Pump();
            Assert.Equal(isReadable, product.Bodies.Last().Contains("subscribe_msg_popup_event", StringComparison.Ordinal));
            Assert.Equal(mode != PushMode.Plain, product.Bodies.Last().Contains("Encrypt", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_push_that_is_not_taken_is_tried_three_times_five_seconds_apart()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        server.Simulator.PushTarget = product.Target;
        product.Answer = _ => new HttpResponseMessage(HttpStatusCode.InternalServerError);
        server.Accept(server.User(), server.Template());
        Assert.Equal(1, await product.Pump());
        server.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await product.Pump());
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await product.Pump());
        server.Time.Advance(TimeSpan.FromSeconds(5));
        product.Answer = _ => throw new HttpRequestException("refused");
        Assert.Equal(1, await product.Pump());
        server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await product.Pump());
        Assert.Equal((PushState.GivenUp, 3), (server.Simulator.PushLog[0].State, server.Simulator.PushLog[0].Tries));
        Assert.Single(product.Events.Select(e => e.Header.DedupeKey).Distinct());

        product.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("success") };
        Assert.True(server.Simulator.PushAgain(server.Simulator.PushLog[0].Id));
        Assert.Equal(1, await product.Pump());
        Assert.Equal(4, product.Events.Count);
        Assert.Single(product.Events.Select(e => e.Header.DedupeKey).Distinct());
    }

    [Fact]
    public async Task No_answer_within_five_seconds_is_a_failed_try_and_a_wrong_word_too()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        server.Simulator.PushTarget = product.Target;
        product.IsSilent = true;
        server.Accept(server.User(), server.Template());
        var pumping = product.Pump();
        await Until(() => !product.Bodies.IsEmpty);
        Assert.False(pumping.IsCompleted);
        server.Time.Advance(PushSender.AnswerWithin);
        await pumping;
        Assert.Equal((PushState.Waiting, 1), (server.Simulator.PushLog[0].State, server.Simulator.PushLog[0].Tries));

        product.IsSilent = false;
        product.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("ok") };
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await product.Pump();
        Assert.Equal((PushState.Waiting, 2), (server.Simulator.PushLog[0].State, server.Simulator.PushLog[0].Tries));
        product.Answer = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("") };
        server.Time.Advance(TimeSpan.FromSeconds(5));
        await product.Pump();
        Assert.Equal((PushState.Taken, 3), (server.Simulator.PushLog[0].State, server.Simulator.PushLog[0].Tries));
    }

    [Fact]
    public async Task Duplicates_come_on_demand_and_are_one_event_to_the_product()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        server.Simulator.PushTarget = product.Target with { Duplicates = 2 };
        server.Accept(server.User(), server.Template());
        Assert.Equal(3, await product.Pump());
        Assert.Equal(3, product.Events.Count);
        Assert.Single(product.Events.Select(e => e.Header.DedupeKey).Distinct());
    }

    [Fact]
    public async Task An_address_is_verified_by_its_echo_and_without_an_address_nothing_is_sent()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        Assert.False((await product.Sender.Verify(CancellationToken.None)).IsVerified);
        server.Accept(server.User(), server.Template());
        Assert.Equal(0, await product.Pump());
        Assert.Equal(PushState.Nowhere, server.Simulator.PushLog[0].State);

        server.Simulator.PushTarget = product.Target;
        Assert.True((await product.Sender.Verify(CancellationToken.None)).IsVerified);
        server.Simulator.PushTarget = product.Target with { Token = "another" };
        Assert.False((await product.Sender.Verify(CancellationToken.None)).IsVerified);
    }

    [Fact]
    public async Task The_background_sender_sends_what_comes_due_and_stops_when_told()
    {
        await using var server = await Start();
        using var product = new Product(server, PushMode.Secure);
        server.Simulator.PushTarget = product.Target;
        using var stop = new CancellationTokenSource();
        var running = product.Sender.Run(stop.Token);
        server.Accept(server.User(), server.Template());
        await Until(() => product.Events.Count == 1);
        await server.Call("cgi-bin/message/subscribe/send", Message(server.User(), server.Template(), GoodValues()));
        Assert.Single(product.Events);
        server.Time.Advance(server.Simulator.Settings.SentEventAfter);
        await Until(() => product.Events.Count == 2);
        Assert.IsType<SubscribeSentEvent>(product.Events[1]);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task The_push_page_of_the_console_takes_an_address_of_this_machine_only()
    {
        await using var server = await Start();
        var saved = await server.Post("control/push", new { url = "http://127.0.0.1:5080/push", mode = "compatible", format = "xml", shape = "rootObject", duplicates = 1 });
        Assert.Equal("compatible", (string?)saved["target"]!["mode"]);
        Assert.Equal((PushMode.Compatible, PushFormat.Xml, PushShape.RootObject, 1), (server.Simulator.PushTarget!.Mode, server.Simulator.PushTarget.Format, server.Simulator.PushTarget.Shape, server.Simulator.PushTarget.Duplicates));
        foreach (var wrong in (object[])[new { url = "https://phoenix.example/push" }, new { url = "file:///etc" }, new { duplicates = 11 }, new { encodingAesKey = "short" }])
            using (var answer = await server.PostRaw("control/push", System.Text.Json.JsonSerializer.Serialize(wrong)))
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The product's end: our own receiver behind the address.</summary>
    private sealed class Product : HttpMessageHandler
    {
        private readonly PushReceiver _receiver;
        private readonly ConcurrentQueue<PushEvent> _events = new();

        public Product(SimulatorServer server, PushMode mode)
        {
            _receiver = new PushReceiver(PushSettings.NotProduction(s_account.AppId, s_account.PushToken, s_account.EncodingAesKey, mode), server.Simulator.Clock);
            Sender = new PushSender(server.Simulator, new HttpMessageInvoker(this, disposeHandler: false));
        }

        public PushTarget Target { get; } = new(new Uri("http://127.0.0.1:1/push"), s_account.PushToken, s_account.EncodingAesKey);

        public PushSender Sender { get; }

        public List<PushEvent> Events => [.. _events];

        public ConcurrentQueue<string> Bodies { get; } = new();

        public bool IsSilent { get; set; }

        public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("success") };

        public Task<int> Pump() => Sender.SendDue(CancellationToken.None);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var query = request.RequestUri!.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
            var push = new PushQuery(query["signature"], query["timestamp"], query["nonce"], query.GetValueOrDefault("msg_signature"), query.GetValueOrDefault("echostr"));
            if (request.Method == HttpMethod.Get)
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(_receiver.VerifyAddress(push) is { IsOk: true } echo ? echo.Value : "no") };
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Bodies.Enqueue(body);
            if (IsSilent)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            if (_receiver.Receive(push, Encoding.UTF8.GetBytes(body)).TryGet(out var read, out _))
                _events.Enqueue(read);
            return Answer(request);
        }

        protected override void Dispose(bool disposing)
        {
            Sender.Dispose();
            base.Dispose(disposing);
        }
    }
}
