using System.Net;
using Phoenix.WeChat.Simulator;
using static Phoenix.WeChat.Tests.Simulator.LoginTests;
using static Phoenix.WeChat.Tests.Simulator.SimulatorServer;

namespace Phoenix.WeChat.Tests.Simulator;

/// <summary>Faults on demand: each kind, with and without effect, counted down or until it is switched off.</summary>
public sealed class FaultTests
{
    private const string Send = "cgi-bin/message/subscribe/send";
    private const string SendPath = "/" + Send;

    [Fact]
    public async Task An_error_strikes_as_often_as_it_was_told_and_changes_nothing()
    {
        await using var server = await Start();
        var (user, template) = (server.User(), server.Template());
        server.Accept(user, template);
        foreach (var code in (int[])[-1, 40001, 42001, 45009, 43108, 45168])
        {
            Assert.True(server.Simulator.Break(new Fault { Kind = FaultKind.Error, ErrCode = code, Endpoint = SendPath, Times = 2 }).IsOk);
            Refused(code, await server.Call(Send, Message(user, template, GoodValues())));
            Refused(code, await server.Call(Send, Message(user, template, GoodValues())));
            Assert.Empty(server.Simulator.Faults);
        }

        Assert.Equal(1, server.Quota(user, template));
        Assert.Equal(0, (int)(await server.Call(Send, Message(user, template, GoodValues())))["errcode"]!);
        Assert.Contains(server.Simulator.Calls, call => call is { ErrCode: 43108, Fault: "Error 43108", Endpoint: SendPath });
    }

    [Fact]
    public async Task A_fault_everywhere_stays_until_it_is_switched_off()
    {
        await using var server = await Start();
        var fault = server.Simulator.Break(new Fault { Kind = FaultKind.Http500 }).Value;
        for (var i = 0; i < 3; i++)
            using (var answer = await server.Http.GetAsync(new Uri("cgi-bin/token", UriKind.Relative)))
                Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.True(server.Simulator.Mend(fault.Id));
        Assert.False(server.Simulator.Mend(fault.Id));
        Refused(40002, await server.Get("cgi-bin/token"));
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, 1)]
    [InlineData(FaultKind.DropAfter, 0)]
    public async Task A_cut_connection_is_an_unknown_outcome_whether_or_not_the_message_went_out(FaultKind kind, int quotaLeft)
    {
        await using var server = await Start();
        var (user, template, token) = (server.User(), server.Template(), await server.Token());
        server.Accept(user, template);
        server.Simulator.Break(new Fault { Kind = kind, Endpoint = SendPath, Times = 1 });
        await Assert.ThrowsAnyAsync<Exception>(() => server.Post($"{Send}?access_token={token}", Message(user, template, GoodValues())));
        Assert.Equal(quotaLeft, server.Quota(user, template));
        Assert.Equal(1 - quotaLeft, server.Simulator.Client.Messages(user.OpenId).Value.Length);
    }

    [Theory]
    [InlineData(FaultKind.Garbage, null, 1, "<html>")]
    [InlineData(FaultKind.Garbage, true, 0, "<html>")]
    [InlineData(FaultKind.Empty, null, 1, "")]
    [InlineData(FaultKind.Empty, true, 0, "")]
    [InlineData(FaultKind.Truncated, null, 0, "{\"errcode\":0")]
    [InlineData(FaultKind.Error, true, 0, "{\"errcode\":-1")]
    public async Task A_body_that_cannot_be_read_may_have_had_its_effect(FaultKind kind, bool? takesEffect, int quotaLeft, string begins)
    {
        await using var server = await Start();
        var (user, template, token) = (server.User(), server.Template(), await server.Token());
        server.Accept(user, template);
        server.Simulator.Break(new Fault { Kind = kind, Endpoint = SendPath, Times = 1, TakesEffect = takesEffect });
        using var answer = await server.PostRaw($"{Send}?access_token={token}", System.Text.Json.JsonSerializer.Serialize(Message(user, template, GoodValues())));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith(begins, text, StringComparison.Ordinal);
        if (kind != FaultKind.Error)
            Assert.ThrowsAny<System.Text.Json.JsonException>(() => System.Text.Json.JsonDocument.Parse(text));
        Assert.Equal(quotaLeft, server.Quota(user, template));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(false, 1)]
    public async Task A_late_answer_comes_by_the_simulator_s_clock_and_a_caller_who_gives_up_may_have_sent_all_the_same(bool? takesEffect, int quotaLeft)
    {
        await using var server = await Start();
        var (user, template, token) = (server.User(), server.Template(), await server.Token());
        server.Accept(user, template);
        server.Simulator.Break(new Fault { Kind = FaultKind.Delay, Delay = TimeSpan.FromSeconds(20), Endpoint = SendPath, Times = 1, TakesEffect = takesEffect });
        using var patience = new CancellationTokenSource();
        using var content = new StringContent(System.Text.Json.JsonSerializer.Serialize(Message(user, template, GoodValues())));
        var call = server.Http.PostAsync(new Uri($"{Send}?access_token={token}", UriKind.Relative), content, patience.Token);
        if (takesEffect == false)
        {
            await Until(() => server.Simulator.Faults.Count == 0);
            Assert.False(call.IsCompleted);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        }
        else
        {
            await Until(() => server.Quota(user, template) == 0);
            Assert.False(call.IsCompleted);
            await Until(() =>
            {
                server.Time.Advance(TimeSpan.FromSeconds(20));
                return call.IsCompleted;
            });
            using var answer = await call;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(quotaLeft, server.Quota(user, template));
    }

    [Fact]
    public async Task Faults_are_switched_over_HTTP_too_and_wrong_ones_are_refused()
    {
        await using var server = await Start();
        var on = await server.Post("control/faults", new { endpoint = SendPath, kind = "error", errCode = 45009, times = 3 });
        Assert.Equal((3, "error"), ((int)on["times"]!, (string?)on["kind"]));
        Assert.Single(server.Simulator.Faults);
        foreach (var wrong in (object[])[new { endpoint = "/nowhere", kind = "empty" }, new { kind = "delay" }, new { kind = "error", errCode = 0 }, new { kind = "empty", times = 0 }, new { kind = "empty", delaySeconds = -1 }])
            using (var answer = await server.PostRaw("control/faults", System.Text.Json.JsonSerializer.Serialize(wrong)))
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using (await server.Http.DeleteAsync(new Uri("control/faults", UriKind.Relative)))
            Assert.Empty(server.Simulator.Faults);
        for (var i = 0; i < SimulatorLimits.Faults; i++)
            Assert.True(server.Simulator.Break(new Fault { Kind = FaultKind.Empty }).IsOk);
        Assert.IsType<SimulatorFaultsFull>(server.Simulator.Break(new Fault { Kind = FaultKind.Empty }).Error);
    }
}
