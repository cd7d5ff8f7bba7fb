using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Fund.Book;

/// <summary>What an entry does to the fund.</summary>
public enum FundEntryKind
{
    /// <summary>捐赠入账: money that the charity received for the fund, by its receipt.</summary>
    Contribution,

    /// <summary>调增: money that came in otherwise, such as interest.</summary>
    AdjustmentIn,

    /// <summary>调减: money that went otherwise, such as a bank's fee.</summary>
    AdjustmentOut,

    /// <summary>冲正: takes an earlier entry back.</summary>
    Correction,
}

/// <summary>Who gave, as far as it is said: never who by name, but for a partner.</summary>
public enum DonorKind
{
    /// <summary>合伙人.</summary>
    Partner,

    /// <summary>公益集市的摊位.</summary>
    Stall,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>
/// An entry that one person prepares, with its evidence, and another posts. What it says never changes; the posting is filled in once, when it is approved.
/// No money is taken here (product.md, hard rule 10): it says what the charity's receipt and the bank say.
/// </summary>
public sealed class FundEntry : ICommunityOwned
{
    /// <summary>Longest reason, in characters: it is the posting's too.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Longest name of a charity or partner, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Longest filing number or receipt number, in characters.</summary>
    public const int MaxNumberLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>What it does.</summary>
    public FundEntryKind Kind { get; init; }

    /// <summary>How much, in fen; of a correction what it takes back.</summary>
    public long AmountFen { get; init; }

    /// <summary>Why: of a contribution the receipt in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The charity that gave the receipt; only of a contribution, as the next four.</summary>
    public string? CharityName { get; init; }

    /// <summary>The number under which the charity, or its fund-raising, is filed (慈善法 art 24).</summary>
    public string? FilingNumber { get; init; }

    /// <summary>The receipt's number.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>The receipt's date.</summary>
    public DateOnly? ReceiptOn { get; init; }

    /// <summary>Who gave.</summary>
    public DonorKind? Donor { get; init; }

    /// <summary>The partner's name; null for everybody else.</summary>
    public string? PartnerName { get; init; }

    /// <summary>The market that brought it; null for none.</summary>
    public Guid? MarketId { get; init; }

    /// <summary>The stall of it; null for the market as a whole.</summary>
    public Guid? StallId { get; init; }

    /// <summary>The picture that shows it; null only for a correction.</summary>
    public Guid? FileId { get; init; }

    /// <summary>Which entry a correction takes back; the opening money's too.</summary>
    public Guid? TargetId { get; init; }

    /// <summary>Who prepared it, a person.</summary>
    public Guid MakerId { get; init; }

    /// <summary>The proposal on which the second person decides.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When it was prepared.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often this receipt has been entered, this time included: another time only after the one before was taken back. Null until posted.</summary>
    public int? Take { get; set; }

    /// <summary>The posting in the community's journal; null until approved.</summary>
    public long? PostingSeq { get; set; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset? PostedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<FundEntry>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(
                "fund_entries", "community_id", "id", "kind", "amount_fen", "reason", "charity_name", "filing_number", "receipt_number", "receipt_on", "donor", "partner_name",
                "market_id", "stall_id", "file_id", "target_id", "maker_id", "approval_id", "created_at"),
            Guard.DoneWhen("fund_entries", "old.posting_seq is not null"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<FundEntry> builder)
        {
            builder.ToTable("fund_entries", t =>
            {
                t.HasComment("What moves the fund's cash beside payouts: contributions, adjustments and corrections, each with its evidence and two people; never changed.");
                t.HasCheckConstraint("ck_fund_entries_amount", $"amount_fen between 1 and {FundContribution.MaxFen}");
                t.HasCheckConstraint(
                    "ck_fund_entries_receipt",
                    "(kind = 'Contribution') = (charity_name is not null) and (charity_name is null) = (filing_number is null) and (charity_name is null) = (receipt_number is null) and (charity_name is null) = (receipt_on is null) and (charity_name is null) = (donor is null)");
                t.HasCheckConstraint("ck_fund_entries_donor", "(partner_name is null or donor = 'Partner') and (market_id is null or donor = 'Stall') and (stall_id is null or market_id is not null)");
                t.HasCheckConstraint("ck_fund_entries_evidence", "(kind = 'Correction') = (target_id is not null) and (file_id is not null or kind = 'Correction')");
                t.HasCheckConstraint("ck_fund_entries_posted", "(posting_seq is null) = (posted_at is null) and (take is not null) = (kind = 'Contribution' and posting_seq is not null)");
            });
            builder.HasKey(e => new { e.CommunityId, e.Id });
            builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(e => e.Donor).HasConversion<string>().HasMaxLength(10);
            builder.Property(e => e.Reason).HasMaxLength(MaxReasonLength);
            builder.Property(e => e.CharityName).HasMaxLength(MaxNameLength);
            builder.Property(e => e.PartnerName).HasMaxLength(MaxNameLength);
            builder.Property(e => e.FilingNumber).HasMaxLength(MaxNumberLength);
            builder.Property(e => e.ReceiptNumber).HasMaxLength(MaxNumberLength);
            builder.HasIndex(e => new { e.CommunityId, e.PostingSeq }).IsUnique().HasFilter("posting_seq is not null");
            builder.HasIndex(e => new { e.CommunityId, e.FilingNumber, e.ReceiptNumber, e.Take }).IsUnique().HasFilter("take is not null").HasDatabaseName("ix_fund_entries_receipt");
            builder.HasIndex(e => new { e.CommunityId, e.TargetId }).IsUnique().HasFilter("posting_seq is not null and target_id is not null").HasDatabaseName("ix_fund_entries_target");
            builder.HasIndex(e => new { e.CommunityId, e.MarketId });
            builder.BelongsToCommunity();
        }
    }
}
