using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Activities;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Volunteering.Needs;

/// <summary>Where a need stands: raised → accepted → arranged → done; it is declined, referred or withdrawn from where it is open. The names are stored.</summary>
public enum NeedState
{
    /// <summary>待受理: nobody has looked at it.</summary>
    Raised,

    /// <summary>已受理: a shift is being looked for.</summary>
    Accepted,

    /// <summary>已安排: it is a shift's work.</summary>
    Arranged,

    /// <summary>已完成.</summary>
    Done,

    /// <summary>没能受理, and why.</summary>
    Declined,

    /// <summary>已转介: another service helps better.</summary>
    Referred,

    /// <summary>已撤回 by whom it is for.</summary>
    Withdrawn,
}

/// <summary>Who raised a need.</summary>
public enum NeedSource
{
    /// <summary>The person.</summary>
    Self,

    /// <summary>A guardian or 家人.</summary>
    Family,

    /// <summary>Staff, for somebody who called or came.</summary>
    Staff,
}

/// <summary>
/// 求助 (需求单): somebody needs a hand. Never public: its words, address and phone are encrypted and are for the family, staff and the volunteers of its shift. Whom it helps earns nothing
/// by it, nor does whoever raised it (志愿服务条例 art 2: service is for others).
/// </summary>
public sealed class Need : ICommunityOwned
{
    /// <summary>Longest answer to whoever raised it, in characters.</summary>
    public const int MaxAnswerLength = 200;

    /// <summary>Longest name of the service to which it is referred, in characters.</summary>
    public const int MaxServiceLength = 40;

    /// <summary>Longest words of thanks, in characters.</summary>
    public const int MaxThanksLength = 100;

    /// <summary>Needs of one person that are open at a time.</summary>
    public const int MaxOpen = 3;

    /// <summary>Needs that one resident raises on a day of the community, for whomever. Staff have no such limit: they answer the phone for all.</summary>
    public const int MaxPerDay = 5;

    /// <summary>Staff look at it within so many working days.</summary>
    public const int TriageWithinWorkingDays = 2;

    /// <summary>So long after it ended its words, address and phone are forgotten; that there was a need stays for the figures.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private const string TableName = "needs";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public NeedState State { get; private set; }

    /// <summary>Counts its steps from 0: what is told of each.</summary>
    public int Step { get; private set; }

    /// <summary>Which kind of help: the list that the yearly reports count by.</summary>
    public ImpactCategory Category { get; init; }

    /// <summary>Whom it helps, a person.</summary>
    public Guid HelpedId { get; init; }

    /// <summary>Who raised it, a person.</summary>
    public Guid RaisedBy { get; init; }

    /// <summary>As what.</summary>
    public NeedSource Source { get; init; }

    /// <summary>高龄或独居: comes first on the staff's list.</summary>
    public bool IsFirst { get; init; }

    /// <summary>A <see cref="NeedDetails"/>, encrypted; null once erased.</summary>
    public string? Details { get; set; }

    /// <summary>When it was raised.</summary>
    public DateTimeOffset RaisedAt { get; init; }

    /// <summary>The last day for a first look.</summary>
    public DateOnly TriageBy { get; init; }

