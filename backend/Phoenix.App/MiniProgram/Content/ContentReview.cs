using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;
using Phoenix.WeChat;

namespace Phoenix.App.MiniProgram.Content;

/// <summary>How far a review has come.</summary>
public enum ReviewState
{
    /// <summary>WeChat is asked about the picture.</summary>
    Checking,

    /// <summary>A person must decide.</summary>
    Waiting,

    /// <summary>May be shown.</summary>
    Passed,

    /// <summary>May not be shown.</summary>
    Refused,

    /// <summary>Its author changed the text, or left, before anybody decided.</summary>
    Superseded,
}

/// <summary>A picture that WeChat is asked about, or a text or picture that a person must look at.</summary>
public sealed class ContentReview : ICommunityOwned
{
    /// <summary>How long WeChat may take over a picture (mediaCheckAsync: 30 minutes); then a person decides.</summary>
    public static readonly TimeSpan CheckWithin = TimeSpan.FromMinutes(30);

    /// <summary>How long a decision is kept, without the text.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    /// <summary>Longest kind.</summary>
    public const int MaxKindLength = 40;

    /// <summary>Longest reason.</summary>
    public const int MaxReasonLength = 200;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id; later ones are greater.</summary>
    public Guid Id { get; init; }

    /// <summary>The module's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>On what.</summary>
    public Guid Subject { get; init; }

    /// <summary>Who wrote or sent it.</summary>
    public Guid AuthorId { get; init; }

    /// <summary>The picture; null for a text.</summary>
    public Guid? FileId { get; init; }

    /// <summary>WeChat's scene of a picture.</summary>
    public ContentScene Scene { get; init; }

    /// <summary>The text, encrypted; gone when it is decided.</summary>
    public string? Text { get; set; }

    /// <summary>How far.</summary>
    public ReviewState State { get; set; }

    /// <summary>Why a person must look at it: <c>review</c>, <c>late</c>, or the code of what WeChat answered.</summary>
    public string? Cause { get; set; }

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When WeChat was asked.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>What WeChat's push will carry.</summary>
    public string? TraceId { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>By whom; null for WeChat.</summary>
    public Guid? DecidedBy { get; set; }

    /// <summary>Why not, for the author.</summary>
    public string? Reason { get; set; }

    /// <summary>Where the text is encrypted for.</summary>
    public static FieldPlace TextPlace(Guid id) => new("content_reviews", "text", id.ToString("N"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ContentReview>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ContentReview> builder)
        {
            builder.ToTable("content_reviews", t => t.HasComment("Texts and pictures that must not be shown before WeChat or a person has decided; the text is encrypted and goes with the decision."));
            builder.HasKey(r => new { r.CommunityId, r.Id });
            builder.Property(r => r.Text).IsConcurrencyToken();
            builder.Property(r => r.Kind).HasMaxLength(MaxKindLength);
            builder.Property(r => r.Scene).HasConversion<string>().HasMaxLength(20);
            builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
            builder.Property(r => r.Cause).HasMaxLength(64);
            builder.Property(r => r.TraceId).HasMaxLength(128);
            builder.Property(r => r.Reason).HasMaxLength(MaxReasonLength);
            builder.HasIndex(r => r.TraceId).IsUnique();
            builder.HasIndex(r => new { r.CommunityId, r.State, r.Id });
            builder.HasIndex(r => new { r.CommunityId, r.Kind, r.Subject });
            builder.HasIndex(r => r.CreatedAt);
            builder.BelongsToCommunity();
        }
    }
}
