using Phoenix.Ledger.Accounts;
using Phoenix.Ledger.Verify;

namespace Phoenix.Ledger.Tests.Verify;

/// <summary>Goal: journals that are right are proved, with the right figures, in bounded memory. Method: seeded random histories of every kind of posting.</summary>
public sealed class GoodJournalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task A_random_history_is_proved(ulong seed)
    {
        using var forge = new Forge();
        new History(forge, seed).Run(1500);
        var report = await forge.Prove();
        Assert.True(report.IsProved, report.Fault?.ToString());
        var s = report.Summary;
        Assert.Equal(forge.Postings.Count, s.Postings);
        Assert.Equal(forge.Postings[^1].Hash, s.Head.Hash);
        Assert.Equal(forge.Postings[0].At, s.From!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(forge.Postings[^1].At, s.To!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(forge.Postings.Sum(p => p.Opened.Count), s.Accounts);
        Assert.Equal(16 + 1, forge.Postings.Select(p => p.Kind).Distinct(StringComparer.Ordinal).Count());
        foreach (var asset in new[] { Asset.Coin, Asset.Fen })
            Assert.Equal(0, s.Totals.Where(t => t.Asset == asset).Aggregate(Int128.Zero, (sum, t) => sum + t.Balance));
        Assert.Contains(forge.Postings, p => p.Shortfall is not null);
        Assert.Contains(forge.Postings, p => p.Parts == 2);
    }

    [Fact]
    public async Task A_journal_without_postings_is_proved()
    {
        using var forge = new Forge();
        var report = await forge.Prove(new VerifyOptions { PublicKey = forge.PublicKey });
        Assert.True(report.IsProved);
        Assert.Equal(0, report.Summary.Postings);
        Assert.True(report.Summary.KeyWasExpected);
        Assert.Null(report.Summary.From);
    }

    [Fact]
    public async Task Earlier_heads_and_the_key_are_found_in_it()
    {
        using var forge = new Forge();
        new History(forge, 11).Run(200);
        forge.Chain();
        var since = new[] { 1, 90, 200 }.Select(n => new JournalHead(n, forge.Postings[n - 1].Hash)).ToArray();
        var report = await forge.Prove(new VerifyOptions { Since = since, PublicKey = forge.PublicKey });
        Assert.True(report.IsProved, report.Fault?.ToString());
    }

    [Fact]
    public async Task An_erased_reason_leaves_the_journal_whole()
    {
        using var forge = new Forge();
        Forge.Explain(forge.Issue(forge.Lot(Forge.Uuid(1), 20271231), 5), "照顾王奶奶");
        (forge.Postings[0].Text, forge.Postings[0].Salt) = (null, null);
        Assert.True((await forge.Prove()).IsProved);
    }

    /// <summary>Goal: what is kept grows with what is open or corrected, not with the file. Method: two files, one ten times the other.</summary>
    [Fact]
    public async Task A_large_journal_takes_bounded_memory()
    {
        var small = await Footprint(4_000);
        var large = await Footprint(40_000);
        Assert.InRange(large.MostHolds, 1, 32);
        Assert.Equal(small.MostHolds, large.MostHolds);
        Assert.InRange(large.LongestLineBytes, 1, small.LongestLineBytes + 64);
        Assert.Equal(0, large.Targets);
        Assert.InRange(large.Requests, 0, 40);
        Assert.InRange(large.FilterBytes, 1, 512 * 1024);
    }

    [Fact]
    public async Task A_stream_that_cannot_seek_is_refused()
    {
        await using var pipe = new System.IO.Pipelines.Pipe().Reader.AsStream();
        await Assert.ThrowsAsync<ArgumentException>(() => JournalVerifier.Verify(pipe, new VerifyOptions(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("12:0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("12:000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("x:0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData(":", false)]
    [InlineData("", false)]
    public void Heads_are_read_as_written(string text, bool isHead)
    {
        Assert.Equal(isHead, JournalHead.Parse(text) is not null);
        if (isHead)
            Assert.Equal(text, JournalHead.Parse(text)!.ToString());
    }

    private static async Task<VerifyFootprint> Footprint(int postings)
    {
        using var forge = new Forge { Now = 1_767_571_200_000 };
        var lot = forge.Lot(Forge.Uuid(1), 20271231);
        forge.Issue(lot, postings);
        var (merchant, held) = (forge.Account("merchant", Forge.Uuid(2)), forge.Account("held"));
        var open = new Queue<long>();
        while (forge.Postings.Count < postings)
        {
            open.Enqueue(forge.Hold(merchant, forge.Now + 3_600_000, (lot, held, 1)).Seq);
            if (open.Count == 20)
                forge.About(open.Dequeue(), "capture", (held, merchant, 1));
        }

        var report = await forge.Prove();
        Assert.True(report.IsProved, report.Fault?.ToString());
        Assert.Equal(open.Count, report.Summary.OpenHolds);
        return report.Summary.Footprint;
    }
}
