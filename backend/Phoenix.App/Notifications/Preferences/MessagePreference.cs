using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;
using Phoenix.App.Notifications.Templates;

namespace Phoenix.App.Notifications.Preferences;

/// <summary>A group of messages that a person doesn't want through WeChat; the inbox keeps everything. A row is a group switched off.</summary>
public sealed class MessagePreference
{
    /// <summary>The person, in all communities.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The group.</summary>
    public NoticeGroup Group { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset OffSince { get; init; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<MessagePreference>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<MessagePreference> builder)
        {
            builder.ToTable("message_preferences", t =>
            {
                t.HasComment("Groups of messages that a person doesn't want through WeChat.");
                t.HasCheckConstraint("ck_message_preferences_group", "\"group\" <> 'Essential'");
            });
            builder.HasKey(p => new { p.PersonId, p.Group });
            builder.Property(p => p.Group).HasConversion<string>().HasMaxLength(12);
        }
    }
}

/// <summary>Reads what people switched off.</summary>
internal sealed class PreferenceBook(PhoenixDb db)
{
    /// <summary>The groups that the person switched off.</summary>
    public async Task<IReadOnlySet<NoticeGroup>> SwitchedOff(Guid person, CancellationToken cancel) =>
        await db.Set<MessagePreference>().AsNoTracking().Where(p => p.PersonId == person).Select(p => p.Group).ToHashSetAsync(cancel);
}
