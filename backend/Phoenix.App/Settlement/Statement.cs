using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Time;

namespace Phoenix.App.Settlement;

/// <summary>Where a statement stands. It only goes forward, but for a payment that failed, after which it is approved and waits for another.</summary>
public enum StatementState
{
    /// <summary>已生成: its lines are copied, nobody was told.</summary>
    Draft,

    /// <summary>待确认: the merchant was told.</summary>
    Sent,

    /// <summary>有疑问: lines wait for an answer.</summary>
    Disputed,

    /// <summary>已确认: by the merchant, or by silence on the named date.</summary>
    Confirmed,

    /// <summary>疑问已答复: every disputed line was answered.</summary>
    Resolved,

    /// <summary>已审批: in a payout that was approved.</summary>
    Approved,

    /// <summary>拨付中: the payer has the application.</summary>
    InPayout,

    /// <summary>已拨付.</summary>
    Paid,

    /// <summary>已结清: nothing about it changes any more.</summary>
    Closed,
}

/// <summary>
/// 对账单: a merchant's month. Its lines and figures are written once, together; what changes is where it stands. Made of the exchanges of the month and of
/// what earlier months left over.
/// </summary>
public sealed class Statement : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id, the same whoever makes it: of community, merchant and month.</summary>
    public Guid Id { get; init; }

    /// <summary>The merchant.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>The month's first day.</summary>
    public DateOnly Period { get; init; }

    /// <summary>How many lines.</summary>
    public int Lines { get; init; }

    /// <summary>How many exchanges of the month.</summary>
    public int Captures { get; init; }

    /// <summary>Coins of the month's exchanges.</summary>
    public long CapturedCoins { get; init; }

    /// <summary>The fund's part of them, in fen.</summary>
    public long CapturedFen { get; init; }

    /// <summary>Coins that went back in the month, whenever they had come.</summary>
    public long RefundedCoins { get; init; }

    /// <summary>The fund's part of them, in fen.</summary>
    public long RefundedFen { get; init; }

    /// <summary>Coins of lines that earlier statements had moved out.</summary>
    public long CarriedCoins { get; init; }

    /// <summary>Fen of such lines, corrections, debts of earlier months and what is above a cap; below zero where they take away.</summary>
    public long CarriedFen { get; init; }

    /// <summary>The merchant's coins in the ledger at the end of the month: with the one before it proves the figures.</summary>
    public long LedgerCoins { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>Where it stands.</summary>
    public StatementState State { get; set; }

    /// <summary>The version of the policy by which it was sent; 0 for the one that communities start with.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>When the merchant was told.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The last day for confirming and disputing, printed on it; afterwards silence counts as a yes where the policy says so.</summary>
    public DateOnly? ConfirmBy { get; set; }

    /// <summary>The day of the next reminder; null for none.</summary>
    public DateOnly? RemindOn { get; set; }

    /// <summary>How many reminders went out.</summary>
    public int Reminders { get; set; }

    /// <summary>When the merchant, or its silence, confirmed what isn't disputed.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>Which owner confirmed, a person; null for silence.</summary>
    public Guid? ConfirmedBy { get; set; }

    /// <summary>Coins without the lines that were moved out, fixed when it went into a payout or had nothing to pay.</summary>
    public long? FinalCoins { get; set; }

    /// <summary>Fen of these; below zero is a debt of the next month.</summary>
    public long? FinalFen { get; set; }

    /// <summary>The statement that has the debt as a line.</summary>
    public Guid? DebtIn { get; set; }

    /// <summary>When the bank's receipt was recorded.</summary>
    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Counts the changes, so that two at once don't both count.</summary>
    public int Revision { get; set; }

    /// <summary>Coins of all lines.</summary>
    public long TotalCoins => CapturedCoins - RefundedCoins + CarriedCoins;

    /// <summary>Fen of all lines.</summary>
    public long TotalFen => CapturedFen - RefundedFen + CarriedFen;

    /// <summary>The month.</summary>
    public Month Month => Month.Of(Period);

    /// <summary>The page of the mini program that opens a statement.</summary>
    public static string PageOf(Guid id) => $"packages/merchant/statement/statement?id={id}";

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Statement>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(
                "statements", "community_id", "id", "merchant_id", "period", "lines", "captures", "captured_coins", "captured_fen", "refunded_coins", "refunded_fen", "carried_coins", "carried_fen", "ledger_coins", "made_at"),
            Guard.DoneWhen("statements", "old.state = 'Closed' and (old.debt_in is not null or coalesce(old.final_fen, 0) >= 0)"),
            Forward,
        ];

        private static string Rank(string row) => $"case {row}.state when 'Draft' then 0 when 'Sent' then 1 when 'Disputed' then 2 when 'Confirmed' then 3 when 'Resolved' then 3 when 'Approved' then 4 when 'InPayout' then 5 when 'Paid' then 6 else 7 end";

        // Back goes only a payment that failed; what was confirmed, fixed, paid or closed stays so.
        private static Guard Forward => new(
            $"""
             create or replace trigger statements_forward before update on statements for each row
               when (({Rank("new")} < {Rank("old")} and not (new.state = 'Approved' and old.state = 'InPayout'))
                 or (old.state = 'Closed' and new.state <> 'Closed') or (old.paid_at is not null and new.paid_at is distinct from old.paid_at) or (old.state in ('InPayout', 'Paid') and new.final_fen is distinct from old.final_fen))
               execute function phoenix_refuse();
             """,
            $"""
             drop trigger if exists statements_forward;
             create trigger statements_forward before update on statements
               when ({Rank("new")} < {Rank("old")} and not (new.state = 'Approved' and old.state = 'InPayout'))
                 or (old.state = 'Closed' and new.state <> 'Closed') or (old.paid_at is not null and new.paid_at is not old.paid_at) or (old.state in ('InPayout', 'Paid') and new.final_fen is not old.final_fen)
             begin select raise(abort, 'statements: update is refused'); end;
             """);

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Statement> builder)
        {
            builder.ToTable("statements", t =>
            {
                t.HasComment("Merchants' months, one each: figures that never change, proven against the ledger, and where they stand on the way to being paid.");
                t.HasCheckConstraint("ck_statements_amounts", "lines >= 0 and captures >= 0 and captured_coins >= 0 and captured_fen >= 0 and refunded_coins >= 0 and refunded_fen >= 0 and ledger_coins >= 0");
                t.HasCheckConstraint("ck_statements_sent", "(state = 'Draft') = (sent_at is null) and (sent_at is null) = (confirm_by is null)");
                t.HasCheckConstraint("ck_statements_final", "(final_fen is null) = (final_coins is null) and (state not in ('Approved', 'InPayout', 'Paid', 'Closed') or final_fen is not null) and (debt_in is null or final_fen < 0)");
                t.HasCheckConstraint("ck_statements_end", "(state = 'Closed') = (closed_at is not null) and (state <> 'Paid' or paid_at is not null)");
            });
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.State).HasConversion<string>().HasMaxLength(10);
            builder.Property(s => s.Revision).IsConcurrencyToken();
            builder.Ignore(s => s.TotalCoins).Ignore(s => s.TotalFen).Ignore(s => s.Month);
            builder.HasIndex(s => new { s.CommunityId, s.MerchantId, s.Period }).IsUnique();
            builder.HasIndex(s => new { s.CommunityId, s.Period, s.MerchantId });
            builder.HasIndex(s => new { s.CommunityId, s.State, s.ConfirmBy });
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>A month of which every merchant has its statement: closing goes on with the next.</summary>
public sealed class SettledMonth : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The month's first day.</summary>
    public DateOnly Period { get; init; }

    /// <summary>How many statements there are.</summary>
    public int Statements { get; init; }

    /// <summary>When the last was made.</summary>
    public DateTimeOffset DoneAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SettledMonth>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("settled_months")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SettledMonth> builder)
        {
            builder.ToTable("settled_months", t => t.HasComment("Months that are closed, one row each, so that missed ones are found and closed in order."));
            builder.HasKey(m => new { m.CommunityId, m.Period });
            builder.BelongsToCommunity();
        }
    }
}
