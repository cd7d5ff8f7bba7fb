using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records.Growth;

/// <summary>What is recorded of a volunteer beside service (令67 arts 8 and 9).</summary>
public enum VolunteerEntryKind
{
    /// <summary>培训.</summary>
    Training,

    /// <summary>表彰奖励.</summary>
    Award,
}

/// <summary>A training or an award of a volunteer. It earns neither hours nor coins. What was entered never changes; a mistake is voided with its reason.</summary>
public sealed class VolunteerEntry : ICommunityOwned
{
    /// <summary>Longest title or giver, in characters.</summary>
    public const int MaxTextLength = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The kind.</summary>
    public VolunteerEntryKind Kind { get; init; }

    /// <summary>The day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Which training, which award.</summary>
    public required string Title { get; init; }

    /// <summary>Who trained, who awarded.</summary>
    public required string Giver { get; init; }

    /// <summary>Minutes of training; null for an award.</summary>
    public int? Minutes { get; init; }

    /// <summary>Who entered it.</summary>
    public Guid WrittenBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>When it was voided; null while it stands.</summary>
    public DateTimeOffset? VoidedAt { get; set; }

    /// <summary>Who voided it.</summary>
    public Guid? VoidedBy { get; set; }

    /// <summary>Why.</summary>
    public string? VoidReason { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<VolunteerEntry>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("volunteer_entries", "community_id", "id", "person_id", "kind", "day", "title", "giver", "minutes", "written_by", "written_at"),
            Guard.DoneWhen("volunteer_entries", "old.voided_at is not null"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<VolunteerEntry> builder)
        {
            builder.ToTable("volunteer_entries", t =>
            {
                t.HasComment("Trainings and awards of volunteers, entered by staff; nobody enters their own.");
                t.HasCheckConstraint("ck_volunteer_entries_own", "written_by <> person_id and coalesce(voided_by, written_by) <> person_id");
                t.HasCheckConstraint("ck_volunteer_entries_minutes", "(kind = 'Training') = (minutes is not null) and coalesce(minutes, 1) > 0");
            });
            builder.HasKey(e => new { e.CommunityId, e.Id });
            builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(10);
            builder.Property(e => e.Title).HasMaxLength(MaxTextLength);
            builder.Property(e => e.Giver).HasMaxLength(MaxTextLength);
            builder.Property(e => e.VoidReason).HasMaxLength(ServiceRecord.MaxReasonLength);
            builder.HasIndex(e => new { e.CommunityId, e.PersonId, e.Id });
            builder.BelongsToCommunity();
        }
    }
}
