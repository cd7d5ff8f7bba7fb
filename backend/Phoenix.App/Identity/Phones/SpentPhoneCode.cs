using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Identity.Phones;

/// <summary>A getPhoneNumber code that was sent to WeChat: committed before the call, so that none is sent twice, whatever came of it.</summary>
public sealed class SpentPhoneCode
{
    /// <summary>The keyed hash's scope.</summary>
    public const string CodeScope = "spent_phone_codes.code";

    /// <summary>A code works for five minutes; after a day the row says nothing any more.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Keyed hash of the code.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The request that sent it; empty once WeChat refused it.</summary>
    public Guid RequestId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset SpentAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SpentPhoneCode>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SpentPhoneCode> builder)
        {
            builder.ToTable("spent_phone_codes", t => t.HasComment("Phone codes that were sent to WeChat, hashed, so that none is sent twice; a day."));
            builder.HasKey(c => c.CodeHash);
            builder.Property(c => c.CodeHash).HasMaxLength(100);
            builder.HasIndex(c => c.SpentAt);
        }
    }
}
