using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>How an item came back. The names are stored.</summary>
public enum ReturnCondition
{
    /// <summary>完好.</summary>
    Fine,

    /// <summary>坏了: it goes to repair.</summary>
    Broken,
}

/// <summary>
/// A line of the loan log: who has an item until when, and how it came back. One is open for an item at a time. Once returned it stays as it is, but for who borrowed, which is
/// forgotten after <see cref="Kept"/>: that somebody needed a wheelchair says something about their health.
/// </summary>
public sealed class EquipmentLoan : ICommunityOwned
{
    /// <summary>The due day is at most so many days from the day on which it is set.</summary>
    public const int MaxDays = 30;

    /// <summary>How often the due day is put off.</summary>
    public const int MaxExtensions = 3;

    /// <summary>Items that one member has at a time.</summary>
    public const int MaxOpen = 3;

    /// <summary>Longest note about the return, in characters.</summary>
    public const int MaxNoteLength = 100;

    /// <summary>So long after the return it is forgotten who borrowed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private const string TableName = "equipment_loans";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>What is lent.</summary>
    public Guid ItemId { get; init; }

    /// <summary>Who borrows, a person; null for somebody who isn't a member, or once forgotten.</summary>
    public Guid? BorrowerId { get; set; }

    /// <summary>A <see cref="LoanBorrower"/>, encrypted; null for a member, or once forgotten.</summary>
    public string? Borrower { get; set; }

    /// <summary>When it was handed out.</summary>
    public DateTimeOffset LentAt { get; init; }

    /// <summary>By whom, a person.</summary>
    public Guid LentBy { get; init; }

    /// <summary>The last day, in the community's days, on which it is to come back.</summary>
    public DateOnly DueOn { get; set; }

    /// <summary>How often the due day was put off.</summary>
    public int Extensions { get; set; }

    /// <summary>The due day that the borrower knows to be near.</summary>
    public DateOnly? RemindedFor { get; set; }

    /// <summary>The due day that the borrower was told is past.</summary>
    public DateOnly? OverdueFor { get; set; }

    /// <summary>When it came back; null while it is out.</summary>
    public DateTimeOffset? ReturnedAt { get; set; }

    /// <summary>Who took it back, a person.</summary>
    public Guid? ReturnedTo { get; set; }

    /// <summary>How it came back.</summary>
    public ReturnCondition? Condition { get; set; }

    /// <summary>What is to be said about it.</summary>
    public string? Note { get; set; }

    /// <summary>Whether it is out.</summary>
    public bool IsOpen => ReturnedAt is null;

    /// <summary>Sets the due day; whoever is told so today isn't reminded of tomorrow.</summary>
    public void Until(DateOnly due, DateOnly today)
    {
        DueOn = due;
        if (due <= today.AddDays(1))
            RemindedFor = due;
    }

    /// <summary>Who borrows without being a member, in the clear.</summary>
    public LoanBorrower? Open(KeyRing keys) => Borrower is null ? null : LoanBorrower.Parse(keys.Decrypt(Borrower, Sealed(Id)));

    /// <summary>Encrypts who borrows.</summary>
    public void Seal(KeyRing keys, LoanBorrower borrower) => Borrower = keys.Encrypt(borrower.Json(), Sealed(Id));

    /// <summary>Makes the encrypted column anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        if (Open(keys) is { } borrower)
            Seal(keys, borrower);
    }

    private static FieldPlace Sealed(Guid id) => new(TableName, "borrower", id.ToString("N"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<EquipmentLoan>, IGuarded
    {
        private static readonly string[] s_closed = ["due_on", "extensions", "returned_at", "returned_to", "condition", "note"];

        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(TableName, "community_id", "id", "item_id", "lent_at", "lent_by"),
            Guard.DoneWhen(TableName,
                "(new.borrower_id is distinct from old.borrower_id and (old.returned_at is null or new.borrower_id is not null))"
                + $" or (old.returned_at is not null and ({string.Join(" or ", s_closed.Select(c => $"new.{c} is distinct from old.{c}"))}))"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<EquipmentLoan> builder)
        {
            builder.ToTable(TableName, t =>
            {
                t.HasComment("The loan log: who has what until when and how it came back; at most one open for an item, closed ones never change. Nobody lends to themselves.");
                t.HasCheckConstraint("ck_equipment_loans_borrower", "(borrower_id is null or borrower is null) and (returned_at is not null or borrower_id is not null or borrower is not null)");
                t.HasCheckConstraint("ck_equipment_loans_own", "lent_by <> borrower_id and returned_to <> borrower_id");
                t.HasCheckConstraint("ck_equipment_loans_returned", "(returned_at is null) = (returned_to is null) and (returned_at is null) = (condition is null) and (note is null or returned_at is not null)");
                t.HasCheckConstraint("ck_equipment_loans_extensions", $"extensions between 0 and {MaxExtensions}");
            });
            builder.HasKey(l => new { l.CommunityId, l.Id });
            builder.Property(l => l.Borrower).HasMaxLength(LoanBorrower.MaxSealedLength).IsConcurrencyToken();
            builder.Property(l => l.ReturnedAt).IsConcurrencyToken();
            builder.Property(l => l.Condition).HasConversion<string>().HasMaxLength(12);
            builder.Property(l => l.Note).HasMaxLength(MaxNoteLength);
            builder.HasIndex(l => new { l.CommunityId, l.ItemId }).IsUnique().HasFilter("returned_at is null").HasDatabaseName("ux_equipment_loans_open");
            builder.HasIndex(l => new { l.CommunityId, l.ItemId, l.Id });
            builder.HasIndex(l => new { l.CommunityId, l.BorrowerId, l.Id });
            builder.HasIndex(l => new { l.CommunityId, l.DueOn }).HasFilter("returned_at is null");
            builder.HasIndex(l => new { l.CommunityId, l.ReturnedAt });
            builder.BelongsToCommunity();
            builder.HasOne<EquipmentItem>().WithMany().HasForeignKey(l => new { l.CommunityId, l.ItemId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_equipment_loans_items");
        }
    }
}
