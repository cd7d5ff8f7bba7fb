using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Signups;

/// <summary>Somebody may not sign up for a while, because of repeated 没来. The person sees it and why; it can be lifted, and never costs coins.</summary>
public sealed class SignupLimit : ICommunityOwned
{
    /// <summary>Longest time, in days.</summary>
    public const int MaxDays = 90;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Why, as the person reads it.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>From this instant on the person may sign up again.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>When it was lifted early; null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    /// <summary>Why it was lifted.</summary>
    public string? LiftReason { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SignupLimit>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SignupLimit> builder)
        {
            builder.ToTable("signup_limits", t =>
            {
                t.HasComment("Who may not sign up for a while, and why; lifted early where an appeal was right.");
                t.HasCheckConstraint("ck_signup_limits_lift", "(lifted_at is null) = (lift_reason is null)");
            });
            builder.HasKey(l => new { l.CommunityId, l.Id });
            builder.Property(l => l.Reason).HasMaxLength(Signup.MaxReasonLength);
            builder.Property(l => l.LiftReason).HasMaxLength(Signup.MaxReasonLength);
            builder.HasIndex(l => new { l.CommunityId, l.PersonId });
            builder.BelongsToCommunity();
        }
    }
}
