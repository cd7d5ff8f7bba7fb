using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Files;

/// <summary>An image, re-encoded by us: in the database, so that every node and every backup has it.</summary>
public sealed class StoredFile : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The file's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Who sent it.</summary>
    public Guid UploadedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; init; }

    /// <summary>The JPEG: no metadata, at most <see cref="Images.MaxBytes"/>.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<StoredFile>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<StoredFile> builder)
        {
            builder.ToTable("files", t => t.HasComment("Images, re-encoded without metadata; served by signed links only."));
            builder.HasKey(f => new { f.CommunityId, f.Id });
            builder.BelongsToCommunity();
        }
    }
}
