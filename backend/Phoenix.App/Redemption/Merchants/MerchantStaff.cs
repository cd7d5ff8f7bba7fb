using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Redemption.Merchants;

/// <summary>What somebody is at a merchant. An owner may do all that a clerk may.</summary>
public enum MerchantPost
{
    /// <summary>商家负责人.</summary>
    Owner,

    /// <summary>店员.</summary>
    Clerk,
}

/// <summary>Why somebody is at a merchant no more.</summary>
public enum MerchantEnd
{
    /// <summary>Taken off by the owner or by staff.</summary>
    Removed,

    /// <summary>Left by themselves.</summary>
    Quit,

    /// <summary>A clerk who did nothing for 60 days.</summary>
    Idle,

    /// <summary>A clerk who became owner, or an owner whom another replaced.</summary>
    Replaced,

    /// <summary>The merchant left.</summary>
    MerchantLeft,
}

/// <summary>Somebody's time at a merchant. Who comes back has another. The role of the route gate exists while there is a place anywhere.</summary>
public sealed class MerchantStaff : ICommunityOwned
{
    /// <summary>A clerk who did nothing for so long is off.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromDays(60);

    /// <summary>Acts are noted once in so long at most.</summary>
    public static readonly TimeSpan TouchEvery = TimeSpan.FromHours(1);

    /// <summary>Most people at a merchant at a time.</summary>
    public const int MaxPeople = 50;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The merchant.</summary>
    public Guid MerchantId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What they are there.</summary>
    public MerchantPost Post { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>When they last acted there, to the hour; when they joined where they haven't yet.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>Until when; null while there.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it is over.</summary>
    public MerchantEnd? EndCause { get; set; }

    /// <summary>Whether it is a clerk who did nothing for too long; from that instant on they may not act, even if no sweep has been.</summary>
    public bool IsIdle(DateTimeOffset now) => Post == MerchantPost.Clerk && LastUsedAt + IdleLimit <= now;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MerchantStaff>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MerchantStaff> builder)
        {
            builder.ToTable("merchant_staff", t =>
            {
                t.HasComment("Who is or was owner or clerk of which merchant; the roles MerchantOwner and Clerk follow this table.");
                t.HasCheckConstraint("ck_merchant_staff_end", "(ended_at is null) = (end_cause is null)");
            });
            builder.HasKey(s => new { s.CommunityId, s.Id });
            builder.Property(s => s.Post).HasConversion<string>().HasMaxLength(10);
            builder.Property(s => s.EndCause).HasConversion<string>().HasMaxLength(12);
            builder.HasIndex(s => new { s.CommunityId, s.MerchantId, s.PersonId }).IsUnique().HasFilter("ended_at is null");
            builder.HasIndex(s => new { s.CommunityId, s.PersonId });
            builder.HasIndex(s => new { s.CommunityId, s.LastUsedAt }).HasFilter("ended_at is null").HasDatabaseName("ix_merchant_staff_idle");
            builder.BelongsToCommunity();
            builder.HasOne<Merchant>().WithMany().HasForeignKey(s => new { s.CommunityId, s.MerchantId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_merchant_staff_merchants_merchant_id");
        }
    }
}
