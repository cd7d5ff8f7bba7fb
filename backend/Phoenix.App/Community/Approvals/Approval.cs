using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community.Audit;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Community.Approvals;

/// <summary>What has become of a proposal.</summary>
public enum ApprovalState
{
    /// <summary>待复核.</summary>
    Pending,

    /// <summary>已通过: approved and carried out, in one transaction.</summary>
    Approved,

    /// <summary>未通过.</summary>
    Refused,

    /// <summary>已撤回 by its maker.</summary>
    Withdrawn,

    /// <summary>已过期: nobody decided in time.</summary>
    Expired,
}

/// <summary>Something that one person prepared and another decides (maker-checker, hard rule 5). The database refuses a checker who made it or gains by it.</summary>
public sealed class Approval : ICommunityOwned
{
    /// <summary>Longest payload, in characters.</summary>
    public const int MaxPayloadLength = 8_000;

    /// <summary>Longest summary, in characters.</summary>
    public const int MaxSummaryLength = 200;

    /// <summary>A proposal that nobody decided for so long is over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Which kind of thing; its handler carries it out.</summary>
    public required string Kind { get; init; }

    /// <summary>On what, with its kind; two pending proposals on one subject are refused.</summary>
    public required string Subject { get; init; }

    /// <summary>One Chinese sentence for the checker.</summary>
    public required string Summary { get; init; }

    /// <summary>What the handler needs, JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>The role that decides.</summary>
    public Role CheckerRole { get; init; }

    /// <summary>Who prepared it.</summary>
    public Guid MakerId { get; init; }

    /// <summary>Who gains by it, and therefore can't decide; null for nobody.</summary>
    public Guid? BeneficiaryId { get; init; }

    /// <summary>When it was prepared.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What has become of it.</summary>
    public ApprovalState State { get; set; }

    /// <summary>Who decided; null while pending, withdrawn or expired.</summary>
    public Guid? CheckerId { get; set; }

    /// <summary>When it was decided, withdrawn or over.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What the checker said.</summary>
    public string? Reason { get; set; }

    /// <summary>The page of the mini program that opens a proposal.</summary>
    public static string PageOf(Guid id) => $"packages/staff/approval/approval?id={id}";

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Approval>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Approval> builder)
        {
            builder.ToTable("approvals", t =>
            {
                t.HasComment("What one person prepared and another decides; nobody decides their own.");
                t.HasCheckConstraint("ck_approvals_checker", "checker_id <> maker_id and checker_id <> coalesce(beneficiary_id, maker_id)");
                t.HasCheckConstraint("ck_approvals_decided", "(state = 'Pending') = (decided_at is null) and (state in ('Approved', 'Refused')) = (checker_id is not null)");
            });
            builder.HasKey(a => new { a.CommunityId, a.Id });
            builder.Property(a => a.Kind).HasMaxLength(40);
            builder.Property(a => a.Subject).HasMaxLength(AuditEntry.MaxSubjectLength);
            builder.Property(a => a.Summary).HasMaxLength(MaxSummaryLength);
            builder.Property(a => a.Payload).HasMaxLength(MaxPayloadLength);
            builder.Property(a => a.CheckerRole).HasConversion<string>().HasMaxLength(20);
            builder.Property(a => a.State).HasConversion<string>().HasMaxLength(12).IsConcurrencyToken();
            builder.Property(a => a.Reason).HasMaxLength(AuditEntry.MaxReasonLength);
            builder.HasIndex(a => new { a.CommunityId, a.Kind, a.Subject }).IsUnique().HasFilter("state = 'Pending'");
            builder.BelongsToCommunity();
        }
    }
}
