using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Fund;

/// <summary>A version of what a coin is taken to cost and how much of the fund may be promised. Set by the treasurer and a second person; never edited.</summary>
public sealed class FundPolicy : ICommunityOwned
{
    /// <summary>The most fen for a coin: a hundred yuan.</summary>
    public const long MaxFenPerCoin = 10_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Counted from 1; the newest is in force from the moment it is approved.</summary>
    public int Version { get; init; }

    /// <summary>What one coin is taken to cost, in fen.</summary>
    public long LiabilityFenPerCoin { get; init; }

    /// <summary>Which part of the fund may be promised, 1 to 100.</summary>
    public int RatioPercent { get; init; }

    /// <summary>Who prepared it.</summary>
    public Guid MakerId { get; init; }

    /// <summary>When it was approved.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<FundPolicy>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("fund_policies")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<FundPolicy> builder)
        {
            builder.ToTable("fund_policies", t =>
            {
                t.HasComment("What a coin is taken to cost and how much of the fund may be promised, version by version; never changed.");
                t.HasCheckConstraint("ck_fund_policies_numbers", $"liability_fen_per_coin between 1 and {MaxFenPerCoin} and ratio_percent between 1 and 100");
            });
            builder.HasKey(p => new { p.CommunityId, p.Version });
            builder.Property(p => p.Version).ValueGeneratedNever();
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>The money that opened the fund's book, with its evidence; what comes later is an entry of the book. The posting in the ledger has the amount too.</summary>
public sealed class FundContribution : ICommunityOwned
{
    /// <summary>Longest evidence, in characters: it is also the posting's reason.</summary>
    public const int MaxEvidenceLength = 200;

    /// <summary>The most at once, in fen: a hundred million yuan.</summary>
    public const long MaxFen = 10_000_000_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whether it is the one that opened the fund's book.</summary>
    public bool IsOpening { get; init; }

    /// <summary>How much, in fen.</summary>
    public long AmountFen { get; init; }

    /// <summary>What shows that it is there: the charity's name, its filing number, the receipt's number.</summary>
    public required string Evidence { get; init; }

    /// <summary>The posting in the community's journal.</summary>
    public long PostingSeq { get; init; }

    /// <summary>Who prepared it.</summary>
    public Guid MakerId { get; init; }

    /// <summary>When it was approved and posted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<FundContribution>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("fund_contributions")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<FundContribution> builder)
        {
            builder.ToTable("fund_contributions", t =>
            {
                t.HasComment("Money that came into the fund, each with its evidence and its posting; never changed.");
                t.HasCheckConstraint("ck_fund_contributions_amount", $"amount_fen between 1 and {MaxFen}");
            });
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.Evidence).HasMaxLength(MaxEvidenceLength);
            builder.HasIndex(c => new { c.CommunityId, c.PostingSeq }).IsUnique();
            builder.HasIndex(c => c.CommunityId).IsUnique().HasFilter("is_opening").HasDatabaseName("ix_fund_contributions_opening");
            builder.BelongsToCommunity();
        }
    }
}
