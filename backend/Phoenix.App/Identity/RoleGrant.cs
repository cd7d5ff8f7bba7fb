using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Http;

namespace Phoenix.App.Identity;

/// <summary>A role that a person holds in a community.</summary>
public sealed class RoleGrant : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The holder.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The role.</summary>
    public Role Role { get; init; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset GrantedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<RoleGrant>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<RoleGrant> builder)
        {
            builder.ToTable("role_grants", t => t.HasComment("Who holds which role in which community, now."));
            builder.HasKey(g => new { g.CommunityId, g.PersonId, g.Role });
            builder.Property(g => g.Role).HasConversion<string>().HasMaxLength(20);
            builder.BelongsToCommunity();
            builder.HasOne<Person>().WithMany().HasForeignKey(g => g.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
