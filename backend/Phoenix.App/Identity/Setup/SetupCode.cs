using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Setup;

/// <summary>A code that makes whoever types it the community's first administrator. Works once, for a day; only its keyed hash is kept.</summary>
public sealed class SetupCode : ICommunityOwned
{
    /// <summary>Letters of a code: 60 bits.</summary>
    public const int Length = 12;

    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The keyed hash's scope.</summary>
    public const string Scope = "setup_codes.code";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>Keyed hash of the code.</summary>
    public required string CodeHash { get; init; }

    /// <summary>From when on it doesn't work.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used, or null.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Who used it.</summary>
    public Guid? UsedBy { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SetupCode>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SetupCode> builder)
        {
            builder.ToTable("setup_codes", t => t.HasComment("One-time codes by which a community gets its first administrator; made on the server's command line only."));
            builder.HasKey(c => new { c.CommunityId, c.CodeHash });
            builder.Property(c => c.CodeHash).HasMaxLength(100);
            builder.Property(c => c.UsedAt).IsConcurrencyToken();
            builder.BelongsToCommunity();
        }
    }
}
