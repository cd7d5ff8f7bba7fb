using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Settlement.Payouts;

/// <summary>Where a payout stands.</summary>
public enum PayoutState
{
    /// <summary>待审批.</summary>
    Prepared,

    /// <summary>已审批.</summary>
    Approved,

    /// <summary>已提交拨付单位.</summary>
    Submitted,

    /// <summary>已结清: every payment has its receipt or its reason.</summary>
    Closed,

    /// <summary>已作废: before it was submitted.</summary>
    Void,
}

/// <summary>拨付批次: statements that the payer is asked to pay. Prepared by one, approved by another (by two where it is much), paid by the payer outside.</summary>
public sealed class Payout : ICommunityOwned
{
    /// <summary>Most statements of a payout: two postings each stay well below what a transaction of the ledger takes.</summary>
    public const int MaxItems = 100;

    /// <summary>Longest name of the payer and longest note, in characters.</summary>
    public const int MaxTextLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Counted from 1: 拨付申请编号.</summary>
    public int Number { get; init; }

    /// <summary>Who pays, a name: 双流区社区发展基金会.</summary>
    public required string Payer { get; init; }

    /// <summary>Coins in all.</summary>
    public long Coins { get; init; }

    /// <summary>Fen in all.</summary>
    public long Fen { get; init; }

    /// <summary>Who prepared it, a person; never approves it.</summary>
    public Guid MakerId { get; init; }

    /// <summary>Who takes care of it: the maker, or the successor after a hand-over.</summary>
    public Guid KeeperId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset PreparedAt { get; init; }

    /// <summary>The proposal that waits or was decided last.</summary>
    public Guid ApprovalId { get; set; }

    /// <summary>Who approved first where two must, a person.</summary>
    public Guid? FirstCheckerId { get; set; }

