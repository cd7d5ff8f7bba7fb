using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Phoenix.App.Data;
using Phoenix.Platform.Data;
using Phoenix.Platform.Outbox;
using Phoenix.Platform.Time;

namespace Phoenix.App.Notifications.Sending;

/// <summary>Who is sending to a person just now: WeChat refuses two at once (43108), and a consent is looked at before it is spent. Global, as the openid is.</summary>
public sealed class SendTurn
{
    /// <summary>How long a turn holds if its node dies: longer than a handler may take, shorter than the outbox's claim.</summary>
    public static readonly TimeSpan Lease = OutboxLimits.HandlerTimeout + TimeSpan.FromSeconds(10);

    /// <summary>The person who is being sent to.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The outbox row whose turn it is.</summary>
    public Guid HolderId { get; set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset HeldUntil { get; set; }

    /// <summary>The table.</summary>
    public sealed class Table : IEntityTypeConfiguration<SendTurn>
    {
        /// <inheritdoc />
        public void Configure(EntityTypeBuilder<SendTurn> builder)
        {
            builder.ToTable("send_turns", t => t.HasComment("Whom a WeChat message is being sent to just now, so that a person is sent one at a time."));
            builder.HasKey(t => t.PersonId);
            builder.HasIndex(t => t.HeldUntil);
        }
    }
}

/// <summary>Takes and gives back turns.</summary>
internal sealed class SendTurns(PhoenixDb db, Database database, Clock clock)
{
    /// <summary>Gives the turn back, in the transaction that records what became of the message.</summary>
    public static Task GiveBack(DbContext db, Guid person, Guid holder, DateTimeOffset now, CancellationToken cancel) =>
        db.Set<SendTurn>().Where(t => t.PersonId == person && t.HolderId == holder).ExecuteUpdateAsync(u => u.SetProperty(t => t.HeldUntil, now), cancel);

    /// <summary>Takes the turn; false while another message to the person has it. The same row takes it again after its node died.</summary>
    public async Task<bool> Take(Guid person, Guid holder, CancellationToken cancel)
    {
        var now = clock.Now;
        var until = now + SendTurn.Lease;
        if (await db.Set<SendTurn>().Where(t => t.PersonId == person && (t.HeldUntil <= now || t.HolderId == holder))
                .ExecuteUpdateAsync(u => u.SetProperty(t => t.HolderId, holder).SetProperty(t => t.HeldUntil, until), cancel) == 1)
            return true;
        if (await db.Set<SendTurn>().AnyAsync(t => t.PersonId == person, cancel))
            return false;
        db.Add(new SendTurn { PersonId = person, HolderId = holder, HeldUntil = until });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException e) when (database.Classify(e) == DatabaseFault.Duplicate)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }
}
