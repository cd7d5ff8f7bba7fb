using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Community;
using Phoenix.App.Data;
using Phoenix.App.Volunteering.Teams;

namespace Phoenix.App.Volunteering.Equipment;

/// <summary>What an item is for. The names are stored.</summary>
public enum EquipmentKind
{
    /// <summary>助行: wheelchairs, crutches, walking frames.</summary>
    Mobility,

    /// <summary>急救: first-aid kits.</summary>
    FirstAid,

    /// <summary>工具: ladders, hand tools.</summary>
    Tools,

    /// <summary>活动用品: tents, loudspeakers, vests.</summary>
    Events,

    /// <summary>其他.</summary>
    Other,
}

/// <summary>Whether an item can be lent; being out is its open loan's to say. The names are stored.</summary>
public enum EquipmentState
{
    /// <summary>可借.</summary>
    Ready,

    /// <summary>维修中.</summary>
    Repair,

    /// <summary>已停用, for good.</summary>
    Retired,
}

/// <summary>器材: a thing that the community lends, a wheelchair or a first-aid kit, with the number that is stuck on it.</summary>
public sealed class EquipmentItem : ICommunityOwned
{
    /// <summary>Most items of a community that aren't retired.</summary>
    public const int MaxPerCommunity = 500;

    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 20;

    /// <summary>Longest words for where it stands, in characters.</summary>
    public const int MaxPlaceLength = 40;

    /// <summary>Longest note, in characters.</summary>
    public const int MaxNoteLength = 100;

    private const string TableName = "equipment_items";

    /// <inheritdoc />
    public int CommunityId { get; init; }

    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>What is stuck on it: from 1, given here, never given again.</summary>
    public int Number { get; init; }

    /// <summary>What it is: 轮椅.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for.</summary>
    public EquipmentKind Kind { get; set; }

    /// <summary>The station where it stands; null where <see cref="Place"/> says it.</summary>
    public Guid? StationId { get; set; }

    /// <summary>Where it stands, in words; null at a station.</summary>
    public string? Place { get; set; }

    /// <summary>What colleagues should know of it; residents don't see it.</summary>
    public string? Note { get; set; }

    /// <summary>Whether it can be lent.</summary>
    public EquipmentState State { get; set; }

    /// <summary>When it was registered.</summary>
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Counts the edits and changes of state from 1.</summary>
    public int Version { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<EquipmentItem>, IGuarded
    {
        /// <inheritdoc />
        public IEnumerable<Guard> Guards =>
        [
            Guard.Unchanging(TableName, "community_id", "id", "number", "registered_at"),
            Guard.DoneWhen(TableName, "old.state = 'Retired'"),
        ];

        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<EquipmentItem> builder)
        {
            builder.ToTable(TableName, t =>
            {
                t.HasComment("Things that a community lends, each with the number stuck on it; retired ones stay for their log.");
                t.HasCheckConstraint("ck_equipment_items_where", "(station_id is null) <> (place is null)");
                t.HasCheckConstraint("ck_equipment_items_number", "number > 0");
            });
            builder.HasKey(i => new { i.CommunityId, i.Id });
            builder.Property(i => i.Name).HasMaxLength(MaxNameLength);
            builder.Property(i => i.Kind).HasConversion<string>().HasMaxLength(12);
            builder.Property(i => i.Place).HasMaxLength(MaxPlaceLength);
            builder.Property(i => i.Note).HasMaxLength(MaxNoteLength);
            builder.Property(i => i.State).HasConversion<string>().HasMaxLength(12);
            builder.Property(i => i.Version).IsConcurrencyToken();
            builder.HasIndex(i => new { i.CommunityId, i.Number }).IsUnique();
            builder.BelongsToCommunity();
            builder.HasOne<Station>().WithMany().HasForeignKey(i => new { i.CommunityId, i.StationId }).OnDelete(DeleteBehavior.Restrict).HasConstraintName("fk_equipment_items_stations");
        }
    }
}
