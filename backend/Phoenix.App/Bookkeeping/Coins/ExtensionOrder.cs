using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Bookkeeping.Coins;

/// <summary>The committee gives all coins that end on one day a later one; two people decided it. A sweep carries it out lot by lot.</summary>
public sealed class ExtensionOrder : ICommunityOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 100;

    /// <summary>How long before the coins are over an extension must be approved.</summary>
    public static readonly TimeSpan LeadTime = TimeSpan.FromHours(1);

    /// <summary>How far ahead coins may be given a date, in days.</summary>
    public const int MaxDaysAhead = 5 * 366;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The last day that the coins had.</summary>
    public DateOnly From { get; init; }

    /// <summary>The last day that they get.</summary>
    public DateOnly To { get; init; }

    /// <summary>Why, as members read it in their list.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset ApprovedAt { get; init; }

    /// <summary>When no lot was left to be extended; null while it is being carried out.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ExtensionOrder>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ExtensionOrder> builder)
        {
            builder.ToTable("extension_orders", t =>
            {
                t.HasComment("Approved extensions of the coins that end on one day, for all members, and whether each is carried out.");
                t.HasCheckConstraint("ck_extension_orders_later", "\"to\" > \"from\"");
            });
            builder.HasKey(o => new { o.CommunityId, o.Id });
            builder.Property(o => o.Reason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(o => o.CommunityId).HasFilter("done_at is null");
            builder.BelongsToCommunity();
        }
    }
}
