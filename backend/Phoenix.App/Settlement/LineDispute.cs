using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Settlement;

/// <summary>Whose doubt keeps a line out of the payment.</summary>
public enum DoubtSource
{
    /// <summary>The merchant's.</summary>
    Merchant,

    /// <summary>The member's, who disputes the exchange; it is answered where exchanges are.</summary>
    Member,
}

/// <summary>What was answered.</summary>
public enum DoubtState
{
    /// <summary>Nothing yet.</summary>
    Open,

    /// <summary>The line stands as it is.</summary>
    Stands,

    /// <summary>The line stands, and a line of the next month puts right what was wrong.</summary>
    Corrected,
}

/// <summary>A doubt about a line. While it is open the line isn't paid; if its statement is paid meanwhile, the line moves to the first one that is made after the answer.</summary>
public sealed class LineDispute : ICommunityOwned
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxTextLength = 200;

    /// <summary>Most doubts of a merchant about one statement.</summary>
    public const int MaxPerStatement = 100;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which statement.</summary>
    public Guid StatementId { get; init; }

    /// <summary>The line's kind.</summary>
    public LineKind Kind { get; init; }

    /// <summary>The line's number.</summary>
    public long Seq { get; init; }

    /// <summary>Whose statement.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>Whose doubt.</summary>
    public DoubtSource Source { get; init; }

    /// <summary>The exchange, where it is the member's.</summary>
    public Guid? RedemptionId { get; init; }

    /// <summary>The line's coins.</summary>
    public long Coins { get; init; }

    /// <summary>The line's fen.</summary>
    public long Fen { get; init; }

    /// <summary>Who asked, a person; null where it is the member's.</summary>
    public Guid? AskedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>By when staff answer; null where it is the member's.</summary>
    public DateOnly? AnswerBy { get; init; }

    /// <summary>Whether staff were told that the day is over.</summary>
    public bool IsOverdueTold { get; set; }

    /// <summary>What was answered.</summary>
    public DoubtState State { get; set; }

    /// <summary>Who answered, a person.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>What the next month's line puts right, in fen; below zero where it takes away.</summary>
    public long CorrectionFen { get; set; }

    /// <summary>The statement that has the correction.</summary>
    public Guid? CorrectedIn { get; set; }

    /// <summary>When the line was moved out of its statement, since that went into a payout.</summary>
    public DateTimeOffset? MovedAt { get; set; }

    /// <summary>The statement that has the line now.</summary>
    public Guid? MovedTo { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<LineDispute>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("line_disputes", "community_id", "id", "statement_id", "kind", "seq", "merchant_id", "source", "redemption_id", "coins", "fen", "asked_at", "answer_by"),
            Guard.DoneWhen("line_disputes", "old.moved_to is not null and (old.correction_fen = 0 or old.corrected_in is not null)"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<LineDispute> builder)
        {
            builder.ToTable("line_disputes", t =>
            {
                t.HasComment("Doubts about lines of statements, what was answered, and where the line went.");
                t.HasCheckConstraint("ck_line_disputes_answer", "(state = 'Open') = (answered_at is null) and (correction_fen = 0 or state = 'Corrected') and (corrected_in is null or correction_fen <> 0)");
                t.HasCheckConstraint("ck_line_disputes_moved", "moved_to is null or (moved_at is not null and state <> 'Open')");
            });
            builder.HasKey(d => new { d.CommunityId, d.Id });
            builder.Property(d => d.Source).HasConversion<string>().HasMaxLength(10);
            builder.Property(d => d.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
            builder.HasIndex(d => new { d.CommunityId, d.StatementId, d.Kind, d.Seq, d.Source }).IsUnique();
            builder.HasIndex(d => new { d.CommunityId, d.MerchantId, d.State });
            builder.HasIndex(d => new { d.CommunityId, d.AskedBy });
            builder.BelongsToCommunity();
            builder.HasOne<Statement>().WithMany().HasForeignKey(d => new { d.CommunityId, d.StatementId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_line_disputes_statements");
        }
    }
}

/// <summary>Something said about a doubt, by the merchant or by staff, with a picture where there is one.</summary>
public sealed class DisputeWord : ICommunityOwned
{
    /// <summary>Most words about one doubt.</summary>
    public const int MaxPerDispute = 40;

    /// <summary>What stands where somebody's words were erased.</summary>
    public const string Erased = "（已删除）";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; later words have greater ones.</summary>
    public Guid Id { get; init; }

    /// <summary>About which doubt.</summary>
    public Guid DisputeId { get; init; }

    /// <summary>Who said it, a person.</summary>
    public Guid SaidBy { get; init; }

    /// <summary>Whether it was the merchant.</summary>
    public bool IsMerchant { get; init; }

    /// <summary>What.</summary>
    public required string Text { get; set; }

    /// <summary>The picture, a stored file.</summary>
    public Guid? FileId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset SaidAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<DisputeWord>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.Unchanging("dispute_words", "community_id", "id", "dispute_id", "said_by", "is_merchant", "file_id", "said_at")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<DisputeWord> builder)
        {
            builder.ToTable("dispute_words", t => t.HasComment("What merchants and staff said about lines of statements, with pictures as evidence."));
            builder.HasKey(w => new { w.CommunityId, w.Id });
            builder.Property(w => w.Text).HasMaxLength(LineDispute.MaxTextLength);
            builder.HasIndex(w => new { w.CommunityId, w.DisputeId, w.Id });
            builder.HasIndex(w => new { w.CommunityId, w.SaidBy });
            builder.BelongsToCommunity();
            builder.HasOne<LineDispute>().WithMany().HasForeignKey(w => new { w.CommunityId, w.DisputeId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_dispute_words_line_disputes");
        }
    }
}
