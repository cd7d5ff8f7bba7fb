using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;

namespace Phoenix.App.Identity.Units;

/// <summary>A person's time in a unit, from the proposal or the joining to the leaving. Who comes back has another.</summary>
public sealed class UnitMember : ICommunityOwned
{
    /// <summary>A proposal that wasn't confirmed for so long is over.</summary>
    public static readonly TimeSpan ProposalLifetime = TimeSpan.FromDays(14);

    /// <summary>Most units that a person is in at a time.</summary>
    public const int MaxUnits = 10;

    /// <summary>Most proposals of a unit that wait at a time.</summary>
    public const int MaxProposals = 100;

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The unit.</summary>
    public Guid UnitId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>When the unit's contact proposed the person; null for one who came by the code.</summary>
    public DateTimeOffset? ProposedAt { get; set; }

    /// <summary>When the person joined or confirmed; null while only proposed.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    /// <summary>When the person left, declined, or was taken off; null while in.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Since when the person lets the unit see their hours; null for not. Off until the person says so.</summary>
    public DateTimeOffset? SharesHoursSince { get; set; }

    /// <summary>Whether the person was proposed, hasn't confirmed, and it is too late to.</summary>
    public bool IsStale(DateTimeOffset now) => JoinedAt is null && ProposedAt + ProposalLifetime <= now;

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<UnitMember>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<UnitMember> builder)
        {
            builder.ToTable("unit_members", t =>
            {
                t.HasComment("Who is or was in which unit, and whether the unit may see their hours.");
                t.HasCheckConstraint("ck_unit_members_shares", "shares_hours_since is null or (joined_at is not null and ended_at is null)");
                t.HasCheckConstraint("ck_unit_members_begun", "proposed_at is not null or joined_at is not null");
            });
            builder.HasKey(m => new { m.CommunityId, m.Id });
            builder.HasIndex(m => new { m.CommunityId, m.UnitId, m.PersonId }).IsUnique().HasFilter("ended_at is null");
            builder.HasIndex(m => new { m.CommunityId, m.PersonId });
            builder.BelongsToCommunity();
            builder.HasOne<Unit>().WithMany().HasForeignKey(m => new { m.CommunityId, m.UnitId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_members_units_unit_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_members_persons_person_id");
        }
    }
}

/// <summary>For how long a unit was a person's primary one: the one that their service records name.</summary>
public sealed class UnitPrimary : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The unit.</summary>
    public Guid UnitId { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset FromAt { get; init; }

    /// <summary>Until when; null for the present one.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<UnitPrimary>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<UnitPrimary> builder)
        {
            builder.ToTable("unit_primaries", t => t.HasComment("Which unit a person's service records name, and from when to when it was that one."));
            builder.HasKey(p => new { p.CommunityId, p.Id });
            builder.HasIndex(p => new { p.CommunityId, p.PersonId }).IsUnique().HasFilter("ended_at is null").HasDatabaseName("ix_unit_primaries_present");
            builder.HasIndex(p => new { p.CommunityId, p.PersonId, p.FromAt });
            builder.BelongsToCommunity();
            builder.HasOne<Unit>().WithMany().HasForeignKey(p => new { p.CommunityId, p.UnitId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_primaries_units_unit_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_primaries_persons_person_id");
        }
    }
}

/// <summary>A member who speaks for a unit: makes its join code, proposes people, sees those who let it.</summary>
public sealed class UnitContact : ICommunityOwned
{
    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The unit.</summary>
    public Guid UnitId { get; init; }

    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset NamedAt { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<UnitContact>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<UnitContact> builder)
        {
            builder.ToTable("unit_contacts", t => t.HasComment("Who speaks for which unit; whoever is here has the role UnitContact."));
            builder.HasKey(c => new { c.CommunityId, c.UnitId, c.PersonId });
            builder.HasIndex(c => new { c.CommunityId, c.PersonId });
            builder.BelongsToCommunity();
            builder.HasOne<Unit>().WithMany().HasForeignKey(c => new { c.CommunityId, c.UnitId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_contacts_units_unit_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_unit_contacts_persons_person_id");
        }
    }
}
