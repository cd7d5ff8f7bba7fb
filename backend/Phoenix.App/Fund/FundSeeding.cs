using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Phoenix.App.Data;
using Phoenix.Ledger;
using Phoenix.Ledger.Reads;
using Phoenix.Platform.Ids;
using Phoenix.Platform.Time;

namespace Phoenix.App.Fund;

/// <summary>Gives 凤凰里社区 a fund to promise from, for a newcomer's first look: five thousand yuan, half a yuan a coin.</summary>
public static class FundSeeding
{
    /// <summary>What is in it, in fen.</summary>
    public const long OpeningFen = 500_000;

    /// <summary>What a coin is taken to cost, in fen.</summary>
    public const long LiabilityFenPerCoin = 50;

    private const string Evidence = "演示数据：期初资金";

    /// <summary>Adds it to the community in scope where no policy is set; run twice it does nothing.</summary>
    public static async Task Run(PhoenixDb db, Phoenix.Platform.Data.Database database, Clock clock, IIds ids, CancellationToken cancel)
    {
        if (await db.Set<FundPolicy>().AnyAsync(cancel))
            return;
        var (community, now) = (db.Scope.CommunityId, clock.Now);
        await using var poster = new LedgerPoster(database, clock, new SystemRandomness(), new LedgerOptions(), [], new NoSpendLock());
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(new FundPolicy { CommunityId = community, Version = 1, LiabilityFenPerCoin = LiabilityFenPerCoin, RatioPercent = 100, CreatedAt = now });
        await db.SaveChangesAsync(cancel);
        var opened = await OpenFund.Post(poster, db.Database.GetDbConnection(), transaction.GetDbTransaction(), community, Guid.Empty, OpeningFen, Evidence, cancel);
        db.Add(new FundContribution
        {
            CommunityId = community,
            Id = ids.New(),
            IsOpening = true,
            AmountFen = OpeningFen,
            Evidence = Evidence,
            PostingSeq = opened.Value[0].First.Seq,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
