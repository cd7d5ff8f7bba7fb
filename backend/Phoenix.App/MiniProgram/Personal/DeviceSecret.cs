using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.MiniProgram.Personal;

/// <summary>That a signed-in device has a secret, by number. The secret itself is derived from the key ring and stored nowhere; it ends with its session.</summary>
public sealed class DeviceSecret
{
    /// <summary>How long a secret works without being asked for anew: as long as an unused session.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The signed-in device.</summary>
    public Guid SessionId { get; init; }

    /// <summary>The number that stands in its codes; another with each secret.</summary>
    public Guid DeviceId { get; set; }

    /// <summary>Whose device.</summary>
    public Guid PersonId { get; init; }

    /// <summary>When the secret was given out.</summary>
    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<DeviceSecret>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<DeviceSecret> builder)
        {
            builder.ToTable("device_secrets", t => t.HasComment("Which signed-in device made a personal code: numbers of derived secrets, never a secret."));
            builder.HasKey(d => d.SessionId);
            builder.HasIndex(d => d.DeviceId).IsUnique();
            builder.HasIndex(d => d.IssuedAt);
        }
    }
}
