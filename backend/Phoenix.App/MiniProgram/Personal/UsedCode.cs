using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.MiniProgram.Personal;

/// <summary>A personal code that was used: its key is what makes a second use fail, on however many nodes, with or without Redis.</summary>
public sealed class UsedCode : ICommunityOwned
{
    /// <summary>How long it is kept. A code is refused by its age after a minute; a day leaves room for clocks that are set back.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The device's secret, by number.</summary>
    public Guid DeviceId { get; init; }

    /// <summary>What for.</summary>
    public CodePurpose Purpose { get; init; }

    /// <summary>The step.</summary>
    public long Step { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<UsedCode>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<UsedCode> builder)
        {
            builder.ToTable("used_codes", t => t.HasComment("Personal codes that were used, so that none is used twice; one day."));
            builder.HasKey(c => new { c.CommunityId, c.DeviceId, c.Purpose, c.Step });
            builder.Property(c => c.Purpose).HasConversion<string>().HasMaxLength(20);
            builder.HasIndex(c => c.UsedAt);
            builder.BelongsToCommunity();
        }
    }
}
