using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Volunteering.Places;

/// <summary>The three levels of the place tree, from the root down. A place's parent is always one level up, so there can be no cycle.</summary>
public enum PlaceKind
{
    /// <summary>网格: the root level.</summary>
    Grid,

    /// <summary>小区: in a grid.</summary>
    Estate,

    /// <summary>楼栋: in an estate.</summary>
    Building,
}

/// <summary>A part of the neighbourhood: 网格→小区→楼栋. Never deleted, because activities and records name it; archived when it is gone.</summary>
public sealed class Place : ICommunityOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The level; never changes.</summary>
    public PlaceKind Kind { get; init; }

    /// <summary>The place one level up; null for a grid.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>As residents know it: 3栋. Unique among its siblings.</summary>
    public required string Name { get; set; }

    /// <summary>Whether it is no longer offered for choice.</summary>
    public bool IsArchived { get; set; }

    /// <summary>Counts the edits from 1; an edit names the one it began from.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Place>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Place> builder)
        {
            builder.ToTable("places", t =>
            {
                t.HasComment("The parts of a neighbourhood as a tree of three levels: grid, estate, building.");
                t.HasCheckConstraint("ck_places_root", "(kind = 'Grid') = (parent_id is null)");
                t.HasCheckConstraint("ck_places_parent", "parent_id <> id");
            });
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.Property(p => p.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(p => p.Name).HasMaxLength(MaxNameLength);
            builder.HasIndex(p => new { p.CommunityId, p.ParentId, p.Name }).IsUnique();
            // Two nulls are different to a unique index, so the roots have one of their own.
            builder.HasIndex(p => new { p.CommunityId, p.Name }).IsUnique().HasFilter("parent_id is null");
            builder.BelongsToCommunity();
            builder.HasOne<Place>().WithMany().HasForeignKey(p => new { p.CommunityId, p.ParentId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_places_places_parent");
        }
    }
}
