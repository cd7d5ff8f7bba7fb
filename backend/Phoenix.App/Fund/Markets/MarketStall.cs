using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Fund.Markets;

/// <summary>Which kind of stall.</summary>
public enum StallKind
{
    /// <summary>家庭摊: a family sells, a child may take part; an adult is responsible.</summary>
    Family,

    /// <summary>便民: something is done for neighbours, such as cutting hair; people served are counted.</summary>
    Service,
}

/// <summary>What has become of an application.</summary>
public enum StallState
{
    /// <summary>待审核.</summary>
    Applied,

    /// <summary>已通过.</summary>
    Approved,

    /// <summary>未通过.</summary>
    Refused,

    /// <summary>已撤回.</summary>
    Withdrawn,
}

/// <summary>
/// 摊位 of a market. An adult answers for it; of a child that takes part nothing is ever public: no page but the family's own and the staff's says that there is one.
/// It earns neither hours nor coins (民政部令67号 art 19).
/// </summary>
public sealed class MarketStall : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 20;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionLength = 200;

    /// <summary>Most stalls of one adult at a market that are waiting or approved.</summary>
    public const int MaxPerAdult = 2;

    /// <summary>The most that a stall can take, in fen: a million yuan.</summary>
    public const long MaxTakingsFen = 100_000_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The market.</summary>
    public Guid MarketId { get; init; }

    /// <summary>Which kind.</summary>
    public StallKind Kind { get; init; }

    /// <summary>What has become of it.</summary>
    public StallState State { get; set; }

    /// <summary>What stands on its sign; names nobody.</summary>
    public required string Title { get; set; }

    /// <summary>What it sells or does.</summary>
    public required string Description { get; set; }

    /// <summary>Who answers for it, an adult person.</summary>
    public Guid AdultId { get; init; }

    /// <summary>The child that takes part, a person; null for none.</summary>
    public Guid? ChildId { get; set; }

    /// <summary>Which part of the takings is pledged, 0 to 100.</summary>
    public int PledgePercent { get; init; }

    /// <summary>Its number at the market, from 1; null until approved.</summary>
    public int? Number { get; set; }

    /// <summary>When it was applied for.</summary>
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>Who decided, a person.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    /// <summary>What it took, in fen; null until declared.</summary>
    public long? TakingsFen { get; set; }

    /// <summary>What of it is pledged, in fen, rounded down; null until declared.</summary>
    public long? PledgedFen { get; set; }

    /// <summary>How many people it served; only of a 便民 booth.</summary>
    public int? PeopleServed { get; set; }

    /// <summary>When the takings were declared, last.</summary>
    public DateTimeOffset? DeclaredAt { get; set; }

    /// <summary>Who declared them, a person.</summary>
    public Guid? DeclaredBy { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MarketStall>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.Unchanging("market_stalls", "community_id", "id", "market_id", "kind", "adult_id", "pledge_percent", "applied_at")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MarketStall> builder)
        {
            builder.ToTable("market_stalls", t =>
            {
                t.HasComment("Stalls of markets: who answers for each, what is pledged, what it took; a child's part is for the family and staff only.");
                t.HasCheckConstraint("ck_market_stalls_people", "decided_by <> adult_id and (child_id is null or (child_id <> adult_id and kind = 'Family'))");
                t.HasCheckConstraint("ck_market_stalls_decided", "(decided_by is null) = (decided_at is null) and (state <> 'Approved' or number is not null) and (state not in ('Approved', 'Refused') or decided_by is not null)");
                t.HasCheckConstraint(
                    "ck_market_stalls_takings",
                    $"pledge_percent between 0 and 100 and (takings_fen is null or takings_fen between 0 and {MaxTakingsFen}) and (takings_fen is null) = (pledged_fen is null) and (takings_fen is null) = (declared_at is null) and (pledged_fen is null or pledged_fen between 0 and takings_fen) and (people_served is null or (kind = 'Service' and people_served >= 0))");
            });
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.Kind).HasConversion<string>().HasMaxLength(10);
            builder.Property(s => s.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(s => s.Title).HasMaxLength(MaxTitleLength);
            builder.Property(s => s.Description).HasMaxLength(MaxDescriptionLength);
            builder.Property(s => s.Reason).HasMaxLength(Market.MaxNoteLength);
            builder.HasIndex(s => new { s.CommunityId, s.MarketId, s.Number }).IsUnique().HasFilter("number is not null");
            builder.HasIndex(s => new { s.CommunityId, s.AdultId });
            builder.HasIndex(s => new { s.CommunityId, s.ChildId });
            builder.BelongsToCommunity();
            builder.HasOne<Market>().WithMany().HasForeignKey(s => new { s.CommunityId, s.MarketId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_market_stalls_markets");
        }
    }
}

/// <summary>A neighbour's thanks to a stall: one of each.</summary>
public sealed class StallThanks : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The stall.</summary>
    public Guid StallId { get; init; }

    /// <summary>Who thanks.</summary>
    public Guid PersonId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<StallThanks>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<StallThanks> builder)
        {
            builder.ToTable("stall_thanks", t => t.HasComment("Who thanked which stall, once each; only the count is shown. Goes with the person."));
            builder.HasKey(t => new { t.CommunityId, t.StallId, t.PersonId });
            builder.HasIndex(t => new { t.CommunityId, t.PersonId });
            builder.BelongsToCommunity();
            builder.HasOne<MarketStall>().WithMany().HasForeignKey(t => new { t.CommunityId, t.StallId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_stall_thanks_market_stalls");
        }
    }
}
