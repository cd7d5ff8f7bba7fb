using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Family;

/// <summary>What a code between two phones is for.</summary>
public enum FamilyCodePurpose
{
    /// <summary>成为家人: who types it may act for who made it.</summary>
    Family,

    /// <summary>成为家长: who types it becomes a guardian of the child.</summary>
    Guardian,

    /// <summary>绑定微信: the WeChat user who types it becomes the member, who has none yet.</summary>
    Account,
}

/// <summary>A code that one person shows and another types, so that both agree. Only its keyed hash is kept; it works once, for half an hour.</summary>
public sealed class FamilyCode : ICommunityOwned
{
    /// <summary>The keyed hash's scope.</summary>
    public const string Scope = "family_codes.code";

    /// <summary>Letters of a code: 40 bits, guessed at ten times in ten minutes at most.</summary>
    public const int Length = 8;

    /// <summary>How long it works: two people side by side, one of them slow.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public FamilyCodePurpose Purpose { get; init; }

    /// <summary>Whom it is about: the helped one, the child, the member without WeChat. A person.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>What the helper may do; none for the other purposes.</summary>
    public FamilyRights Rights { get; init; }

    /// <summary>Who made it, a person.</summary>
    public Guid MadeBy { get; init; }

    /// <summary>Keyed hash of the code.</summary>
    public required string CodeHash { get; init; }

    /// <summary>From when on it doesn't work.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used, or null.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<FamilyCode>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<FamilyCode> builder)
        {
            builder.ToTable("family_codes", t => t.HasComment("Codes that one person shows and another types, hashed: family, guardians, a WeChat account for a member without one."));
            builder.HasKey(c => new { c.CommunityId, c.Id });
            builder.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(12);
            builder.Property(c => c.CodeHash).HasMaxLength(100);
            builder.HasIndex(c => new { c.CommunityId, c.CodeHash }).IsUnique();
            builder.HasIndex(c => new { c.CommunityId, c.ExpiresAt });
            builder.BelongsToCommunity();
        }
    }
}
