using System.Collections.Concurrent;
using Phoenix.Platform.Batching;

namespace Phoenix.App.Tests.Platform;

/// <summary>Goal: one query answers many, and nobody gets an answer older than their question. Method: a reader that waits for the test's word.</summary>
public sealed class SharedReadsTests : IDisposable
{
    private readonly ConcurrentQueue<int[]> _asked = new();
    private readonly SemaphoreSlim _began = new(0);
    private readonly SemaphoreSlim _go = new(0);
    private readonly SharedReads<int, string> _reads;

    public SharedReadsTests() => _reads = new SharedReads<int, string>(async keys =>
    {
        _asked.Enqueue([.. keys.Order()]);
        _began.Release();
        await _go.WaitAsync(Cancel);
        return keys.Contains(13) ? throw new InvalidOperationException("thirteen") : keys.Where(k => k < 100).ToDictionary(k => k, k => $"row {k}");
    });

    public void Dispose()
    {
        _began.Dispose();
        _go.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_asks_during_a_query_is_answered_by_the_next_one()
    {
        var first = _reads.Ask(1, Cancel);
        await _began.WaitAsync(Cancel);
        var rest = new[] { _reads.Ask(2, Cancel), _reads.Ask(1, Cancel), _reads.Ask(2, Cancel), _reads.Ask(200, Cancel) };
        _go.Release();
        Assert.Equal("row 1", await first);
        await _began.WaitAsync(Cancel);
        Assert.All(rest, r => Assert.False(r.IsCompleted));
        _go.Release();
        Assert.Equal(["row 2", "row 1", "row 2", null], await Task.WhenAll(rest));
        Assert.Equal([[1], [1, 2, 200]], _asked);
    }

    [Fact]
    public async Task A_failure_is_everybodys_in_that_query_and_nobody_elses()
    {
        var first = _reads.Ask(1, Cancel);
        await _began.WaitAsync(Cancel);
        var (unlucky, neighbour) = (_reads.Ask(13, Cancel), _reads.Ask(2, Cancel));
        _go.Release(2);
        Assert.Equal("row 1", await first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => unlucky);
        await Assert.ThrowsAsync<InvalidOperationException>(() => neighbour);
        _go.Release();
        Assert.Equal("row 2", await _reads.Ask(2, Cancel));
    }

    [Fact]
    public async Task Cancelling_ends_only_the_waiting()
    {
        using var patience = new CancellationTokenSource();
        var first = _reads.Ask(1, patience.Token);
        await _began.WaitAsync(Cancel);
        var second = _reads.Ask(2, Cancel);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _go.Release(2);
        Assert.Equal("row 2", await second);
    }

    [Fact]
    public async Task What_changes_something_is_done_once_for_each_who_asked_in_their_order()
    {
        var (count, go) = (0, new TaskCompletionSource());
        var calls = new SharedCalls<string, int>(async asked =>
        {
            await go.Task;
            return [.. asked.Select(_ => ++count)];
        });
        var asked = Enumerable.Range(0, 5).Select(_ => calls.Ask("one more", Cancel)).ToArray();
        go.SetResult();
        var answers = await Task.WhenAll(asked);
        Assert.Equal([1, 2, 3, 4, 5], answers);
    }

    [Fact]
    public async Task More_than_fit_into_one_query_are_asked_for_in_several()
    {
        var first = _reads.Ask(0, Cancel);
        await _began.WaitAsync(Cancel);
        var rest = Enumerable.Range(0, SharedCalls<int, string>.MaxAsked + 1).Select(k => _reads.Ask(200 + k, Cancel)).ToArray();
        _go.Release(3);
        Assert.All(await Task.WhenAll([first, .. rest]), a => Assert.True(a is null or "row 0"));
        Assert.Equal([1, SharedCalls<int, string>.MaxAsked, 1], _asked.Select(k => k.Length));
    }
}
