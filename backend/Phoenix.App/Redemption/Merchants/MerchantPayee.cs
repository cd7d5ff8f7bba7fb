using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>A bank account to which a merchant is paid: set by its owner, good once the treasurer confirms it. A change is another row.</summary>
public sealed class MerchantPayee : ICommunityOwned
{
    /// <summary>Longest account or bank name, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The merchant.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>户名, encrypted.</summary>
    public required string AccountName { get; set; }

    /// <summary>账号, encrypted.</summary>
    public required string AccountNumber { get; set; }

    /// <summary>开户行, encrypted.</summary>
    public required string BankName { get; set; }

    /// <summary>Which owner set it, a person.</summary>
    public Guid SetBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset SetAt { get; init; }

    /// <summary>The proposal on which the treasurer decides.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When the treasurer confirmed it; null where not.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When another took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Where a column of a row is encrypted for.</summary>
    public static FieldPlace Place(Guid id, string column) => new("merchant_payees", column, id.ToString("N"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MerchantPayee>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MerchantPayee> builder)
        {
            builder.ToTable("merchant_payees", t => t.HasComment("Bank accounts of merchants, encrypted: at most one confirmed and one waiting at a time, earlier ones kept for the payouts that went there."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.AccountName).HasMaxLength(500).IsConcurrencyToken();
            builder.Property(p => p.AccountNumber).HasMaxLength(300).IsConcurrencyToken();
            builder.Property(p => p.BankName).HasMaxLength(500).IsConcurrencyToken();
            builder.HasIndex(p => new { p.CommunityId, p.MerchantId }, "ix_merchant_payees_confirmed").IsUnique().HasFilter("ended_at is null and confirmed_at is not null");
            builder.HasIndex(p => new { p.CommunityId, p.MerchantId }, "ix_merchant_payees_waiting").IsUnique().HasFilter("ended_at is null and confirmed_at is null");
            builder.BelongsToCommunity();
            builder.HasOne<Merchant>().WithMany().HasForeignKey(p => new { p.CommunityId, p.MerchantId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_merchant_payees_merchants_merchant_id");
        }
    }
}
