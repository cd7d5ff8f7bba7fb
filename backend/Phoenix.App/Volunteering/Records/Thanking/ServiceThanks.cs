using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Records.Thanking;

/// <summary>评价和感谢 (令67 art 9): what somebody who was served says of a shift, once. Never public, never ranked; the words go to those who served, when they may be shown.</summary>
public sealed class ServiceThanks : ICommunityOwned
{
    /// <summary>Longest words, in characters.</summary>
    public const int MaxTextLength = 100;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Of which shift.</summary>
    public Guid ShiftId { get; init; }

    /// <summary>Who says it.</summary>
    public Guid PersonId { get; init; }

    /// <summary>1 to 5.</summary>
    public int Rating { get; init; }

    /// <summary>The words; null for none, or once erased.</summary>
    public string? Text { get; set; }

    /// <summary>Whether the words may be shown; false while somebody must look at them.</summary>
    public bool IsShown { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<ServiceThanks>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<ServiceThanks> builder)
        {
            builder.ToTable("service_thanks", t =>
            {
                t.HasComment("Ratings and thanks of people who were served, one of each person for a shift.");
                t.HasCheckConstraint("ck_service_thanks_rating", "rating between 1 and 5");
            });
            builder.HasKey(t => new { t.CommunityId, t.Id });
            builder.Property(t => t.Text).HasMaxLength(MaxTextLength);
            builder.HasIndex(t => new { t.CommunityId, t.ShiftId, t.PersonId }).IsUnique();
            builder.BelongsToCommunity();
        }
    }
}