    /// <summary>Who decided last whether it is taken on, a person.</summary>
    public Guid? TriagedBy { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset? TriagedAt { get; set; }

    /// <summary>What the family is told with it.</summary>
    public string? Answer { get; set; }

    /// <summary>Who helps instead: 社区卫生服务中心.</summary>
    public string? ReferredTo { get; set; }

    /// <summary>The shift whose work it is.</summary>
    public Guid? ShiftId { get; set; }

    /// <summary>When it was given to the shift.</summary>
    public DateTimeOffset? ArrangedAt { get; set; }

    /// <summary>When it was done, declined, referred or withdrawn.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who ended it, a person: whoever thanked, declined or withdrew.</summary>
    public Guid? EndedBy { get; set; }

    /// <summary>Words of thanks; null for none, or once erased.</summary>
    public string? Thanks { get; set; }

    /// <summary>Whether the words may be shown; false while somebody must look at them.</summary>
    public bool IsThanksShown { get; set; }

    /// <summary>Whether something can still become of it.</summary>
    public bool IsOpen => State is NeedState.Raised or NeedState.Accepted or NeedState.Arranged;

    /// <summary>Takes a step.</summary>
    public void Become(NeedState state) => (State, Step) = (state, Step + 1);

    /// <summary>Takes the last step.</summary>
    /// <param name="state">One in which nothing becomes of it any more.</param>
    /// <param name="by">Who ends it, a person.</param>
    /// <param name="at">When.</param>
    public void End(NeedState state, Guid by, DateTimeOffset at)
    {
        Become(state);
        (EndedBy, EndedAt) = (by, at);
    }

    /// <summary>What is needed in the clear; null once erased.</summary>
    public NeedDetails? Open(KeyRing keys) => Details is null ? null : NeedDetails.Parse(keys.Decrypt(Details, Place(Id)));

    /// <summary>Encrypts what is needed.</summary>
    public void Seal(KeyRing keys, NeedDetails details) => Details = keys.Encrypt(details.Json(), Place(Id));

    /// <summary>Makes the encrypted column anew with the current key.</summary>
    public void Renew(KeyRing keys)
    {
        if (Open(keys) is { } details)
            Seal(keys, details);
    }

    private static FieldPlace Place(Guid id) => new(TableName, "details", id.ToString("N"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Need>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(TableName, "community_id", "id", "category", "helped_id", "raised_by", "source", "is_first", "raised_at", "triage_by"),
            Guard.DoneWhen(TableName, "old.ended_at is not null and (new.state <> old.state or new.ended_at is distinct from old.ended_at or new.answer is distinct from old.answer or new.shift_id is distinct from old.shift_id)"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Need> builder)
        {
            builder.ToTable(TableName, t =>
            {
                t.HasComment("What residents need a hand with, from asking to thanks; the words encrypted, never public. Nobody decides about their own.");
                t.HasCheckConstraint("ck_needs_own", "triaged_by <> helped_id and (source <> 'Self' or raised_by = helped_id)");
                t.HasCheckConstraint("ck_needs_triage", "(triaged_by is null) = (triaged_at is null) and (state not in ('Accepted', 'Arranged', 'Done', 'Declined', 'Referred') or triaged_by is not null) and (state not in ('Declined', 'Referred') or answer is not null) and (state = 'Referred') = (referred_to is not null)");
                t.HasCheckConstraint("ck_needs_shift", "(shift_id is null) = (arranged_at is null) and (state not in ('Arranged', 'Done') or shift_id is not null)");
                t.HasCheckConstraint("ck_needs_ended", "(state in ('Raised', 'Accepted', 'Arranged')) = (ended_at is null) and (thanks is null or state = 'Done')");
            });
            builder.HasKey(n => new { n.CommunityId, n.Id });
            builder.Property(n => n.State).HasConversion<string>().HasMaxLength(12).IsConcurrencyToken();
            builder.Property(n => n.Category).HasConversion<string>().HasMaxLength(20);
            builder.Property(n => n.Source).HasConversion<string>().HasMaxLength(10);
            builder.Property(n => n.Details).HasMaxLength(NeedDetails.MaxSealedLength).IsConcurrencyToken();
            builder.Property(n => n.Answer).HasMaxLength(MaxAnswerLength);
            builder.Property(n => n.ReferredTo).HasMaxLength(MaxServiceLength);
            builder.Property(n => n.Thanks).HasMaxLength(MaxThanksLength);
            builder.HasIndex(n => new { n.CommunityId, n.State, n.IsFirst, n.Id });
            builder.HasIndex(n => new { n.CommunityId, n.HelpedId, n.Id });
            builder.HasIndex(n => new { n.CommunityId, n.RaisedBy, n.RaisedAt });
            builder.HasIndex(n => new { n.CommunityId, n.ShiftId });
            builder.BelongsToCommunity();
            builder.HasOne<Shift>().WithMany().HasForeignKey(n => new { n.CommunityId, n.ShiftId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_needs_shifts");
        }
    }
}
