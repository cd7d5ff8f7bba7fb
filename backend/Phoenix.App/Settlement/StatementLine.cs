using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Settlement;

/// <summary>What a line is. The numbers are stored and are the order of a statement.</summary>
public enum LineKind
{
    /// <summary>兑换.</summary>
    Capture = 1,

    /// <summary>退回.</summary>
    Refund = 2,

    /// <summary>更正: what staff admitted about an earlier month.</summary>
    Correction = 3,

    /// <summary>上期结转: an earlier month came out below zero.</summary>
    Debt = 4,

    /// <summary>超过协议月上限的部分.</summary>
    OverCap = 5,
}

/// <summary>A line of a statement, copied when the month is closed and never changed. Coins and fen are below zero where they take away.</summary>
public sealed class StatementLine : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Of which statement. No foreign key: a million lines are copied in one go, and the statement is written with them.</summary>
    public Guid StatementId { get; init; }

    /// <summary>What it is.</summary>
    public LineKind Kind { get; init; }

    /// <summary>The ledger's hold of an exchange, the posting of a refund; otherwise a count.</summary>
    public long Seq { get; init; }

    /// <summary>The exchange; null for what isn't one.</summary>
    public Guid? RedemptionId { get; init; }

    /// <summary>The day of the exchange.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The daily number of the exchange; 0 for what isn't one.</summary>
    public int Number { get; init; }

    /// <summary>The item's name, or what it is.</summary>
    public required string Title { get; init; }

    /// <summary>How many.</summary>
    public int Quantity { get; init; }

    /// <summary>Coins.</summary>
    public long Coins { get; init; }

    /// <summary>The terms of the exchange: a month with two versions is split by them.</summary>
    public Guid? AgreementId { get; init; }

    /// <summary>What a coin was worth by them, in fen.</summary>
    public long FenPerCoin { get; init; }

    /// <summary>How much of it the fund pays, in percent.</summary>
    public int FundSharePercent { get; init; }

    /// <summary>The fund's part, in whole fen: each exchange with its refunds is rounded half up as one.</summary>
    public long Fen { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The statement that had it first and moved it out; null where this is the first.</summary>
    public Guid? FromStatementId { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<StatementLine>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("statement_lines")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<StatementLine> builder)
        {
            builder.ToTable("statement_lines", t =>
            {
                t.HasComment("Lines of merchants' statements, copied from the exchanges when a month is closed; never changed.");
                t.HasCheckConstraint("ck_statement_lines_kind", "kind between 1 and 5 and seq > 0 and (kind > 2) = (redemption_id is null)");
            });
            builder.HasKey(l => new { l.CommunityId, l.StatementId, l.Kind, l.Seq });
            builder.Property(l => l.Title).HasMaxLength(MaxTitleLength);
            // No exchange and no refund is on two statements, but where the first moved it out.
            builder.HasIndex(l => new { l.CommunityId, l.Seq, l.Kind }).IsUnique().HasFilter("kind <= 2 and from_statement_id is null").HasDatabaseName("ix_statement_lines_once");
            builder.BelongsToCommunity();
        }
    }
}
