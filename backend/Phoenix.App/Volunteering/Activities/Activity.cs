using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Teams;

namespace Phoenix.App.Volunteering.Activities;

/// <summary>Draft → published → ended → closed; a draft or a published one may be cancelled.</summary>
public enum ActivityState
{
    /// <summary>草稿: only staff see it.</summary>
    Draft,

    /// <summary>已发布.</summary>
    Published,

    /// <summary>已结束: its last shift is over; hours are being verified.</summary>
    Ended,

    /// <summary>已办结: nothing is left to do.</summary>
    Closed,

    /// <summary>已取消.</summary>
    Cancelled,
}

/// <summary>How an activity comes about.</summary>
public enum ActivityKind
{
    /// <summary>集中活动: people come together for some hours.</summary>
    Gathering,

    /// <summary>微志愿: shifts of 10 to 30 minutes, for riders and workers.</summary>
    Micro,

    /// <summary>常设岗: a post's rota makes the shifts.</summary>
    Standing,
}

/// <summary>Whom or what it helps; a list that the yearly reports count by.</summary>
public enum ImpactCategory
{
    /// <summary>一老一小.</summary>
    EldersAndChildren,

    /// <summary>新就业群体.</summary>
    NewEmployment,

    /// <summary>居民融合.</summary>
    Neighbourliness,

    /// <summary>小区治理.</summary>
    Governance,

    /// <summary>文明劝导.</summary>
    Courtesy,

    /// <summary>环保科普.</summary>
    Environment,

    /// <summary>平安健康.</summary>
    SafetyAndHealth,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>Who organises it: what the service record names as the organising unit.</summary>
public enum OrganiserKind
{
    /// <summary>社区.</summary>
    Community,

    /// <summary>志愿服务队.</summary>
    Team,

    /// <summary>志愿服务站、文明实践站.</summary>
    Station,

    /// <summary>红色合伙人.</summary>
    RedPartner,

    /// <summary>社会组织.</summary>
    SocialOrganisation,
}

/// <summary>A 志愿服务活动: what is done, by whom, with which promise of coins. Its shifts say when and where.</summary>
public sealed class Activity : ICommunityOwned
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 40;

    /// <summary>Longest description, in characters.</summary>
    public const int MaxDescriptionLength = 2_000;

    /// <summary>Longest 指导/主办/承办 line or organiser's name, in characters.</summary>
    public const int MaxLineLength = 60;

    /// <summary>Longest note on risks or insurance, in characters.</summary>
    public const int MaxNoteLength = 500;

    /// <summary>Longest reason of a cancellation, in characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Largest coin budget.</summary>
    public const long MaxBudgetCoins = 10_000_000;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Where it stands.</summary>
    public ActivityState State { get; set; }

    /// <summary>How it comes about.</summary>
    public ActivityKind Kind { get; set; }

    /// <summary>Whom or what it helps.</summary>
    public ImpactCategory Category { get; set; }

    /// <summary>楼栋关怀日.</summary>
    public required string Title { get; set; }

    /// <summary>What is done, for residents.</summary>
    public required string Description { get; set; }

    /// <summary>指导单位.</summary>
    public string? GuidedBy { get; set; }

    /// <summary>主办单位.</summary>
    public string? HostedBy { get; set; }

    /// <summary>承办单位.</summary>
    public string? RunBy { get; set; }

    /// <summary>Which kind of organiser.</summary>
    public OrganiserKind OrganiserKind { get; set; }

    /// <summary>The team, station or unit; null for the community itself or a unit that isn't registered.</summary>
    public Guid? OrganiserId { get; set; }

    /// <summary>The organiser's name as it was when last saved; null for the community itself.</summary>
    public string? OrganiserName { get; set; }

    /// <summary>Whom to ask (志愿服务条例 art 12).</summary>
    public string? ContactName { get; set; }

    /// <summary>Where to ask.</summary>
    public string? ContactPhone { get; set; }

