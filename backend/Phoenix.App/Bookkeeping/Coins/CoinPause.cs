using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Ledger.Reads;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>What can be paused by itself.</summary>
public enum CoinFlow
{
    /// <summary>发放: no coins come into being; hours are recorded as ever.</summary>
    Issuing,

    /// <summary>兑换: nothing is held or captured; what is held goes back or is extended as ever.</summary>
    Redeeming,
}

/// <summary>Somebody paused or resumed something, and why. The ledger's policy is what counts; this is what people are told.</summary>
public sealed class CoinPause : ICommunityOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 100;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; ids of later ones are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>What.</summary>
    public CoinFlow Flow { get; init; }

    /// <summary>Whether it was paused, or resumed.</summary>
    public bool IsPause { get; init; }

    /// <summary>Why, shown to everybody.</summary>
    public required string Reason { get; init; }

    /// <summary>Who did it, a person.</summary>
    public Guid ActorId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CoinPause>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("coin_pauses")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CoinPause> builder)
        {
            builder.ToTable("coin_pauses", t => t.HasComment("Who paused or resumed issuing or redeeming, when, and the reason that everybody is shown."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Flow).HasConversion<string>().HasMaxLength(12);
            builder.Property(p => p.Reason).HasMaxLength(MaxReasonLength);
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>What is paused now, with the reason that is shown.</summary>
internal sealed class CoinPauses(PhoenixDb db, LedgerReads reads) : ICoinPauses
{
    /// <summary>What is said where the system itself paused: the nightly check found a difference.</summary>
    public const string BySystem = "社区正在核对账目，您的币都在。";

    /// <summary>The reasons; null for what goes on.</summary>
    public async Task<(string? Issue, string? Redeem)> Now(CancellationToken cancel)
    {
        var policy = await reads.Policy(db.Scope.CommunityId, cancel);
        return (policy?.IssueFrozen == true ? await ReasonOf(CoinFlow.Issuing, cancel) : null, policy?.RedeemFrozen == true ? await ReasonOf(CoinFlow.Redeeming, cancel) : null);
    }

    /// <inheritdoc />
    public async Task<string?> RedeemPaused(CancellationToken cancel) => (await Now(cancel)).Redeem;

    private async Task<string> ReasonOf(CoinFlow flow, CancellationToken cancel) =>
        await db.Set<CoinPause>().AsNoTracking().Where(p => p.Flow == flow).OrderByDescending(p => p.Id).FirstOrDefaultAsync(cancel) is { IsPause: true } last ? last.Reason : BySystem;
}
