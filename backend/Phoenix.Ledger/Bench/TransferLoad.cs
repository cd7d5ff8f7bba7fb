using System.Diagnostics;
using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Commands;

namespace Phoenix.Ledger.Bench;

/// <summary>Callers that each send one transfer after another: members' gifts of 1 coin from their lots to pools, with request ids, through the queue.</summary>
internal sealed class TransferLoad(LedgerPoster poster)
{
    private const int Community = 1;
    private const int Members = 5000;
    private readonly DateOnly _expires = new(2099, 12, 31);
    private readonly CancellationToken _none = CancellationToken.None;
    private DateOnly _lotDate;

    /// <summary>Opens 5,000 members with a lot each and 5,000 pools: account 1 is the issuance, 2 to 5001 the lots, 5002 to 10001 the pools.</summary>
    public async Task Prepare()
    {
        _lotDate = DateOnly.FromDateTime(new Platform.Time.Clock(TimeProvider.System).Now.UtcDateTime.AddDays(3000));
        if (_lotDate > _expires)
            _lotDate = _expires;
        await poster.OpenCommunity(Community, _none);
        for (var i = 0; i < Members; i += 50)
            await Done(Enumerable.Range(i, 50).Select(m => new Leg(AccountKey.Issuance(), AccountKey.Lot(Id(1, m), _lotDate), 1_000_000_000)), PostingKind.Issue);
        for (var i = 0; i < Members; i += 50)
            await Done(Enumerable.Range(i, 50).Select(m => new Leg(AccountKey.Issuance(), AccountKey.Pool(Id(2, m)), 1)), PostingKind.Transfer);
    }

    public async Task<BenchPass> Run(int callers, bool hot, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var ticks = (long)(seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(c => Task.Run(() => Caller((ulong)c + 1 + (ulong)started, hot, started, ticks))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return BenchPass.Of([.. times.SelectMany(t => t)], elapsed);
    }

    private async Task<List<double>> Caller(ulong state, bool hot, long started, long ticks)
    {
        var times = new List<double>();
        while (Stopwatch.GetTimestamp() - started < ticks)
        {
            var from = AccountKey.Lots(Id(1, (int)(Next(ref state) % Members)));
            var to = AccountKey.Pool(Id(2, hot ? 0 : (int)(Next(ref state) % Members)));
            var request = new LedgerRequest(Community, NewId(ref state), Guid.Empty, "bench", new Move(PostingKind.Gift, from, to, 1) { Ref = "bench:1", Rule = "bench/1" });
            var sent = Stopwatch.GetTimestamp();
            var result = await poster.Post(request, _none);
            if (!result.IsOk)
                throw new InvalidOperationException(result.ToString());
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    private async Task Done(IEnumerable<Leg> legs, PostingKind kind)
    {
        var state = (ulong)Stopwatch.GetTimestamp();
        var result = await poster.Post(new LedgerRequest(Community, NewId(ref state), Guid.Empty, "bench", new Move(kind, legs.ToArray())), _none);
        if (!result.IsOk)
            throw new InvalidOperationException(result.ToString());
    }

    private static Guid Id(int kind, int number) => new(number + 1, (short)kind, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    // Client ids are random (version 4), which is the harder case for an index; splitmix64 is enough for that.
    private static Guid NewId(ref ulong state)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next(ref state));
        BitConverter.TryWriteBytes(bytes[8..], Next(ref state));
        return new Guid(bytes);
    }

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
