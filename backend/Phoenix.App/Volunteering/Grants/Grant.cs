using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Grants;

/// <summary>表扬发放: what one person prepared, for one member or from a sheet for many, and another decides. All of it is given or nothing.</summary>
public sealed class GrantBatch : ICommunityOwned
{
    /// <summary>Most members of one batch: they are given in one transaction.</summary>
    public const int MaxGrants = 200;

    /// <summary>Most coins that one maker's batches of a month may give, those that wait and those that were given together.</summary>
    public const long MonthlyCapPerMaker = 2_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who prepared it, a person.</summary>
    public Guid MakerId { get; init; }

    /// <summary>The first day of the community's month in which it was prepared.</summary>
    public DateOnly Month { get; init; }

    /// <summary>All its coins.</summary>
    public long Coins { get; init; }

    /// <summary>SHA-256 of the sheet, 64 hex digits; null where it was typed.</summary>
    public string? FileHash { get; init; }

    /// <summary>The proposal that decides it.</summary>
    public Guid ApprovalId { get; init; }

    /// <summary>When it was prepared.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was given, or null.</summary>
    public DateTimeOffset? GivenAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<GrantBatch>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<GrantBatch> builder)
        {
            builder.ToTable("grant_batches", t =>
            {
                t.HasComment("Coins given in recognition, as one person prepared them and another decided, for one member or a sheet of them.");
                t.HasCheckConstraint("ck_grant_batches_coins", "coins > 0");
            });
            builder.HasKey(b => new { b.CommunityId, b.Id });
            builder.Property(b => b.FileHash).HasMaxLength(64);
            builder.HasIndex(b => new { b.CommunityId, b.MakerId, b.Month });
            builder.HasIndex(b => new { b.CommunityId, b.FileHash });
            builder.BelongsToCommunity();
        }
    }
}

/// <summary>One member's part of a batch.</summary>
public sealed class Grant : ICommunityOwned
{
    /// <summary>Most coins of one grant.</summary>
    public const long MaxCoins = 500;

    /// <summary>Longest reason, in characters: it stands in the member's list.</summary>
    public const int MaxReasonLength = 60;

    /// <summary>Longest evidence, in characters.</summary>
    public const int MaxEvidenceLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The batch.</summary>
    public Guid BatchId { get; init; }

    /// <summary>Its place in the batch: the sheet's row, or 1.</summary>
    public int Row { get; init; }

    /// <summary>To whom, a member.</summary>
    public Guid MemberId { get; init; }

    /// <summary>How many.</summary>
    public long Coins { get; init; }

    /// <summary>For what, as the member reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>What shows it: who saw it, a file's number, a link of the community's own.</summary>
    public required string Evidence { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Grant>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("grants")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Grant> builder)
        {
            builder.ToTable("grants", t =>
            {
                t.HasComment("Each member's part of a batch of grants, with its reason and evidence.");
                t.HasCheckConstraint("ck_grants_coins", "coins between 1 and 500");
            });
            builder.HasKey(g => new { g.CommunityId, g.BatchId, g.Row });
            builder.Property(g => g.Reason).HasMaxLength(MaxReasonLength);
            builder.Property(g => g.Evidence).HasMaxLength(MaxEvidenceLength);
            builder.HasIndex(g => new { g.CommunityId, g.MemberId });
            builder.HasOne<GrantBatch>().WithMany().HasForeignKey(g => new { g.CommunityId, g.BatchId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_grants_grant_batches_batch_id");
            builder.BelongsToCommunity();
        }
    }
}
