using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Bookkeeping;

/// <summary>Where a community's journal stood at the end of a month, signed. Published, so that nobody can rewrite what came before it.</summary>
public sealed class MonthHead : ICommunityOwned
{
    /// <summary>The chain's hash before the first posting.</summary>
    public static string Beginning { get; } = new('0', 64);

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The month's first day.</summary>
    public DateOnly Month { get; init; }

    /// <summary>The last posting stamped in it or before it; 0 when there was none.</summary>
    public long Seq { get; init; }

    /// <summary>The chain's hash there, 64 hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The key that signed it (16 hex digits), as in an export's last line.</summary>
    public required string KeyId { get; init; }

    /// <summary>Its public half, SubjectPublicKeyInfo in DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>ECDSA P-256 over SHA-256 of <see cref="Signed"/>, 64 bytes.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>When it was sealed.</summary>
    public DateTimeOffset SealedAt { get; init; }

    /// <summary>What is signed.</summary>
    public static byte[] Signed(int community, DateOnly month, long seq, string hash) =>
        System.Text.Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"phoenix-month-1|{community}|{month:yyyy-MM}|{seq}|{hash}"));

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MonthHead>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards => [Guard.AppendOnly("month_heads")];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MonthHead> builder)
        {
            builder.ToTable("month_heads", t => t.HasComment("The journal's signed heads, one a month; published, never changed (the database refuses)."));
            builder.HasKey(h => new { h.CommunityId, h.Month });
            builder.Property(h => h.Hash).HasMaxLength(64);
            builder.Property(h => h.KeyId).HasMaxLength(16);
            builder.BelongsToCommunity();
        }
    }
}
