using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.Platform.Keys;

namespace Phoenix.App.Identity.JoinCodes;

/// <summary>The code by which people may join a unit or a merchant now. Only its keyed hash is kept.</summary>
public sealed class JoinCode : ICommunityOwned
{
    /// <summary>Letters of a code: 40 bits, guessed at ten times in ten minutes at most.</summary>
    public const int Length = 8;

    /// <summary>The keyed hash's scope.</summary>
    public const string Scope = "join_codes.code";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>What for.</summary>
    public JoinPurpose Purpose { get; init; }

    /// <summary>Which unit or merchant.</summary>
    public Guid TargetId { get; init; }

    /// <summary>Keyed hash of the code.</summary>
    public required string CodeHash { get; set; }

    /// <summary>From when on it doesn't work.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>How many people can use it.</summary>
    public int Uses { get; set; }

    /// <summary>How many have.</summary>
    public int Used { get; set; }

    /// <summary>Where the code is encrypted for.</summary>
    public static FieldPlace Place(JoinPurpose purpose, Guid target) => new("join_codes", "code", $"{purpose}:{target:N}");

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<JoinCode>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<JoinCode> builder)
        {
            builder.ToTable("join_codes", t =>
            {
                t.HasComment("The code of each unit and merchant by which people join it now; a new one takes the place of the old.");
                t.HasCheckConstraint("ck_join_codes_used", "used between 0 and uses");
            });
            builder.HasKey(c => new { c.CommunityId, c.Purpose, c.TargetId });
            builder.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(10);
            builder.Property(c => c.CodeHash).HasMaxLength(100);
            builder.HasIndex(c => new { c.CommunityId, c.CodeHash }).IsUnique();
            builder.BelongsToCommunity();
        }
    }
}
