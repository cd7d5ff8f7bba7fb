using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Redemption.Merchants;
using Phoenix.Platform.Text;

namespace Phoenix.App.Redemption.Agreements;

/// <summary>共建协议: what a partner commits itself to, without money: a room, a class, ten helpers at the festival.</summary>
public sealed class Partnership : ICommunityOwned
{
    /// <summary>Longest name of a partner, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>Longest commitments, in characters.</summary>
    public const int MaxTextLength = 500;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The partner.</summary>
    public required string Partner { get; init; }

    /// <summary>Where it stands in a list: <see cref="ChineseOrder"/> of the name.</summary>
    public required string SortKey { get; init; }

    /// <summary>Which kind of partner.</summary>
    public PartnerKind Kind { get; init; }

    /// <summary>To what it commits itself.</summary>
    public required string Commitments { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly StartsOn { get; init; }

    /// <summary>The last day; null for no end.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Who prepared it, a person.</summary>
    public Guid ProposedBy { get; init; }

    /// <summary>The proposal on which another member of staff decides.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When it was signed; null where not.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>When it was ended before its last day.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Partnership>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.Unchanging("partnerships", "community_id", "id", "partner", "commitments", "starts_on", "ends_on")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Partnership> builder)
        {
            builder.ToTable("partnerships", t => t.HasComment("What partners commit themselves to without money, signed by two; a change is another row."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Partner).HasMaxLength(MaxNameLength);
            builder.Property(p => p.SortKey).HasMaxLength(ChineseOrder.MaxKeyLength(MaxNameLength));
            builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(p => p.Commitments).HasMaxLength(MaxTextLength);
            builder.HasIndex(p => new { p.CommunityId, p.SortKey, p.Id });
            builder.BelongsToCommunity();
        }
    }
}
