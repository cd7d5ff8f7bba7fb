using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;

namespace Phoenix.App.Community.Audit;

/// <summary>Something that somebody did about people or rights, or looked at: who, what, about whom, when, from where, why. Never changed, never removed.</summary>
public sealed class AuditEntry : ICommunityOwned
{
    /// <summary>Longest action, in characters.</summary>
    public const int MaxActionLength = 64;

    /// <summary>Longest subject, in characters.</summary>
    public const int MaxSubjectLength = 80;

    /// <summary>Longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; ids of later entries are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who: a person; null for a job of the system.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>What, a stable word: <c>role.granted</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what, with its kind: <c>role:Treasurer</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>About whom; null where it is about nobody.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Why, as the actor said; null where no reason is asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>From which address the request came; null for a job.</summary>
    public string? Address { get; init; }

    /// <summary>The request's id; null for a job.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<AuditEntry>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("audit_entries")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("audit_entries", t => t.HasComment("Who did or looked at what, about whom, when, from where and why; the database refuses every change."));
            builder.HasKey(e => new { e.CommunityId, e.Id });
            builder.Property(e => e.Action).HasMaxLength(MaxActionLength);
            builder.Property(e => e.Subject).HasMaxLength(MaxSubjectLength);
            builder.Property(e => e.Reason).HasMaxLength(MaxReasonLength);
            builder.Property(e => e.Address).HasMaxLength(45);
            builder.HasIndex(e => new { e.CommunityId, e.PersonId, e.Id });
            builder.BelongsToCommunity();
        }
    }
}
