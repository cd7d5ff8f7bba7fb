using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.MiniProgram.Codes;

/// <summary>A fixed code: the opaque id that is printed, what it stands for, and the image as WeChat drew it.</summary>
public sealed class CodeScene : ICommunityOwned
{
    /// <summary>Characters of a scene, 5 random bits each: 130 bits can't be guessed. WeChat takes 32 at most.</summary>
    public const int SceneLength = 26;

    /// <summary>Width of the image, in pixels: sharp on an A4 poster.</summary>
    public const int WidthPixels = 860;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>What the image holds (getUnlimitedQRCode, <c>scene</c>).</summary>
    public required string Scene { get; init; }

    /// <summary>What for.</summary>
    public FixedCode Purpose { get; init; }

    /// <summary>On what.</summary>
    public Guid Subject { get; init; }

    /// <summary>When the scene was drawn by lot.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The page that the image opens; another page now means that it must be drawn anew.</summary>
    public string? Page { get; set; }

    /// <summary>The image; null until WeChat has drawn it.</summary>
    public byte[]? Image { get; set; }

    /// <summary>The image's type.</summary>
    public string? ContentType { get; set; }

    /// <summary>The page that a fixed code opens, without a leading slash; it gets the scene and asks what it stands for.</summary>
    public const string LandingPage = "pages/scan/scan";

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<CodeScene>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<CodeScene> builder)
        {
            builder.ToTable("code_scenes", t => t.HasComment("Fixed codes: the opaque id that is printed, what it stands for, and the image as WeChat drew it."));
            builder.HasKey(s => new { s.CommunityId, s.Scene });
            builder.Property(s => s.Scene).HasMaxLength(32);
            builder.Property(s => s.Purpose).HasConversion<string>().HasMaxLength(20);
            builder.Property(s => s.Page).HasMaxLength(100);
            builder.Property(s => s.ContentType).HasMaxLength(40);
            builder.HasIndex(s => s.Scene).IsUnique();
            builder.HasIndex(s => new { s.CommunityId, s.Purpose, s.Subject }).IsUnique();
            builder.BelongsToCommunity();
        }
    }
}
