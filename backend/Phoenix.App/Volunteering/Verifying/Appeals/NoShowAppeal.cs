using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Signups;

namespace Phoenix.App.Volunteering.Verifying.Appeals;

/// <summary>Somebody holds that 没来 isn't so, or couldn't be helped, and gets an answer. One for a sign-up.</summary>
public sealed class NoShowAppeal : ICommunityOwned
{
    /// <summary>Longest text, in characters.</summary>
    public const int MaxTextLength = 300;

    /// <summary>Longest answer, in characters: it becomes the sign-up's reason.</summary>
    public const int MaxAnswerLength = Signup.MaxReasonLength;

    /// <summary>So long after it was noted it can be appealed.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(30);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The sign-up.</summary>
    public Guid SignupId { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Who wrote it: the person, a guardian, 家人.</summary>
    public Guid AskedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>What they say; empty once erased.</summary>
    public required string Text { get; set; }

    /// <summary>Whether it was right; null while it waits.</summary>
    public bool? IsAccepted { get; set; }

    /// <summary>The answer, in words.</summary>
    public string? Answer { get; set; }

    /// <summary>Who answered.</summary>
    public Guid? AnsweredBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<NoShowAppeal>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<NoShowAppeal> builder)
        {
            builder.ToTable("no_show_appeals", t =>
            {
                t.HasComment("Appeals against having been noted as not come, and their answers; nobody answers their own.");
                t.HasCheckConstraint("ck_no_show_appeals_own", "answered_by <> person_id and answered_by <> asked_by");
                t.HasCheckConstraint("ck_no_show_appeals_answer", "(is_accepted is null) = (answered_at is null) and (is_accepted is null) = (answered_by is null) and (is_accepted is null) = (answer is null)");
            });
            builder.HasKey(a => new { a.CommunityId, a.SignupId });
            builder.Property(a => a.Text).HasMaxLength(MaxTextLength);
            builder.Property(a => a.Answer).HasMaxLength(MaxAnswerLength);
            builder.Property(a => a.AnsweredAt).IsConcurrencyToken();
            builder.HasIndex(a => new { a.CommunityId, a.PersonId });
            builder.HasIndex(a => new { a.CommunityId, a.AskedAt }).HasFilter("answered_at is null");
            builder.BelongsToCommunity();
            builder.HasOne<Signup>().WithMany().HasForeignKey(a => new { a.CommunityId, a.SignupId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_no_show_appeals_signups");
        }
    }
}
