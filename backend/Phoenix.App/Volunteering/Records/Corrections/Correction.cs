using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records.Corrections;

/// <summary>What has become of a question about a record.</summary>
public enum CorrectionState
{
    /// <summary>待答复.</summary>
    Asked,

    /// <summary>已更正: the record has a new version, or was voided.</summary>
    Corrected,

    /// <summary>已说明: the record stays, and the answer says why.</summary>
    Refused,

    /// <summary>已撤回 by whoever asked.</summary>
    Withdrawn,
}

/// <summary>
/// 更正申请 (令67 art 13): somebody holds that a record is wrong, or that one is missing, and gets an answer by a day that is named when asking. What was asked and
/// answered never changes.
/// </summary>
public sealed class Correction : ICommunityOwned
{
    /// <summary>Longest question, in characters.</summary>
    public const int MaxTextLength = 300;

    /// <summary>Longest answer, in characters.</summary>
    public const int MaxAnswerLength = 200;

    /// <summary>Questions of one person that wait at a time.</summary>
    public const int MaxWaiting = 10;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>About which record; null for one that is missing.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>Whose record.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Who asked: the person, or whoever may act for them.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What is wrong, in their words; empty once erased.</summary>
    public required string Text { get; set; }

    /// <summary>The last day for the answer.</summary>
    public DateOnly AnswerBy { get; init; }

    /// <summary>What has become of it.</summary>
    public CorrectionState State { get; set; }

    /// <summary>Who answered.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When it was answered or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The answer, in words.</summary>
    public string? Answer { get; set; }

    /// <summary>The record's version that came of it.</summary>
    public Guid? VersionId { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Correction>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging("record_corrections", "community_id", "id", "record_id", "person_id", "asked_by", "asked_at", "answer_by"),
            Guard.DoneWhen("record_corrections", "old.ended_at is not null and (new.state <> old.state or new.ended_at <> old.ended_at or new.answer is distinct from old.answer or new.version_id is distinct from old.version_id)"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Correction> builder)
        {
            builder.ToTable("record_corrections", t =>
            {
                t.HasComment("Questions about service records and their answers; nobody answers about their own record.");
                t.HasCheckConstraint("ck_record_corrections_own", "answered_by <> person_id and answered_by <> asked_by");
                t.HasCheckConstraint("ck_record_corrections_ended", "(state = 'Asked') = (ended_at is null) and (state in ('Corrected', 'Refused')) = (answered_by is not null and answer is not null)");
            });
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.Text).HasMaxLength(MaxTextLength);
            builder.Property(c => c.Answer).HasMaxLength(MaxAnswerLength);
            builder.Property(c => c.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
            builder.HasIndex(c => new { c.CommunityId, c.RecordId }).IsUnique().HasFilter("state = 'Asked' and record_id is not null");
            builder.HasIndex(c => new { c.CommunityId, c.State, c.AnswerBy });
            builder.HasIndex(c => new { c.CommunityId, c.PersonId, c.Id });
            builder.BelongsToCommunity();
        }
    }
}
