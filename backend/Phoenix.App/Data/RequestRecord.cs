using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Data;

/// <summary>
/// An unsafe request that had its effect: written in the transaction of the effect, so that the same request sent again gets the same
/// answer and does nothing. Kept 90 days (<see cref="Retention"/>). Not owned by a scope's filter: requests outside any community have number 0.
/// </summary>
public sealed class RequestRecord
{
    /// <summary>How long an answer can be asked for again.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    /// <summary>The community of the route, 0 outside any.</summary>
    public int CommunityId { get; init; }

    /// <summary>The client's request id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who sent it; null for a caller who isn't signed in.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>HMAC-SHA256 over the hash of caller, method, address and body.</summary>
    public required byte[] InputHash { get; init; }

    /// <summary>The answer's JSON, encrypted, since it names people; null only inside the transaction that is having the effect.</summary>
    public string? Response { get; set; }

    /// <summary>When it had its effect.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where an answer is encrypted for.</summary>
    public static FieldPlace ResponsePlace(int community, Guid id) => new("requests", "response", $"{community}:{id:N}");

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RequestRecord>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RequestRecord> builder)
        {
            builder.ToTable("requests", t => t.HasComment("Unsafe requests that had their effect, so that a retry gets the same answer; 90 days."));
            builder.HasKey(r => new { r.CommunityId, r.Id });
            builder.Property(r => r.InputHash).HasMaxLength(32);
            builder.HasIndex(r => r.CreatedAt);
        }
    }
}
