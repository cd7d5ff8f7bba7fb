using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Settlement;

/// <summary>How statements are confirmed and who approves them. The newest version counts for statements that are sent and payouts that are prepared from then on; earlier ones stay.</summary>
public sealed class SettlementPolicy : ICommunityOwned
{
    /// <summary>Most working days for confirming.</summary>
    public const int MaxConfirmDays = 30;

    /// <summary>Most fen of an amount in a policy.</summary>
    public const long MaxFen = 100_000_000_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Counted from 1; 0 is the one that communities start with.</summary>
    public int Version { get; init; }

    /// <summary>Working days that a merchant has for confirming, the day of sending not counted.</summary>
    public int ConfirmWithinDays { get; init; }

    /// <summary>Whether silence counts as a yes when they are over.</summary>
    public bool IsSilenceConsent { get; init; }

    /// <summary>Working days that staff have for answering.</summary>
    public int AnswerWithinDays { get; init; }

    /// <summary>Payouts of so much or more are approved by two, in fen.</summary>
    public long SecondCheckFromFen { get; init; }

    /// <summary>How far a merchant's debt may go by corrections, in fen; below zero.</summary>
    public long ReceivableFloorFen { get; init; }

    /// <summary>Who prepared it.</summary>
    public Guid MakerId { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Working days after sending at which a merchant that said nothing is reminded.</summary>
    public static IReadOnlyList<int> RemindAfterDays { get; } = [3, 5];

    /// <summary>The policy that communities start with: a week, silence is a yes, three days for answers, two checkers from 5,000 yuan on, a debt of 1,000 yuan at most.</summary>
    public static SettlementPolicy First(int communityId) => new()
    {
        CommunityId = communityId,
        ConfirmWithinDays = 7,
        IsSilenceConsent = true,
        AnswerWithinDays = 3,
        SecondCheckFromFen = 500_000,
        ReceivableFloorFen = -100_000,
    };

    /// <summary>The policy in force in the community in scope.</summary>
    public static async Task<SettlementPolicy> Current(PhoenixDb db, CancellationToken cancel) =>
        await db.Set<SettlementPolicy>().AsNoTracking().OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancel) ?? First(db.Scope.CommunityId);

    /// <summary>The policy under which a statement was sent: what was printed on it holds for it.</summary>
    public static async Task<SettlementPolicy> Of(Statement statement, PhoenixDb db, CancellationToken cancel) =>
        await db.Set<SettlementPolicy>().AsNoTracking().FirstOrDefaultAsync(p => p.Version == statement.PolicyVersion, cancel) ?? First(statement.CommunityId);

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SettlementPolicy>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("settlement_policies")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SettlementPolicy> builder)
        {
            builder.ToTable("settlement_policies", t =>
            {
                t.HasComment("Versions of how statements are confirmed and approved; never changed, since statements name theirs.");
                t.HasCheckConstraint("ck_settlement_policies_values", $"version > 0 and confirm_within_days between 1 and {MaxConfirmDays} and answer_within_days between 1 and {MaxConfirmDays} and second_check_from_fen between 1 and {MaxFen} and receivable_floor_fen between -{MaxFen} and 0");
            });
            builder.HasKey(p => new { p.CommunityId, p.Version });
            builder.BelongsToCommunity();
        }
    }
}