    /// <summary>Who approved last, a person.</summary>
    public Guid? CheckerId { get; set; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>When the application went to the payer.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>When it was closed or became void.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Where it stands.</summary>
    public PayoutState State { get; set; }

    /// <summary>As it is printed: 拨付-2026-0001.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"拨付-{PreparedAt.AddHours(8).Year}-{Number:0000}");

    /// <summary>The page of the mini program that opens a payout.</summary>
    public static string PageOf(Guid id) => $"packages/staff/payout/payout?id={id}";

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Payout>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("payouts", "community_id", "id", "number", "payer", "coins", "fen", "maker_id", "prepared_at"),
            Guard.DoneWhen("payouts", "old.state in ('Closed', 'Void')"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Payout> builder)
        {
            builder.ToTable("payouts", t =>
            {
                t.HasComment("Applications to the payer (拨付申请), each for a number of statements; nobody approves what they prepared.");
                t.HasCheckConstraint("ck_payouts_checkers", "(checker_id is null or checker_id <> maker_id) and (first_checker_id is null or (first_checker_id <> maker_id and first_checker_id <> coalesce(checker_id, maker_id)))");
                t.HasCheckConstraint("ck_payouts_state", "(state not in ('Approved', 'Submitted', 'Closed') or approved_at is not null) and (state in ('Closed', 'Void')) = (ended_at is not null)");
            });
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Payer).HasMaxLength(MaxTextLength);
            builder.Property(p => p.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
            builder.Ignore(p => p.Name);
            builder.HasIndex(p => new { p.CommunityId, p.Number }).IsUnique();
            builder.HasIndex(p => new { p.CommunityId, p.KeeperId });
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>Whether the merchant's invoice is there.</summary>
public enum InvoiceState
{
    /// <summary>未收到.</summary>
    Missing,

    /// <summary>已收到.</summary>
    Received,

    /// <summary>不需要.</summary>
    NotNeeded,
}

/// <summary>What became of a payment.</summary>
public enum PaymentState
{
    /// <summary>待付.</summary>
    Waiting,

    /// <summary>已付.</summary>
    Paid,

    /// <summary>退票: the bank sent it back; the statement may go into another payout.</summary>
    Failed,

    /// <summary>The payout became void.</summary>
    Dropped,
}

/// <summary>A statement in a payout: one payment. A statement is in one payout at a time.</summary>
public sealed class PayoutItem : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Which payout.</summary>
    public Guid PayoutId { get; init; }

    /// <summary>Which statement.</summary>
    public Guid StatementId { get; init; }

    /// <summary>Whose.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>The version of the merchant's account.</summary>
    public Guid PayeeId { get; init; }

    /// <summary>Coins that are settled with it at most.</summary>
    public long Coins { get; init; }

    /// <summary>What is paid, in fen.</summary>
    public long Fen { get; init; }

    /// <summary>Whether the invoice is there.</summary>
    public InvoiceState Invoice { get; set; }

    /// <summary>The invoice's number.</summary>
    public string? InvoiceNumber { get; set; }

    /// <summary>What became of it.</summary>
    public PaymentState State { get; set; }

    /// <summary>The number on the payer's or the bank's receipt.</summary>
    public string? BankReference { get; set; }

    /// <summary>The day on that receipt.</summary>
    public DateOnly? PaidOn { get; set; }

    /// <summary>Why it failed.</summary>
    public string? FailReason { get; set; }

    /// <summary>Coins that went from the merchant's account to the settled ones.</summary>
    public long SettledCoins { get; set; }

    /// <summary>The first of the linked postings; null where none was made.</summary>
    public long? PostingSeq { get; set; }

    /// <summary>When it was entered, by the ledger's stamp where there is one.</summary>
    public DateTimeOffset? RecordedAt { get; set; }

    /// <summary>Who entered it, a person.</summary>
    public Guid? RecordedBy { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<PayoutItem>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("payout_items", "community_id", "payout_id", "statement_id", "merchant_id", "payee_id", "coins", "fen"),
            Guard.DoneWhen("payout_items", "old.state in ('Failed', 'Dropped')"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<PayoutItem> builder)
        {
            builder.ToTable("payout_items", t =>
            {
                t.HasComment("Payments of payouts, one a statement, with the payer's receipts; a statement is in one payout at a time.");
                t.HasCheckConstraint("ck_payout_items_amounts", "fen >= 0 and settled_coins >= 0 and (settled_coins = 0 or state = 'Paid')");
                t.HasCheckConstraint("ck_payout_items_paid", "(state = 'Paid') = (bank_reference is not null) and (state = 'Paid') = (paid_on is not null) and (state = 'Failed') = (fail_reason is not null)");
            });
            builder.HasKey(i => new { i.CommunityId, i.PayoutId, i.StatementId });
            builder.Property(i => i.Invoice).HasConversion<string>().HasMaxLength(10);
            builder.Property(i => i.InvoiceNumber).HasMaxLength(Payout.MaxTextLength);
            builder.Property(i => i.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
            builder.Property(i => i.BankReference).HasMaxLength(Payout.MaxTextLength);
            builder.Property(i => i.FailReason).HasMaxLength(Payout.MaxTextLength);
            builder.HasIndex(i => new { i.CommunityId, i.StatementId }).IsUnique().HasFilter("state in ('Waiting', 'Paid')").HasDatabaseName("ix_payout_items_live");
            builder.HasIndex(i => new { i.CommunityId, i.MerchantId, i.RecordedAt });
            builder.BelongsToCommunity();
            builder.HasOne<Payout>().WithMany().HasForeignKey(i => new { i.CommunityId, i.PayoutId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_payout_items_payouts");
            builder.HasOne<Statement>().WithMany().HasForeignKey(i => new { i.CommunityId, i.StatementId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_payout_items_statements");
        }
    }
}

/// <summary>What a paper of a payout is.</summary>
public enum PaperKind
{
    /// <summary>盖章的审批表.</summary>
    StampedForm,

    /// <summary>拨付单位的回单.</summary>
    PayerReceipt,

    /// <summary>商家的发票.</summary>
    Invoice,
}

/// <summary>A scan in the file of a payout.</summary>
public sealed class PayoutPaper : ICommunityOwned
{
    /// <summary>Most scans of a payout.</summary>
    public const int MaxPerPayout = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which payout.</summary>
    public Guid PayoutId { get; init; }

    /// <summary>About which statement; null for the whole.</summary>
    public Guid? StatementId { get; init; }

    /// <summary>What it is.</summary>
    public PaperKind Kind { get; init; }

    /// <summary>The stored file.</summary>
    public Guid FileId { get; init; }

    /// <summary>Who added it, a person.</summary>
    public Guid AddedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<PayoutPaper>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("payout_papers")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<PayoutPaper> builder)
        {
            builder.ToTable("payout_papers", t => t.HasComment("Scans in the files of payouts: stamped forms, receipts, invoices; never taken out."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(12);
            builder.HasIndex(p => new { p.CommunityId, p.PayoutId, p.Id });
            builder.BelongsToCommunity();
            builder.HasOne<Payout>().WithMany().HasForeignKey(p => new { p.CommunityId, p.PayoutId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_payout_papers_payouts");
        }
    }
}
