using Phoenix.Platform.Results;

namespace Phoenix.WeChat.Tests.Client;

/// <summary>One token for all callers and processes, fetched once, renewed in time, never hammered for.</summary>
public sealed class TokenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("phoenix-keys-").FullName;
    private readonly string _prefix = ClientHost.NewPrefix();
    private readonly TestTime _time = new();
    private readonly Wire _wire = new();

    [Fact]
    public async Task Two_hundred_callers_on_two_processes_fetch_once()
    {
        await using var one = await Process();
        await using var other = await Process();
        // The fetch takes as long as the other process needs to ask for the lease many times over.
        var slow = Slow(_wire);
        Answers(200);
        var calls = Enumerable.Range(0, 200).Select(i => Call(i % 2 == 0 ? one : other)).ToArray();
        await slow.Entered.Task;
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, default);
        slow.Leave.SetResult();
        Assert.All(await Task.WhenAll(calls), Assert.Null);
        Assert.Single(_wire.Fetches);
        Assert.Equal(200, _wire.Calls.Count);
        Assert.All(_wire.Calls, c => Assert.Equal(Wire.TokenOf(1), c.Token));
    }

    [Fact]
    public async Task It_lies_encrypted_in_redis_bound_to_its_place_and_what_cannot_be_opened_is_as_good_as_nothing()
    {
        await using var one = await Process();
        Answers(3);
        Assert.Null(await Call(one));
        var gate = one.Service<Phoenix.Platform.Redis.RedisGate>();
        var key = "wechat:token:" + ClientHost.AppId;
        var stored = (string?)(await gate.Call(db => db.StringGetAsync(key), default)).Value;
        Assert.StartsWith("v1.k1.", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("ttt", stored, StringComparison.Ordinal);
        Assert.InRange((await gate.Call(db => db.KeyTimeToLiveAsync(key), default)).Value!.Value.TotalSeconds, 7000, 7200);

        await using (var second = await Process())
            Assert.Null(await Call(second));
        Assert.Single(_wire.Fetches);
        await gate.Call(db => db.StringSetAsync(key, stored![..^4] + "AAAA"), default);
        await using var third = await Process();
        Assert.Null(await Call(third));
        Assert.Equal(2, _wire.Fetches.Count);
    }

    [Fact]
    public async Task It_is_renewed_ahead_by_one_caller_of_one_process_while_the_others_use_the_old_one()
    {
        await using var one = await Process();
        await using var other = await Process();
        Answers(100);
        Assert.Null(await Call(one));
        Assert.Null(await Call(other));
        _time.Advance(TimeSpan.FromSeconds(7200) - TimeSpan.FromMinutes(4) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await Call(one));
        Assert.Single(_wire.Fetches);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        var slow = Slow(_wire);
        var renewing = Call(one);
        await slow.Entered.Task;
        Assert.Null(await Call(one, "another"));
        Assert.Equal(Wire.TokenOf(1), _wire.Calls.Last().Token);
        slow.Leave.SetResult();
        Assert.Null(await renewing);
        Assert.Equal(Wire.TokenOf(2), _wire.Calls.Last().Token);
        Assert.Null(await Call(other));
        Assert.Equal(Wire.TokenOf(2), _wire.Calls.Last().Token);
        Assert.Equal(2, _wire.Fetches.Count);
    }

    [Fact]
    public async Task A_renewal_that_fails_goes_on_with_the_old_one_and_is_tried_again_after_a_while()
    {
        await using var one = await Process();
        Answers(100);
        Assert.Null(await Call(one));
        _time.Advance(TimeSpan.FromMinutes(117));
        var good = _wire.Tokens;
        _wire.Tokens = (_, _) => Task.FromResult(Wire.Json(Wire.Refusal(-1)));
        for (var i = 0; i < 5; i++)
            Assert.Null(await Call(one));
        Assert.Equal(2, _wire.Fetches.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Call(one));
        Assert.Null(await Call(one));
        Assert.Equal(3, _wire.Fetches.Count);
        _wire.Tokens = good;
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await Call(one));
        Assert.Equal(Wire.TokenOf(2), _wire.Calls.Last().Token);
    }

    [Theory, InlineData(40001), InlineData(40014), InlineData(42001)]
    public async Task A_refused_token_is_renewed_once_by_all_callers_of_all_processes_and_each_call_sent_once_more(int code)
    {
        await using var one = await Process();
        await using var other = await Process();
        Answers(2);
        Assert.Null(await Call(one));
        Assert.Null(await Call(other));
        for (var i = 0; i < 80; i++)
            _wire.Then((sent, _) => Task.FromResult(Wire.Json(sent.Token == Wire.TokenOf(1) ? Wire.Refusal(code) : "{}")));
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Call(i % 2 == 0 ? one : other)));
        Assert.All(results, Assert.Null);
        Assert.Equal(2, _wire.Fetches.Count);
        Assert.All(_wire.Fetches, f => Assert.Contains("\"force_refresh\":false", f.Body, StringComparison.Ordinal));
        Assert.Equal(40, _wire.Calls.Skip(2).Count(c => c.Token == Wire.TokenOf(2)));
        Assert.InRange(_wire.Calls.Count, 42, 82);
    }

    [Fact]
    public async Task A_token_that_WeChat_confirms_and_still_refuses_is_for_the_operator_and_is_asked_about_once_a_minute()
    {
        await using var one = await Process();
        await using var other = await Process();
        _wire.Tokens = (_, _) => Task.FromResult(Wire.Json("""{"access_token":"the-same","expires_in":"7200"}"""));
        _wire.ThenRefusal(40001, "invalid credential", times: 20);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new WeChatAccountWrong(40001, "invalid credential"), await Call(one));
            Assert.Equal(new WeChatAccountWrong(40001, "invalid credential"), await Call(other));
        }

        Assert.Equal(2, _wire.Fetches.Count);
        Assert.Equal(12, _wire.Calls.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<WeChatAccountWrong>(await Call(one));
        Assert.Equal(3, _wire.Fetches.Count);
    }

    [Fact]
    public async Task A_glitch_refuses_the_token_once_and_the_same_one_works_again()
    {
        await using var one = await Process();
        _wire.Tokens = (_, _) => Task.FromResult(Wire.Json("""{"access_token":"the-same","expires_in":7200}"""));
        _wire.ThenRefusal(40001);
        Answers(1);
        Assert.Null(await Call(one));
    }

    [Theory]
    [InlineData(40125, typeof(WeChatAccountWrong), 60), InlineData(40164, typeof(WeChatAccountWrong), 60), InlineData(-1, typeof(WeChatBusy), 1), InlineData(45009, typeof(WeChatBusy), 40)]
    public async Task A_fetch_that_is_refused_is_not_hammered_and_nothing_is_sent(int code, Type type, int seconds)
    {
        await using var one = await Process();
        _wire.Tokens = (_, _) => Task.FromResult(Wire.Json(Wire.Refusal(code)));
        var errors = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Call(one)));
        Assert.All(errors, e =>
        {
            Assert.IsType(type, e);
            Assert.Equal(TimeSpan.FromSeconds(seconds), e!.RetryAfter);
        });
        Assert.Single(_wire.Fetches);
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.IsType(type, await Call(one));
        Assert.Single(_wire.Fetches);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType(type, await Call(one));
        Assert.Equal(2, _wire.Fetches.Count);
        Assert.Empty(_wire.Calls);
    }

    [Theory, InlineData("<html>"), InlineData("{}"), InlineData("""{"access_token":"","expires_in":7200}"""), InlineData("""{"access_token":"x"}"""), InlineData("""{"access_token":"x","expires_in":0}""")]
    public async Task A_fetch_whose_answer_is_lost_means_that_the_message_was_not_sent(string answer)
    {
        await using var one = await Process();
        _wire.Tokens = (_, _) => Task.FromResult(Wire.Json(answer));
        Assert.Equal(WeChatRetry.Later, Assert.IsType<WeChatBusy>(await Call(one)).Retry);
        Assert.Empty(_wire.Calls);
    }

    [Fact]
    public async Task Failures_in_a_row_wait_longer_each_time()
    {
        await using var one = await Process();
        _wire.Tokens = (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded);
        foreach (var seconds in (int[])[1, 5, 30, 30])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), (await Call(one))!.RetryAfter);
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(4, _wire.Fetches.Count);
    }

    [Fact]
    public async Task Without_redis_each_process_fetches_once_and_keeps_it()
    {
        await using var redis = await RedisServer.Create();
        await redis.Kill();
        await using var one = await ClientHost.Start(() => _wire, time: _time, redis: redis.Address);
        await using var other = await ClientHost.Start(() => _wire, time: _time, redis: redis.Address);
        Answers(202);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Call(i % 2 == 0 ? one : other))), Assert.Null);
        Assert.Equal(2, _wire.Fetches.Count);
        Assert.Null(await Call(one));
        Assert.Equal(2, _wire.Fetches.Count);
    }

    [Fact]
    public async Task Redis_flushed_or_killed_under_use_changes_nothing_for_who_holds_a_token()
    {
        await using var redis = await RedisServer.Create();
        await using var one = await (await ClientHost.Start(() => _wire, time: _time, redis: redis.Address)).Connected();
        Answers(3);
        Assert.Null(await Call(one));
        await redis.FlushAll();
        Assert.Null(await Call(one));
        await redis.Kill();
        Assert.Null(await Call(one));
        Assert.Single(_wire.Fetches);
    }

    [Fact]
    public async Task A_process_that_was_killed_while_fetching_holds_nobody_up_for_ever()
    {
        await using var one = await Process();
        // Its lease stays behind: nobody renews it, and it ends after Leases.Expiry.
        await one.Service<Phoenix.Platform.Redis.RedisGate>().Call(db => db.StringSetAsync("lease:wechat:token:" + ClientHost.AppId, "gone", TimeSpan.FromSeconds(1)), default);
        Answers(1);
        Assert.Null(await Call(one));
        Assert.Single(_wire.Fetches);
    }

    [Fact]
    public async Task Who_goes_away_while_waiting_leaves_the_fetch_to_the_others()
    {
        await using var one = await Process();
        var slow = Slow(_wire);
        Answers(1);
        using var leaving = new CancellationTokenSource();
        var first = one.WeChat.Send(Message(), leaving.Token);
        await slow.Entered.Task;
        var second = Call(one, "another");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        slow.Leave.SetResult();
        Assert.Null(await second);
        Assert.Single(_wire.Fetches);
    }

    public void Dispose()
    {
        _wire.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ClientHost> Process()
    {
        var keys = ClientHost.KeysIn(_folder);
        if (!File.Exists(keys))
            Phoenix.Platform.Keys.KeyFile.Create(keys, new Phoenix.Platform.Time.Clock(_time).Now, new Push.SeededRandomness(1));
        return await (await ClientHost.Start(() => _wire, time: _time, prefix: _prefix, keys: keys)).Connected();
    }

    private void Answers(int count)
    {
        for (var i = 0; i < count; i++)
            _wire.Then("{}");
    }

    private static SubscribeMessage Message(string openId = ClientHost.OpenId) => new(openId, "T", null, new Dictionary<string, string>(StringComparer.Ordinal) { ["thing1"] = "a" });

    private static async Task<Error?> Call(ClientHost host, string openId = ClientHost.OpenId) => (await host.WeChat.Send(Message(openId), default)).Error;

    private static (TaskCompletionSource Entered, TaskCompletionSource Leave) Slow(Wire wire)
    {
        var (entered, leave) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var normal = wire.Tokens;
        wire.Tokens = async (sent, cancel) =>
        {
            entered.TrySetResult();
            await leave.Task;
            return await normal(sent, cancel);
        };
        return (entered, leave);
    }
}
