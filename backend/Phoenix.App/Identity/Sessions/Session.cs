using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Phoenix.App.Identity.Sessions;

/// <summary>
/// A signed-in device. Its refresh token carries a number that rises with each use; the one last given out is the only one that works, and an older one
/// that turns up means that somebody copied it: the session ends.
/// </summary>
public sealed class Session
{
    /// <summary>A session unused for so long is over.</summary>
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromDays(30);

    /// <summary>No session lives longer.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(365);

    /// <summary>Sessions of one person; the one unused longest gives way to the next.</summary>
    public const int MaxPerPerson = 10;

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The number of the refresh token that works.</summary>
    public int Number { get; set; }

    /// <summary>The request that got it.</summary>
    public Guid Nonce { get; set; }

    /// <summary>When the device signed in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last got tokens.</summary>
    public DateTimeOffset UsedAt { get; set; }

    /// <summary>When it was ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Whether it may get new tokens.</summary>
    public bool IsLiveAt(DateTimeOffset now) => EndedAt is null && now < UsedAt + IdleLifetime && now < CreatedAt + MaxLifetime;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<Session>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("sessions", t => t.HasComment("Signed-in devices: the number of the one refresh token that works, and whether the session was ended."));
            builder.HasKey(s => s.Id);
            builder.HasIndex(s => s.PersonId);
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