    /// <summary>What could happen, and what to do about it (条例 arts 12, 15).</summary>
    public string? Risks { get; set; }

    /// <summary>How participants are insured (条例 art 17).</summary>
    public string? Insurance { get; set; }

    /// <summary>只记时长: hours, no coins.</summary>
    public bool IsHoursOnly { get; set; }

    /// <summary>The most coins that it may bring; null when it is hours only.</summary>
    public long? BudgetCoins { get; set; }

    /// <summary>What was promised when it was published, and since: at most the budget. The fund stands behind it.</summary>
    public long PromisedCoins { get; set; }

    /// <summary>What was given for it so far; written by whoever records the service.</summary>
    public long IssuedCoins { get; set; }

    /// <summary>Whether each sign-up waits for staff.</summary>
    public bool NeedsApproval { get; set; }

    /// <summary>Whether its text waits for a person's look, so that it can't be published.</summary>
    public bool IsTextHeld { get; set; }

    /// <summary>The post whose rota makes its shifts; null unless it is standing.</summary>
    public Guid? PostId { get; set; }

    /// <summary>What it shares with the others of its series; null for a single one.</summary>
    public Guid? SeriesId { get; set; }

    /// <summary>Who made it, a person.</summary>
    public Guid CreatedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When it was closed or cancelled.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why it was cancelled.</summary>
    public string? CancelReason { get; set; }

    /// <summary>Counts the edits from 1; an edit names the one it began from.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Activity>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Activity> builder)
        {
            builder.ToTable("activities", t =>
            {
                t.HasComment("Volunteer activities: what is done, who organises it, what it promises; their shifts say when and where.");
                t.HasCheckConstraint("ck_activities_coins", "(is_hours_only = (budget_coins is null) or state in ('Draft', 'Cancelled')) and promised_coins >= 0 and issued_coins >= 0 and promised_coins <= coalesce(budget_coins, 0)");
                t.HasCheckConstraint("ck_activities_published", "state in ('Draft', 'Cancelled') or (published_at is not null and hosted_by is not null and contact_phone is not null and risks is not null and insurance is not null)");
                t.HasCheckConstraint("ck_activities_finished", "(state in ('Closed', 'Cancelled')) = (finished_at is not null)");
                t.HasCheckConstraint("ck_activities_post", "(kind = 'Standing') = (post_id is not null)");
            });
            builder.HasKey(a => new { a.CommunityId, a.Id });
            builder.Property(a => a.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(a => a.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(a => a.Category).HasConversion<string>().HasMaxLength(20);
            builder.Property(a => a.OrganiserKind).HasConversion<string>().HasMaxLength(20);
            builder.Property(a => a.Title).HasMaxLength(MaxTitleLength);
            builder.Property(a => a.Description).HasMaxLength(MaxDescriptionLength);
            builder.Property(a => a.GuidedBy).HasMaxLength(MaxLineLength);
            builder.Property(a => a.HostedBy).HasMaxLength(MaxLineLength);
            builder.Property(a => a.RunBy).HasMaxLength(MaxLineLength);
            builder.Property(a => a.OrganiserName).HasMaxLength(MaxLineLength);
            builder.Property(a => a.ContactName).HasMaxLength(20);
            builder.Property(a => a.ContactPhone).HasMaxLength(20);
            builder.Property(a => a.Risks).HasMaxLength(MaxNoteLength);
            builder.Property(a => a.Insurance).HasMaxLength(MaxNoteLength);
            builder.Property(a => a.CancelReason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(a => new { a.CommunityId, a.State });
            builder.HasIndex(a => new { a.CommunityId, a.PostId }).IsUnique().HasFilter("post_id is not null and state = 'Published'");
            builder.BelongsToCommunity();
            builder.HasOne<Post>().WithMany().HasForeignKey(a => new { a.CommunityId, a.PostId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_activities_posts");
        }
    }
}
