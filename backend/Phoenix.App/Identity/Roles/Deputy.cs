using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity.Roles;

/// <summary>Somebody stands in for the holder of a role from one day to another. It counts only while the holder has the role.</summary>
public sealed class Deputy : ICommunityOwned
{
    /// <summary>Longest time, in days.</summary>
    public const int MaxDays = 60;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who is away.</summary>
    public Guid PrincipalId { get; init; }

    /// <summary>Who stands in.</summary>
    public Guid DeputyId { get; init; }

    /// <summary>The role.</summary>
    public Role Role { get; init; }

    /// <summary>First day.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly To { get; init; }

    /// <summary>When it was ended early, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Deputy>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Deputy> builder)
        {
            builder.ToTable("deputies", t =>
            {
                t.HasComment("Who stands in for the holder of which role, from which day to which.");
                t.HasCheckConstraint("ck_deputies_other", "deputy_id <> principal_id");
            });
            builder.HasKey(d => new { d.CommunityId, d.Id });
            builder.Property(d => d.Role).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(d => new { d.CommunityId, d.DeputyId });
            builder.BelongsToCommunity();
        }
    }
}
